package io.github.densecolorize.image;

/**
 * Peak signal-to-noise ratio of sRGB images in dB, 10 log10(255² / MSE), with the mean squared error over pixels and channels. The pixels are added
 * piece by piece.
 */
public final class Psnr {

	private long squares, count;

	/**
	 * @param original sRGB pixels, alpha ignored
	 * @param result as many pixels to compare with
	 */
	public void add(int[] original, int[] result) {
		if (original.length != result.length)
			throw new IllegalArgumentException(result.length + " pixels to compare with " + original.length + "; must be as many");
		for (int i = 0; i < original.length; i++)
			for (int shift = 0; shift <= 16; shift += 8) {
				int difference = (original[i] >> shift & 255) - (result[i] >> shift & 255);
				squares += difference * difference;
			}
		count += 3L * original.length;
	}

	/** Adds the pixels that another instance has compared. */
	void add(Psnr other) {
		squares += other.squares;
		count += other.count;
	}

	/** dB; infinite if all pixels are equal, NaN if none was added. */
	public double value() {
		return 10 * Math.log10(255.0 * 255.0 / ((double) squares / count));
	}
}
