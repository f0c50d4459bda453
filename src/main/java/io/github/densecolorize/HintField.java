package io.github.densecolorize;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.apache.commons.math3.linear.NonPositiveDefiniteMatrixException;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.stat.descriptive.moment.StandardDeviation;

import net.imglib2.FinalInterval;
import net.imglib2.Interval;

import io.github.densecolorize.image.Reduction;
import io.github.densecolorize.model.TileMaps;

/**
 * Spreads known colours over the reduced plane, to what is alike. The idea is that of Levin, Lischinski and Weiss 2004 (Colorization using
 * Optimization): neighbours of like lightness have like colours. Here it is kernel regression, the mean of a Gaussian process (Rasmussen and Williams
 * 2006, chapter 2), so that a pixel needs no other pixel and tiles fit together. What is spread is the difference r between the known colours and the
 * model's:
 * <pre>
 * a*b*(x) += sum over centres h of c(h) k(x, h),  where (K + noise² I) c = r
 * k(x, h) = exp(-½ (|Δp|² / place² + ΔL² / lightness² + |Δφ|² / maps² + barrier² / edge²))
 * </pre>
 * with places p in long sides of the plane, L* in 0 to 1, the maps φ that the network's last layer sees, and the {@link Barrier} between h and x. The
 * constants worked best for ten hints at random places of photographs and of microscope images of laboratories that the model had not seen.
 */
final class HintField {

	private static final float PLACE = 1, LIGHTNESS = 30, EDGE = 20;
	private static final double MAPS = 1;
	private static final double NOISE = 0.15 * 0.15;
	/** The part of the mean spread of all maps that is added to that of each. */
	private static final double SPREAD = 0.1;
	/** No map varies less, so that in a flat image the rounding of the maps does not count as a difference. */
	private static final double ROUNDING = 1e-4;
	/** Where the sum in the kernel is larger, it counts as 0: exp(-20) of any colour can't be seen. */
	private static final float FAR = 40;
	private static final int AT_ONCE = 4;
	/** Side of the squares that the network looks at around centres: all of one size, since the first of each size is checked. */
	private static final int FIELD = 4;

	/**
	 * Where colours spread from.
	 *
	 * @param x column in the reduced plane
	 * @param y row
	 * @param l L*
	 * @param maps times the plan's weights
	 * @param barriers to all places
	 */
	private record Source(long x, long y, float l, float[] maps, byte[] barriers) {}

	private final float side;
	private final Interval plane;
	private final Barrier barrier;
	private final float[] weights;
	private final List<Source> sources = new ArrayList<>();
	/** c of a* and of b*. */
	private final float[][] factors;

	/** What the network sees in a field, and the colours that it would get without hints. */
	record Field(float[] l, TileMaps seen) {}

	/**
	 * @param centres at least one, no two at one place
	 * @param reduced the plane as the network sees it
	 * @param barrier of the plane
	 * @param weights of the maps, see {@link Plan}
	 * @param look gives what is seen in a part of the reduced plane
	 */
	HintField(List<HintCentre> centres, Reduction reduced, Barrier barrier, float[] weights, Function<Interval, Field> look) {
		plane = reduced.plane();
		side = Math.max(reduced.width(), reduced.height());
		this.barrier = barrier;
		this.weights = weights;
		var barriers = centres.parallelStream().map(this::start).distinct().collect(Collectors.toMap(start -> start, barrier::from));
		var fields = new HashMap<Long, Field>();
		var residuals = new double[centres.size()][];
		for (int i = 0; i < residuals.length; i++) {
			var centre = centres.get(i);
			long column = centre.x() / FIELD, row = centre.y() / FIELD;
			var field = fields.computeIfAbsent(row << Integer.SIZE | column, key -> look.apply(FinalInterval.createMinSize(column * FIELD, row * FIELD,
				FIELD, FIELD)));
			int at = (int) (centre.y() % FIELD * FIELD + centre.x() % FIELD);
			residuals[i] = new double[] { centre.a() - field.seen.a()[at], centre.b() - field.seen.b()[at] };
			var maps = new float[padded()];
			for (int m = 0; m < weights.length; m++)
				maps[m] = weights[m] * field.seen.maps()[m][at];
			sources.add(new Source(centre.x(), centre.y(), field.l[at], maps, barriers.get(start(centre))));
		}
		var solved = solve(kernel(), new Array2DRowRealMatrix(residuals, false));
		factors = new float[2][residuals.length];
		for (int c = 0; c < factors.length; c++)
			for (int i = 0; i < residuals.length; i++)
				factors[c][i] = (float) solved.getEntry(i, c);
	}

