package io.github.densecolorize.imagej;

import java.awt.image.IndexColorModel;
import java.util.AbstractList;
import java.util.List;
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
import io.github.densecolorize.image.Lab;

/**
 * The slices of one channel as L*, z before t, read from the stack each time they are asked for: a virtual stack stays on disk.
 * <p>
 * Gray values become L* by one mapping for all of them, the other way round if the look-up table displays 0 as the brightest. A colour
 * look-up table does not matter otherwise: like ImageJ's measurements, this takes the values, not the colours they are shown in. Only of a
 * palette (a GIF or an indexed PNG), where neighbouring values need not be alike, the colours are taken, as of RGB.
 * </p>
 */
final class LightnessPlanes extends AbstractList<RandomAccessibleInterval<FloatType>> {

	/** How often L* of a look-up table goes up or down between its extremes: once in a ramp, 2.3 in a rainbow, 12 and more in a palette. */
	private static final double PALETTE_TURNS = 8;

	private final ImageStack stack;
	private final int[] slices;
	private final LUT lut;
	private final boolean palette, inverted;
	private final GrayMapping mapping;
	private final Runnable beforeReading;

	/**
	 * @param image whose pixel arrays are held on to, so that closing it does no harm
	 * @param channel counted from 1
	 * @param beforeReading called before each slice of this list is read, here too; may throw to stop the job
	 */
	LightnessPlanes(ImagePlus image, int channel, Mapping mapping, Runnable beforeReading) {
		this.beforeReading = beforeReading;
		stack = held(image.getStack());
		int depth = image.getNSlices();
		slices = IntStream.range(0, depth * image.getNFrames()).map(i -> image.getStackIndex(channel, i % depth + 1, i / depth + 1))
			.toArray();
		lut = lut(image, channel);
		palette = lut != null && image.getBitDepth() == 8 && isPalette(lut);
		inverted = lut != null && !palette && lightness(lut, 0) > lightness(lut, lut.getMapSize() - 1);
		this.mapping = lut == null || palette ? null : switch (mapping) {
			case DISPLAY_RANGE -> GrayMapping.range(finite(lut.min), finite(lut.max));
			case FULL_RANGE -> GrayMapping.fullRange(image.getBitDepth());
			case PERCENTILE -> GrayMapping.percentile(rawPlanes(), GrayMapping.LOW, GrayMapping.HIGH);
		};
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
		return chosen + ", " + number(mapping.min()) + " to " + number(mapping.max()) + (inverted ? ", inverted" : "");
	}

	private static String number(double value) {
		return value == Math.rint(value) && Math.abs(value) < 1e15 ? Long.toString((long) value) : Float.toString((float) value);
	}

	private List<RandomAccessibleInterval<? extends RealType<?>>> rawPlanes() {
		return new AbstractList<>() {

			@Override
			public RandomAccessibleInterval<? extends RealType<?>> get(int i) {
				beforeReading.run();
				return Images.gray(processor(i));
			}

			@Override
			public int size() {
				return slices.length;
			}
		};
	}

	/** A stack of the same pixel arrays: when its window is closed, ImageJ takes the arrays out of the image's own stack. */
	static ImageStack held(ImageStack stack) {
		if (stack.isVirtual() || stack.getImageArray() == null) return stack;
		var held = new ImageStack(stack.getWidth(), stack.getHeight());
		for (int n = 1; n <= stack.size(); n++)
			held.addSlice(stack.getSliceLabel(n), stack.getPixels(n));
		return held;
	}

	/** The channel's look-up table with its display range; null for RGB. */
	private static LUT lut(ImagePlus image, int channel) {
		var luts = image.getLuts();
		return luts.length == 0 ? null : luts[Math.min(channel, luts.length) - 1];
	}

	static boolean isPalette(IndexColorModel lut) {
		double sum = 0, min = 100, max = 0, before = lightness(lut, 0);
		boolean gray = true;
		for (int i = 0; i < lut.getMapSize(); i++) {
			double l = lightness(lut, i);
			sum += Math.abs(l - before);
			min = Math.min(min, l);
			max = Math.max(max, l);
			before = l;
			gray &= lut.getRed(i) == lut.getGreen(i) && lut.getGreen(i) == lut.getBlue(i);
		}
		return !gray && sum > PALETTE_TURNS * (max - min);
	}

	private static double lightness(IndexColorModel lut, int i) {
		var lab = new float[3];
		Lab.fromArgb(lut.getRGB(i), lab);
		return lab[0];
	}

	/** A display range reaches to infinity if the image has nothing but infinities. */
	private static double finite(double value) {
		return Double.isNaN(value) ? 0 : Math.max(-Float.MAX_VALUE, Math.min(Float.MAX_VALUE, value));
	}

	private static RandomAccessibleInterval<FloatType> negative(RandomAccessibleInterval<? extends RealType<?>> gray) {
		Converter<RealType<?>, FloatType> negative = (in, out) -> out.set(-in.getRealFloat());
		return Converters.convert(gray, negative, new FloatType());
	}
}
