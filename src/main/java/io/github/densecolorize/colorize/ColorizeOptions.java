package io.github.densecolorize.colorize;

import java.io.Serializable;

import io.github.densecolorize.Colorizer;

/**
 * The options of a colorization, checked as far as that is possible without the image and the model.
 *
 * @param category {@code auto}, or a class of the model
 * @param scale reduction before the network, above 0 and at most 1; 0 takes the model's
 * @param mapping of gray values to black and white
 * @param channel channel to colorize, counted from 1; {@value #ONLY_CHANNEL} takes the only one
 * @param output what comes out
 * @param tile largest side of a tile, in pixels that the network sees; 0 takes what suits the device
 * @param own what the user says about the colours
 * @param extent how much of the image is colorized
 * @param honesty how the result tells what its colours are worth
 */
public record ColorizeOptions(String category, double scale, Mapping mapping, int channel, Output output, int tile, OwnColours own, Extent extent,
	Honesty honesty) implements Serializable
{

	/** Channel of an image that has one. */
	public static final int ONLY_CHANNEL = 0;

	/** The choices that suit most images. */
	public static final ColorizeOptions DEFAULT = new ColorizeOptions(Colorizer.Options.AUTO, Colorizer.Options.AUTO_SCALE,
		Mapping.DISPLAY_RANGE, ONLY_CHANNEL, Output.RGB, Colorizer.Options.DEFAULT.tile());

	/** Options for colours of all of the image as the model predicts them. */
	public ColorizeOptions(String category, double scale, Mapping mapping, int channel, Output output, int tile) {
		this(category, scale, mapping, channel, output, tile, OwnColours.NONE, Extent.ALL, Honesty.DEFAULT);
	}

	public ColorizeOptions {
		if (channel < 0) throw new IllegalArgumentException("Channel is " + channel +
			"; must be the number of a channel, the first is 1, or 0 if the image has only one.");
		if (honesty.caption() && output != Output.RGB) throw new IllegalArgumentException("Caption is true and output " + output +
			"; must be output RGB, as a text can't be written into numbers, or caption false.");
		if (output == Output.ERROR && (!own.references().isEmpty() || own.hasHints() || own.strength() != 1)) throw new IllegalArgumentException(
			"Output is error, and " + (own.strength() != 1 ? "strength " + own.strength() : own.hasHints() ? "there are hints" : "there is a reference") +
				"; must be without references and hints and with strength 1, as it is known only of the model's own colours how wrong they are.");
		category = new Colorizer.Options(category, scale, tile, own.strength(), own.referenceStrength()).category();
	}

	/**
	 * The choices as they are typed in a macro or a shell.
	 *
	 * @param scale as {@link #scaleOf} takes it
	 * @param mapping as {@link Mapping#of} takes it
	 * @param output as {@link Output#of} takes it
	 * @throws IllegalArgumentException with the value and the allowed ones
	 */
	public static ColorizeOptions of(String category, String scale, String mapping, int channel, String output, int tile) {
		return new ColorizeOptions(category, scaleOf(scale), Mapping.of(mapping), channel, Output.of(output), tile);
	}

	/** These options, but with what the user says about the colours. */
	public ColorizeOptions with(OwnColours colours) {
		return new ColorizeOptions(category, scale, mapping, channel, output, tile, colours, extent, honesty);
	}

	/** These options, but for so much of an image. */
	public ColorizeOptions with(Extent part) {
		return new ColorizeOptions(category, scale, mapping, channel, output, tile, own, part, honesty);
	}

	/** These options, but for a result that tells so much about its colours. */
	public ColorizeOptions with(Honesty told) {
		return new ColorizeOptions(category, scale, mapping, channel, output, tile, own, extent, told);
	}

	/**
	 * @param text {@code auto}, a number such as {@code 0.5}, or a fraction such as {@code 1/2}
	 * @return above 0 and at most 1; 0 for {@code auto}
	 * @throws IllegalArgumentException for anything else
	 */
	public static double scaleOf(String text) {
		var scale = text.trim();
		if (scale.equalsIgnoreCase("auto")) return Colorizer.Options.AUTO_SCALE;
		try {
			var parts = scale.split("/", 2);
			double value = Double.parseDouble(parts[0]) / (parts.length > 1 ? Double.parseDouble(parts[1]) : 1);
			if (value > 0 && value <= 1) return value;
		}
		catch (NumberFormatException e) {
			// Reported below, like a number that is out of range.
		}
		throw new IllegalArgumentException("Scale is \"" + text + "\"; must be auto, or above 0 and at most 1, such as 1, 1/2 or 0.25.");
	}

	/** Those that concern the model. */
	public Colorizer.Options colorizer() {
		return new Colorizer.Options(category, scale, tile, own.strength(), own.referenceStrength());
	}
}
