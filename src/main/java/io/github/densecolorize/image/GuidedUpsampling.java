package io.github.densecolorize.image;

import java.util.stream.IntStream;

import net.imglib2.FinalInterval;
import net.imglib2.Interval;
import net.imglib2.util.Intervals;

/**
 * Brings a*b* of a reduced plane to full resolution, guided by the full-resolution L*, so that colours end at the edges of the gray image. After the
 * fast guided filter (He and Sun 2015, arXiv:1505.00996).
 * <p>
 * In every window of (2 radius + 1)² reduced pixels the chroma c is approximated by a linear function of the lightness with the slope
 * <pre>
 * A = cov(L, c) / (var(L) + epsilon)
 * </pre>
 * and A is averaged over the windows that contain a pixel. The guided filter averages the offset too, which blurs details of the reduced chroma: on
 * photographs that is worse than linear interpolation. Here each reduced pixel keeps its chroma, B = c - A L; A and B are interpolated to full
 * resolution, and A L + B, with the full-resolution L*, adds to the interpolated chroma only the detail that L* lost by the reduction.
 * <p>
 * Every pixel depends only on the {@link #margin()} around it, so tiles have no visible seams.
 */
public final class GuidedUpsampling {

	/**
	 * This radius and epsilon worked best: if the true a*b* of 100 microscope images (100 photographs) of the training sets are reduced to 1/2 and
	 * 1/4 and brought back, their error is 14 and 20 % (2 and 4 %) smaller than with linear interpolation. For photographs a larger radius or a
	 * smaller epsilon is worse.
	 */
	public static final int RADIUS = 1;

	/** The usual epsilon, in L* squared; see {@link #RADIUS}. */
	public static final float EPSILON = 200;

	private final int radius;
	private final float epsilon;

	/**
	 * @param radius of a window, reduced pixels, at least 1; usually {@link #RADIUS}
	 * @param epsilon in L* squared, above 0; usually {@link #EPSILON}. Where the lightness varies by less than the square root of epsilon, the
	 *          chroma hardly follows it
	 */
	public GuidedUpsampling(int radius, float epsilon) {
		if (radius < 1 || !(epsilon > 0))
			throw new IllegalArgumentException("Radius is " + radius + ", epsilon " + epsilon + "; must be at least 1 and above 0");
		this.radius = radius;
		this.epsilon = epsilon;
	}

	/** Reduced pixels needed around those that are written: two windows, and one pixel to interpolate. */
	public int margin() {
		return 2 * radius + 1;
	}

	/**
	 * @param reduced the reduced pixels of {@code l}, {@code a}, {@code b}: those whose full-resolution pixels are
	 *          written (see {@link Reduction#full}) and the {@link #margin()} around them, or more
	 * @param l L* of the reduced pixels, row by row
	 * @param a a* likewise
	 * @param b b* likewise
	 * @param full full-resolution pixels to write
	 * @param fullL L* of these, row by row
	 * @param geometry how full and reduced pixels lie to each other
	 * @param fullA set to a*
	 * @param fullB set to b*
	 */
	public void upsample(Interval reduced, float[] l, float[] a, float[] b, Interval full, float[] fullL,
		Reduction geometry, float[] fullA, float[] fullB)
	{
		int width = (int) reduced.dimension(0), height = (int) reduced.dimension(1);
		var guide = new Guide(new Block(l, width, height));
		var interpolation = new Interpolation(Intervals.expand(reduced, -2L * radius), full, geometry);
		interpolation.apply(guide.line(new Block(a, width, height)), fullL, fullA);
		interpolation.apply(guide.line(new Block(b, width, height)), fullL, fullB);
	}

	/** Chroma as a linear function of lightness, c = slope L + offset, for the pixels that have two windows around them. */
	private record Line(Block slope, Block offset) {}

	/** Lightness with its mean and variance in every window. */
	private final class Guide {

		private final Block l, mean, variance;

		Guide(Block l) {
			this.l = l;
			mean = l.mean(radius);
			variance = l.times(l).mean(radius);
			subtract(variance, mean, mean);
		}

		Line line(Block c) {
			Block covariance = l.times(c).mean(radius);
			subtract(covariance, mean, c.mean(radius));
			float[] s = covariance.values(), v = variance.values();
			for (int i = 0; i < s.length; i++)
				s[i] /= v[i] + epsilon;
			Block slope = covariance.mean(radius), offset = c.inner(2 * radius);
			subtract(offset, slope, l.inner(2 * radius));
			return new Line(slope, offset);
		}

		/** Computes x -= y z for all values. */
		private static void subtract(Block x, Block y, Block z) {
			for (int i = 0; i < x.values().length; i++)
				x.values()[i] -= y.values()[i] * z.values()[i];
		}
	}

	/** Where full-resolution pixels lie between the reduced pixels of a block. */
	private static final class Interpolation {

		private final int[] columns, rows;
		private final float[] columnWeights, rowWeights;

		Interpolation(Interval block, Interval full, Reduction geometry) {
			columns = new int[(int) full.dimension(0)];
			rows = new int[(int) full.dimension(1)];
			columnWeights = new float[columns.length];
			rowWeights = new float[rows.length];
			for (int x = 0; x < columns.length; x++)
				columnWeights[x] = split(geometry.column(full.min(0) + x), block.min(0), columns, x);
			for (int y = 0; y < rows.length; y++)
				rowWeights[y] = split(geometry.row(full.min(1) + y), block.min(1), rows, y);
			Interval needed = FinalInterval.createMinMax(columns[0], rows[0],
				columns[columns.length - 1] + 1, rows[rows.length - 1] + 1);
			if (!Intervals.contains(Intervals.zeroMin(block), needed))
				throw new IllegalArgumentException("The reduced block has " + Intervals.toString(block) +
					" within its margin, which is too small for " + Intervals.toString(full));
		}

		private static float split(double position, long start, int[] whole, int i) {
			double floor = Math.floor(position);
			whole[i] = (int) ((long) floor - start);
			return (float) (position - floor);
		}

		void apply(Line line, float[] l, float[] c) {
			// In parallel, since a GPU works on few but large tiles.
			IntStream.range(0, rows.length).parallel().forEach(y -> {
				float[] slope = row(line.slope(), y), offset = row(line.offset(), y);
				for (int x = 0, i = y * columns.length; x < columns.length; x++, i++) {
					int k = columns[x];
					float w = columnWeights[x];
					c[i] = (slope[k] + w * (slope[k + 1] - slope[k])) * l[i] + offset[k] + w * (offset[k + 1] - offset[k]);
				}
			});
		}

		private float[] row(Block block, int y) {
			int above = rows[y] * block.width(), below = above + block.width();
			float[] values = block.values(), row = new float[block.width()];
			for (int x = 0; x < row.length; x++)
				row[x] = values[above + x] + rowWeights[y] * (values[below + x] - values[above + x]);
			return row;
		}
	}
}
