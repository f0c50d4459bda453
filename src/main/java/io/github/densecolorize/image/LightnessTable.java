package io.github.densecolorize.image;

/**
 * The mean a* and b* of each L* in some images: what can be known about the colour of a pixel without looking at its surroundings. A colorizer that
 * is not better than this has learned nothing more.
 */
public final class LightnessTable {

	private static final int LEVELS = 101;

	private final double[] a = new double[LEVELS], b = new double[LEVELS];
	private final long[] counts = new long[LEVELS];

	/** @param argb sRGB pixels to learn from */
	public void add(int[] argb) {
		float[] l = new float[argb.length], as = l.clone(), bs = l.clone();
		Lab.fromArgb(argb, l, as, bs);
		for (int i = 0; i < argb.length; i++) {
			int level = Math.round(l[i]);
			a[level] += as[i];
			b[level] += bs[i];
			counts[level]++;
		}
	}

	/**
	 * @param argb sRGB pixels of which L* is taken
	 * @return these pixels in the table's colours; a level of L* that was never seen gets the colour of the nearest one that was, and gray if there
	 *          is none
	 */
	public int[] colorize(int[] argb) {
		var nearest = new int[LEVELS];
		for (int level = 0; level < LEVELS; level++)
			nearest[level] = nearest(level);
		float[] l = new float[argb.length], as = l.clone(), bs = l.clone();
		Lab.fromArgb(argb, l, as, bs);
		for (int i = 0; i < argb.length; i++) {
			int level = nearest[Math.round(l[i])];
			as[i] = counts[level] == 0 ? 0 : (float) (a[level] / counts[level]);
			bs[i] = counts[level] == 0 ? 0 : (float) (b[level] / counts[level]);
		}
		var colorized = new int[argb.length];
		Lab.toArgb(l, as, bs, colorized);
		return colorized;
	}

	private int nearest(int level) {
		for (int distance = 0; distance < LEVELS; distance++) {
			if (level - distance >= 0 && counts[level - distance] > 0) return level - distance;
			if (level + distance < LEVELS && counts[level + distance] > 0) return level + distance;
		}
		return level;
	}
}
