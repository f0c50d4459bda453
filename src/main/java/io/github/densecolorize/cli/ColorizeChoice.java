package io.github.densecolorize.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import io.github.densecolorize.colorize.ColorizeOptions;
import io.github.densecolorize.colorize.Extent;
import io.github.densecolorize.colorize.Honesty;
import io.github.densecolorize.colorize.Models;
import io.github.densecolorize.colorize.OwnColours;
import io.github.densecolorize.colorize.ReferenceSource;

/** Options that say how images are colorized, for all commands that colorize. */
public final class ColorizeChoice {

	@Mixin
	private ImageChoice image;
	@Mixin
	private ModelChoice choice;
	@Option(names = "--output", defaultValue = "RGB", description = "RGB, Lab (L*, a*, b* as 32-bit channels), ab, or error: how wrong the colours are to be expected at each pixel (CIEDE2000, 32 bits).")
	private String output;

	@Option(names = "--reference", paramLabel = "R", description = "Colour image whose colours are to be used, or a folder of them; may be given several times, or with commas between.")
	private List<String> references = List.of();
	@Option(names = "--reference-strength", defaultValue = "auto", description = "Share of the references' colours: auto, or 0 (the model's) to 1.")
	private String referenceStrength;
	@Option(names = "--strength", defaultValue = "1", description = "Of the colours: 0 (gray) to 2; 1 is as predicted. Hints are not changed.")
	private double strength;
	@Option(names = "--hints", defaultValue = "none", description = "Colours that are known at some places: none, overlay (of each image), a file of ROIs or x,y,slice,r,g,b (.roi, .zip, .csv) or, for several images, a folder with a file NAME.zip, .roi or .csv for each image NAME.")
	private String hints;

	@Option(names = "--area", defaultValue = "image", description = "Which part is colorized: image (all), selection (that of the file; the rest stays gray) or crop (the selection; the result has only the rectangle around it).")
	private String area;
	@Option(names = "--slices", defaultValue = "all", description = "Which slices are colorized: all, or numbers from 1, z before t, such as 5, 3-20 or 3-20,30. The result has only these.")
	private String slices;
	@Option(names = "--unknown", defaultValue = "gray", description = "What becomes of an image that resembles none of the model's classes while the category is auto: gray or colour.")
	private String unknown;
	@Option(names = "--caption", description = "Write \"predicted colour\" into the picture, at the bottom left (RGB only).")
	private boolean caption;

	/** @throws IllegalArgumentException with the value and the allowed ones */
	public ColorizeOptions options() {
		var own = new OwnColours(references.stream().map(ReferenceSource::split).flatMap(List::stream).toList(), OwnColours.referenceStrengthOf(
			referenceStrength), strength, hints);
		return ColorizeOptions.of(choice.category, choice.scale, image.mapping, image.channel, output, choice.tile).with(own).with(Extent.of(area, slices).ofFile()).with(
			Honesty.of(unknown, caption));
	}

	/**
	 * The model's folder.
	 *
	 * @throws IOException if there is none
	 */
	public Path model() throws IOException {
		return Models.folder(image.model);
	}

	/** The device that is to compute. */
	public String device() {
		return choice.device;
	}
}
