package io.github.densecolorize.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Rows of text, to be read by people or written to a file. */
final class TextTable {

	private final List<List<String>> rows = new ArrayList<>();

	/** @param columns their names */
	TextTable(List<String> columns) {
		rows.add(columns);
	}

	/** Their names. */
	List<String> columns() {
		return rows.get(0);
	}

	/** @param cells one for each column */
	void add(List<String> cells) {
		rows.add(cells);
	}

	/** The table as comma-separated values (RFC 4180, except that lines end with a line feed). */
	String csv() {
		return rows.stream().map(row -> row.stream().map(TextTable::quoted).collect(Collectors.joining(","))).collect(Collectors.joining("\n", "",
			"\n"));
	}

	/** The table in columns of fixed widths, the first one aligned to the left, the others to the right. */
	String aligned() {
		var text = new StringBuilder();
		for (var row : rows) {
			for (int c = 0; c < row.size(); c++) {
				int column = c;
				int width = rows.stream().mapToInt(r -> r.get(column).length()).max().orElse(0);
				text.append(c == 0 ? "" : "  ").append(String.format("%" + (c == 0 ? "-" : "") + Math.max(1, width) + "s", row.get(c)));
			}
			text.append('\n');
		}
		return text.toString();
	}

	private static String quoted(String cell) {
		return cell.matches("(?s).*[\",\n\r].*") ? '"' + cell.replace("\"", "\"\"") + '"' : cell;
	}
}
