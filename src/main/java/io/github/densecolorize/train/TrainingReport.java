package io.github.densecolorize.train;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

import io.github.densecolorize.image.NumberText;
import io.github.densecolorize.model.ModelSpec;

/**
 * A measurement at the end of an epoch, or of the training.
 *
 * @param epoch how many times the training images were seen, on average
 * @param step batches so far
 * @param minutes of training so far
 * @param learningRate of the last step
 * @param chromaLoss mean since the measurement before
 * @param classLoss likewise
 * @param validationChromaLoss on the validation images
 * @param quality on the validation images
 * @param best whether its loss of a*b* on the validation images is the lowest so far; its weights are then the model's
 */
public record TrainingReport(double epoch, long step, double minutes, double learningRate, double chromaLoss, double classLoss,
	double validationChromaLoss, ModelSpec.Quality quality, boolean best)
{

	/** Names of the {@link #values()}: columns of {@code training.csv} and of the table. */
	public static final List<String> COLUMNS = List.of("epoch", "step", "minutes", "learning_rate", "colour_loss", "class_loss",
		"validation_colour_loss", "validation_images", "ab_rmse", "class_accuracy", "best");

	/** All numbers, in the order of {@link #COLUMNS}. */
	public double[] values() {
		return new double[] { epoch, step, minutes, learningRate, chromaLoss, classLoss, validationChromaLoss, quality.images(), quality
			.abRmse(), quality.classAccuracy(), best ? 1 : 0 };
	}

	/** @param v as {@link #values()} gave them */
	static TrainingReport of(double[] v) {
		return new TrainingReport(v[0], (long) v[1], v[2], v[3], v[4], v[5], v[6], new ModelSpec.Quality((long) v[1], (int) v[7], v[8], v[9]),
			v[10] == 1);
	}

	static String csv(List<TrainingReport> reports) {
		return reports.stream().map(report -> Arrays.stream(report.values()).mapToObj(NumberText::exact).collect(Collectors.joining(","))).collect(
			Collectors.joining("\n", String.join(",", COLUMNS) + "\n", "\n"));
	}
}
