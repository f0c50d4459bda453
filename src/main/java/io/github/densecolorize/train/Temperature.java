package io.github.densecolorize.train;

import java.util.Locale;

import io.github.densecolorize.model.CalibrationError;

/**
 * The number by which class scores are divided so that the probabilities that follow from them are right (Guo et al. 2017, arXiv:1706.04599, section
 * 4.2): networks are surer than they should be. It is the one with the least cross-entropy. The most likely class stays the same.
 *
 * @param value 0.1 to 10; above 1 makes the model less sure
 * @param images from which it was fitted
 * @param before expected calibration error of these images with the scores as they were
 * @param after with the divided ones
 */
record Temperature(double value, int images, double before, double after) {

	private static final double LARGEST = 10, SMALLEST = 1 / LARGEST;
	/** How often the interval of 1 / temperature is halved: to 9.9 / 2^40. */
	private static final int HALVINGS = 40;

	/**
	 * Fits it.
	 *
	 * @param scores of images before softmax, a row for each
	 * @param labels their classes
	 */
	static Temperature fit(float[][] scores, int[] labels) {
		if (scores[0].length == 1) return new Temperature(1, labels.length, 0, 0);
		// The cross-entropy is a convex function of 1 / temperature, so its slope rises.
		double low = 1 / LARGEST, high = 1 / SMALLEST;
		for (int i = 0; i < HALVINGS; i++) {
			double middle = (low + high) / 2;
			if (slope(scores, labels, middle) < 0) low = middle;
			else high = middle;
		}
		double found = 2 / (low + high);
		return new Temperature(found, labels.length, error(scores, labels, 1), error(scores, labels, found));
	}

	/**
	 * Derivative of the cross-entropy, summed over the images, by the factor of the scores. One image is added whose class could be any of them: with few
	 * images, all of which the model gets right, it would become ever surer without it.
	 */
	private static double slope(float[][] scores, int[] labels, double factor) {
		double sum = 0, share = 1 / (labels.length + 1.0);
		for (int i = 0; i < labels.length; i++) {
			var probabilities = probabilities(scores[i], factor);
			double expected = 0, mean = 0;
			for (int k = 0; k < probabilities.length; k++) {
				expected += probabilities[k] * scores[i][k];
				mean += scores[i][k] / (double) probabilities.length;
			}
			sum += expected - (1 - share) * scores[i][labels[i]] - share * mean;
		}
		return sum;
	}

	private static double error(float[][] scores, int[] labels, double temperature) {
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

	/** The softmax of the scores times a factor. */
	private static double[] probabilities(float[] scores, double factor) {
		double most = Double.NEGATIVE_INFINITY, sum = 0;
		for (float score : scores)
			most = Math.max(most, score);
		var probabilities = new double[scores.length];
		for (int k = 0; k < scores.length; k++)
			sum += probabilities[k] = Math.exp(factor * (scores[k] - most));
		for (int k = 0; k < scores.length; k++)
			probabilities[k] /= sum;
		return probabilities;
	}

	/** For users. */
	String sentence() {
		return String.format(Locale.ROOT,
			"Probabilities of the classes: temperature %.3f; on %d validation images they were wrong by %.1f %% on average (expected calibration error), now by %.1f %%.",
			value, images, 100 * before, 100 * after);
	}
}
