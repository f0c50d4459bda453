package io.github.densecolorize;

import net.imglib2.Interval;

/** Takes the finished tiles of a plane, or of a part of it, from several threads; no two tiles have a pixel in common. */
@FunctionalInterface
public interface TileSink {

	/**
	 * @param tile pixels of the plane at full resolution
	 * @param l the input's L* of these pixels, row by row; the arrays may be longer than there are pixels, and may be
	 *          changed
	 * @param a predicted a*
	 * @param b predicted b*
	 */
	void put(Interval tile, float[] l, float[] a, float[] b);
}
