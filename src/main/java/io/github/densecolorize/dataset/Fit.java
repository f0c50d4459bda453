package io.github.densecolorize.dataset;

import io.github.densecolorize.data.ColorDataSet;
import io.github.densecolorize.image.Choice;

/** How an image is brought to the size of a data set. */
public enum Fit {
	/** The centre at the image's own scale, which suits microscopy. */
	CROP("crop"),
	/** All of it at its own scale, in squares that overlap as little as possible. */
	TILES("tiles"),
	/** The largest square in the centre, reduced, which suits photographs. */
	RESIZE(ColorDataSet.RESIZED);

	private final String text;

	Fit(String text) {
		this.text = text;
	}

	/** The name that users type. */
	@Override
	public String toString() {
		return text;
	}

	/** @throws IllegalArgumentException for another text */
	public static Fit of(String text) {
		return Choice.of("Fit", text, values());
	}
}
