package io.github.densecolorize.image;

import java.util.Locale;

/** Numbers as text, the same in all tables: a missing value (NaN) is empty, and infinity is "inf", as NumPy and pandas read and write it. */
public final class NumberText {

	private NumberText() {}

	/** With four decimals: for measured values, which people compare with each other. */
	public static String measured(double value) {
		return Double.isFinite(value) ? String.format(Locale.ROOT, "%.4f", value) : notFinite(value);
	}

	/**
	 * In single precision, with as many digits as that needs, and without a point if it is a whole number: for values of any magnitude, such as
	 * counts, learning rates and gray values.
	 */
	public static String exact(double value) {
		if (!Double.isFinite(value)) return notFinite(value);
		return value == Math.rint(value) && Math.abs(value) < 1e15 ? Long.toString((long) value) : Float.toString((float) value);
	}

	private static String notFinite(double value) {
		return Double.isNaN(value) ? "" : value > 0 ? "inf" : "-inf";
	}
}
