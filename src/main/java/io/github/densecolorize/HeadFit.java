package io.github.densecolorize;

import java.util.ArrayList;
import java.util.List;

import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.apache.commons.math3.linear.RealMatrix;

import io.github.densecolorize.image.LightnessCurve;
import io.github.densecolorize.model.Head;
import io.github.densecolorize.model.TileMaps;
import io.github.densecolorize.net.ColorNet;

/**
 * Least squares with penalties (ridge regression) for the colours of reference images. The result is the mean of two fits, which is more exact on
 * other images than each of them: of a curve of L* alone, and of a curve, the network's own colours and the maps that its last layer sees.
 */
final class HeadFit {

	private static final int AB = 2;
	/** Penalty of the difference of neighbouring knots, so that a curve goes on smoothly where the references have no such L*. */
	private static final double ROUGH = 3e-3;
	/** Penalty of the distance of a knot from the mean colour. */
	private static final double FAR = 1e-4;
	/** Penalty of the weights of the maps, which are divided by their spread, and of the network's own colours, divided by {@link ColorNet#AB_SCALE}. */
	private static final double MAP = 1, OWN = 0.03;
	/** Part of the mean spread of all maps that is added to that of each, as some maps hardly vary in the references but do in other images. */
	private static final double SPREAD = 0.3;

	/** Pixels of a reference image. */
	static final class Sample {

		private final float[] probabilities;
		private final String sha256;
		private final List<float[]> l = new ArrayList<>(), a = new ArrayList<>(), b = new ArrayList<>();
		private final List<TileMaps> maps = new ArrayList<>();
		private int pixels;

		Sample(float[] probabilities, String sha256) {
			this.probabilities = probabilities;
			this.sha256 = sha256;
		}

		/**
		 * Adds the pixels of a field.
		 *
		 * @param seen what the network makes of it
		 * @param trueA a* of the reference
		 * @param trueB b*
		 */
		void add(float[] lightness, TileMaps seen, float[] trueA, float[] trueB) {
			l.add(lightness);
			maps.add(seen);
			a.add(trueA);
			b.add(trueB);
			pixels += lightness.length;
		}
	}

	private final List<Sample> samples = new ArrayList<>();

	/** Adds a reference; each counts the same, however large it is. */
	void add(Sample sample) {
		samples.add(sample);
	}

	/** The best colours. */
	Head head() {
		int maps = samples.get(0).maps.get(0).maps().length, size = Head.KNOTS + maps + AB;
		double[] mean = new double[maps], spread = new double[maps];
		spread(mean, spread);
		var a = new double[size][size];
		var b = new double[size][AB];
		var colour = new double[AB];
		double error = 0;
		for (var sample : samples)
			error += add(sample, mean, spread, a, b, colour);
		for (int i = 0; i < size; i++)
			for (int j = 0; j < i; j++)
				a[j][i] = a[i][j];
		penalize(a, b, colour);
		var curve = solve(part(a, Head.KNOTS), part(b, Head.KNOTS));
		var all = solve(a, b);
		return head(curve, all, mean, spread, Math.sqrt(error / AB));
	}

	/** Mean of each map, and its spread about it. */
	private void spread(double[] mean, double[] spread) {
		for (int m = 0; m < mean.length; m++) {
			double squares = 0;
			for (var sample : samples)
				for (var seen : sample.maps)
					for (float value : seen.maps()[m]) {
						mean[m] += value / (double) sample.pixels / samples.size();
						squares += value * (double) value / sample.pixels / samples.size();
					}
			spread[m] = Math.sqrt(Math.max(0, squares - mean[m] * mean[m]));
		}
		double all = 0;
		for (double each : spread)
			all += each * each / spread.length;
		for (int m = 0; m < spread.length; m++)
			spread[m] += SPREAD * Math.sqrt(all) + Float.MIN_NORMAL;
	}

