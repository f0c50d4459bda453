package io.github.densecolorize.colorize;

import java.io.Serializable;
import java.util.List;
import java.util.Locale;

import io.github.densecolorize.Colorizer;

/**
 * What users say about the colours of their images, as they choose it.
 *
 * @param references as {@link ReferenceSource} takes them
 * @param referenceStrength share of the colours that are fitted to references, 0 to 1, or {@link Colorizer.Options#AUTO_STRENGTH}
 * @param strength of the colours, 0 (gray) to {@value Colorizer.Options#STRONGEST}; 1 leaves them as they are
 * @param hints as {@link HintSource#of} takes it for an image, or {@link FolderHints#of} for a folder
 */
public record OwnColours(List<String> references, double referenceStrength, double strength, String hints) implements Serializable {

	/** Colours as the model predicts them. */
	public static final OwnColours NONE = new OwnColours(List.of(), Colorizer.Options.AUTO_STRENGTH, 1, "none");

	public OwnColours {
		references = List.copyOf(references);
	}

	/** Whether hints were asked for. */
	public boolean hasHints() {
		return !(hints.isBlank() || hints.trim().equalsIgnoreCase("none"));
	}

	/**
	 * The choices as they are typed.
	 *
	 * @param references as {@link ReferenceSource#split} takes them
	 * @param referenceStrength {@code auto}, or a number
	 * @throws IllegalArgumentException with the value and the allowed ones
	 */
	public static OwnColours of(String references, String referenceStrength, double strength, String hints) {
		return new OwnColours(ReferenceSource.split(references), referenceStrengthOf(referenceStrength), strength, hints);
	}

	/**
	 * @param text {@code auto}, or a number from 0 to 1
	 * @throws IllegalArgumentException for anything else
	 */
	public static double referenceStrengthOf(String text) {
		var strength = text.trim().toLowerCase(Locale.ROOT);
		if (strength.equals(Colorizer.Options.AUTO)) return Colorizer.Options.AUTO_STRENGTH;
		try {
			double value = Double.parseDouble(strength);
			if (value >= 0 && value <= 1) return value;
		}
		catch (NumberFormatException e) {
			// Reported below, like a number that is out of range.
		}
		throw new IllegalArgumentException("Reference strength is \"" + text +
			"\"; must be auto, or 0 (the model's colours) to 1 (those of the references).");
	}
}
