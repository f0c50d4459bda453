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
	 * Cuts a plane so that every pixel is written by exactly one tile.
	 *
	 * @param plane interval of two dimensions
	 * @param size width and height of the written part; the last of a row or column may be smaller
	 * @param halo pixels read beyond the written part on every side
	 * @return tiles in reading order
	 */
	public static List<Tile> cover(Interval plane, int size, int halo) {
		if (plane.numDimensions() != 2)
			throw new IllegalArgumentException("A plane has 2 dimensions, this image has " + plane.numDimensions());
		if (size < 1 || halo < 0)
			throw new IllegalArgumentException("Tile size is " + size + ", halo " + halo + "; must be at least 1 and 0");
		var tiles = new ArrayList<Tile>();
		for (long y = plane.min(1); y <= plane.max(1); y += size)
			for (long x = plane.min(0); x <= plane.max(0); x += size) {
				Interval write = FinalInterval.createMinMax(x, y,
					Math.min(x + size - 1, plane.max(0)), Math.min(y + size - 1, plane.max(1)));
				tiles.add(new Tile(write, Intervals.expand(write, halo)));
			}
		return tiles;
	}
}
