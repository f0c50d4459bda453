package io.github.densecolorize.dialog;

/**
 * What can be chosen for an input.
 *
 * @param value of the input
 * @param text by which users know it
 * @param note a line that says what it is for; may be empty
 */
public record Option(Object value, String text, String note) {

	/** A text that is its own name. */
	public static Option of(String value, String note) {
		return new Option(value, value, note);
	}

	/** A text that needs no explanation. */
	public static Option of(String value) {
		return of(value, "");
	}

	@Override
	public String toString() {
		return text;
	}
}
