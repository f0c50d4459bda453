package io.github.densecolorize.train;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.stream.IntStream;

import io.github.densecolorize.data.Batch;
import io.github.densecolorize.data.ChromaWeights;
import io.github.densecolorize.data.ColorDataSet;
import io.github.densecolorize.data.PatchSampler;
import io.github.densecolorize.data.PatchSet;
import io.github.densecolorize.model.ModelSpec;
import io.github.densecolorize.model.TrainingSettings;
import io.github.densecolorize.net.Loss;

/** The images that a training learns from, and those that it is measured on. */
final class TrainingImages {

	/** Largest number of images in a measurement; they are evenly spread over the validation images. */
	private static final int MEASURED = 2000;
	/** Columns of the preview. */
	private static final int PREVIEWED = 6;
	/** Whole numbers up to this are stored exactly in the checkpoint, which keeps them as 64-bit floating-point numbers. */
	private static final long EXACT = (1L << 53) - 1;
	/** Which parts of Java's memory may be used to keep training images and validation images. */
	private static final double TRAINING_SHARE = 0.5, VALIDATION_SHARE = 0.1;

	private final PatchSet training, validation;
	private final PatchSampler drawn, measured;

	/**
	 * @param data stays open, and is read from several threads
	 * @throws IllegalArgumentException if the settings do not fit the data
	 */
	TrainingImages(ColorDataSet data, Start start, TrainingSettings settings) throws IOException {
		training = images(data, start, false, TRAINING_SHARE);
		validation = images(data, start, true, VALIDATION_SHARE);
		try {
			var loss = Loss.named(settings.loss());
			var weights = loss.wantsChromaWeights() ? ChromaWeights.of(training, loss.smoothing()) : ChromaWeights.EQUAL;
			drawn = new PatchSampler(training, settings, weights, start.net().takesHints());
			measured = new PatchSampler(validation, settings, weights, false);
		}
		catch (UncheckedIOException e) {
			throw e.getCause();
		}
	}

	private static PatchSet images(ColorDataSet data, Start start, boolean kept, double share) {
		var images = IntStream.range(0, data.size()).filter(i -> data.isValidation(i) == kept).toArray();
		return new PatchSet(data, images, start.scale(), start.net().vgg().imageSize(), (long) (share * Runtime.getRuntime().maxMemory()));
	}

	/** @throws IllegalArgumentException if the settings do not fit the data */
	static void check(ColorDataSet data, Start start, TrainingSettings settings) {
		Loss.named(settings.loss()).check(start.net());
		int kept = (int) IntStream.range(0, data.size()).filter(data::isValidation).count(), images = data.size() - kept;
		if (kept == 0) throw new IllegalArgumentException("The data set has " + data.size() +
			" images and none of them for validation, to choose the best weights by; build it with a validation share above 0.");
		if (images < settings.batch()) throw new IllegalArgumentException("batch is " + settings.batch() + ", the data set has " + images +
			" training images; choose at most as many, or add images.");
		int coloured = coloured(data, false).length, colouredKept = coloured(data, true).length;
		if (coloured == 0 || colouredKept == 0) throw new IllegalArgumentException("Besides class " + ModelSpec.UNKNOWN + " the data set has " +
			coloured + " training and " + colouredKept +
			" validation images, and colours are learned from these only; build it with at least one other class.");
		double factor = start.scale().of(data.side(), data.side(), 0);
		long side = Math.max(1, Math.round(data.side() * factor));
		if (settings.patch() > side) throw new IllegalArgumentException("patch is " + settings.patch() + ", the images are " + side +
			" pixels (" + data.side() + " at scale " + factor + "); choose at most that, or a larger scale.");
		int stride = start.net().stride();
		if (settings.patch() % stride != 0) throw new IllegalArgumentException("patch is " + settings.patch() +
			"; this network wants a multiple of " + stride + ", such as " + settings.patch() / stride * stride + ".");
	}

	/**
	 * Images whose colours count.
	 *
	 * @param kept whether those for validation, or those for training
	 */
	static int[] coloured(ColorDataSet data, boolean kept) {
		return IntStream.range(0, data.size()).filter(i -> data.isValidation(i) == kept && data.isColoured(data.label(i))).toArray();
	}

	/** The images that are learned from. */
	PatchSet training() {
		return training;
	}

	/** The random batch of a step. */
	Batch draw(long step) {
		return drawn.draw(step);
	}

	/** Makes the central crops of validation images. */
	PatchSampler measured() {
		return measured;
	}

	/** Indices of the validation images that are measured. */
	int[] measuredImages() {
		return spread(IntStream.range(0, validation.size()).toArray(), MEASURED);
	}

	/** Indices of all validation images. */
	int[] validationImages() {
		return IntStream.range(0, validation.size()).toArray();
	}

	/** Class of a validation image. */
	int validationLabel(int i) {
		return validation.label(i);
	}

	/** Crops of some validation images with colours, to look at. */
	Batch previewed() {
		return measured.centres(spread(validation.coloured(), PREVIEWED));
	}

	/** At most {@code most} of some indices, evenly spread. */
	static int[] spread(int[] indices, int most) {
		int n = Math.min(indices.length, most);
		return IntStream.range(0, n).map(i -> indices[(int) ((long) i * indices.length / n)]).toArray();
	}

	/** A number that is different for two runs if one must not be continued with the checkpoint of the other. */
	static long fingerprint(ColorDataSet data, Start start, TrainingSettings settings) {
		var content = new ByteArrayOutputStream();
		var text = settings + "|" + start.net() + "|" + start.scale() + "|" + start.name() + "|" + data.classes() + "|" + data.side();
		content.writeBytes(text.getBytes(StandardCharsets.UTF_8));
		var image = ByteBuffer.allocate(2 * Integer.BYTES + 1);
		for (int i = 0; i < data.size(); i++)
			content.writeBytes(image.putInt(0, data.label(i)).putInt(Integer.BYTES, data.group(i)).put(2 * Integer.BYTES, (byte) (data
				.isValidation(i) ? 1 : 0)).array());
		return UUID.nameUUIDFromBytes(content.toByteArray()).getMostSignificantBits() & EXACT;
	}
}
