package io.github.densecolorize.image;

import java.util.Arrays;
import java.util.stream.LongStream;

import net.imglib2.FinalInterval;
import net.imglib2.Interval;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.util.Intervals;
import net.imglib2.view.Views;

/**
 * A plane at a smaller scale, computed block by block by averaging over areas; see {@link Axis} for the weights. Each pixel is the same to the last
 * bit whichever blocks are read. May be read from several threads.
 * <pre>{@code
 * var half = new Reduction(lightness, 0.5);
 * for (var tile : Tile.cover(half.plane(), 512, halo)) {
 * 	var l = new float[(int) Intervals.numElements(tile.read())];
 * 	half.read(tile.read(), l);
 * }
 * }</pre>
 */
public final class Reduction {

	/** Number of full-resolution pixels that are held in memory at a time (1 MiB), or one row of the block if that is more. */
	private static final int STRIP = 1 << 18;

	private final MirroredPlane full;
	private final Axis x, y;

	/**
	 * @param full plane at full resolution
	 * @param scale size of the reduced plane as a part of the full one, above 0 to 1; the size is rounded to whole
	 *          pixels, at least 1
	 */
	public Reduction(RandomAccessibleInterval<FloatType> full, double scale) {
		this(full, reduced(full.dimension(0), scale), reduced(full.dimension(1), scale));
	}

	/**
	 * @param full plane at full resolution
	 * @param width of the reduced plane, pixels; may be more than that of the full one, which is then interpolated
	 * @param height likewise
	 */
	public Reduction(RandomAccessibleInterval<FloatType> full, long width, long height) {
		if (full.numDimensions() != 2)
			throw new IllegalArgumentException("A plane has 2 dimensions, this image has " + full.numDimensions());
		if (width < 1 || height < 1)
			throw new IllegalArgumentException("The reduced size is " + width + " x " + height + "; must be at least 1 x 1");
		this.full = new MirroredPlane(Views.zeroMin(full));
		x = new Axis(full.dimension(0), width);
		y = new Axis(full.dimension(1), height);
	}

	private static long reduced(long size, double scale) {
		if (!(scale > 0 && scale <= 1)) throw new IllegalArgumentException("The scale is " + scale + "; must be above 0 and at most 1");
		return Math.max(1, Math.round(size * scale));
	}

	/** Width of the reduced plane in pixels. */
	public long width() {
		return x.out();
	}

	/** Height of the reduced plane in pixels. */
	public long height() {
		return y.out();
	}

	/** All pixels of the reduced plane; starts at (0, 0). */
	public Interval plane() {
		return FinalInterval.createMinSize(0, 0, width(), height());
	}

	/**
	 * @param block pixels of the reduced plane; outside the plane its mirror image is read, border pixels repeated
	 * @param out set to them, row by row; may be longer
	 */
	public void read(Interval block, float[] out) {
		if (x.in() == x.out() && y.in() == y.out()) {
			full.read(block, out);
			return;
		}
		long[] columns = LongStream.rangeClosed(block.min(0), block.max(0)).map(x::mirrored).toArray();
		long[] rows = LongStream.rangeClosed(block.min(1), block.max(1)).map(y::mirrored).toArray();
		Interval inside = FinalInterval.createMinMax(min(columns), min(rows), max(columns), max(rows));
		if (Intervals.equals(inside, block)) {
			reduce(inside, out);
			return;
		}
		var pixels = new float[Math.toIntExact(Intervals.numElements(inside))];
		reduce(inside, pixels);
		int width = (int) inside.dimension(0), i = 0;
		for (long row : rows)
			for (long column : columns)
				out[i++] = pixels[(int) (row - inside.min(1)) * width + (int) (column - inside.min(0))];
	}

	/**
	 * The full-resolution pixels whose centres lie in a rectangle of the reduced plane. Rectangles that cover the
	 * reduced plane once give rectangles that cover the full one once.
	 *
	 * @param reduced pixels of the reduced plane
	 */
	public Interval full(Interval reduced) {
		return FinalInterval.createMinMax(x.start(reduced.min(0)), y.start(reduced.min(1)),
			x.start(reduced.max(0) + 1) - 1, y.start(reduced.max(1) + 1) - 1);
	}

	/** Where the centre of a full-resolution column lies, in reduced pixels; 0 is the centre of the first one. */
	public double column(long fullX) {
		return x.position(fullX);
	}

	/** Where the centre of a full-resolution row lies, in reduced pixels. */
	public double row(long fullY) {
		return y.position(fullY);
	}

	private void reduce(Interval block, float[] out) {
		int width = (int) block.dimension(0);
		var rows = new Rows(block);
		var sum = new double[width];
		for (long j = block.min(1); j <= block.max(1); j++) {
			Arrays.fill(sum, 0);
			Axis.Window window = y.window(j);
			for (int k = 0; k < window.weights().length; k++) {
				double[] row = rows.get(window.first() + k);
				for (int i = 0; i < width; i++)
					sum[i] += window.weights()[k] * row[i];
			}
			int start = (int) (j - block.min(1)) * width;
			for (int i = 0; i < width; i++)
				out[start + i] = (float) sum[i];
		}
	}

	private static long min(long[] values) {
		return LongStream.of(values).min().orElseThrow();
	}

	private static long max(long[] values) {
		return LongStream.of(values).max().orElseThrow();
	}

	/** Full-resolution rows, reduced in x to the columns of a block, from top to bottom. */
	private final class Rows {

		private final Axis.Window[] windows;
		private final long left, width, bottom;
		private final float[] strip;
		private final int stripHeight;
		private long stripTop, stripEnd;
		/** The last two rows: neighbouring windows share one (averaging) or two (interpolating). */
		private final double[][] rows;
		private final long[] numbers = { -1, -1 };

		Rows(Interval block) {
			windows = LongStream.rangeClosed(block.min(0), block.max(0)).mapToObj(x::window).toArray(Axis.Window[]::new);
			left = windows[0].first();
			width = windows[windows.length - 1].last() - left + 1;
			bottom = y.window(block.max(1)).last();
			stripHeight = (int) Math.max(1, Math.min(STRIP / width, bottom - y.window(block.min(1)).first() + 1));
			strip = new float[Math.toIntExact(stripHeight * width)];
			rows = new double[2][windows.length];
		}

		double[] get(long number) {
			int slot = (int) (number & 1);
			if (numbers[slot] != number) {
				if (number >= stripEnd) fill(number);
				reduce((int) ((number - stripTop) * width), rows[slot]);
				numbers[slot] = number;
			}
			return rows[slot];
		}

		private void fill(long top) {
			stripTop = top;
			stripEnd = Math.min(top + stripHeight, bottom + 1);
			full.read(FinalInterval.createMinSize(left, top, width, stripEnd - top), strip);
		}

		private void reduce(int start, double[] row) {
			for (int i = 0; i < row.length; i++) {
				double[] weights = windows[i].weights();
				int first = start + (int) (windows[i].first() - left);
				double sum = 0;
				for (int k = 0; k < weights.length; k++)
					sum += weights[k] * strip[first + k];
				row[i] = sum;
			}
		}
	}
}
