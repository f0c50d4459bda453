package io.github.densecolorize.image;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Values that users name. */
public final class Choice {

	private Choice() {}

	/**
	 * The value of a name, in upper or lower case.
	 *
	 * @param what is chosen, as a sentence begins: "Mapping"
	 * @param text that the user typed
	 * @param values those that there are; users know them by {@code toString}
	 * @throws IllegalArgumentException if it names none of them, with all that there are
	 */
	public static <T> T of(String what, String text, T[] values) {
		for (var value : values)
			if (value.toString().equalsIgnoreCase(text.trim())) return value;
		throw new IllegalArgumentException(what + " is \"" + text + "\"; must be one of " + Arrays.stream(values).map(Object::toString).collect(
			Collectors.joining(", ")) + ".");
	}
}
