package io.github.densecolorize.colorize;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import ij.ImagePlus;

import io.github.densecolorize.model.ModelFolder;
import io.github.densecolorize.model.ModelSpec;

/**
 * A paragraph for the methods section of a paper, put together from what a result records of itself ({@link Provenance}). Results of other versions
 * may record less or more; what is missing is not mentioned.
 */
public final class MethodsText {

	private static final String PAPER = "Zhang N, Qin P, Zeng J, Song Y (2019) Image Colorization Algorithm based on Dense Neural Network. " +
		"International Journal of Performability Engineering 15(1): 270.";
	/** How many digits of a SHA-256 tell models apart. */
	private static final int DIGITS = 12;

	private final ImagePlus image;
	private final List<String> sentences = new ArrayList<>();

	private MethodsText(ImagePlus image) {
		this.image = image;
	}

	/**
	 * @param image a result
	 * @return the paragraph, and after an empty line the article to cite and, if the model is installed, the model's licence
	 * @throws IllegalArgumentException with a sentence for the user if it is no result, or a contact sheet
	 */
	public static String of(ImagePlus image) {
		if (!Provenance.isIn(image)) throw new IllegalArgumentException(image.getTitle() +
			" does not record how it was colorized; choose a result of this plugin, or a TIFF file of it (PNG files and screenshots record nothing).");
		var text = new MethodsText(image);
		if (text.isChoice(Provenance.Choice.EACH)) throw new IllegalArgumentException(image.getTitle() +
			" shows the colours of all classes; choose one of them, colorize the image with it, and take that result.");
		return text.paragraph() + "\n\n" + PAPER + text.licence().map(line -> "\n" + line).orElse("");
	}

	private Optional<String> value(String key) {
		return Optional.ofNullable(image.getProp(Provenance.PREFIX + key)).map(String::strip).filter(value -> !value.isEmpty());
	}

	private boolean is(String key, String wanted) {
		return value(key).filter(wanted::equals).isPresent();
	}

	private boolean isChoice(Provenance.Choice choice) {
		return is("category.choice", choice.toString());
	}

	private String paragraph() {
		sentences.add("The image was colorized with the Fiji plugin Dense Colorize" + value("version").map(version -> Character.isDigit(
			version.charAt(0)) ? " " + version : " (" + version + ")").orElse("") +
			", a densely connected convolutional neural network after Zhang et al. (2019), and the model " + value("model").orElseThrow() + value(
				"model.sha256").map(hash -> " (SHA-256 " + hash.substring(0, Math.min(DIGITS, hash.length())) + "...)").orElse("") + ".");
		value("slices").ifPresent(slices -> sentences.add(slices.matches("\\d+") ? "Of the stack, slice " + slices + " was used." : "Of the stack, slices " +
			slices.replace("-", " to ").replace(",", ", ") + " were used."));
		value("area").ifPresent(area -> sentences.add("Colour was given to a part of the image only (" + area + ")."));
		var scale = value("scale").map(factor -> factor.equals("1.0") ? " at its full size" : " at " + factor + " of its size").orElse("");
		value("mapping").ifPresentOrElse(mapping -> sentences.add("The network was given the lightness of the image (" + mapping + ")" + scale + "."),
			() -> {
				if (!scale.isEmpty()) sentences.add("The network was given the lightness of the image" + scale + ".");
			});
		boolean gray = addClass();
		addKnown();
		sentences.add(gray ? "The lightness L* of the image was kept." : "The network predicted the colour components a* and b*, while the lightness L* of the " +
			"image was kept; the colours were therefore predicted, not measured.");
		value("expected_dE00").ifPresent(error -> sentences.add("By the model's own estimate, their mean error is a CIEDE2000 of " + error + "."));
		var device = value("device").map(name -> " on " + name).orElse("");
		value("engine").ifPresentOrElse(engine -> sentences.add("The computation was done by " + engine.replaceFirst(", (.*)", " ($1)") + device + "."),
			() -> {
				if (!device.isEmpty()) sentences.add("The computation was done" + device + ".");
			});
		return String.join(" ", sentences);
	}

	/** @return whether the image was left gray */
	private boolean addClass() {
		if (isChoice(Provenance.Choice.NOTHING_TO_COLORIZE)) {
			sentences.add("All of its pixels had the same value, so it was left gray.");
			return true;
		}
		boolean gray = is("unknown", "gray"), found = isChoice(Provenance.Choice.FOUND);
		var probability = value("category.probability").map(p -> " (probability " + (p.equals("1.000") ? "> 0.999" : p) + ")").orElse("");
		var category = value("category").orElse("");
		if (category.equals(ModelSpec.UNKNOWN)) sentences.add("According to the model the image belonged to none of its classes" + probability + (gray
			? ", so it was left gray." : "; it was colorized all the same."));
		else if (!category.isEmpty()) sentences.add(found ? "The model assigned the image to the class " + category + probability + "." : isChoice(
			Provenance.Choice.CHOSEN) ? "The class " + category + " was chosen by the user." : "The colours were those of the class " + category + ".");
		return gray;
	}

	/** What the user said about the colours. */
	private void addKnown() {
		value("reference").ifPresent(hashes -> {
			int count = hashes.split(",").length;
			sentences.add("The last layer of the network was fitted to " + (count == 1 ? "a reference image" : count + " reference images") + value(
				"reference.strength").map(share -> ", and the share of these colours was " + share).orElse("") + ".");
		});
		value("hints").ifPresent(hints -> sentences.add(hints.equals("1") ? "The colour of 1 place was given by the user and spread to regions like it."
			: "The colours of " + hints + " places were given by the user and spread to regions like them."));
		value("strength").filter(strength -> !strength.equals("1.0")).ifPresent(strength -> sentences.add("The predicted colours were multiplied by " +
			strength + "."));
	}

	/** The licence, if it is known that it is that of this model. */
	private Optional<String> licence() {
		try {
			var spec = ModelFolder.spec(Models.folder(value("model").orElseThrow()));
			if (!is("model.sha256", spec.sha256()) || spec.training() == null) return Optional.empty();
			return Optional.of("Licence of the model " + spec.name() + ": " + spec.training().licence() + " (see the model's card, README.md in its folder).");
		}
		catch (IOException e) {
			// It is not installed any more, which does not change how the image was made.
			return Optional.empty();
		}
	}
}
