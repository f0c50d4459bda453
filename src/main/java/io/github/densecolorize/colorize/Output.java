package io.github.densecolorize.colorize;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

import ij.plugin.LutLoader;
import ij.process.ColorProcessor;
import ij.process.FloatProcessor;
import ij.process.ImageProcessor;
import ij.process.LUT;

import io.github.densecolorize.ArgbSink;
import io.github.densecolorize.ErrorSink;
import io.github.densecolorize.TileSink;
import io.github.densecolorize.image.Choice;
import io.github.densecolorize.image.Lab;
import io.github.densecolorize.model.ModelSpec;

/** The kind of image that a colorization gives. */
public enum Output {
	/** An RGB image whose L* is the input's. */
	RGB("RGB", List.of()),
	/** Three 32-bit channels: L*, a*, b*. */
	LAB("Lab", List.of("L*", "a*", "b*")),
	/** Two 32-bit channels: a*, b*. */
	AB("ab", List.of("a*", "b*")),
	/** No colours, but how wrong they are to be expected: CIEDE2000 of each pixel, 32 bits; NaN where there are none. */
	ERROR("error", List.of("expected error (\u0394E00)"));

	/**
	 * a* and b* are displayed from minus this to plus this value: larger ones are rare, and it is the same for every image, so that pictures can be
	 * compared.
	 */
	static final int DISPLAYED_AB = 100;
	/** Lightness of the colours in the look-up tables of a* and b*; at about this lightness sRGB can show the strongest colours in all hues. */
	private static final int LUT_LIGHTNESS = 60;
	/** Expected errors are displayed from 0 to this. */
	static final int DISPLAYED_ERROR = 20;

	private final String label;
	private final List<String> components;

	Output(String label, List<String> components) {
		this.label = label;
		this.components = components;
	}

	/**
	 * @param label what the user typed
	 * @throws IllegalArgumentException with the list of outputs if it is none
	 */
	public static Output of(String label) {
		return Choice.of("Output", label, values());
	}

	/** @throws IllegalArgumentException with a sentence for the user if a model can't give it */
	public void requireOf(ModelSpec model) {
		if (this != ERROR || model.errorMap() != null) return;
		throw new IllegalArgumentException("Model " + model.name() + (model.adaptation() != null
			? " was adapted to reference images, and how wrong its colours are is not known; choose the model that it was adapted from."
			: " has no map of the expected error, which output error needs; choose a newer version of it, or give it a map with its training data (train --start " +
				model.name() + " --epochs 0)."));
	}

	/** The name that users type. */
	@Override
	public String toString() {
		return label;
	}

	/** What the title of a result says after that of the input. */
	String title() {
		return this == ERROR ? components.get(0) : "colorized";
	}

	/** Slices of the result for each slice of the input. */
	int channels() {
		return Math.max(1, components.size());
	}

	/** How many bytes a pixel of the result has. */
	int bitDepth() {
		return this == RGB ? 24 : 32;
	}

	/** What the channels of the result hold; empty for RGB. */
	List<String> components() {
		return components;
	}

	/** Empty slices for one slice of the input. */
	List<ImageProcessor> slices(int width, int height) {
		if (this == RGB) return List.of(new ColorProcessor(width, height));
		var slices = components.stream().<ImageProcessor> map(c -> new FloatProcessor(width, height)).toList();
		if (this == ERROR) {
			Arrays.fill((float[]) slices.get(0).getPixels(), Float.NaN);
			// An image of a single channel takes these over; if they were set for the image itself, ImageJ would drop the label.
			slices.get(0).setLut(luts().get(0));
		}
		return slices;
	}

	/** Paints colours into slices that {@link #slices} made, if the output has colours. */
	TileSink sink(List<ImageProcessor> slices) {
		if (this == ERROR) return (tile, l, a, b) -> {};
		int width = slices.get(0).getWidth();
		if (this == RGB) {
			var pixels = slices.get(0).getPixels();
			ArgbSink rgb = (tile, argb) -> forEachRow(width, tile, (from, to, n) -> System.arraycopy(argb, from, pixels, to, n));
			return rgb;
		}
		var planes = slices.stream().map(s -> (float[]) s.getPixels()).toList();
		return (tile, l, a, b) -> {
			var values = this == LAB ? List.of(l, a, b) : List.of(a, b);
			forEachRow(width, tile, (from, to, n) -> {
				for (int c = 0; c < planes.size(); c++)
					System.arraycopy(values.get(c), from, planes.get(c), to, n);
				// Black has no colour, as in RGB.
				for (int i = 0; i < n; i++)
					if (!(l[from + i] > 0)) for (int c = planes.size() - 2; c < planes.size(); c++)
						planes.get(c)[to + i] = 0;
			});
		};
	}

	/** Paints expected errors into slices that {@link #slices} made, if the output has them. */
	ErrorSink errorSink(List<ImageProcessor> slices) {
		if (this != ERROR) return (tile, error) -> {};
		var plane = (float[]) slices.get(0).getPixels();
		int width = slices.get(0).getWidth();
		return (tile, error) -> forEachRow(width, tile, (from, to, n) -> System.arraycopy(error, from, plane, to, n));
	}

	/**
	 * Look-up tables with display ranges, one for each channel; none for RGB. L* is gray, a* and b* have the colours that they stand for, and errors are
	 * the brighter, the larger they are.
	 */
	List<LUT> luts() {
		if (this == ERROR) return List.of(new LUT(LutLoader.getLut("fire"), 0, DISPLAYED_ERROR));
		return components.stream().map(c -> switch (c) {
			case "L*" -> lut(0, 100, v -> Lab.toArgb(v, 0, 0));
			case "a*" -> lut(-DISPLAYED_AB, DISPLAYED_AB, v -> Lab.toArgb(LUT_LIGHTNESS, v, 0));
			default -> lut(-DISPLAYED_AB, DISPLAYED_AB, v -> Lab.toArgb(LUT_LIGHTNESS, 0, v));
		}).toList();
	}

	private interface Colour {

		int argb(float value);
	}

	private static LUT lut(int min, int max, Colour colour) {
		byte[] r = new byte[256], g = new byte[256], b = new byte[256];
		for (int i = 0; i < 256; i++) {
			int argb = colour.argb(min + i * (max - min) / 255f);
			r[i] = (byte) (argb >> 16);
			g[i] = (byte) (argb >> 8);
			b[i] = (byte) argb;
		}
		var lut = new LUT(r, g, b);
		lut.min = min;
		lut.max = max;
		return lut;
	}

	private interface Row {

		void put(int from, int to, int n);
	}

	/** In parallel, since a GPU works on few but large tiles. */
	private static void forEachRow(int width, net.imglib2.Interval tile, Row row) {
		int n = (int) tile.dimension(0);
		IntStream.range(0, (int) tile.dimension(1)).parallel().forEach(j -> row.put(j * n, (int) (tile.min(1) + j) * width + (int) tile.min(0),
			n));
	}
}
