package io.github.densecolorize.colorize;

import java.util.AbstractList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.converter.Converter;
import net.imglib2.converter.Converters;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.real.FloatType;

import ij.ImagePlus;
import ij.ImageStack;
import ij.process.ImageProcessor;
import ij.process.LUT;

import io.github.densecolorize.image.GrayMapping;
import io.github.densecolorize.open.ColorTable;
import io.github.densecolorize.open.DisplayRange;
import io.github.densecolorize.open.Images;

/**
 * The slices of one channel as L*, in the order z before t. They are read from the stack each time they are asked for, so that a virtual stack stays
 * on disk.
 * <p>
 * One mapping turns the gray values of all slices into L*; it is inverted if the look-up table becomes darker throughout. A look-up table of grays
 * is applied. Other colour tables are ignored: like ImageJ's measurements, this takes the values, not the colours in which they are shown. Only if
 * the table is a palette (as in a GIF or ImageJ's 8-bit colour), in which neighbouring values may have quite different colours, are the colours
 * taken, as for RGB.
 * </p>
 */
final class LightnessPlanes extends AbstractList<RandomAccessibleInterval<FloatType>> {

	private final ImageStack stack;
	private final int[] slices;
	private final LUT lut;
	private final boolean palette, inverted;
	/** Gray levels, 0..255, in which the values from the darkest to the brightest are shown; null if these are equal steps. */
	private final int[] grays;
	private final GrayMapping mapping;
	private final Runnable beforeReading;

	/**
	 * @param image whose pixel arrays are kept, so that it may be closed meanwhile
	 * @param channel counted from 1
	 * @param beforeReading called before each slice of this list is read, also by this constructor; may throw an exception to stop the job
	 */
	LightnessPlanes(ImagePlus image, int channel, Mapping mapping, Runnable beforeReading) {
		this(image, channel, planes -> switch (mapping) {
			case DISPLAY_RANGE -> DisplayRange.of(image, planes.lut, planes.processors());
			case FULL_RANGE -> GrayMapping.fullRange(image.getBitDepth());
			case PERCENTILE -> GrayMapping.percentile(planes.rawPlanes(), GrayMapping.LOW, GrayMapping.HIGH);
		}, beforeReading);
	}

	/** @param mapping makes the mapping from the slices; not called if L* is computed from colours */
	private LightnessPlanes(ImagePlus image, int channel, Function<LightnessPlanes, GrayMapping> mapping, Runnable beforeReading) {
		this.beforeReading = beforeReading;
		stack = Images.held(image.getStack());
		int depth = image.getNSlices();
		slices = IntStream.range(0, depth * image.getNFrames()).map(i -> image.getStackIndex(channel, i % depth + 1, i / depth + 1))
			.toArray();
		lut = lut(image, channel);
		var colours = lut == null ? null : ColorTable.of(lut);
		boolean gray = colours != null && colours.isGray();
		palette = colours != null && !gray && image.getBitDepth() == 8 && !colours.isRamp();
		inverted = colours != null && (gray ? colours.isInverse() : !palette && colours.falls());
		grays = gray && !inverted && !colours.isIdentity() ? colours.grays() : null;
		this.mapping = lut == null || palette ? null : mapping.apply(this);
	}

	/** Slices of an image whose mapping was decided before. */
	static LightnessPlanes of(ImagePlus image, int channel, GrayMapping mapping) {
		return new LightnessPlanes(image, channel, planes -> mapping, () -> {});
	}

	int width() {
		return stack.getWidth();
	}

	int height() {
		return stack.getHeight();
	}

	/** Index in the image's stack, counted from 1. */
	int slice(int i) {
		return slices[i];
	}

	/** The slice, read without calling {@code beforeReading}. */
	ImageProcessor processor(int i) {
		var ip = stack.getProcessor(slices[i]);
		if (!palette) return ip;
		ip.setColorModel(lut);
		ip.setMinAndMax(0, 255);
		return ip.convertToRGB();
	}

	/** L* of a slice that {@link #processor} read. */
	RandomAccessibleInterval<FloatType> lightness(ImageProcessor ip) {
		if (grays != null) return GrayMapping.range(0, 255).lightness(shown(Images.gray(ip)));
		if (!inverted) return Images.lightness(ip, mapping);
		// The values are negated, not subtracted from the maximum, so that NaN stays NaN and becomes black.
		return GrayMapping.range(-mapping.max(), -mapping.min()).lightness(negative(Images.gray(ip)));
	}

	@Override
	public RandomAccessibleInterval<FloatType> get(int i) {
		beforeReading.run();
		return lightness(processor(i));
	}

	@Override
	public int size() {
		return slices.length;
	}

	/** Whether all pixels of all slices have the same L*; stops reading at the first pixel that differs. */
	boolean isConstant() {
		float first = get(0).firstElement().get();
		for (var plane : this)
			for (var l : plane)
				if (l.get() != first) return false;
		return true;
	}

	/** Whether the colour look-up table is a palette, so that its colours were taken instead of gray values. */
	boolean isPalette() {
		return palette;
	}

	/** A phrase that tells users where L* comes from. */
	String describe(Mapping chosen) {
		if (palette) return "L* of the palette's colours";
		if (mapping == null) return "L* of the colours";
		return chosen + ", " + number(mapping.min()) + " to " + number(mapping.max()) + (inverted ? ", inverted" : grays != null ? ", by the gray look-up table" : "");
	}

	/** How gray values become black to white; null if L* is computed from colours. */
	GrayMapping mapping() {
		return mapping;
	}

	static String number(double value) {
		return value == Math.rint(value) && Math.abs(value) < 1e15 ? Long.toString((long) value) : Float.toString((float) value);
	}

	private List<RandomAccessibleInterval<? extends RealType<?>>> rawPlanes() {
		return new AbstractList<>() {

			@Override
			public RandomAccessibleInterval<? extends RealType<?>> get(int i) {
				return Images.gray(processors().get(i));
			}

			@Override
			public int size() {
				return slices.length;
			}
		};
	}

	/** The slices, read when they are asked for. */
	private List<ImageProcessor> processors() {
		return new AbstractList<>() {

			@Override
			public ImageProcessor get(int i) {
				beforeReading.run();
				return processor(i);
			}

			@Override
			public int size() {
				return slices.length;
			}
		};
	}

	/** The channel's look-up table with its display range; null for RGB. */
	private static LUT lut(ImagePlus image, int channel) {
		var luts = image.getLuts();
		return luts.length == 0 ? null : luts[Math.min(channel, luts.length) - 1];
	}

	/** The gray levels in which values are shown; between two entries of the table they are interpolated linearly. */
	private RandomAccessibleInterval<FloatType> shown(RandomAccessibleInterval<? extends RealType<?>> gray) {
		Converter<RealType<?>, FloatType> shown = (in, out) -> {
			double at = mapping.apply(in.getRealDouble()) * (grays.length - 1);
			int entry = Math.min((int) at, grays.length - 2);
			out.setReal(grays[entry] + (at - entry) * (grays[entry + 1] - grays[entry]));
		};
		return Converters.convert(gray, shown, new FloatType());
	}

	private static RandomAccessibleInterval<FloatType> negative(RandomAccessibleInterval<? extends RealType<?>> gray) {
		Converter<RealType<?>, FloatType> negative = (in, out) -> out.set(-in.getRealFloat());
		return Converters.convert(gray, negative, new FloatType());
	}
}
