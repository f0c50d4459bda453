package io.github.densecolorize.colorize;

import io.github.densecolorize.image.Choice;

/** How raw gray values become black to white, as users choose it. It does not matter for RGB images, whose L* is computed from their colours. */
public enum Mapping {
	/** What the user sees on the screen: the minimum and maximum of Image &gt; Adjust &gt; Brightness/Contrast. */
	DISPLAY_RANGE("display range"),
	/** All values of the bit depth: 0..255, 0..65535, or 0..1 if there are 32 bits. */
	FULL_RANGE("full range"),
	/** From the 0.1 to the 99.9 percentile of the stack's values. */
	PERCENTILE("percentile");

	private final String label;

	Mapping(String label) {
		this.label = label;
	}

	/**
	 * @param label what the user typed
	 * @throws IllegalArgumentException with the list of mappings if it is none
	 */
	public static Mapping of(String label) {
		return Choice.of("Mapping", label, values());
	}

	/** The name that users type. */
	@Override
	public String toString() {
		return label;
	}
}
