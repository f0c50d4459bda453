package io.github.densecolorize.model;

/**
 * How far the probabilities of the most likely class are from the share of images for which it is right: the expected calibration error (Guo et al.
 * 2017, arXiv:1706.04599, Eq. 5). In each of {@value #BINS} equal bins of the probability, the mean probability is compared with that share; the
 * absolute differences are averaged, each bin with its number of images.
 */
public final class CalibrationError {

	private static final int BINS = 10;

	/** For each bin, the sum of the probabilities less the number of images whose class was right. */
	private final double[] excess = new double[BINS];
	private long images;

	/**
	 * @param probability of the most likely class, 0 to 1
	 * @param right whether it is the image's
	 */
	public void add(double probability, boolean right) {
		// The upper bound belongs to a bin.
		int bin = Math.max(0, Math.min(BINS - 1, (int) Math.ceil(probability * BINS) - 1));
		excess[bin] += probability - (right ? 1 : 0);
		images++;
	}

	/** 0 to 1; NaN without images. */
	public double value() {
		double sum = 0;
		for (double each : excess)
			sum += Math.abs(each);
		return sum / images;
	}
}
