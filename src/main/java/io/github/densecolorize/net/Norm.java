package io.github.densecolorize.net;

import ai.djl.nn.Block;

/**
 * A trained batch norm, scale · x + shift, together with the ReLU after it: relu(scale · x + shift) = scale · min(max(x, low), high) + shift. So it
 * needs only one pass over the maps, and scale and shift are merged into the filter that follows.
 *
 * @param scale of each map
 * @param shift of each map
 * @param low where the ReLU begins for maps with a positive scale; no bound for others
 * @param high where the ReLU ends for maps with a negative scale; no bound for others
 */
public record Norm(double[] scale, double[] shift, double[] low, double[] high)
{

	/** DJL's default, which can't be read from its batch norm. */
	private static final double EPSILON = 1e-5;
	/** With a smaller scale only the shift matters; the bound would be too large for a float. */
	private static final double NO_SCALE = 1e-20;

	/** @param layer a batch norm, initialized */
	static Norm of(Block layer) {
		double[] gamma = numbers(layer, "gamma"), beta = numbers(layer, "beta"), mean = numbers(layer, "runningMean"), variance = numbers(layer,
			"runningVar");
		int n = gamma.length;
		double[] scale = new double[n], shift = new double[n], low = new double[n], high = new double[n];
		for (int i = 0; i < n; i++) {
			scale[i] = gamma[i] / Math.sqrt(variance[i] + EPSILON);
			shift[i] = beta[i] - mean[i] * scale[i];
			boolean varies = Math.abs(scale[i]) > NO_SCALE;
			double kink = varies ? -shift[i] / scale[i] : 0;
			low[i] = varies && scale[i] < 0 ? Double.NEGATIVE_INFINITY : kink;
			high[i] = varies && scale[i] > 0 ? Double.POSITIVE_INFINITY : kink;
			if (!varies) {
				scale[i] = 0;
				shift[i] = Math.max(0, shift[i]);
			}
		}
		return new Norm(scale, shift, low, high);
	}

	static double[] numbers(Block layer, String parameter) {
		float[] values = layer.getDirectParameters().get(parameter).getArray().toFloatArray();
		var numbers = new double[values.length];
		for (int i = 0; i < numbers.length; i++)
			numbers[i] = values[i];
		return numbers;
	}
}
