package io.github.densecolorize.colorize;

import io.github.densecolorize.image.Choice;

/** Which part of each slice is colorized, as users choose it. */
public enum Area {
	/** All of it. */
	IMAGE("image"),
	/** What the selection of the image covers; the rest stays gray. */
	SELECTION("selection"),
	/** The same, and the result is no larger than the rectangle around it. */
	CROP("crop");

	private final String label;

	Area(String label) {
		this.label = label;
	}

	/**
	 * @param label what the user typed
	 * @throws IllegalArgumentException with the list of areas if it is none
	 */
	public static Area of(String label) {
		return Choice.of("Area", label, values());
	}

	/** The name that users type. */
	@Override
	public String toString() {
		return label;
	}
}
