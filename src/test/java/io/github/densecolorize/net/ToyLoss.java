package io.github.densecolorize.net;

import ai.djl.ndarray.NDArray;

/** A loss in one file: the fourth power of the error, of which the third map of a {@link ToyArchitecture} is no part. */
public final class ToyLoss implements Loss {

	@Override
	public String name() {
		return "toy";
	}

	@Override
	public String description() {
		return "fourth power of the error";
	}

	@Override
	public NDArray of(Prediction prediction, NDArray truth, NDArray weights) {
		return prediction.ab().sub(truth).square().square().mul(weights).mean();
	}
}
