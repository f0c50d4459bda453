package io.github.densecolorize.image;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.converter.Converter;
import net.imglib2.converter.Converters;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.real.FloatType;

/**
 * How gray values are seen on a screen: a range of them from black to white in equal steps, the same inverted, or in the grays of a table. What is
 * seen becomes L*.
 */
public final class GrayDisplay {

	private final GrayMapping range;
	private final boolean inverted;
	/** Gray levels, 0..255, of the values from the darkest to the brightest; null if these are equal steps. */
	private final int[] grays;

	private GrayDisplay(GrayMapping range, boolean inverted, int[] grays) {
		this.range = range;
		this.inverted = inverted;
		this.grays = grays;
	}

	/** From black to white in equal steps. */
	public static GrayDisplay of(GrayMapping range) {
		return new GrayDisplay(range, false, null);
	}

	/** From white to black in equal steps; NaN stays black. */
	public static GrayDisplay inverted(GrayMapping range) {
		return new GrayDisplay(range, true, null);
	}

	/**
	 * In the grays of a table.
	 *
	 * @param grays at least two, 0..255, that divide the range into equal steps; between two of them they are interpolated linearly
	 */
	public static GrayDisplay table(GrayMapping range, int[] grays) {
		return new GrayDisplay(range, false, grays.clone());
	}

	/**
	 * @param gray raw values
	 * @return L*, 0..100, computed when read
	 */
	public RandomAccessibleInterval<FloatType> lightness(RandomAccessibleInterval<? extends RealType<?>> gray) {
		if (grays != null) return GrayMapping.range(0, 255).lightness(shown(gray));
		if (!inverted) return mapped(gray);
		// The values are negated, not subtracted from the maximum, so that NaN stays NaN and becomes black.
		return GrayMapping.range(-range.max(), -range.min()).lightness(negative(gray));
	}

	// Every pixel type of ImgLib2 is a RealType of itself, which can't be expressed with Java's wildcards.
	@SuppressWarnings({ "unchecked", "rawtypes" })
	private RandomAccessibleInterval<FloatType> mapped(RandomAccessibleInterval gray) {
		return range.lightness(gray);
	}

	private RandomAccessibleInterval<FloatType> shown(RandomAccessibleInterval<? extends RealType<?>> gray) {
		Converter<RealType<?>, FloatType> shown = (in, out) -> {
			double at = range.apply(in.getRealDouble()) * (grays.length - 1);
			int entry = Math.min((int) at, grays.length - 2);
			out.setReal(grays[entry] + (at - entry) * (grays[entry + 1] - grays[entry]));
		};
		return Converters.convert(gray, shown, new FloatType());
	}

	private static RandomAccessibleInterval<FloatType> negative(RandomAccessibleInterval<? extends RealType<?>> gray) {
		Converter<RealType<?>, FloatType> negative = (in, out) -> out.set(-in.getRealFloat());
		return Converters.convert(gray, negative, new FloatType());
	}

	/** The range, and in which way it is shown, as a phrase for users. */
	@Override
	public String toString() {
		return range + (inverted ? ", inverted" : grays != null ? ", by the gray look-up table" : "");
	}
}
