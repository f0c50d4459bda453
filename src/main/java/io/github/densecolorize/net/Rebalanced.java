package io.github.densecolorize.net;

import ai.djl.ndarray.NDArray;

/**
 * Weighted smooth L1 (Girshick 2015, arXiv:1504.08083): d² / (2 t) for errors d up to t = 10 units of a* or b*, and |d| - t / 2 beyond.
 */
public final class Rebalanced implements Loss {

	/** Error, in scaled a*b*, from which it grows linearly: 10 units of a* or b*. */
	private static final float LINEAR_FROM = 10 / ColorNet.AB_SCALE;

	@Override
	public String name() {
		return "rebalanced";
	}

	@Override
	public String description() {
		return "smooth L1 in which rare and saturated colours count more";
	}

	@Override
	public boolean wantsChromaWeights() {
		return true;
	}

	@Override
	public NDArray of(Prediction prediction, NDArray truth, NDArray weights) {
		return smoothL1(prediction.ab().sub(truth), LINEAR_FROM).mul(weights).mean();
	}

	/** d² / (2 t) for errors d up to t, and |d| - t / 2 beyond. */
	static NDArray smoothL1(NDArray errors, float linearFrom) {
		var error = errors.abs();
		var quadratic = error.minimum(linearFrom);
		return quadratic.mul(error.sub(quadratic.div(2))).div(linearFrom);
	}
}
