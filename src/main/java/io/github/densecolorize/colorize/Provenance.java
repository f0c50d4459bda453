package io.github.densecolorize.colorize;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import ij.ImagePlus;

/**
 * How a coloured image was made. It is kept as properties of the image: ImageJ shows them in Image &gt; Show Info, saves them in its TIFF files, and
 * a macro reads them with {@code Property.get("colorize.model")}.
 *
 * @param model name of the model
 * @param sha256 of its weights
 * @param category class whose colours were used
 * @param choice who said which class it is
 * @param probability of the class if the model found it, 0 to 1
 * @param scale reduction before the network
 * @param mapping how gray values became black to white
 * @param device what computed it
 * @param engine the library that computed it, its version, and the way of its convolutions
 * @param known what was known about the colours
 */
public record Provenance(String model, String sha256, String category, Choice choice, double probability, double scale, String mapping,
	String device, String engine, Known known)
{

	/**
	 * What was known about the colours of an image beside the model.
	 *
	 * @param references SHA-256 of the file or the pixels of each reference image
	 * @param blend share of their colours, 0 to 1
	 * @param hints how many there were
	 * @param strength of the colours; 1 is as predicted
	 */
	record Known(List<String> references, double blend, int hints, double strength) {

		/** Nothing. */
		static final Known NONE = new Known(List.of(), 0, 0, 1);

		/** What it was predicted with, for sentences; empty if with nothing. */
		private String with() {
			return Stream.of(count(references.size(), "reference image"), count(hints, "hint")).filter(each -> !each.isEmpty()).collect(Collectors
				.joining(" / "));
		}

		private static String count(int n, String what) {
			return n == 0 ? "" : n + " " + what + (n == 1 ? "" : "s");
		}

		private String statement() {
			return with().isEmpty() ? STATEMENT : "Colour predicted, with " + with() + ", not measured.";
		}

		private void addTo(Map<String, String> properties) {
			// Several are too long for ImageJ to show, but a program finds each of them.
			if (!references.isEmpty()) {
				properties.put(PREFIX + "reference", references.stream().distinct().collect(Collectors.joining(",")));
				properties.put(PREFIX + "reference.strength", String.format(Locale.ROOT, "%.3f", blend));
			}
			if (hints > 0) properties.put(PREFIX + "hints", String.valueOf(hints));
			if (!equals(NONE)) properties.put(PREFIX + "strength", Float.toString((float) strength));
		}
	}

	/** Who decided which class it is. */
	public enum Choice {
		CHOSEN("chosen by the user"), FOUND("found by the model"), EACH("each class of the model"), NOTHING_TO_COLORIZE("constant image, nothing to colorize");

		private final String label;

		Choice(String label) {
			this.label = label;
		}

		@Override
		public String toString() {
			return label;
		}
	}

	/** All keys start with this. */
	public static final String PREFIX = "colorize.";
	/**
	 * What everybody who looks at the colours must know, unless they were predicted with reference images or hints; it is short, as ImageJ shows only
	 * properties of less than 80 characters.
	 */
	public static final String STATEMENT = "Colour predicted by a neural network, not measured; L* as in the input.";

	/** The properties; their keys begin with {@link #PREFIX}. */
	public Map<String, String> properties() {
		var properties = new LinkedHashMap<String, String>();
		properties.put(PREFIX + "statement", known.statement());
		properties.put(PREFIX + "model", model);
		properties.put(PREFIX + "model.sha256", sha256);
		properties.put(PREFIX + "version", version());
		properties.put(PREFIX + "category", category);
		properties.put(PREFIX + "category.choice", choice.toString());
		if (choice == Choice.FOUND) properties.put(PREFIX + "category.probability", String.format(Locale.ROOT, "%.3f", probability));
		properties.put(PREFIX + "scale", Float.toString((float) scale));
		properties.put(PREFIX + "mapping", mapping);
		properties.put(PREFIX + "device", device);
		properties.put(PREFIX + "engine", engine);
		known.addTo(properties);
		return properties;
	}

	/** Writes the properties into an image. */
	public void attachTo(ImagePlus image) {
		properties().forEach(image::setProp);
	}

	/** Whether an image is a result of this plugin. */
	public static boolean isIn(ImagePlus image) {
		return image.getProp(PREFIX + "model") != null;
	}

	/** The plugin's version; classes that are not in a jar have none. */
	public static String version() {
		return Optional.ofNullable(Provenance.class.getPackage().getImplementationVersion()).orElse("development build");
	}

	/** One sentence for the log. */
	String sentence() {
		return String.format(Locale.ROOT, "Model %s%s, class %s (%s%s), scale %s, %s, on %s.", model, known.with().isEmpty() ? "" : " with " + known.with(), category, choice, choice == Choice.FOUND
			? String.format(Locale.ROOT, ", probability %.2f", probability) : "", Float.toString((float) scale), mapping, device);
	}
}
