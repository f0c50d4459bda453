package io.github.densecolorize.net;

import ai.djl.ndarray.NDArray;

/** The two losses of Zhang et al. 2019. Both are means over the batch, scalars, and 0 for a perfect prediction. */
public final class Losses {

	/** Smallest argument of the logarithm, so that a class thought impossible costs 23 and not infinity. */
	private static final float SMALLEST_PROBABILITY = 1e-10f;

	private Losses() {}

	/**
	 * Mean squared error (Eq. 3, 4).
	 *
	 * @param ab prediction, (N, 2, H, W)
	 * @param truth the same shape
	 */
	public static NDArray chroma(NDArray ab, NDArray truth) {
		return ab.sub(truth).square().mean();
	}

	/**
	 * Cross-entropy (Eq. 5).
	 *
	 * @param scores class scores before softmax, (N, classes)
	 * @param labels index of the true class, (N)
	 */
	public static NDArray category(NDArray scores, NDArray labels) {
		var logProbability = scores.softmax(-1).maximum(SMALLEST_PROBABILITY).log();
		var truth = labels.oneHot((int) scores.getShape().get(1));
		return logProbability.mul(truth).sum(new int[] { 1 }).mean().neg();
	}
}
