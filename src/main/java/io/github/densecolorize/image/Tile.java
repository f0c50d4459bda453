package io.github.densecolorize.image;

import java.util.ArrayList;
import java.util.List;

import net.imglib2.FinalInterval;
import net.imglib2.Interval;
import net.imglib2.util.Intervals;

/**
 * A piece of a plane: what is written, and the larger piece that is read for it.
 *
 * @param write pixels this tile is responsible for
 * @param read {@code write} grown by the halo; may reach outside the plane, where the reader mirrors it
 */
public record Tile(Interval write, Interval read) {

	/**
	 * Cuts a plane into tiles of about equal size, so that every pixel is written by exactly one.
	 *
	 * @param plane interval of two dimensions
	 * @param size most that the written part may be wide and high
	 * @param halo pixels read beyond the written part on every side
	 * @return tiles in reading order
	 */
	public static List<Tile> cover(Interval plane, int size, int halo) {
		if (plane.numDimensions() != 2)
			throw new IllegalArgumentException("A plane has 2 dimensions, this image has " + plane.numDimensions());
		if (size < 1 || halo < 0)
			throw new IllegalArgumentException("Tile size is " + size + ", halo " + halo + "; must be at least 1 and 0");
		var tiles = new ArrayList<Tile>();
		long rows = pieces(plane.dimension(1), size), columns = pieces(plane.dimension(0), size);
		for (long j = 0; j < rows; j++)
			for (long i = 0; i < columns; i++) {
				Interval write = FinalInterval.createMinMax(start(plane, 0, i, columns), start(plane, 1, j, rows), start(plane, 0, i + 1, columns) - 1,
					start(plane, 1, j + 1, rows) - 1);
				tiles.add(new Tile(write, Intervals.expand(write, halo)));
			}
		return tiles;
	}

	private static long pieces(long length, int size) {
		return (length + size - 1) / size;
	}

	private static long start(Interval plane, int d, long piece, long pieces) {
		return plane.min(d) + piece * plane.dimension(d) / pieces;
	}
}
