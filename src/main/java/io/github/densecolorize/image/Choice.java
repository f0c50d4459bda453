package io.github.densecolorize.image;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Values that users name. Upper and lower case do not matter, nor do spaces around a name. */
public final class Choice {

	/** How many close names are offered. */
	private static final int OFFERED = 3;
	/** A piece of a name is close to it if it has this many letters; shorter ones are in too many names. */
	private static final int PIECE = 3;

	private Choice() {}

	/**
	 * The value of a name.
	 *
	 * @param what is chosen, as a sentence begins: "Mapping"
	 * @param text that the user typed
	 * @param values those that there are; users know them by {@code toString}
	 * @throws IllegalArgumentException if it names none of them, with all that there are and the closest
	 */
	public static <T> T of(String what, String text, T[] values) {
		var names = Arrays.stream(values).map(Object::toString).toList();
		return values[names.indexOf(of(what, text, names))];
	}

	/** The same for values that are known by their names only; returns the name as it is in the list. */
	public static String of(String what, String text, List<String> names) {
		return find(text, names).orElseThrow(() -> new IllegalArgumentException(what + " is \"" + text + "\"" + meant(text, names) +
			"; must be one of " + String.join(", ", names) + "."));
	}

	/** The one of the names that a text means: itself if it is one of them, or else the one that differs by case only. */
	public static Optional<String> find(String text, Collection<String> names) {
		var typed = text.trim();
		if (names.contains(typed)) return Optional.of(typed);
		return names.stream().filter(typed::equalsIgnoreCase).findFirst();
	}

	/**
	 * What to put behind a name that is not there.
	 *
	 * @param names those that are there
	 * @return such as " (did you mean he or pas?)"; empty if none is close
	 */
	public static String meant(String text, Collection<String> names) {
		var close = closest(text, names);
		if (close.isEmpty()) return "";
		var last = close.get(close.size() - 1);
		var others = String.join(", ", close.subList(0, close.size() - 1));
		return " (did you mean " + (others.isEmpty() ? "" : others + " or ") + last + "?)";
	}

	/** Up to {@value #OFFERED} names from which at most a third of the letters typed differ, or of which the text is a piece; the closest first. */
	private static List<String> closest(String text, Collection<String> names) {
		var typed = text.trim().toLowerCase(Locale.ROOT);
		// Any other letter would be as close to a single one.
		if (typed.length() < 2) return List.of();
		int most = Math.max(1, typed.length() / 3);
		var close = new ArrayList<String>();
		for (var name : names)
			if (distance(typed, name, most) <= most) close.add(name);
		close.sort(Comparator.comparingInt(name -> distance(typed, name, most)));
		return close.subList(0, Math.min(OFFERED, close.size()));
	}

	/** How far a name is from what was typed; that a piece of it was typed counts as the farthest that is still close. */
	private static int distance(String typed, String name, int most) {
		var lower = name.toLowerCase(Locale.ROOT);
		int edits = edits(typed, lower);
		return typed.length() >= PIECE && lower.contains(typed) ? Math.min(most, edits) : edits;
	}

	/**
	 * How many letters have to be put in, left out, replaced, or swapped with their neighbour to make one text of the other ("optimal string
	 * alignment", Damerau 1964).
	 */
	private static int edits(String from, String to) {
		var d = new int[from.length() + 1][to.length() + 1];
		for (int i = 0; i <= from.length(); i++)
			for (int j = 0; j <= to.length(); j++) {
				if (i == 0 || j == 0) {
					d[i][j] = i + j;
					continue;
				}
				int replaced = d[i - 1][j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
				d[i][j] = Math.min(replaced, 1 + Math.min(d[i - 1][j], d[i][j - 1]));
				if (i > 1 && j > 1 && from.charAt(i - 1) == to.charAt(j - 2) && from.charAt(i - 2) == to.charAt(j - 1)) d[i][j] = Math.min(
					d[i][j], d[i - 2][j - 2] + 1);
			}
		return d[from.length()][to.length()];
	}
}
