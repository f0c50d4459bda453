package io.github.densecolorize.command;

import java.awt.GraphicsEnvironment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;

import ij.measure.ResultsTable;

import io.github.densecolorize.image.Choice;
import io.github.densecolorize.measure.MeasuredSlice;
import io.github.densecolorize.measure.Quantity;
import io.github.densecolorize.measure.Summary;

/** Writes measurements into ImageJ's Results table, and their means into a second table. */
final class InfoLossTables {

	/** Title of the second table. */
	static final String SUMMARY = "Info_loss Summary";
	/** Column of the second table that says whether a row is the mean, the standard deviation or the number. */
	private static final String STATISTIC = "statistic";

	private InfoLossTables() {}

	/** Adds rows after those that are there. Without a window ImageJ has no second table, and the mean is written to the log instead. */
	static void append(List<MeasuredSlice> rows, Consumer<String> log) {
		var results = ResultsTable.getResultsTable();
		results.setNaNEmptyCells(true);
		rows.forEach(row -> add(row, results));
		results.show("Results");
		if (GraphicsEnvironment.isHeadless()) log.accept(sentence(rows));
		else summary().show(SUMMARY);
	}

	private static String sentence(List<MeasuredSlice> rows) {
		boolean alone = rows.get(0).comparison().isEmpty();
		var quantity = alone ? Quantity.IN_EN_ORIGINAL : Quantity.INFO_LOSS;
		var summary = Summary.of(rows, quantity);
		return String.format(Locale.ROOT, "%s of %s: %.4f%s", quantity, rows.get(0).image(), summary.mean(), summary.n() < 2 ? "." : String.format(
			Locale.ROOT, " (mean; sd %.4f, n = %d).", summary.sd(), summary.n()));
	}

	private static void add(MeasuredSlice row, ResultsTable table) {
		table.incrementCounter();
		table.addValue(Quantity.IMAGE, row.image());
		table.addValue(Quantity.SLICE, row.slice());
		for (var quantity : Quantity.values())
			table.addValue(quantity.toString(), quantity.of(row));
		table.addValue(Quantity.METHOD, row.method());
	}

	/** Mean, standard deviation and number of all measured slices in the Results table: three rows for each method. */
	static ResultsTable summary() {
		var statistics = new LinkedHashMap<String, ToDoubleFunction<Summary>>();
		statistics.put("mean", Summary::mean);
		statistics.put("sd", Summary::sd);
		statistics.put("n", Summary::n);
		var table = new ResultsTable();
		table.setNaNEmptyCells(true);
		var methods = valuesByMethod(Quantity.IN_EN_ORIGINAL.toString()).keySet();
		var values = new EnumMap<Quantity, Map<String, double[]>>(Quantity.class);
		for (var quantity : Quantity.values())
			values.put(quantity, valuesByMethod(quantity.toString()));
		for (var method : methods)
			statistics.forEach((name, statistic) -> {
				table.incrementCounter();
				table.addValue(Quantity.METHOD, method);
				table.addValue(STATISTIC, name);
				values.forEach((quantity, byMethod) -> table.addValue(quantity.toString(), statistic.applyAsDouble(Summary.of(byMethod.getOrDefault(
					method, new double[0])))));
			});
		return table;
	}

	/** The columns of numbers that {@link #append} wrote and that have a value; empty if it wrote none. */
	static List<String> columns() {
		var table = ResultsTable.getResultsTable();
		if (!table.columnExists(Quantity.METHOD) || !table.columnExists(Quantity.SLICE)) return List.of();
		return Arrays.stream(Quantity.values()).map(Quantity::toString).filter(name -> table.columnExists(name) && !valuesByMethod(name).isEmpty()).toList();
	}

	/**
	 * The name of a column of numbers that {@link #append} wrote.
	 *
	 * @param text as the user typed it
	 * @throws IllegalArgumentException if there are no such rows, or there is no such column, with those that there are
	 */
	static String column(String text) {
		var table = ResultsTable.getResultsTable();
		requireRows(table);
		var columns = Arrays.stream(table.getHeadings()).filter(name -> !Set.of("Label", Quantity.IMAGE, Quantity.METHOD).contains(name)).toList();
		return Choice.of("Column", text, columns);
	}

	private static void requireRows(ResultsTable table) {
		if (!table.columnExists(Quantity.METHOD) || !table.columnExists(Quantity.SLICE)) throw new IllegalArgumentException(
			"The Results table has no rows of Measure Info_loss; measure first, then plot.");
	}

	/**
	 * @param quantity name of a column of the Results table, as {@link #column} gives it
	 * @return its finite values in the rows that {@link #append} wrote, by method, in the order of the table
	 * @throws IllegalArgumentException if there are no such rows
	 */
	static Map<String, double[]> valuesByMethod(String quantity) {
		var table = ResultsTable.getResultsTable();
		requireRows(table);
		var values = new LinkedHashMap<String, List<Double>>();
		for (int row = 0; row < table.size(); row++) {
			double value = table.getValue(quantity, row);
			// Rows of other commands have 0 in these columns, and an image that was measured alone has no Info_loss.
			if (table.getValue(Quantity.SLICE, row) < 1 || !Double.isFinite(value)) continue;
			var method = table.getStringValue(Quantity.METHOD, row);
			values.computeIfAbsent(method, m -> new ArrayList<>()).add(value);
		}
		var arrays = new LinkedHashMap<String, double[]>();
		values.forEach((method, list) -> arrays.put(method, list.stream().mapToDouble(v -> v).toArray()));
		return arrays;
	}
}
