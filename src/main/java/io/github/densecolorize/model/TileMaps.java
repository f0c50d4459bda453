package io.github.densecolorize.model;

import java.util.Arrays;

import net.imglib2.Interval;
import net.imglib2.util.Intervals;

/**
 * What the network makes of a tile, in more detail.
 *
 * @param maps for each map that the last layer sees the values of the tile, row by row
 * @param a a* of the tile
 * @param b b*
 * @param nanos nanoseconds that the device took
 */
public record TileMaps(float[][] maps, float[] a, float[] b, long nanos) {

	/** A part of the tile, given the pixels of both. */
	public TileMaps part(Interval tile, Interval part) {
		return new TileMaps(Arrays.stream(maps).map(map -> part(map, tile, part)).toArray(float[][]::new), part(a, tile, part), part(b, tile, part), nanos);
	}

	/** The values of a part of an interval. */
	public static float[] part(float[] values, Interval whole, Interval part) {
		if (Intervals.equals(whole, part)) return values;
		int width = (int) part.dimension(0), height = (int) part.dimension(1);
		int left = (int) (part.min(0) - whole.min(0)), top = (int) (part.min(1) - whole.min(1));
		var inner = new float[width * height];
		for (int y = 0; y < height; y++)
			System.arraycopy(values, (y + top) * (int) whole.dimension(0) + left, inner, y * width, width);
		return inner;
	}
}
