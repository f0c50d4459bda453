package io.github.densecolorize.image;

import java.io.Serializable;
import java.util.stream.DoubleStream;

/**
 * A function of L* that is linear between knots at equal distances.
 *
 * @param values at the knots, the first at L* = 0, the last at L* = 100; at least two
 */
public record LightnessCurve(double[] values) implements Serializable {

	private static final double WHITE = 100;

	/**
	 * The parts that the knots have in the value at an L*: only those of the two knots beside it are not 0, and all together are 1.
	 *
	 * @param knots how many there are
	 * @param parts receives them
	 * @param from where the first is put
	 */
	public static void split(double l, int knots, double[] parts, int from) {
		double at = at(l, knots);
		int left = left(at, knots);
		for (int i = 0; i < knots; i++)
			parts[from + i] = 0;
		parts[from + left] = 1 - (at - left);
		parts[from + left + 1] = at - left;
	}

	/** This curve, multiplied by a number. */
	public LightnessCurve times(double factor) {
		return new LightnessCurve(DoubleStream.of(values).map(value -> factor * value).toArray());
	}

	/** The value at an L*; outside of 0 to 100 the value of the nearest end. */
	public double at(double l) {
		double at = at(l, values.length);
		int left = left(at, values.length);
		return values[left] + (at - left) * (values[left + 1] - values[left]);
	}

	/** Adds to each value of c what belongs to the L* at the same index. */
	public void addTo(float[] c, float[] l) {
		for (int i = 0; i < c.length; i++)
			c[i] += (float) at(l[i]);
	}

	private static double at(double l, int knots) {
		return Math.min(Math.max(l, 0), WHITE) / WHITE * (knots - 1);
	}

	private static int left(double at, int knots) {
		return Math.min((int) at, knots - 2);
	}
}
