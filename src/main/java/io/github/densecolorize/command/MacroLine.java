package io.github.densecolorize.command;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntPredicate;

/**
 * Reads all options of a macro's line, of which ImageJ's {@code Macro.getValue} finds those that it is asked for: {@code key=value},
 * {@code key=[a value with spaces]} (in which brackets may be nested), {@code key='a value with spaces'}; a {@code key} alone is a switch.
 */
final class MacroLine {

	private final String line;
	private int at;

	private MacroLine(String line) {
		this.line = line;
	}

	/**
	 * @param line options of a macro's {@code run}
	 * @return values by their keys in lower case, in the order of the line; null for a key alone; of a key that is there twice the first counts
	 * @throws IllegalArgumentException if a bracket or a quote is not closed
	 */
	static Map<String, String> options(String line) {
		var reader = new MacroLine(line);
		var options = new LinkedHashMap<String, String>();
		reader.until(c -> !Character.isWhitespace(c));
		while (reader.at < line.length()) {
			var key = reader.until(c -> c == '=' || Character.isWhitespace(c)).toLowerCase(Locale.ROOT);
			var value = reader.value();
			if (!options.containsKey(key)) options.put(key, value);
			reader.until(c -> !Character.isWhitespace(c));
		}
		return options;
	}

	/** What is before the next character of a kind, or before the end. */
	private String until(IntPredicate kind) {
		int from = at;
		while (at < line.length() && !kind.test(line.charAt(at)))
			at++;
		return line.substring(from, at);
	}

	private String value() {
		if (!line.startsWith("=", at)) return null;
		at++;
		if (line.startsWith("'", at)) return upTo(line.indexOf('\'', at + 1));
		return line.startsWith("[", at) ? upTo(closingBracket()) : until(Character::isWhitespace);
	}

	/** What is between the sign here and the one that closes. */
	private String upTo(int end) {
		if (end < 0) throw new IllegalArgumentException("The macro's line ends within " + line.substring(at).strip() +
			"; close the bracket or the quote.");
		var value = line.substring(at + 1, end);
		at = end + 1;
		return value;
	}

	private int closingBracket() {
		int open = 0;
		for (int i = at; i < line.length(); i++) {
			if (line.charAt(i) == '[') open++;
			else if (line.charAt(i) == ']' && --open == 0) return i;
		}
		return -1;
	}
}
