package io.github.densecolorize.net;

import ai.djl.ndarray.NDArray;

/** Losses of a*b* and of the class: means over the batch, scalars, and 0 for a perfect prediction. */
public final class Losses {

	/** Smallest argument of the logarithm, so that a class thought impossible costs 23 and not infinity. */
	private static final float SMALLEST_PROBABILITY = 1e-10f;

	private Losses() {}

	/** Error, in scaled a*b*, from which {@link #rebalanced} grows linearly: 10 units of a* or b*. */
	private static final float LINEAR_FROM = 10 / ColorNet.AB_SCALE;

	/**
	 * Mean squared error (Zhang et al. 2019, Eq. 3, 4), weighted.
	 *
	 * @param ab prediction, (N, 2, H, W)
	 * @param truth the same shape
	 * @param weights of the true colours, (N, 1, H, W)
	 */
	public static NDArray meanSquared(NDArray ab, NDArray truth, NDArray weights) {
		return ab.sub(truth).square().mul(weights).mean();
	}

	/**
	 * Smooth L1 (Girshick 2015, arXiv:1504.08083), weighted: d² / (2 t) for errors d up to t, 10 units of a* or b*, and |d| - t / 2 beyond.
	 *
	 * @param ab prediction, (N, 2, H, W)
	 * @param truth the same shape
	 * @param weights of the true colours, (N, 1, H, W)
	 */
	public static NDArray rebalanced(NDArray ab, NDArray truth, NDArray weights) {
		var error = ab.sub(truth).abs();
		var quadratic = error.minimum(LINEAR_FROM);
		return quadratic.mul(error.sub(quadratic.div(2))).div(LINEAR_FROM).mul(weights).mean();
	}

	/**
	 * Cross-entropy (Zhang et al. 2019, Eq. 5).
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
