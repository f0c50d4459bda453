package io.github.densecolorize.measure;

import java.awt.Color;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import ij.gui.Plot;

/**
 * Histograms of a quantity over many images, with those of several methods in one plot, as in Fig. 7 of Zhang et al. 2019; an ImageJ plot that can
 * be edited.
 */
public final class QuantityPlot {

	/**
	 * Colours that the colour-blind can tell apart (Okabe and Ito 2008), the first ones best; if there are more methods, the colours are used again
	 * from the start.
	 */
	private static final List<Color> COLOURS = List.of(new Color(0x0072b2), new Color(0xd55e00), new Color(0x009e73), new Color(0xcc79a7),
		new Color(0xe69f00), new Color(0x56b4e9), Color.BLACK);

	private QuantityPlot() {}

	/**
	 * @param quantity name, for the title and the axis
	 * @param values of each method (which may have no name), finite; bins are the same for all, counts are shares of the method's images
	 * @throws IllegalArgumentException if there is no value
	 */
	public static Plot of(String quantity, Map<String, double[]> values) {
		var all = values.values().stream().flatMapToDouble(Arrays::stream).toArray();
		if (all.length == 0) throw new IllegalArgumentException(quantity + " has no value to plot; measure an image and its colorization first.");
		double min = Arrays.stream(all).min().getAsDouble(), max = Arrays.stream(all).max().getAsDouble();
		double width = binWidth(min, max, values.values().stream().mapToInt(v -> v.length).max().getAsInt());
		double first = Math.floor(min / width) * width;
		int bins = (int) Math.floor((max - first) / width) + 1;

		var plot = new Plot(quantity, quantity, "Images (%)");
		var legend = new StringBuilder();
		double highest = 0;
		int method = 0;
		for (var each : values.entrySet()) {
			var summary = Summary.of(each.getValue());
			legend.append(String.format(Locale.ROOT, "%s: mean %.3f, n = %d%n", each.getKey().isEmpty() ? "colorized" : each.getKey(), summary.mean(), summary.n()));
			double[] shares = shares(each.getValue(), first, width, bins);
			highest = Math.max(highest, Arrays.stream(shares).max().orElse(0));
			plot.setColor(COLOURS.get(method++ % COLOURS.size()));
			plot.setLineWidth(2);
			addSteps(plot, shares, first, width);
		}
		// Without the space to the sides the outer steps would lie on the frame.
		plot.setLimits(first - width, first + (bins + 1) * width, 0, 1.25 * highest);
		plot.setColor(Color.BLACK);
		plot.setLineWidth(1);
		plot.addLegend(legend.toString().stripTrailing());
		return plot;
	}

	/** Per cent of the values in each bin; a bin includes its lower edge. */
	static double[] shares(double[] values, double first, double width, int bins) {
		var shares = new double[bins];
		for (double value : values)
			shares[Math.min(bins - 1, (int) Math.floor((value - first) / width))] += 100.0 / values.length;
		return shares;
	}

	/** About as many bins as the root of n, of a width of 1, 2 or 5 times a power of ten. */
	static double binWidth(double min, double max, int n) {
		double wanted = (max - min) / Math.max(4, Math.min(40, Math.sqrt(n)));
		if (wanted == 0) return 0.1;
		double power = Math.pow(10, Math.floor(Math.log10(wanted)));
		for (int factor : new int[] { 1, 2, 5 })
			if (wanted <= factor * power) return factor * power;
		return 10 * power;
	}

	private static void addSteps(Plot plot, double[] shares, double first, double width) {
		double[] x = new double[2 * shares.length + 2], y = x.clone();
		for (int i = 0; i <= shares.length; i++) {
			x[2 * i] = x[2 * i + 1] = first + i * width;
			if (i == shares.length) break;
			y[2 * i + 1] = y[2 * i + 2] = shares[i];
		}
		plot.add("line", x, y);
	}
}
