package io.github.densecolorize;

import net.imglib2.Interval;

/** Takes the finished tiles of a plane, on several threads; together they cover it once. */
@FunctionalInterface
public interface TileSink {

	/**
	 * @param tile pixels of the plane at full resolution
	 * @param l the input's L* of these, row by row; the arrays may be longer
	 * @param a predicted a*
	 * @param b predicted b*
	 */
	void put(Interval tile, float[] l, float[] a, float[] b);
}
