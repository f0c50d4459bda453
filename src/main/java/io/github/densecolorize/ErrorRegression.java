package io.github.densecolorize;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.CholeskyDecomposition;

import io.github.densecolorize.model.ErrorMap;

/**
 * Finds an {@link ErrorMap} in closed form: least squares with a penalty (ridge regression) for the logarithm of the error, which is the score; then a
 * parabola from the score to the logarithm of the mean error, since the exponential of a mean logarithm is less than the mean, and large errors are less
 * than their score says.
 */
final class ErrorRegression {

	/** Errors below this can't be seen, and their logarithm would count too much. */
	private static final double LEAST = 0.1;
	/** Penalty of the weights, whose inputs are divided by their spread, and of the curve, in case that all scores are the same. */
	private static final double WEIGHTS = 1e-3, CURVE = 1e-6;
	/** How many groups of pixels with neighbouring scores the curve is fitted to. */
	private static final int GROUPS = 20;

	/**
	 * A pixel that the network sees.
	 *
	 * @param image number of the image
	 * @param inputs the maps that the last layer sees, and the probability of the image's class
	 * @param error mean CIEDE2000 of the full-resolution pixels that it stands for
	 */
	record Sample(int image, float[] inputs, double error) {

		double logarithm() {
			return Math.log(Math.max(LEAST, error));
		}
	}

	private record Scored(double score, double error) {}

	/** Sums of products for a linear function. */
	private static final class LeastSquares {

		private final double[][] products;
		private final double[] right;
		private int count;

		LeastSquares(int inputs) {
			products = new double[inputs][inputs];
			right = new double[inputs];
		}

		void add(double[] x, double y) {
			for (int k = 0; k < x.length; k++) {
				right[k] += x[k] * y;
				for (int j = 0; j <= k; j++)
					products[k][j] += x[k] * x[j];
			}
			count++;
		}

		/** @param penalty of the square of each weight, for each addition */
		double[] weights(double penalty) {
			for (int k = 0; k < right.length; k++) {
				products[k][k] += penalty * count;
				for (int j = 0; j < k; j++)
					products[j][k] = products[k][j];
			}
			return new CholeskyDecomposition(new Array2DRowRealMatrix(products, false)).getSolver().solve(new ArrayRealVector(right, false)).toArray();
		}
	}

	private ErrorRegression() {}

	/**
	 * The score, a linear function.
	 *
	 * @param weights of the inputs
	 */
	private record Score(double constant, double[] weights) {

		/** The function that fits best. */
		static Score of(List<Sample> samples) {
			int inputs = samples.get(0).inputs.length;
			double[] mean = new double[inputs], factors = new double[inputs], x = new double[inputs];
			for (int k = 0; k < inputs; k++) {
				double squares = 0;
				for (var sample : samples)
					mean[k] += sample.inputs[k] / (double) samples.size();
				for (var sample : samples)
					squares += Math.pow(sample.inputs[k] - mean[k], 2);
				// An input that is the same everywhere tells nothing.
				factors[k] = squares > 0 ? 1 / Math.sqrt(squares / samples.size()) : 0;
			}
			double constant = samples.stream().mapToDouble(Sample::logarithm).average().orElseThrow();
			var fit = new LeastSquares(inputs);
			for (var sample : samples) {
				for (int k = 0; k < inputs; k++)
					x[k] = (sample.inputs[k] - mean[k]) * factors[k];
				fit.add(x, sample.logarithm() - constant);
			}
			var weights = fit.weights(WEIGHTS);
			for (int k = 0; k < inputs; k++) {
				weights[k] *= factors[k];
				constant -= weights[k] * mean[k];
			}
			return new Score(constant, weights);
		}

		Scored at(Sample sample) {
			double score = constant;
			for (int k = 0; k < weights.length; k++)
				score += weights[k] * sample.inputs[k];
			return new Scored(score, sample.error);
		}
	}

	/** @param samples at least one */
	static ErrorMap map(List<Sample> samples) {
		var score = Score.of(samples);
		var scored = new ArrayList<>(samples.stream().map(score::at).toList());
		// A score knows the images that it was fitted to too well, so the curve also sees scores of images by those of the others.
		for (int half = 0; half < 2; half++) {
			int these = half;
			var others = samples.stream().filter(sample -> sample.image % 2 != these).toList();
			if (others.isEmpty()) continue;
			var ofOthers = Score.of(others);
			samples.stream().filter(sample -> sample.image % 2 == these).map(ofOthers::at).forEach(scored::add);
		}
		int maps = score.weights.length - 1;
		return new ErrorMap(Arrays.copyOf(score.weights, maps), new double[] { score.constant, score.weights[maps] }, curve(scored));
	}

	/** The parabola of the score that is nearest to the logarithm of the mean error of each group, as far as it rises. */
	private static double[] curve(List<Scored> pixels) {
		var sorted = pixels.stream().sorted(Comparator.comparingDouble(Scored::score)).toList();
		int groups = Math.min(GROUPS, sorted.size());
		double middle = pixels.stream().mapToDouble(Scored::score).average().orElseThrow(), least = 0, most = 0;
		var fit = new LeastSquares(3);
		for (int g = 0; g < groups; g++) {
			var group = sorted.subList(g * sorted.size() / groups, (g + 1) * sorted.size() / groups);
			double score = group.stream().mapToDouble(Scored::score).average().orElseThrow(), u = score - middle;
			double error = group.stream().mapToDouble(Scored::error).average().orElseThrow();
			fit.add(new double[] { 1, u, u * u }, Math.log(Math.max(LEAST, error)) - score);
			if (g == 0) least = score;
			most = score;
		}
		var d = fit.weights(CURVE);
		// In powers of the score itself.
		double c2 = d[2], c1 = 1 + d[1] - 2 * c2 * middle, c0 = d[0] - d[1] * middle + c2 * middle * middle, top = -c1 / (2 * c2);
		if (c2 < 0) most = Math.max(least, Math.min(most, top));
		if (c2 > 0) least = Math.min(most, Math.max(least, top));
		return new double[] { least, most, c0, c1, c2 };
	}
}
