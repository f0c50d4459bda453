package io.github.densecolorize;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.CholeskyDecomposition;

import net.imglib2.Interval;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.util.Intervals;

import io.github.densecolorize.image.ColorDifference;
import io.github.densecolorize.image.GuidedUpsampling;
import io.github.densecolorize.image.Lab;
import io.github.densecolorize.image.Reduction;
import io.github.densecolorize.model.ColorModel;
import io.github.densecolorize.model.ErrorMap;
import io.github.densecolorize.model.ModelSpec;
import io.github.densecolorize.model.TileMaps;

/**
 * Fits a model's {@link ErrorMap} to colour images that it did not learn from, in closed form: least squares with a penalty (ridge regression) for the
 * logarithm of the error that is found at sampled pixels, which is the score, and then a parabola from the score to the logarithm of the mean error.
 */
public final class ErrorFit {

	/** How many pixels that the network sees are drawn of each image: neighbours tell the same. */
	private static final int PIXELS = 150;
	/** Errors below this can't be seen, and their logarithm would count too much. */
	private static final double LEAST = 0.1;
	/** Penalty of the weights, whose maps are divided by their spread, for each pixel. */
	private static final double PENALTY = 1e-3;
	/** Penalty of the curve, in case that all scores are the same. */
	private static final double TINY = 1e-6;
	/** How many groups of pixels the curve is fitted to. */
	private static final int GROUPS = 20;

	/**
	 * A pixel.
	 *
	 * @param inputs the maps that the last layer sees, and the probability of the image's class
	 * @param error mean CIEDE2000 of the full-resolution pixels that it stands for
	 */
	record Sample(float[] inputs, double error) {}

	private final ColorModel model;
	private final Colorizer colorizer;
	private final GuidedUpsampling upsampling = new GuidedUpsampling(GuidedUpsampling.RADIUS, GuidedUpsampling.EPSILON);
	private final SplittableRandom random = new SplittableRandom(1);
	private final List<Sample> samples = new ArrayList<>();
	private int images;

	/** @param model whose own colours are looked at */
	public ErrorFit(ColorModel model) {
		this.model = model;
		colorizer = new Colorizer(model, Colorizer.Options.DEFAULT);
	}

	/**
	 * Colorizes an image and compares, at full resolution, as the result is seen.
	 *
	 * @param argb sRGB pixels of the true colours, row by row
	 * @param width of a row
	 */
	public void add(int[] argb, int width) {
		int height = argb.length / width;
		float[] l = new float[argb.length], a = l.clone(), b = l.clone(), errors = l.clone();
		Lab.fromArgb(argb, l, a, b);
		var plane = ArrayImgs.floats(l, width, height);
		var plan = colorizer.plan(List.of(plane), 0);
		var reduced = new Reduction(plane, plan.scale());
		var found = new Reduction(ArrayImgs.floats(errors, width, height), plan.scale());
		var seen = new ArrayList<Sample>();
		for (var field : References.fields(reduced.plane())) {
			// A window of the reduction may begin in the pixels of the neighbour.
			var around = Intervals.intersect(Intervals.expand(field, 1), reduced.plane());
			var block = Intervals.expand(around, upsampling.margin());
			var maps = References.maps(model, reduced, block, plan.cues());
			compare(reduced, block, maps, new float[][] { l, a, b }, errors, width);
			var inner = maps.part(block, field).maps();
			var error = References.values(found, field);
			for (int i = 0; i < error.length; i++) {
				var inputs = new float[inner.length + 1];
				for (int m = 0; m < inner.length; m++)
					inputs[m] = inner[m][i];
				inputs[inner.length] = plan.guidance().probability();
				seen.add(new Sample(inputs, error[i]));
			}
		}
		for (int i = 0; i < PIXELS; i++)
			samples.add(seen.get(random.nextInt(seen.size())));
		images++;
	}

	/**
	 * Finds the errors at full resolution.
	 *
	 * @param block reduced pixels whose maps and colours are given, with the margin of the upsampling
	 * @param truth L*, a* and b* of the whole plane
	 * @param errors of the whole plane, set where the block without its margin lies
	 */
	private void compare(Reduction reduced, Interval block, TileMaps maps, float[][] truth, float[] errors, int width) {
		var full = reduced.full(Intervals.expand(block, -upsampling.margin()));
		int pixels = (int) Intervals.numElements(full);
		float[] l = new float[pixels], a = l.clone(), b = l.clone(), lab = new float[3];
		int columns = (int) full.dimension(0);
		for (int i = 0; i < pixels; i++)
			l[i] = truth[0][(int) (full.min(1) + i / columns) * width + (int) full.min(0) + i % columns];
		upsampling.upsample(block, References.values(reduced, block), maps.a(), maps.b(), full, l, reduced, a, b);
		for (int i = 0; i < pixels; i++) {
			int at = (int) (full.min(1) + i / columns) * width + (int) full.min(0) + i % columns;
			Lab.fromArgb(Lab.toArgb(l[i], a[i], b[i]), lab);
			errors[at] = (float) ColorDifference.ciede2000(lab[0], lab[1], lab[2], truth[0][at], truth[1][at], truth[2][at]);
		}
	}

