package io.github.densecolorize.image;

import java.io.Serializable;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.converter.Converters;
import net.imglib2.type.numeric.IntegerType;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.real.FloatType;

/**
 * Maps raw gray values to 0..1, which is read as an sRGB-coded gray: {@code min} and below to 0, {@code max} and above to 1, linear in between. NaN
 * is black. If {@code max} is not above {@code min}, everything is black, as a constant image has no contrast to show.
 *
 * @param min raw value that is black; finite
 * @param max raw value that is white; finite
 */
public record GrayMapping(double min, double max) implements Serializable {

	/** Usual bounds of {@link #percentile} in percent: one pixel in a thousand may be clipped at either end. */
	public static final double LOW = 0.1, HIGH = 99.9;

	public GrayMapping {
		if (!Double.isFinite(min) || !Double.isFinite(max))
			throw new IllegalArgumentException("The gray range is " + min + " to " + max + "; both must be finite");
	}

	/**
	 * @param min raw value that is black
	 * @param max raw value that is white
	 */
	public static GrayMapping range(double min, double max) {
		return new GrayMapping(min, max);
	}

	/**
	 * @param bits bits per pixel: 8 (0..255), 16 (0..65535) or 32 (floating point, 0..1)
	 */
	public static GrayMapping fullRange(int bits) {
		return switch (bits) {
			case 8 -> range(0, 255);
			case 16 -> range(0, 65535);
			case 32 -> range(0, 1);
			default -> throw new IllegalArgumentException("The image has " + bits + " bits per pixel; must be 8, 16 or 32");
		};
	}

	/**
	 * One range for all planes of a stack: from the smallest value that at least {@code low} percent of the pixels do not exceed, to the one for
	 * {@code high} percent. NaN and infinities are ignored. 8- and 16-bit planes are read once, others twice; the memory needed does not depend on
	 * the number of pixels.
	 *
	 * @param planes all planes, of one pixel type; their values are used in single precision
	 * @param low percent, 0..100, see {@link #LOW}
	 * @param high percent, 0..100, see {@link #HIGH}
	 */
	public static GrayMapping percentile(Iterable<? extends RandomAccessibleInterval<? extends RealType<?>>> planes,
		double low, double high)
	{
		if (!(0 <= low && low <= high && high <= 100))
			throw new IllegalArgumentException("The percentiles are " + low + " and " + high + "; must be 0 <= low <= high <= 100");
		float[] bounds = new Percentiles(planes).at(low, high);
		return range(bounds[0], bounds[1]);
	}

	/**
	 * @param raw raw gray value
	 * @return 0..1
	 */
	public double apply(double raw) {
		if (!(max > min) || Double.isNaN(raw)) return 0;
		return Math.max(0, Math.min(1, (raw - min) / (max - min)));
	}

	/**
	 * @param gray raw values
	 * @return L*, 0..100, computed when read
	 */
	public <T extends RealType<T>> RandomAccessibleInterval<FloatType> lightness(RandomAccessibleInterval<T> gray) {
		T type = gray.getType();
		return Converters.convert(gray, type instanceof IntegerType && type.getBitsPerPixel() <= 16 ? Tones.of(this, type) : Tones.of(this),
			new FloatType());
	}

	/** The range as users read it: "0 to 255". */
	@Override
	public String toString() {
		return NumberText.exact(min) + " to " + NumberText.exact(max);
	}
}
