package io.github.densecolorize.net;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.convolutional.Conv2d;

/** A {@link Filter} on a device. */
final class Convolution {

	private static final Shape STRIDE = new Shape(1, 1);

	private final int maps;
	private final Shape padding;
	private final NDArray weight, bias;

	/**
	 * @param padding zeros around the maps that it takes
	 * @param manager owns the weights
	 */
	Convolution(Filter filter, int padding, NDManager manager) {
		maps = filter.out();
		this.padding = new Shape(padding, padding);
		weight = array(filter.weights(), new Shape(maps, filter.in(), filter.side(), filter.side()), manager);
		bias = array(filter.bias(), new Shape(maps), manager);
	}

	/** Maps that it makes. */
	int maps() {
		return maps;
	}

	/** (N, C, H, W) to (N, maps, H + 2 padding - side + 1, W + 2 padding - side + 1), owned by the manager of x. */
	NDArray of(NDArray x) {
		return Conv2d.conv2d(x, weight, bias, STRIDE, padding).singletonOrThrow();
	}

	static NDArray array(double[] values, Shape shape, NDManager manager) {
		var floats = new float[values.length];
		for (int i = 0; i < floats.length; i++)
			floats[i] = (float) values[i];
		return manager.create(floats, shape);
	}
}
