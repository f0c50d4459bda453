package io.github.densecolorize.net;

import java.util.SplittableRandom;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.norm.BatchNorm;

/**
 * Compares the gradients of a network's layers with the same sums in double precision. Each layer is computed by itself, forward and backward, since
 * a pass through all layers does not give the gradients of the maps between them.
 */
final class Gradients {

	/** How many pairs of an input and an output map are checked for the gradients of their weights, and how many maps of a batch norm. */
	private static final int PAIRS = 4;
	/** How many values are checked in each map of a batch norm. */
	private static final int VALUES = 8;
	private static final float EPSILON = 1e-5f;
	/** A factor so large that the sines of neighbouring values, which differ by a hundredth, are unrelated. */
	private static final float SCATTER = 1000;

	private Gradients() {}

	/**
	 * Checks a convolution, and batch norms before and after it; each shape is checked once.
	 *
	 * @param x (N, C, H, W), in the layout of the way
	 * @param weight (maps, C, side, side)
	 * @param padding zeros around x
	 * @param y what came out
	 */
	static void compare(Witness witness, Way way, NDArray x, NDArray weight, int padding, NDArray y) {
		if (witness.isNew(x.getShape() + " " + weight.getShape() + " " + padding)) ofConvolution(witness, way, x, weight, padding);
		// L* itself is not normalized.
		if (x.getShape().get(1) > 1) ofBatchNorm(witness, x);
		ofBatchNorm(witness, y);
	}

	private static void ofConvolution(Witness witness, Way way, NDArray x, NDArray weight, int padding) {
		int maps = (int) weight.getShape().get(0), side = (int) weight.getShape().get(2);
		boolean isFirst = x.getShape().get(1) == 1;
		try (var scope = x.getManager().newSubManager()) {
			NDArray input = copy(x, scope), filters = copy(weight, scope), slope;
			// The gradient of L* itself is not needed, and it is wrong on some machines.
			if (!isFirst) input.setRequiresGradient(true);
			filters.setRequiresGradient(true);
			try (var collector = scope.getEngine().newGradientCollector()) {
				var y = way.convolve(input, way.prepared(filters, scope), null, padding, maps);
				slope = scattered(y, scope);
				collector.backward(y.mul(slope).sum());
			}
			// The gradient of a convolution is a convolution of the slopes with the filters turned by 180 degrees.
			if (!isFirst) witness.compare(slope, weight.transpose(1, 0, 2, 3).flip(2, 3), null, side - 1 - padding, input.getGradient(),
				"the gradient of the input of a convolution");
			ofWeights(witness, x, slope, padding, filters.getGradient());
		}
	}

	private static void ofWeights(Witness witness, NDArray x, NDArray slope, int padding, NDArray gradient) {
		Shape in = x.getShape(), out = slope.getShape(), shape = gradient.getShape();
		int side = (int) shape.get(2), height = (int) in.get(2), width = (int) in.get(3), rows = (int) out.get(2), columns = (int) out.get(3);
		var random = new SplittableRandom(1);
		for (int pair = 0; pair < PAIRS; pair++) {
			int from = pair == 0 ? (int) in.get(1) - 1 : random.nextInt((int) in.get(1)), to = pair == 0 ? (int) out.get(1) - 1 : random.nextInt(
				(int) out.get(1));
			float[] seen = map(x, from), slopes = map(slope, to), found = Witness.floats(gradient, new NDIndex().addIndices(to, from));
			for (int i = 0; i < side; i++)
				for (int j = 0; j < side; j++) {
					double sum = 0, magnitude = 0;
					for (int image = 0; image < in.get(0); image++)
						for (int row = Math.max(0, padding - i); row < Math.min(rows, height + padding - i); row++)
							for (int column = Math.max(0, padding - j); column < Math.min(columns, width + padding - j); column++) {
								double product = (double) slopes[(image * rows + row) * columns + column] * seen[(image * height + row + i - padding) * width +
									column + j - padding];
								sum += product;
								magnitude += Math.abs(product);
							}
					witness.compare(found[i * side + j], sum, magnitude, "the gradient of the weights of a convolution of " + in.get(1) + " to " + out
						.get(1) + " maps");
				}
		}
	}

	/** With x' = (x - mean) / deviation over all pixels of a map, and y = gamma x': dx = gamma / deviation (dy - mean(dy) - x' mean(dy x')). */
	private static void ofBatchNorm(Witness witness, NDArray like) {
		var shape = like.getShape();
		if (!witness.isNew("batch norm of " + shape)) return;
		int maps = (int) shape.get(1);
		try (var scope = like.getManager().newSubManager()) {
			NDArray x = scattered(like, scope), slope = scattered(x, scope), gamma = scope.arange(1f, 1f + maps);
			x.setRequiresGradient(true);
			gamma.setRequiresGradient(true);
			try (var collector = scope.getEngine().newGradientCollector()) {
				NDArray zeros = scope.zeros(gamma.getShape()), ones = scope.ones(gamma.getShape());
				NDList y = BatchNorm.batchNorm(x, zeros, ones, gamma, zeros, 1, 0.9f, EPSILON, true);
				collector.backward(y.get(0).mul(slope).sum());
			}
			NDArray gradient = x.getGradient(), gammas = gamma.getGradient();
			var random = new SplittableRandom(1);
			for (int k = 0; k < PAIRS; k++) {
				int map = k == 0 ? maps - 1 : random.nextInt(maps);
				float[] values = map(x, map), slopes = map(slope, map), found = map(gradient, map);
				int n = values.length;
				double mean = 0, squares = 0;
				for (float value : values)
					mean += value / (double) n;
				for (float value : values)
					squares += Math.pow(value - mean, 2);
				double deviation = Math.sqrt(squares / n + EPSILON), sum = 0, products = 0, sizes = 0, magnitude = 0;
				for (int i = 0; i < n; i++) {
					double normalized = (values[i] - mean) / deviation;
					sum += slopes[i];
					products += slopes[i] * normalized;
					sizes += Math.abs(slopes[i]);
					magnitude += Math.abs(slopes[i] * normalized);
				}
				witness.compare(gammas.getFloat(map), products, magnitude, "the gradient of a batch norm's weights");
				double factor = gamma.getFloat(map) / deviation;
				for (int k2 = 0; k2 < VALUES; k2++) {
					int i = random.nextInt(n);
					double normalized = (values[i] - mean) / deviation;
					witness.compare(found[i], factor * (slopes[i] - sum / n - normalized * products / n), factor * (Math.abs(slopes[i]) + sizes / n + Math
						.abs(normalized) * magnitude / n), "the gradient of the input of a batch norm of " + maps + " maps");
				}
			}
		}
	}

	/** A map of all images, (N, H, W). */
	private static float[] map(NDArray x, int map) {
		return Witness.floats(x, new NDIndex().addAllDim().addIndices(map));
	}

	/** A copy in the same layout. */
	private static NDArray copy(NDArray array, NDManager owner) {
		// On a thread that did not load the engine, PyTorch always records gradients, and they would lead from the copy back to the original.
		try (var apart = array.stopGradient()) {
			var copy = apart.duplicate();
			copy.attach(owner);
			return copy;
		}
	}

	/** Values of -1 to 1 that behave like random ones, in the layout of an array. */
	private static NDArray scattered(NDArray array, NDManager owner) {
		try (var apart = array.stopGradient(); var scaled = apart.mul(SCATTER)) {
			var sines = scaled.sin();
			sines.attach(owner);
			return sines;
		}
	}
}
