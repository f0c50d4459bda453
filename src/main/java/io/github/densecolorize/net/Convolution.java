package io.github.densecolorize.net;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

/** A {@link Filter} whose weights are on a device. */
final class Convolution {

	private final Way way;
	private final int maps, padding;
	private final NDArray weight, bias;

	/**
	 * @param padding zeros around the maps that it takes
	 * @param manager owns the weights
	 */
	Convolution(Filter filter, int padding, Way way, NDManager manager) {
		this.way = way;
		this.padding = padding;
		maps = filter.out();
		weight = prepared(array(filter.weights(), new Shape(maps, filter.in(), filter.side(), filter.side()), manager));
		bias = prepared(array(filter.bias(), new Shape(maps), manager));
	}

	private NDArray prepared(NDArray weights) {
		var prepared = way.prepared(weights, weights.getManager());
		if (prepared != weights) weights.close();
		return prepared;
	}

	/** Number of maps that it makes. */
	int maps() {
		return maps;
	}

	/** (N, C, H, W) to (N, maps, H + 2 padding - side + 1, W + 2 padding - side + 1), owned by the manager of x. */
	NDArray of(NDArray x) {
		var y = way.convolve(x, weight, bias, padding, maps);
		Witness.look(witness -> witness.saw(x, weight, bias, padding, y));
		return y;
	}

	static NDArray array(double[] values, Shape shape, NDManager manager) {
		var floats = new float[values.length];
		for (int i = 0; i < floats.length; i++)
			floats[i] = (float) values[i];
		return manager.create(floats, shape);
	}
}
