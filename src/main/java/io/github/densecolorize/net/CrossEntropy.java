package io.github.densecolorize.net;

import ai.djl.ndarray.NDArray;

/** The loss of the class (Zhang et al. 2019, Eq. 5). */
public final class CrossEntropy {

	/** Smallest argument of the logarithm, so that the loss is 23 and not infinite if the true class was thought impossible. */
	private static final float SMALLEST_PROBABILITY = 1e-10f;

	private CrossEntropy() {}

	/**
	 * The mean over a batch.
	 *
	 * @param scores class scores before softmax, (N, classes)
	 * @param labels index of the true class, (N)
	 * @return a scalar
	 */
	public static NDArray of(NDArray scores, NDArray labels) {
		var logProbability = scores.softmax(-1).maximum(SMALLEST_PROBABILITY).log();
		var truth = labels.oneHot((int) scores.getShape().get(1));
		return logProbability.mul(truth).sum(new int[] { 1 }).mean().neg();
	}
}
