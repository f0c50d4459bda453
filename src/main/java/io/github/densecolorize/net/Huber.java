package io.github.densecolorize.net;

import ai.djl.ndarray.NDArray;

/**
 * The loss of R. Zhang et al. 2017 (arXiv:1705.02999, Eq. 2), weighted: d² / 2 for errors d up to one unit of a* or b*, and |d| - 1 / 2 beyond, so nearly
 * the absolute error; all in scaled a*b*.
 */
public final class Huber implements Loss {

	static final String NAME = "huber";

	@Override
	public String name() {
		return NAME;
	}

	@Override
	public String description() {
		return "absolute error of the colours, as in R. Zhang et al. 2017";
	}

	@Override
	public NDArray of(Prediction prediction, NDArray truth, NDArray weights) {
		return Rebalanced.smoothL1(prediction.ab().sub(truth), 1 / ColorNet.AB_SCALE).mul(weights).mean();
	}
}
