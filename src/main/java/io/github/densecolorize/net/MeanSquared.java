package io.github.densecolorize.net;

import ai.djl.ndarray.NDArray;

/** Weighted mean squared error (Zhang et al. 2019, Eq. 3, 4). */
public final class MeanSquared implements Loss {

	static final String NAME = "mse";

	@Override
	public String name() {
		return NAME;
	}

	@Override
	public String description() {
		return "as in the paper";
	}

	@Override
	public NDArray of(Prediction prediction, NDArray truth, NDArray weights) {
		return prediction.ab().sub(truth).square().mul(weights).mean();
	}
}
