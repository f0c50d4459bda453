package io.github.densecolorize;

import net.imglib2.Interval;

/** Takes how wrong the colours of the tiles of a plane are to be expected, as a {@link TileSink} takes the colours. */
@FunctionalInterface
public interface ErrorSink {

	/**
	 * @param tile pixels of the plane at full resolution
	 * @param error expected CIEDE2000 of each between its colour and the true one, 0 or more, row by row; the array may be longer, and may be changed
	 */
	void put(Interval tile, float[] error);
}
