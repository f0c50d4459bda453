package io.github.densecolorize.colorize;

import java.util.Locale;

/** The mean of expected errors. They may come from several threads. */
final class MeanError {

	private double sum;
	private long count;

	/** @param errors of which the first n count, except those that are NaN */
	void add(float[] errors, int n) {
		double tile = 0;
		int numbers = 0;
		for (int i = 0; i < n; i++)
			if (!Float.isNaN(errors[i])) {
				tile += errors[i];
				numbers++;
			}
		add(tile, numbers);
	}

	private synchronized void add(double more, long numbers) {
		sum += more;
		count += numbers;
	}

	/**
	 * Adds the slices of a part of a stack, all of which have equally many pixels.
	 *
	 * @param mean of the part
	 */
	void addPart(double mean, int slices) {
		add(slices * mean, slices);
	}

	/** 0 if there is none. */
	private synchronized double mean() {
		return count == 0 ? 0 : sum / count;
	}

	/** The mean with all its digits, always in as many letters. */
	String exact() {
		return String.format(Locale.ROOT, "%.15e", mean());
	}

	/** The mean with four digits, always in as many letters; it is at most 100. */
	@Override
	public String toString() {
		double mean = mean();
		return String.format(Locale.ROOT, mean < 9.9995 ? "%.3f" : mean < 99.995 ? "%.2f" : "%.1f", mean);
	}
}
