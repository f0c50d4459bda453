package io.github.densecolorize.net;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

/**
 * Cross-entropy of the bins that the true colours are in, in which rare colours count more (R. Zhang et al. 2016, Eq. 2 and 4); for networks whose
 * output is scores of {@link ColourBins}. A pixel of the output has the mean colour and the mean weight of the pixels that lie in it.
 */
public final class BinLoss implements Loss {

	static final String NAME = "bins";

	@Override
	public String name() {
		return NAME;
	}

	@Override
	public String description() {
		return "cross-entropy of bins of colour in which rare ones count more, for eccv16";
	}

	@Override
	public boolean wantsChromaWeights() {
		return true;
	}

	@Override
	public double smoothing() {
		return ColourBins.SPREAD;
	}

	@Override
	public void check(NetSpec net) {
		if (!(net instanceof Eccv16Architecture.Numbers)) throw new IllegalArgumentException("loss is \"" + NAME +
			"\", which only a network that gives scores of bins can learn from; choose preset eccv16, or loss auto.");
	}

	@Override
	public NDArray of(Prediction prediction, NDArray truth, NDArray weights) {
		var scores = prediction.output();
		long cell = truth.getShape().get(2) / scores.getShape().get(2);
		var logs = scores.logSoftmax(1).mul(ColourBins.encoded(means(truth, cell)));
		return logs.sum(new int[] { 1 }, true).mul(means(weights, cell)).mean().neg();
	}

	/** The means of squares of pixels. */
	private static NDArray means(NDArray x, long side) {
		var shape = x.getShape();
		return x.reshape(new Shape(shape.get(0), shape.get(1), shape.get(2) / side, side, shape.get(3) / side, side)).sum(new int[] { 3, 5 }).div(side * side);
	}
}
