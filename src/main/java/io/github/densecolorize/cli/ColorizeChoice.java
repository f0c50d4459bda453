package io.github.densecolorize.cli;

import java.io.IOException;
import java.nio.file.Path;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import io.github.densecolorize.colorize.ColorizeOptions;
import io.github.densecolorize.colorize.Models;

/** Options that say how images are colorized, for all commands that colorize. */
public final class ColorizeChoice {

	@Option(names = "--model", defaultValue = "microscopy", description = "Name of an installed model, or a model folder.")
	private String model;
	@Mixin
	private ModelChoice choice;
	@Option(names = "--mapping", defaultValue = "display range", description = "Which gray values are black and white: \"display range\", \"full range\" or percentile.")
	private String mapping;
	@Option(names = "--channel", defaultValue = "0", description = "Channel to colorize, the first is 1; 0 if the image has only one.")
	private int channel;
	@Option(names = "--output", defaultValue = "RGB", description = "RGB, Lab (L*, a*, b* as 32-bit channels) or ab.")
	private String output;

	/** @throws IllegalArgumentException with the value and the allowed ones */
	public ColorizeOptions options() {
		return ColorizeOptions.of(choice.category, choice.scale, mapping, channel, output, choice.tile);
	}

	/**
	 * The model's folder.
	 *
	 * @throws IOException if there is none
	 */
	public Path model() throws IOException {
		return Models.folder(model);
	}

	/** The device that is to compute. */
	public String device() {
		return choice.device;
	}
}
