package io.github.densecolorize.colorize;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import ij.ImagePlus;

/**
 * How a coloured image was made. It is kept as properties of the image, which ImageJ saves in its TIFF files, and a macro reads with
 * {@code Property.get("colorize.model")}; and, as ImageJ lists properties in no order, as lines at the head of the text that Image &gt; Show Info
 * shows.
 *
 * @param model name of the model
 * @param sha256 of its weights
 * @param category class whose colours were used
 * @param choice who said which class it is
 * @param probability of the class if the model found it, 0 to 1
 * @param expectedError mean CIEDE2000 that is to be expected between the colours and the true ones, as text; empty if that is not known
 * @param scale reduction before the network
 * @param mapping how gray values became black to white
 * @param device what computed it
 * @param engine the library that computed it, its version, and the way of its convolutions
 * @param known what was known about the colours
 * @param seen what of the image is seen in colour
 */
public record Provenance(String model, String sha256, String category, Choice choice, double probability, String expectedError, double scale,
	String mapping, String device, String engine, Known known, Seen seen)
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

	/**
	 * What of an image is seen in colour.
	 *
	 * @param area part of each slice; empty for all of it
	 * @param slices that the result has, as users count those of the input; empty for all
	 * @param unknown what became of an image that resembles none of the model's classes; null if it resembles one
	 * @param caption text in the picture; empty if there is none
	 * @param warnings what must be known about the result, in a few words each
	 */
	record Seen(String area, String slices, Unknown unknown, String caption, List<String> warnings) {

		/** All of it, without a warning. */
		static final Seen ALL = new Seen("", "", null, "", List.of());

		private String warning() {
			return String.join("; ", warnings);
		}

		private void addTo(Map<String, String> properties) {
			if (unknown != null) properties.put(PREFIX + "unknown", unknown.toString());
			if (!area.isEmpty()) properties.put(PREFIX + "area", area);
			if (!slices.isEmpty()) properties.put(PREFIX + "slices", slices);
			if (!caption.isEmpty()) properties.put(PREFIX + "caption", caption);
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

	/** ImageJ's own property that keeps the list of properties out of Show Info. */
	private static final String NO_LIST = "HideInfo";
	/** All keys start with this. */
	public static final String PREFIX = "colorize.";
	/** Key of the expected error. */
	static final String EXPECTED_ERROR = PREFIX + "expected_dE00";
	/**
	 * What everybody who looks at the colours must know, unless they were predicted with reference images or hints; it is short, as ImageJ shows only
	 * properties of less than 80 characters.
	 */
	public static final String STATEMENT = "Colour predicted by a neural network, not measured; L* as in the input.";
	/** The same of an image that stays gray, as it is unknown. */
	public static final String GRAY_STATEMENT = "No colour: the image resembles no class of the model; L* as in the input.";

	/** The properties; their keys begin with {@link #PREFIX}. */
	public Map<String, String> properties() {
		var properties = new LinkedHashMap<String, String>();
		properties.put(PREFIX + "statement", seen.unknown() == Unknown.GRAY ? GRAY_STATEMENT : known.statement());
		if (!seen.warnings().isEmpty()) properties.put(PREFIX + "warning", seen.warning());
		properties.put(PREFIX + "model", model);
		properties.put(PREFIX + "model.sha256", sha256);
		properties.put(PREFIX + "version", version());
		properties.put(PREFIX + "category", category);
		properties.put(PREFIX + "category.choice", choice.toString());
		if (choice == Choice.FOUND) properties.put(PREFIX + "category.probability", String.format(Locale.ROOT, "%.3f", probability));
		if (!expectedError.isEmpty()) properties.put(EXPECTED_ERROR, expectedError);
		properties.put(PREFIX + "scale", Float.toString((float) scale));
		properties.put(PREFIX + "mapping", mapping);
		properties.put(PREFIX + "device", device);
		properties.put(PREFIX + "engine", engine);
		known.addTo(properties);
		seen.addTo(properties);
		return properties;
	}

	/** The same with the expected error. */
	Provenance with(String error) {
		return new Provenance(model, sha256, category, choice, probability, error, scale, mapping, device, engine, known, seen);
	}

	/**
	 * The expected error that an image carries.
	 *
	 * @return NaN if it carries none
	 */
	public static double expectedError(ImagePlus image) {
		try {
			var error = image.getProp(EXPECTED_ERROR);
			return error == null ? Double.NaN : Double.parseDouble(error);
		}
		catch (NumberFormatException e) {
			// Somebody has changed it.
			return Double.NaN;
		}
	}

	/** Writes the properties into an image, and as lines above the information that it has. */
	public void attachTo(ImagePlus image) {
		properties().forEach(image::setProp);
		var lines = properties().entrySet().stream().map(each -> each.getKey() + ": " + each.getValue() + "\n").collect(Collectors.joining());
		var own = image.getInfoProperty();
		image.setProperty("Info", own == null ? lines : lines + "\n" + own);
		if (isAllInInfo(image)) image.setProp(NO_LIST, "true");
	}

	/** Whether Show Info tells all without the list of properties, which ImageJ would put above it, in no order. */
	private static boolean isAllInInfo(ImagePlus image) {
		// Of a slice whose label has several lines, ImageJ shows these instead.
		var label = image.hasImageStack() ? image.getStack().getSliceLabel(1) : null;
		if (label != null && label.contains("\n")) return false;
		var properties = image.getPropertiesAsArray();
		return IntStream.range(0, properties.length / 2).mapToObj(i -> properties[2 * i]).allMatch(key -> key.startsWith(PREFIX) || key.equals(NO_LIST));
	}

	/**
	 * The information on an image without the lines that {@link #attachTo} has written.
	 *
	 * @param info null if there is none
	 * @return null if there is no other
	 */
	static String withoutProvenance(String info) {
		if (info == null || !info.startsWith(PREFIX)) return info;
		var own = info.lines().dropWhile(line -> line.startsWith(PREFIX)).collect(Collectors.joining("\n")).strip();
		return own.isEmpty() ? null : own;
	}

	/** The label of a slice, with the warnings before it, since ImageJ shows its beginning above the image; null if there is neither. */
	String labelled(String label) {
		if (seen.warnings().isEmpty()) return label;
		return label == null ? seen.warning() : seen.warning() + " - " + label;
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
