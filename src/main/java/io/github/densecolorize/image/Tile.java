package io.github.densecolorize.image;

import java.util.ArrayList;
import java.util.List;

import net.imglib2.FinalInterval;
import net.imglib2.Interval;
import net.imglib2.util.Intervals;

/**
 * A piece of a plane: the pixels that are written, and the larger piece that has to be read for them.
 *
 * @param write pixels this tile is responsible for
 * @param read {@code write}, enlarged by the halo and up to the grid; may reach outside the plane, where its mirror image is read
 */
public record Tile(Interval write, Interval read) {

	/**
	 * Cuts a plane into tiles of about equal size, so that every pixel is written by exactly one tile.
	 *
	 * @param plane interval of two dimensions
	 * @param size largest width and height of the written part
	 * @param halo pixels read beyond the written part on every side
	 * @return tiles in reading order
	 */
	public static List<Tile> cover(Interval plane, int size, int halo) {
		return cover(plane, size, halo, 1);
	}

	/**
	 * The same on a grid: the part that is read begins at a multiple of the stride from the first pixel of the plane, and its sides are multiples of
	 * the stride.
	 *
	 * @param size at least the stride
	 * @param stride in pixels
	 */
	public static List<Tile> cover(Interval plane, int size, int halo, int stride) {
		if (plane.numDimensions() != 2)
			throw new IllegalArgumentException("A plane has 2 dimensions, this image has " + plane.numDimensions());
		if (stride < 1 || size < stride || halo < 0)
			throw new IllegalArgumentException("Tile size is " + size + ", stride " + stride + ", halo " + halo +
				"; must be at least the stride, 1 and 0");
		var tiles = new ArrayList<Tile>();
		long border = stride * cells(halo, stride);
		// From here on in cells of the grid.
		long height = cells(plane.dimension(1), stride), width = cells(plane.dimension(0), stride);
		long rows = cells(height, size / stride), columns = cells(width, size / stride);
		for (long j = 0; j < rows; j++)
			for (long i = 0; i < columns; i++) {
				Interval whole = FinalInterval.createMinMax(plane.min(0) + stride * (i * width / columns), plane.min(1) + stride * (j * height / rows), plane
					.min(0) + stride * ((i + 1) * width / columns) - 1, plane.min(1) + stride * ((j + 1) * height / rows) - 1);
				tiles.add(new Tile(Intervals.intersect(whole, plane), Intervals.expand(whole, border)));
			}
		return tiles;
	}

	/** How many pieces of a size cover a length. */
	private static long cells(long length, long size) {
		return (length + size - 1) / size;
	}
}
