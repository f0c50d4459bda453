package io.github.densecolorize;

import java.util.Arrays;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.real.FloatType;

import io.github.densecolorize.image.Reduction;

/**
 * How high the edges are between places of a plane, so that colours stop at them: the barrier between a start and a pixel is the largest difference
 * of L* from the start's that a path to the pixel meets, on the path where it is smallest. Two areas of the same lightness that an edge divides are
 * far from each other by it. It is computed on a small copy of the plane, whose pixels have four neighbours.
 */
final class Barrier {

	/** Longest side of the small copy. */
	private static final int SIDE = 256;
	/** L* is divided into as many steps less one, so that a barrier is a byte. */
	private static final int LEVELS = 256;
	/** A step of L*. */
	static final float STEP = 100f / (LEVELS - 1);

	private final int width, height;
	private final int[] level;
	private final double scaleX, scaleY;

	/**
	 * @param l plane at full resolution
	 * @param reduced the plane as the network sees it; the copy is not larger
	 */
	Barrier(RandomAccessibleInterval<FloatType> l, Reduction reduced) {
		double scale = Math.min(1, SIDE / (double) Math.max(reduced.width(), reduced.height()));
		var small = new Reduction(l, size(reduced.width(), scale), size(reduced.height(), scale));
		width = (int) small.width();
		height = (int) small.height();
		scaleX = width / (double) reduced.width();
		scaleY = height / (double) reduced.height();
		var values = new float[width * height];
		small.read(small.plane(), values);
		level = new int[values.length];
		for (int i = 0; i < level.length; i++)
			level[i] = Math.round(Math.min(Math.max(values[i], 0), 100) / STEP);
	}

	private static long size(long side, double scale) {
		return Math.max(1, Math.round(side * scale));
	}

	/** The pixel of the copy in which a pixel of the reduced plane lies. */
	int start(long x, long y) {
		return (int) ((y + 0.5) * scaleY) * width + (int) ((x + 0.5) * scaleX);
	}

	/**
	 * Floods the copy from a pixel, like water that rises: a pixel is reached at the level of the highest dam before it.
	 *
	 * @param start a pixel of the copy
	 * @return barriers of all its pixels in steps of L*, as unsigned bytes
	 */
	byte[] from(int start) {
		var barriers = new byte[level.length];
		var reached = new boolean[level.length];
		// For each level the pixels that are reached at it, as a chain.
		int[] first = new int[LEVELS], next = new int[level.length];
		Arrays.fill(first, -1);
		first[0] = start;
		next[start] = -1;
		reached[start] = true;
		for (int water = 0; water < LEVELS; water++)
			while (first[water] >= 0) {
				int i = first[water], x = i % width;
				first[water] = next[i];
				barriers[i] = (byte) water;
				for (int side = 0; side < 4; side++) {
					int j = switch (side) {
						case 0 -> x > 0 ? i - 1 : -1;
						case 1 -> x < width - 1 ? i + 1 : -1;
						case 2 -> i - width;
						default -> i + width;
					};
					if (j < 0 || j >= level.length || reached[j]) continue;
					reached[j] = true;
					int dam = Math.max(water, Math.abs(level[j] - level[start]));
					next[j] = first[dam];
					first[dam] = j;
				}
			}
		return barriers;
	}

	/** Barriers of pixels side by side in the reduced plane, interpolated linearly between pixels of the copy. */
	final class Row {

		private final int[] left;
		private final float[] rest;
		private final float[] row = new float[width + 1];

		/** @param count of pixels, which may reach beyond the plane, where the border counts */
		Row(long minX, int count) {
			left = new int[count];
			rest = new float[count];
			for (int i = 0; i < count; i++) {
				double at = position(minX + i, scaleX, width);
				left[i] = (int) at;
				rest[i] = (float) (at - left[i]);
			}
		}

		/**
		 * @param barriers that {@link #from} gave
		 * @param y row in the reduced plane
		 * @param out set to barriers in steps of L*
		 */
		void read(byte[] barriers, long y, float[] out) {
			double at = position(y, scaleY, height);
			int above = (int) at, below = Math.min(above + 1, height - 1);
			float part = (float) (at - above);
			for (int x = 0; x < width; x++) {
				float upper = barriers[above * width + x] & 255, lower = barriers[below * width + x] & 255;
				row[x] = upper + part * (lower - upper);
			}
			row[width] = row[width - 1];
			for (int i = 0; i < left.length; i++)
				out[i] = row[left[i]] + rest[i] * (row[left[i] + 1] - row[left[i]]);
		}
	}

	private static double position(long pixel, double scale, int size) {
		return Math.min(Math.max((pixel + 0.5) * scale - 0.5, 0), size - 1);
	}
}
