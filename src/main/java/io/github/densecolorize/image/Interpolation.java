package io.github.densecolorize.image;

import java.util.function.IntConsumer;
import java.util.stream.IntStream;

import net.imglib2.FinalInterval;
import net.imglib2.Interval;
import net.imglib2.util.Intervals;

/** Linear interpolation between the pixels of a reduced plane: where full-resolution pixels lie between the reduced pixels of a block. */
public final class Interpolation {

	final int[] columns;
	final float[] columnWeights;
	private final int[] rows;
	private final float[] rowWeights;
	/** Of the block. */
	private final int width;

	/**
	 * @param block reduced pixels
	 * @param full full-resolution pixels, which lie between those of the block
	 * @param geometry how full and reduced pixels lie to each other
	 */
	public Interpolation(Interval block, Interval full, Reduction geometry) {
		width = (int) block.dimension(0);
		columns = new int[(int) full.dimension(0)];
		rows = new int[(int) full.dimension(1)];
		columnWeights = new float[columns.length];
		rowWeights = new float[rows.length];
		for (int x = 0; x < columns.length; x++)
			columnWeights[x] = split(geometry.column(full.min(0) + x), block.min(0), columns, x);
		for (int y = 0; y < rows.length; y++)
			rowWeights[y] = split(geometry.row(full.min(1) + y), block.min(1), rows, y);
		Interval needed = FinalInterval.createMinMax(columns[0], rows[0], columns[columns.length - 1] + 1, rows[rows.length - 1] + 1);
		if (!Intervals.contains(Intervals.zeroMin(block), needed)) throw new IllegalArgumentException("The reduced block has " + Intervals.toString(block) +
			" within its margin, which is too small for " + Intervals.toString(full));
	}

	/** For each column of full pixels the column of the block before it. */
	public int[] columns() {
		return columns;
	}

	/** For each column of full pixels how far it lies towards the next column of the block, 0 to 1. */
	public float[] columnWeights() {
		return columnWeights;
	}

	/** For each row of full pixels the row of the block above it. */
	public int[] rows() {
		return rows;
	}

	/** For each row of full pixels how far it lies towards the next row of the block, 0 to 1. */
	public float[] rowWeights() {
		return rowWeights;
	}

	private static float split(double position, long start, int[] whole, int i) {
		double floor = Math.floor(position);
		whole[i] = (int) ((long) floor - start);
		return (float) (position - floor);
	}

	/**
	 * @param reduced values of the block, row by row
	 * @param full set to those of the full-resolution pixels
	 */
	public void apply(float[] reduced, float[] full) {
		forEachRow(y -> {
			var row = row(reduced, y);
			for (int x = 0, i = y * columns.length; x < columns.length; x++, i++) {
				int k = columns[x];
				full[i] = row[k] + columnWeights[x] * (row[k + 1] - row[k]);
			}
		});
	}

	/** In parallel, since a GPU works on few but large tiles. */
	void forEachRow(IntConsumer row) {
		IntStream.range(0, rows.length).parallel().forEach(row);
	}

	/** A row of the block's values, interpolated to where a row of full pixels lies. */
	float[] row(float[] reduced, int y) {
		int above = rows[y] * width, below = above + width;
		var row = new float[width];
		for (int x = 0; x < width; x++)
			row[x] = reduced[above + x] + rowWeights[y] * (reduced[below + x] - reduced[above + x]);
		return row;
	}
}
