package io.github.densecolorize.model;

import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;

import io.github.densecolorize.image.Choice;
import io.github.densecolorize.net.ColorNet;
import io.github.densecolorize.net.DenseSpec;
import io.github.densecolorize.net.NetSpec;

/**
 * The contents of {@code model.json}: the description of a model.
 *
 * @param format number of the folder's format, {@value #FIRST_FORMAT} or {@value #FORMAT}
 * @param name of the model, as users type it
 * @param net numbers of the network
 * @param classes names of the classes, in the order of the class scores and the prototypes; {@value #UNKNOWN} may be one
 * @param scale size at which the network recognises structures
 * @param normalization units of the network's input and output
 * @param training how it was trained
 * @param quality how good it was on images that were kept out of the training
 * @param adaptation reference images to which it was adapted; null if it was not
 * @param errorMap what its {@link ErrorMap} was fitted to; null if it has none
 * @param sha256 of the weights file, in lower-case hexadecimal digits
 */
public record ModelSpec(int format, String name, NetSpec net, List<String> classes, Scale scale, Normalization normalization,
	TrainingSettings training, Quality quality, Adaptation adaptation, ErrorSample errorMap, String sha256)
{

	/** The newest format that this version reads; it is written if {@link #FIRST_FORMAT} can't describe the model. */
	public static final int FORMAT = 2;

	/** The format of densely connected and residual networks, which all versions read. */
	public static final int FIRST_FORMAT = 1;

	/** Name of the class of images that the model is not made for; its colours are not learned, and it can't be chosen. */
	public static final String UNKNOWN = "unknown";

	/**
	 * Units of the network.
	 *
	 * @param l the network sees L* / l - 1
	 * @param ab it gives a* / ab and b* / ab
	 */
	public record Normalization(float l, float ab) {

		static final Normalization CURRENT = new Normalization(ColorNet.L_SCALE, ColorNet.AB_SCALE);
	}

	/**
	 * Measured on the validation images, at the model's scale.
	 *
	 * @param step after which these weights were taken
	 * @param images how many
	 * @param abRmse root of the mean squared error of a* and b*, per channel, of those that are not of class {@value #UNKNOWN}
	 * @param classAccuracy share of images whose class was found, 0 to 1
	 */
	public record Quality(long step, int images, double abRmse, double classAccuracy) {}

	/**
	 * What a {@link Head} in the weights was fitted to.
	 *
	 * @param error {@link Head#error}
	 * @param references {@link Head#references}, at least one
	 */
	public record Adaptation(double error, List<String> references) {

		private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");

		public Adaptation {
			references = List.copyOf(references);
			if (!(error >= 0 && error <= MOST_ERROR)) throw new IllegalArgumentException("adaptation.error is " + error + "; must be 0 to " + MOST_ERROR);
			if (references.isEmpty()) throw new IllegalArgumentException("adaptation.references is empty; must name at least one");
			for (var reference : references)
				if (!SHA_256.matcher(reference).matches()) throw new IllegalArgumentException("adaptation.references holds \"" + reference +
					"\"; must be a SHA-256 of 64 digits");
		}
	}

	/**
	 * What an {@link ErrorMap} in the weights was fitted to.
	 *
	 * @param images validation images, at least one
	 * @param mean CIEDE2000 of the model's colours on them
	 */
	public record ErrorSample(int images, double mean) {

		public ErrorSample {
			if (images < 1) throw new IllegalArgumentException("errorMap.images is " + images + "; must be 1 or more");
			if (!(mean >= 0 && mean <= ErrorMap.MOST)) throw new IllegalArgumentException("errorMap.mean is " + mean + "; must be 0 to " + ErrorMap.MOST);
		}
	}

	/** No two colours of sRGB differ more in a* or b*. */
	private static final int MOST_ERROR = 256;

	public ModelSpec {
		classes = List.copyOf(classes);
		if (format < format(net, adaptation, errorMap)) throw new IllegalArgumentException("format is " + format + "; must be " + FORMAT + (adaptation != null
			? " for an adapted model" : errorMap != null ? " for a model with an error map" : " for a network of type " + net.type()));
		if (name.isBlank()) throw new IllegalArgumentException("name is empty");
		if (classes.isEmpty()) throw new IllegalArgumentException("classes is empty; must name at least one");
		if (classes.stream().anyMatch(String::isBlank) || new HashSet<>(classes).size() < classes.size()) throw new IllegalArgumentException(
			"classes holds an empty name, or one twice");
	}

	/** A message lists so many classes; of more it says where they are listed. */
	private static final int MOST_LISTED = 16;

	/** The classes that a user may choose. */
	public List<String> choices() {
		return classes.stream().filter(name -> !name.equals(UNKNOWN)).toList();
	}

	/**
	 * The class that a user chose.
	 *
	 * @param category as it was typed, in upper or lower case
	 * @return one of the {@link #choices}, in the model's spelling
	 * @throws IllegalArgumentException if it is none of them, with those that there are, or how to see them, and the closest
	 */
	public String choice(String category) {
		var choices = choices();
		var there = choices.size() <= MOST_LISTED ? "auto, " + String.join(", ", choices) + "." : choices.size() +
			" classes, which Colorizer Models and Device (models in a shell) lists; or choose auto.";
		return Choice.find(category, choices).orElseThrow(() -> new IllegalArgumentException("Category is \"" + category + "\"" + Choice.meant(
			category, choices) + "; model " + name + " has " + there));
	}

	/** A specification for weights that are not written yet. */
	public static ModelSpec of(String name, NetSpec net, List<String> classes, Scale scale, TrainingSettings training, Quality quality) {
		return new ModelSpec(format(net, null, null), name, net, classes, scale, Normalization.CURRENT, training, quality, null, null, "");
	}

	private static int format(NetSpec net, Adaptation adaptation, ErrorSample errorMap) {
		return net instanceof DenseSpec && adaptation == null && errorMap == null ? FIRST_FORMAT : FORMAT;
	}

	ModelSpec withSha256(String hash) {
		return new ModelSpec(format, name, net, classes, scale, normalization, training, quality, adaptation, errorMap, hash);
	}

	/** The same model adapted to reference images; its quality has not been measured, and how wrong its colours are is not known. */
	ModelSpec adapted(String newName, Adaptation to) {
		return new ModelSpec(FORMAT, newName, net, classes, scale, normalization, training, null, to, null, "");
	}

	/** The same model, by another name, with an error map. */
	ModelSpec with(String newName, ErrorSample sample) {
		return new ModelSpec(FORMAT, newName, net, classes, scale, normalization, training, quality, adaptation, sample, "");
	}
}
