package io.github.densecolorize;

import net.imglib2.Interval;

/** Takes the finished tiles of a plane, from several threads; together the tiles cover each pixel of the plane once. */
@FunctionalInterface
public interface TileSink {

	/**
	 * @param tile pixels of the plane at full resolution
	 * @param l the input's L* of these pixels, row by row; the arrays may be longer than there are pixels
	 * @param a predicted a*
	 * @param b predicted b*
	 */
	void put(Interval tile, float[] l, float[] a, float[] b);
}