	/**
	 * What the maps count in the kernel: they are divided by their spread, to which a part of the mean spread is added, as some hardly vary, and by the
	 * root of their number.
	 *
	 * @param seen fields of the image, at least one
	 */
	static float[] weights(List<TileMaps> seen) {
		int maps = seen.get(0).maps().length;
		var spread = new double[maps];
		double all = 0;
		for (int m = 0; m < maps; m++) {
			int map = m;
			var values = new StandardDeviation(false);
			seen.forEach(field -> {
				for (float value : field.maps()[map])
					values.increment(value);
			});
			spread[m] = values.getResult();
			all += spread[m] * spread[m] / maps;
		}
		var weights = new float[maps];
		for (int m = 0; m < maps; m++)
			weights[m] = (float) (1 / (spread[m] + SPREAD * Math.sqrt(all) + ROUNDING) / Math.sqrt(maps) / MAPS);
		return weights;
	}

	/** The number of maps, which are looked at some at once, filled up with zeros. */
	private int padded() {
		return (weights.length + AT_ONCE - 1) / AT_ONCE * AT_ONCE;
	}

	private int start(HintCentre centre) {
		return barrier.start(centre.x(), centre.y());
	}

	/** The kernel between all sources; a barrier is not the same in both directions, so the mean is taken. */
	private double[][] kernel() {
		int n = sources.size();
		var kernel = new double[n][n];
		for (int i = 0; i < n; i++) {
			var at = sources.get(i);
			var row = new Pixels(at.x, at.y, new float[] { at.l }, column(at.maps));
			for (int j = 0; j < n; j++)
				kernel[i][j] = row.distances(sources.get(j)) ? row.distance[0] : FAR;
		}
		for (int i = 0; i < n; i++)
			for (int j = 0; j <= i; j++)
				kernel[i][j] = kernel[j][i] = Math.exp(-(kernel[i][j] + kernel[j][i]) / 4);
		return kernel;
	}

	private static float[][] column(float[] values) {
		var column = new float[values.length][1];
		for (int m = 0; m < values.length; m++)
			column[m][0] = values[m];
		return column;
	}

	/**
	 * In exact arithmetic no pivot is below the noise if the kernel is a covariance. With barriers it may not quite be one; then more noise makes it
	 * one.
	 */
	private static RealMatrix solve(double[][] kernel, RealMatrix residuals) {
		for (double noise = NOISE;; noise *= 2) {
			var matrix = new Array2DRowRealMatrix(kernel);
			for (int i = 0; i < kernel.length; i++)
				matrix.addToEntry(i, i, noise);
			try {
				return new CholeskyDecomposition(matrix, CholeskyDecomposition.DEFAULT_RELATIVE_SYMMETRY_THRESHOLD, NOISE / 2).getSolver().solve(residuals);
			}
			catch (NonPositiveDefiniteMatrixException e) {
				// Ends, since a matrix whose diagonal outweighs the rest is positive definite.
			}
		}
	}

