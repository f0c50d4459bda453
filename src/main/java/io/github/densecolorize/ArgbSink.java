package io.github.densecolorize;

import java.util.stream.IntStream;

import net.imglib2.Interval;

import io.github.densecolorize.image.Lab;

/** Takes the finished tiles of a plane as sRGB. A device that makes sRGB itself need not give anything else. */
@FunctionalInterface
public interface ArgbSink extends TileSink {

	/**
	 * @param tile pixels of the plane at full resolution
	 * @param argb their opaque colours, row by row
	 */
	void put(Interval tile, int[] argb);

	/** Makes sRGB as {@link Lab#toArgb(float, float, float)} does, on all cores. */
	@Override
	default void put(Interval tile, float[] l, float[] a, float[] b) {
		int width = (int) tile.dimension(0), height = (int) tile.dimension(1);
		var argb = new int[width * height];
		IntStream.range(0, height).parallel().forEach(y -> {
			for (int i = y * width; i < (y + 1) * width; i++)
				argb[i] = Lab.toArgb(l[i], a[i], b[i]);
		});
		put(tile, argb);
	}
}
