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
 * The slices of one channel as L*, z before t, read from the stack each time they are asked for: a virtual stack stays on disk.
 * <p>
 * Gray values become L* by one mapping for all of them, the other way round if the look-up table becomes darker throughout. A table of
 * grays is applied. A colour table does not matter otherwise: like ImageJ's measurements, this takes the values, not the colours they are
 * shown in. Only of a palette (a GIF, ImageJ's 8-bit colour), where neighbouring values need not be alike, the colours are taken, as of RGB.
 * </p>
 */
final class LightnessPlanes extends AbstractList<RandomAccessibleInterval<FloatType>> {

	private final ImageStack stack;
	private final int[] slices;
	private final LUT lut;
	private final boolean palette, inverted;
	/** Gray levels, 0..255, that values from the darkest to the brightest are shown in; null if in equal steps. */
	private final int[] grays;
	private final GrayMapping mapping;
	private final Runnable beforeReading;

	/**
	 * @param image whose pixel arrays are held on to, so that closing it does no harm
	 * @param channel counted from 1
	 * @param beforeReading called before each slice of this list is read, here too; may throw to stop the job
	 */
	LightnessPlanes(ImagePlus image, int channel, Mapping mapping, Runnable beforeReading) {
		this(image, channel, planes -> switch (mapping) {
			case DISPLAY_RANGE -> DisplayRange.of(image, planes.lut, planes.processors());
			case FULL_RANGE -> GrayMapping.fullRange(image.getBitDepth());
			case PERCENTILE -> GrayMapping.percentile(planes.rawPlanes(), GrayMapping.LOW, GrayMapping.HIGH);
		}, beforeReading);
	}

	/** @param mapping made of the slices; not called if L* is that of colours */
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

	/** The slice, without a call of {@code beforeReading}. */
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
		// Negative, not maximum minus value: NaN has to stay NaN to become black.
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

	/** Whether all pixels of all slices have the same L*; reads no further than the first that differs. */
	boolean isConstant() {
		float first = get(0).firstElement().get();
		for (var plane : this)
			for (var l : plane)
				if (l.get() != first) return false;
		return true;
	}

	/** The colour look-up table is a palette: not gray values but colours were taken. */
	boolean isPalette() {
		return palette;
	}

	/** One phrase on where L* comes from, for users. */
	String describe(Mapping chosen) {
		if (palette) return "L* of the palette's colours";
		if (mapping == null) return "L* of the colours";
		return chosen + ", " + number(mapping.min()) + " to " + number(mapping.max()) + (inverted ? ", inverted" : grays != null ? ", by the gray look-up table" : "");
	}

	/** How gray values become black to white; null if L* is that of colours. */
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

	/** The gray levels that values are shown in; between two entries of the table, on a straight line. */
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