	/** What the map was fitted to. */
	public ModelSpec.ErrorSample sample() {
		return new ModelSpec.ErrorSample(images, samples.stream().mapToDouble(Sample::error).average().orElseThrow());
	}

	/** The map that fits best. */
	public ErrorMap map() {
		return map(samples);
	}

	/** @param samples at least one */
	static ErrorMap map(List<Sample> samples) {
		int inputs = samples.get(0).inputs.length;
		double[] mean = new double[inputs], factors = new double[inputs];
		for (int k = 0; k < inputs; k++) {
			double sum = 0, squares = 0;
			for (var sample : samples)
				sum += sample.inputs[k];
			mean[k] = sum / samples.size();
			for (var sample : samples)
				squares += Math.pow(sample.inputs[k] - mean[k], 2);
			// A map that is the same everywhere tells nothing.
			factors[k] = squares > 0 ? 1 / Math.sqrt(squares / samples.size()) : 0;
		}
		double level = samples.stream().mapToDouble(ErrorFit::logarithm).average().orElseThrow();
		var weights = weights(samples, mean, factors, level);
		double constant = level;
		for (int k = 0; k < inputs; k++) {
			weights[k] *= factors[k];
			constant -= weights[k] * mean[k];
		}
		var scored = new ArrayList<Scored>();
		for (var sample : samples) {
			double score = constant;
			for (int k = 0; k < inputs; k++)
				score += weights[k] * sample.inputs[k];
			scored.add(new Scored(score, sample.error));
		}
		return new ErrorMap(Arrays.copyOf(weights, inputs - 1), new double[] { constant, weights[inputs - 1] }, curve(scored));
	}

	private static double logarithm(Sample sample) {
		return Math.log(Math.max(LEAST, sample.error));
	}

	/** Weights of the inputs, each less its mean and times its factor, for the logarithm less its mean. */
	private static double[] weights(List<Sample> samples, double[] mean, double[] factors, double level) {
		int inputs = mean.length;
		var products = new double[inputs][inputs];
		double[] right = new double[inputs], x = new double[inputs];
		for (var sample : samples) {
			double y = logarithm(sample) - level;
			for (int k = 0; k < inputs; k++) {
				x[k] = (sample.inputs[k] - mean[k]) * factors[k];
				right[k] += x[k] * y;
				for (int j = 0; j <= k; j++)
					products[k][j] += x[k] * x[j];
			}
		}
		for (int k = 0; k < inputs; k++) {
			products[k][k] += PENALTY * samples.size();
			for (int j = 0; j < k; j++)
				products[j][k] = products[k][j];
		}
		return solve(products, right);
	}

	/** A score, which is about the logarithm of the error that was found with it. */
	private record Scored(double score, double error) {}

	/**
	 * The exponential of a mean logarithm is less than the mean, and large errors are less than their score says. So the logarithm of the mean error of groups
	 * of pixels with neighbouring scores is made a parabola of the score, as far as that rises.
	 */
	private static double[] curve(List<Scored> pixels) {
		var sorted = pixels.stream().sorted(Comparator.comparingDouble(Scored::score)).toList();
		int groups = Math.min(GROUPS, sorted.size());
		double[] score = new double[groups], error = new double[groups];
		for (int g = 0; g < groups; g++) {
			var group = sorted.subList(g * sorted.size() / groups, (g + 1) * sorted.size() / groups);
			score[g] = group.stream().mapToDouble(Scored::score).average().orElseThrow();
			error[g] = Math.log(Math.max(LEAST, group.stream().mapToDouble(Scored::error).average().orElseThrow()));
		}
		double middle = Arrays.stream(score).average().orElseThrow();
		double[][] products = new double[3][3];
		var right = new double[3];
		for (int g = 0; g < groups; g++) {
			double u = score[g] - middle;
			double[] x = { 1, u, u * u };
			for (int k = 0; k < 3; k++) {
				right[k] += x[k] * (error[g] - score[g]) / groups;
				for (int j = 0; j < 3; j++)
					products[k][j] += x[k] * x[j] / groups;
			}
		}
		for (int k = 0; k < 3; k++)
			products[k][k] += TINY;
		var d = solve(products, right);
		double c2 = d[2], c1 = 1 + d[1] - 2 * c2 * middle, c0 = d[0] - d[1] * middle + c2 * middle * middle, top = -c1 / (2 * c2);
		double least = score[0], most = score[groups - 1];
		if (c2 < 0) most = Math.max(least, Math.min(most, top));
		if (c2 > 0) least = Math.min(most, Math.max(least, top));
		// The mean of all shall be right to the last digit.
		var curve = new double[] { least, most, c0, c1, c2 };
		var map = new ErrorMap(new double[0], new double[2], curve);
		double found = pixels.stream().mapToDouble(pixel -> Math.max(LEAST, pixel.error)).sum(), expected = pixels.stream().mapToDouble(pixel -> map.at(
			pixel.score)).sum();
		curve[2] += Math.log(found / expected);
		return curve;
	}

	private static double[] solve(double[][] products, double[] right) {
		return new CholeskyDecomposition(new Array2DRowRealMatrix(products, false)).getSolver().solve(new ArrayRealVector(right, false)).toArray();
	}
}
