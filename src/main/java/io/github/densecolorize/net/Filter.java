package io.github.densecolorize.net;

import ai.djl.nn.Block;

/**
 * The plain numbers of a convolution without padding, or of a linear layer; batch norms before and after it can be merged into them.
 *
 * @param out maps that it makes
 * @param in maps that it takes
 * @param side of its window in pixels
 * @param weights (out, in, side · side)
 * @param bias of each map that it makes
 */
public record Filter(int out, int in, int side, double[] weights, double[] bias)
{

	/** @param layer a convolution or linear layer, initialized */
	static Filter of(Block layer) {
		var shape = layer.getDirectParameters().get("weight").getArray().getShape();
		int out = (int) shape.get(0), in = (int) shape.get(1), side = shape.dimension() > 2 ? (int) shape.get(2) : 1;
		// A layer without bias still has the parameter, but without an array.
		var bias = layer.getDirectParameters().get("bias");
		return new Filter(out, in, side, Norm.numbers(layer, "weight"), bias != null && bias.isInitialized() ? Norm.numbers(layer, "bias")
			: new double[out]);
	}

	/** This filter with the batch norm before it merged in, as far as {@link Norm#low} and {@link Norm#high} do not apply that to the maps. */
	Filter after(Norm norm) {
		var folded = new double[weights.length];
		var shifted = bias.clone();
		int area = side * side;
		for (int i = 0; i < weights.length; i++) {
			int from = i / area % in;
			folded[i] = weights[i] * norm.scale()[from];
			shifted[i / area / in] += weights[i] * norm.shift()[from];
		}
		return new Filter(out, in, side, folded, shifted);
	}

	/** This filter with the batch norm after it merged in. */
	Filter before(Norm norm) {
		var folded = new double[weights.length];
		var shifted = new double[out];
		for (int i = 0; i < weights.length; i++)
			folded[i] = weights[i] * norm.scale()[i / (weights.length / out)];
		for (int o = 0; o < out; o++)
			shifted[o] = bias[o] * norm.scale()[o] + norm.shift()[o];
		return new Filter(out, in, side, folded, shifted);
	}

	/** This filter, which makes a* and b*, changed. */
	Filter with(OutputChange change) {
		int results = change.own().length / out;
		var own = new Filter(results, out, 1, change.own(), new double[results]).after(this);
		int area = side * side;
		for (int i = 0; i < change.weights().length; i++)
			own.weights[i * area + area / 2] += change.weights()[i];
		return own;
	}

	/** This filter of one pixel merged with another filter before it. */
	Filter after(Filter other) {
		int width = other.weights.length / other.out;
		var product = new double[out * width];
		var shifted = bias.clone();
		for (int o = 0; o < out; o++)
			for (int k = 0; k < in; k++) {
				double w = weights[o * in + k];
				shifted[o] += w * other.bias[k];
				for (int i = 0; i < width; i++)
					product[o * width + i] += w * other.weights[k * width + i];
			}
		return new Filter(out, other.in, other.side, product, shifted);
	}
}