	/**
	 * Adds the products of a sample.
	 *
	 * @param a receives those of the inputs, below the diagonal
	 * @param b those of inputs and colours
	 * @param colour mean colour
	 * @return squared error of the network's own colours, a* and b* together
	 */
	private double add(Sample sample, double[] mean, double[] spread, double[][] a, double[][] b, double[] colour) {
		double weight = 1.0 / sample.pixels / samples.size(), error = 0;
		var x = new double[a.length];
		for (int field = 0; field < sample.l.size(); field++) {
			var seen = sample.maps.get(field);
			for (int i = 0; i < sample.l.get(field).length; i++) {
				LightnessCurve.split(sample.l.get(field)[i], Head.KNOTS, x, 0);
				for (int m = 0; m < mean.length; m++)
					x[Head.KNOTS + m] = (seen.maps()[m][i] - mean[m]) / spread[m];
				x[x.length - 2] = seen.a()[i] / ColorNet.AB_SCALE;
				x[x.length - 1] = seen.b()[i] / ColorNet.AB_SCALE;
				double[] y = { sample.a.get(field)[i], sample.b.get(field)[i] };
				for (int row = 0; row < x.length; row++) {
					double factor = weight * x[row];
					if (factor == 0) continue;
					for (int column = 0; column <= row; column++)
						a[row][column] += factor * x[column];
					for (int c = 0; c < AB; c++)
						b[row][c] += factor * y[c];
				}
				error += weight * (square(seen.a()[i] - y[0]) + square(seen.b()[i] - y[1]));
				for (int c = 0; c < AB; c++)
					colour[c] += weight * y[c];
			}
		}
		return error;
	}

	private static double square(double x) {
		return x * x;
	}

	private static void penalize(double[][] a, double[][] b, double[] colour) {
		for (int i = 0; i < a.length; i++)
			a[i][i] += i < Head.KNOTS ? FAR : i < a.length - AB ? MAP : OWN;
		for (int i = 0; i < Head.KNOTS; i++) {
			for (int c = 0; c < AB; c++)
				b[i][c] += FAR * colour[c];
			if (i == 0) continue;
			a[i][i] += ROUGH;
			a[i - 1][i - 1] += ROUGH;
			a[i][i - 1] -= ROUGH;
			a[i - 1][i] -= ROUGH;
		}
	}

	private static double[][] part(double[][] matrix, int size) {
		return new Array2DRowRealMatrix(matrix, false).getSubMatrix(0, size - 1, 0, Math.min(size, matrix[0].length) - 1).getData();
	}

	private static RealMatrix solve(double[][] a, double[][] b) {
		return new CholeskyDecomposition(new Array2DRowRealMatrix(a, false)).getSolver().solve(new Array2DRowRealMatrix(b, false));
	}

	private Head head(RealMatrix curve, RealMatrix all, double[] mean, double[] spread, double error) {
		int maps = mean.length;
		var curves = new double[AB][Head.KNOTS];
		var weights = new double[AB * maps];
		var own = new double[AB * AB];
		for (int c = 0; c < AB; c++) {
			double offset = 0;
			for (int m = 0; m < maps; m++) {
				double weight = all.getEntry(Head.KNOTS + m, c) / spread[m] / 2;
				weights[c * maps + m] = weight;
				offset -= weight * mean[m];
			}
			for (int k = 0; k < Head.KNOTS; k++)
				curves[c][k] = (curve.getEntry(k, c) + all.getEntry(k, c)) / 2 + offset;
			for (int k = 0; k < AB; k++)
				own[c * AB + k] = all.getEntry(Head.KNOTS + maps + k, c) / ColorNet.AB_SCALE / 2;
		}
		var probabilities = new float[samples.get(0).probabilities.length];
		for (var sample : samples)
			for (int i = 0; i < probabilities.length; i++)
				probabilities[i] += sample.probabilities[i] / samples.size();
		return new Head(new LightnessCurve(curves[0]), new LightnessCurve(curves[1]), own, weights, mean, spread, error, probabilities, samples.stream().map(
			sample -> sample.sha256).toList());
	}
}
