package io.github.densecolorize.measure;

import java.util.List;

/**
 * Mean and spread of a quantity over slices.
 *
 * @param mean of the finite values: PSNR of equal images is infinite; NaN if there is none
 * @param sd standard deviation of the sample (n - 1); NaN if n is below 2
 * @param n number of finite values
 */
public record Summary(double mean, double sd, int n) {

	public static Summary of(List<MeasuredSlice> slices, Quantity quantity) {
		return of(slices.stream().mapToDouble(quantity::of).toArray());
	}

	/** @param values of which those that are not finite are left out */
	public static Summary of(double... values) {
		double sum = 0, squares = 0;
		int n = 0;
		for (double value : values)
			if (Double.isFinite(value)) {
				sum += value;
				n++;
			}
		double mean = sum / n;
		for (double value : values)
			if (Double.isFinite(value)) squares += (value - mean) * (value - mean);
		return new Summary(mean, n < 2 ? Double.NaN : Math.sqrt(squares / (n - 1)), n);
	}
}
