package io.github.densecolorize.cli;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

import org.apache.commons.math3.stat.inference.TestUtils;
import org.apache.commons.math3.stat.inference.WilcoxonSignedRankTest;

import io.github.densecolorize.image.NumberText;
import io.github.densecolorize.measure.Summary;

/**
 * Whether one of two models has the lower Info_loss, image by image.
 *
 * @param model the one
 * @param other the other
 * @param images that both colorized
 * @param wins images on which the one's is lower
 * @param difference of Info_loss, the one's less the other's
 * @param pairedT p of the paired t test; NaN if fewer than two images differ
 * @param wilcoxon p of Wilcoxon's signed rank test (1945), which leaves pairs without a difference out; likewise
 */
record PairedTest(String model, String other, int images, long wins, Summary difference, double pairedT, double wilcoxon) {

	/** Columns of the CSV file; scripts rely on them. */
	static final List<String> COLUMNS = List.of("model", "other", "images", "wins", "mean_difference", "standard_deviation", "p_t", "p_wilcoxon", "p_holm");

	/** Up to this many pairs the library computes the distribution of ranks exactly, so that no approximation is needed. */
	private static final int EXACT = 20;

	/**
	 * @param a Info_loss of the one for each image
	 * @param b of the other, in the same order
	 */
	static PairedTest of(String model, double[] a, String other, double[] b) {
		int n = a.length;
		long wins = IntStream.range(0, n).filter(i -> a[i] < b[i]).count();
		var difference = Summary.of(IntStream.range(0, n).mapToDouble(i -> a[i] - b[i]).toArray());
		var unequal = IntStream.range(0, n).filter(i -> a[i] != b[i]).toArray();
		if (unequal.length < 2) return new PairedTest(model, other, n, wins, difference, Double.NaN, Double.NaN);
		return new PairedTest(model, other, n, wins, difference, TestUtils.pairedTTest(a, b), new WilcoxonSignedRankTest().wilcoxonSignedRankTest(IntStream.of(
			unequal).mapToDouble(i -> a[i]).toArray(), IntStream.of(unequal).mapToDouble(i -> b[i]).toArray(), unequal.length <= EXACT));
	}

	/**
	 * The p of Wilcoxon's test of several tests, so corrected that one is below a bound by chance no more often than the bound says (Holm 1979): times the
	 * number of tests for the smallest, times one less for the next, and so on, none smaller than the one before.
	 *
	 * @return in the order of the tests; NaN for one without a p, which does not count
	 */
	static double[] holm(List<PairedTest> tests) {
		var corrected = new double[tests.size()];
		Arrays.fill(corrected, Double.NaN);
		var order = IntStream.range(0, tests.size()).filter(i -> !Double.isNaN(tests.get(i).wilcoxon)).boxed().sorted(Comparator.comparingDouble(i -> tests
			.get(i).wilcoxon)).toList();
		double largest = 0;
		for (int k = 0; k < order.size(); k++) {
			largest = Math.max(largest, Math.min(1, (order.size() - k) * tests.get(order.get(k)).wilcoxon));
			corrected[order.get(k)] = largest;
		}
		return corrected;
	}

	/** A sentence for users, without its full stop. */
	String sentence() {
		var text = String.format(Locale.ROOT, "%s loses less than %s on %d of %d images (%.1f %%); mean difference of Info_loss %.4f", model, other, wins, images,
			100.0 * wins / images, difference.mean());
		return Double.isNaN(wilcoxon) ? text : text + String.format(Locale.ROOT, ", standard deviation %.4f; p = %.2g by the paired t test, " +
			"p = %.2g by Wilcoxon's signed rank test", difference.sd(), pairedT, wilcoxon);
	}

	/** The row, in the order of {@link #COLUMNS}; what is not known is empty. */
	List<String> cells(double holm) {
		return List.of(model, other, String.valueOf(images), String.valueOf(wins), NumberText.measured(difference.mean()), NumberText.measured(difference.sd()), small(
			pairedT), small(wilcoxon), small(holm));
	}

	private static String small(double p) {
		return Double.isNaN(p) ? "" : String.format(Locale.ROOT, "%.2g", p);
	}
}
