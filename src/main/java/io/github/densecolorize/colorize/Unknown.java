package io.github.densecolorize.colorize;

import io.github.densecolorize.image.Choice;

/** What becomes of an image that {@linkplain io.github.densecolorize.Plan#isUnknown resembles none} of the model's classes, as users choose it. */
public enum Unknown {
	/** It stays gray. */
	GRAY("gray"),
	/** It is coloured like all others. */
	COLOUR("colour");

	private final String label;

	Unknown(String label) {
		this.label = label;
	}

	/**
	 * @param label what the user typed
	 * @throws IllegalArgumentException with the choices if it is none
	 */
	public static Unknown of(String label) {
		return Choice.of("Unknown", label, values());
	}

	/** The name that users type. */
	@Override
	public String toString() {
		return label;
	}
}
