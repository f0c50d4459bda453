package io.github.densecolorize.train;

import java.util.Locale;

import io.github.densecolorize.model.CalibrationError;

/**
 * The number by which class scores are divided so that the probabilities that follow from them are right (Guo et al. 2017, arXiv:1706.04599, section
 * 4.2): networks are surer than they should be. It is the one with the least cross-entropy.
 *
 * @param value 0.1 to 10; above 1 makes the model less sure
 * @param images from which it was fitted
 * @param before expected calibration error of these images with the scores as they were
 * @param after with the divided ones
 */
record Temperature(double value, int images, double before, double after) {

	private static final double LARGEST = 10;
	/** How often the interval of its logarithm is made smaller by the golden section: to 4.6 · 0.618^60, which is 1e-12. */
	private static final int STEPS = 60;
	private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;
	/** A logarithm below this changes no probability that anybody reads, so that a model that is calibrated already stays as it is. */
	private static final double NOTHING = 1e-3;

	/**
	 * Fits it.
	 *
	 * @param scores of images before softmax: for each image a row for each of its views, whose probabilities are averaged
	 * @param labels their classes
	 */
	static Temperature fit(float[][][] scores, int[] labels) {
		if (scores[0][0].length == 1) return new Temperature(1, labels.length, 0, 0);
		double low = -Math.log(LARGEST), high = Math.log(LARGEST);
		double left = high - GOLDEN * (high - low), right = low + GOLDEN * (high - low);
		double ofLeft = crossEntropy(scores, labels, left), ofRight = crossEntropy(scores, labels, right);
		for (int i = 0; i < STEPS; i++)
			if (ofLeft < ofRight) {
				high = right;
				right = left;
				ofRight = ofLeft;
				left = high - GOLDEN * (high - low);
				ofLeft = crossEntropy(scores, labels, left);
			}
			else {
				low = left;
				left = right;
				ofLeft = ofRight;
				right = low + GOLDEN * (high - low);
				ofRight = crossEntropy(scores, labels, right);
			}
		double logarithm = (low + high) / 2, found = Math.abs(logarithm) < NOTHING ? 1 : Math.exp(logarithm);
		return new Temperature(found, labels.length, error(scores, labels, 1), error(scores, labels, found));
	}

	/**
	 * Summed over the images. One image is added whose class could be any of them: with few images, all of which the model gets right, it would become ever
	 * surer without it.
	 */
	private static double crossEntropy(float[][][] scores, int[] labels, double logarithm) {
		double sum = 0, share = 1 / (labels.length + 1.0), factor = Math.exp(-logarithm);
		for (int i = 0; i < labels.length; i++) {
			var probabilities = probabilities(scores[i], factor);
			sum -= (1 - share) * logarithm(probabilities[labels[i]]);
			for (double probability : probabilities)
				sum -= share / probabilities.length * logarithm(probability);
		}
		return sum;
	}

	/** Finite for 0, too. */
	private static double logarithm(double probability) {
		return Math.log(probability + Double.MIN_NORMAL);
	}

	private static double error(float[][][] scores, int[] labels, double temperature) {
		var error = new CalibrationError();
		for (int i = 0; i < labels.length; i++) {
			var probabilities = probabilities(scores[i], 1 / temperature);
			int top = 0;
			for (int k = 1; k < probabilities.length; k++)
				if (probabilities[k] > probabilities[top]) top = k;
			error.add(probabilities[top], top == labels[i]);
		}
		return error.value();
	}

	/** The mean over the views of the softmax of the scores times a factor. */
	private static double[] probabilities(float[][] views, double factor) {
		var mean = new double[views[0].length];
		for (var scores : views) {
			double most = Double.NEGATIVE_INFINITY, sum = 0;
			for (float score : scores)
				most = Math.max(most, score);
			for (float score : scores)
				sum += Math.exp(factor * (score - most));
			for (int k = 0; k < mean.length; k++)
				mean[k] += Math.exp(factor * (scores[k] - most)) / sum / views.length;
		}
		return mean;
	}

	/** For users. */
	String sentence() {
		return String.format(Locale.ROOT,
			"Probabilities of the classes: temperature %.3f; on %d validation images they were wrong by %.1f %% on average (expected calibration error), now by %.1f %%.",
			value, images, 100 * before, 100 * after);
	}
}
