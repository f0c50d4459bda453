package io.github.densecolorize.image;

/**
 * Colourfulness M3 of Hasler and Süsstrunk 2003: with rg = R - G and yb = (R + G) / 2 - B, R, G, B being 0..255, sqrt(var rg + var yb) + 0.3
 * sqrt(mean² rg + mean² yb). 0 is gray, 33 moderately, 82 quite and 109 extremely colourful. The pixels are added piece by piece.
 */
public final class Colourfulness {

	// Sums of integers are exact; yb is counted in halves.
	private long count, rg, rgSquared, yb, ybSquared;

	/**
	 * @param argb sRGB pixels, alpha ignored
	 */
	public void add(int[] argb) {
		for (int pixel : argb) {
			int r = pixel >> 16 & 255, g = pixel >> 8 & 255, b = pixel & 255;
			rg += r - g;
			rgSquared += (r - g) * (r - g);
			yb += r + g - 2 * b;
			ybSquared += (r + g - 2 * b) * (r + g - 2 * b);
		}
		count += argb.length;
	}

	/** Adds the pixels that another instance has counted. */
	void add(Colourfulness other) {
		count += other.count;
		rg += other.rg;
		rgSquared += other.rgSquared;
		yb += other.yb;
		ybSquared += other.ybSquared;
	}

	/** M3, 0 or more; NaN if no pixel was added. */
	public double value() {
		double n = count, meanRg = rg / n, meanYb = yb / n / 2;
		double variance = rgSquared / n - meanRg * meanRg + ybSquared / n / 4 - meanYb * meanYb;
		return Math.sqrt(Math.max(0, variance)) + 0.3 * Math.hypot(meanRg, meanYb);
	}
}
