package io.github.densecolorize.image;

/**
 * Information in the colours of an image, InEn = InEn(a*) + InEn(b*), and the Info_loss of a colorization (Zhang et
 * al. 2019, Eq. 6 and 7). InEn of a channel is -Σ p log2 p in bits, over 256 bins: values rounded to the integers
 * -128..127, those outside in the end bins. Fed piece by piece, so the image may be of any size.
 */
public final class Entropy {

	private final long[] histogramA = new long[256], histogramB = new long[256];

	/**
	 * @param a a* of n pixels
	 * @param b b* of the same
	 */
	public void add(float[] a, float[] b) {
		count(a, histogramA);
		count(b, histogramB);
	}

	/** Bits per pixel, 0..8. */
	public double ofA() {
		return of(histogramA);
	}

	/** Bits per pixel, 0..8. */
	public double ofB() {
		return of(histogramB);
	}

	/** InEn of the image in bits per pixel, 0..16. */
	public double inEn() {
		return ofA() + ofB();
	}

	/**
	 * Info_loss in bits, 0..16: the difference of both InEn. 0 says that the colours are as varied as in the original,
	 * not that they are the same.
	 *
	 * @param colorized colours made for the image whose own colours are counted here
	 */
	public double infoLoss(Entropy colorized) {
		return Math.abs(inEn() - colorized.inEn());
	}

	private static void count(float[] values, long[] histogram) {
		for (float value : values)
			histogram[Math.max(0, Math.min(255, Math.round(value) + 128))]++;
	}

	private static double of(long[] histogram) {
		long total = 0;
		for (long n : histogram)
			total += n;
		double bits = 0;
		for (long n : histogram)
			if (n > 0) bits += n * Math.log((double) total / n);
		return total == 0 ? 0 : bits / total / Math.log(2);
	}
}