	/**
	 * Adds what the hints change.
	 *
	 * @param part pixels of the reduced plane; outside of it, its border counts
	 * @param l L* of them, row by row
	 * @param seen their maps, and the colours that are changed
	 */
	void addTo(Interval part, float[] l, TileMaps seen) {
		int width = (int) part.dimension(0), height = (int) part.dimension(1);
		// In parallel, since a GPU works on few but large tiles.
		IntStream.range(0, height).parallel().forEach(y -> {
			int from = y * width;
			var rowL = Arrays.copyOfRange(l, from, from + width);
			var maps = new float[padded()][width];
			for (int m = 0; m < weights.length; m++)
				add(weights[m], seen.maps()[m], from, maps[m], 0, width);
			var row = new Pixels(part.min(0), part.min(1) + y, rowL, maps);
			for (int i = 0; i < sources.size(); i++) {
				if (!row.distances(sources.get(i))) continue;
				kernels(row.distance);
				add(factors[0][i], row.distance, 0, seen.a(), from, width);
				add(factors[1][i], row.distance, 0, seen.b(), from, width);
			}
		});
	}

	// What follows are loops of their own with arrays as parameters, since the compiler makes vector instructions of these.

	/** From sums in the kernel to kernels; exp(-½ s) = lim (1 - s / 2n)^n, with n = 2^10, which is exact to 1 % where it is above 0.01. */
	private static void kernels(float[] sums) {
		for (int i = 0; i < sums.length; i++) {
			float x = Math.max(0, 1 - sums[i] * (0.5f / 1024));
			x *= x;
			x *= x;
			x *= x;
			x *= x;
			x *= x;
			x *= x;
			x *= x;
			x *= x;
			x *= x;
			sums[i] = x * x;
		}
	}

	/** Adds the product of a factor and n values. */
	private static void add(float factor, float[] values, int first, float[] sums, int from, int n) {
		for (int i = 0; i < n; i++)
			sums[from + i] += factor * values[first + i];
	}

	/**
	 * Adds to the squares of barriers those of places and lightness.
	 *
	 * @param sums barriers, turned into sums
	 * @param dy2 square of the distance in y
	 * @return the smallest
	 */
	private static float begin(float[] sums, float[] x, float atX, float dy2, float[] l, float atL) {
		float nearest = Float.MAX_VALUE;
		for (int i = 0; i < sums.length; i++) {
			float dx = x[i] - atX, dl = (l[i] - atL) * (1 / LIGHTNESS), dam = sums[i] * (Barrier.STEP / EDGE);
			sums[i] = (dx * dx + dy2) * (1 / (PLACE * PLACE)) + dl * dl + dam * dam;
		}
		for (float sum : sums)
			nearest = Math.min(nearest, sum);
		return nearest;
	}

	/** Adds the squares of the differences of {@link #AT_ONCE} maps. */
	private static void addSquares(float[] sums, float[][] maps, float[] at, int first) {
		float[] one = maps[first], two = maps[first + 1], three = maps[first + 2], four = maps[first + 3];
		float atOne = at[first], atTwo = at[first + 1], atThree = at[first + 2], atFour = at[first + 3];
		for (int i = 0; i < sums.length; i++) {
			float p = one[i] - atOne, q = two[i] - atTwo, r = three[i] - atThree, s = four[i] - atFour;
			sums[i] += p * p + q * q + (r * r + s * s);
		}
	}

	/** Pixels side by side. */
	private final class Pixels {

		private final float[] l;
		private final float[][] maps;
		private final long row, y;
		/** In long sides of the plane. */
		private final float[] x;
		private final Barrier.Row barriers;
		/** The sums in the kernel, of one source. */
		final float[] distance;

		Pixels(long minX, long row, float[] l, float[][] maps) {
			this.l = l;
			this.maps = maps;
			this.row = row;
			y = clamp(row, 1);
			x = new float[l.length];
			for (int i = 0; i < x.length; i++)
				x[i] = clamp(minX + i, 0) / side;
			barriers = barrier.new Row(minX, l.length);
			distance = new float[l.length];
		}

		private long clamp(long at, int d) {
			return Math.min(Math.max(at, plane.min(d)), plane.max(d));
		}

		/** @return false if all are so far that they need not be looked at */
		boolean distances(Source source) {
			barriers.read(source.barriers, row, distance);
			float dy = (y - source.y) / side;
			if (begin(distance, x, source.x / side, dy * dy, l, source.l) >= FAR) return false;
			for (int m = 0; m < maps.length; m += AT_ONCE)
				addSquares(distance, maps, source.maps, m);
			return true;
		}
	}
}
