package io.github.densecolorize.command;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;

import org.scijava.command.Command;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

import io.github.densecolorize.colorize.ColorizeOptions;
import io.github.densecolorize.colorize.Models;
import io.github.densecolorize.data.ColorDataSet;
import io.github.densecolorize.image.Choice;
import io.github.densecolorize.model.ModelFolder;
import io.github.densecolorize.model.TrainingSettings;
import io.github.densecolorize.model.TrainingSettings.Augmentation;
import io.github.densecolorize.model.TrainingSettings.Feedback;
import io.github.densecolorize.train.RunFolder;
import io.github.densecolorize.train.RunFolder.IfExists;
import io.github.densecolorize.train.Start;
import io.github.densecolorize.train.Training;

/**
 * Trains a model on a data set. With a window it shows the losses in a plot, validation images in a preview and a row for each epoch in a table
 * while the training runs.
 *
 * <pre>{@code
 * run("Train Colorizer", "data=[/images/stains.h5] model=stains preset=compact epochs=50 patch=32 batch=16 learningrate=0 loss=mse " +
 * 	"feedback=auto augmentation=dihedral jitter=0 scale=1/4 seed=1 device=auto resume=false overwrite=false");
 * }</pre>
 */
@Plugin(type = Command.class, menuPath = "Plugins>Colorize>Train Colorizer", headless = true, initializer = "checkThatNoneRuns",
	description = "Makes a model of your own from colour images like yours.")
public class TrainCommand extends JobCommand {

	private static final String AUTO = Start.AUTO;

	@Parameter(label = "Data set", required = false, persist = false, description = "File that Build Colorizer Data Set made, ending in .h5.")
	private File data;

	@Parameter(label = "Model", required = false, persist = false,
		description = "Name of the new model, which goes to ImageJ's models folder, or the path of a folder to write.")
	private String model = "";

	/** Explained by {@link RegisteredChoices}. */
	@Parameter(label = "Preset", persist = false)
	private String preset = "compact";

	@Parameter(label = "Start from", required = false, persist = false,
		description = "Model to fine-tune, or the mean of several with commas between: network, scale and weights are taken. Empty for random weights.")
	private String start = "";

	@Parameter(label = "Epochs", persist = false, min = "1", description = "How often the training images are seen.")
	private int epochs = 50;

	@Parameter(label = "Minutes", persist = false, min = "0", description = "Time after which training ends if the epochs are not over; 0 for none.")
	private double minutes = 0;

	@Parameter(label = "Patience (epochs)", persist = false, min = "0",
		description = "Epochs without improvement after which training ends; 0 for none.")
	private int patience = 0;

	@Parameter(label = "Patch (px)", persist = false, min = "8", max = "4096", stepSize = "8",
		description = "Side of the crops that are trained on, in pixels that the network sees.")
	private int patch = 32;

	@Parameter(label = "Batch", persist = false, min = "2", max = "4096", description = "Crops a step.")
	private int batch = 16;

	@Parameter(label = "Learning rate", persist = false, min = "0", max = "1", stepSize = "0.0001",
		description = "After the warm-up; it falls to 0 until the end. 0 takes 0.002, or 0.0005 to fine-tune.")
	private double learningRate = 0;

	/** Explained by {@link RegisteredChoices}. */
	@Parameter(label = "Loss", persist = false)
	private String loss = AUTO;

	@Parameter(label = "Feedback", persist = false, choices = { "auto", "independent", "joint" },
		description = "independent (as in the paper) or joint (the colour loss trains the class guidance too); auto is independent or, to fine-tune, " +
			"that of the model.")
	private String feedback = AUTO;

	@Parameter(label = "Augmentation", persist = false, choices = { "dihedral", "mirror" },
		description = "dihedral (all turns and mirror images, as under a microscope) or mirror (left and right, as in photographs).")
	private String augmentation = "dihedral";

	@Parameter(label = "Jitter", persist = false, min = "0", max = "1", stepSize = "0.1",
		description = "How much lightness, contrast, focus, noise, JPEG compression and size vary in half of the crops: 0 not at all, 1 as much as " +
			"between laboratories.")
	private double jitter = 0;

	@Parameter(label = "Scale", persist = false, description = "Reduction of the images before the network, such as 1, 1/2 or 0.25.")
	private String scale = "1/4";

	@Parameter(label = "Seed", persist = false, description = "The same seed repeats a run on the same CPU.")
	private long seed = 1;

	@Parameter(label = "Device", persist = false, choices = { "auto", "cpu", "gpu", "mps" },
		description = "What computes: auto takes the GPU if there is one; gpu:1 (in macros) is the second.")
	private String device = AUTO;

	@Parameter(label = "Resume", persist = false, description = "Go on from the state that a stopped run of this model left, if there is one.")
	private boolean resume = false;

	@Parameter(label = "Overwrite", persist = false, description = "Replace a model of this name, or the state of a stopped run.")
	private boolean overwrite = false;

	@Override
	public void run() {
		var attempt = attempt();
		attempt.run(() -> train(attempt));
	}

	/** Called by SciJava before the dialog, so that nobody fills it in for nothing. */
	@SuppressWarnings("unused")
	private void checkThatNoneRuns() {
		attempt().run(Training::checkThatNoneRuns);
	}

	private void train(Attempt attempt) throws IOException {
		Training.checkThatNoneRuns();
		if (data == null || data.getPath().isBlank()) throw new IllegalArgumentException(
			"No data set was given; choose a .h5 file that Build Colorizer Data Set made.");
		var folder = Models.newFolder(model);
		var ifExists = overwrite ? IfExists.OVERWRITE : resume ? IfExists.RESUME : IfExists.REFUSE;
		new RunFolder(folder).resumes(ifExists);
		var name = folder.getFileName().toString();
		try (var progress = progress("Train " + name, "batch"); var set = ColorDataSet.open(data.toPath())) {
			var begin = start == null || start.isBlank() ? Start.random(preset, set.scale(factor(), 0))
				: Start.of(Models.foldersOf(start), set);
			var settings = TrainingSettings.on(set.name()).start(begin.name()).seed(seed).epochs(epochs).minutes(minutes).patience(patience).batch(batch)
				.patch(patch).learningRate(learningRate == 0 ? begin.learningRate() : learningRate).loss(begin.loss(loss)).feedback(
					feedback(begin)).augmentation(choice("augmentation", augmentation, Augmentation.class)).jitter(jitter).build();
			var begins = "Training " + name + " on " + set.size() + " images of " + set.classes().size() + (set.classes().size() == 1 ? " class."
				: " classes.");
			attempt.tell(begins);
			try (var monitor = new TrainingMonitor(name, progress, attempt::tell, begins)) {
				Training.run(set, begin, settings, folder, device, ifExists, monitor);
			}
			attempt.tell("Model " + folder + " is complete: " + quality(folder) + ".");
		}
		catch (CancellationException e) {
			attempt.tell("Training " + name + " was stopped" + (Files.exists(folder.resolve(ModelFolder.SPEC)) ? "; the best model so far is in " +
				folder + " (" + quality(folder) + ")" : " before a model was measured") + ". Resume goes on from here.");
			throw e;
		}
	}

	private static String quality(Path folder) throws IOException {
		var quality = ModelFolder.spec(folder).quality();
		return String.format(Locale.ROOT, "ab RMSE %.2f, class accuracy %.1f %% on %d validation images", quality.abRmse(), 100 * quality
			.classAccuracy(), quality.images());
	}

	private double factor() {
		double factor = ColorizeOptions.scaleOf(scale);
		if (factor == 0) throw new IllegalArgumentException("Scale is \"" + scale +
			"\"; must be above 0 and at most 1 for training, such as 1, 1/2 or 0.25.");
		return factor;
	}

	private Feedback feedback(Start begin) {
		return feedback.trim().equalsIgnoreCase(AUTO) ? begin.feedback() : choice("feedback", feedback, Feedback.class, AUTO);
	}

	/** @param others texts that are allowed besides the values of the type */
	private static <T extends Enum<T>> T choice(String name, String text, Class<T> type, String... others) {
		var values = Stream.concat(Stream.of(others), Arrays.stream(type.getEnumConstants()).map(v -> v.name().toLowerCase(Locale.ROOT)));
		return Enum.valueOf(type, Choice.of(name, text, values.toList()).toUpperCase(Locale.ROOT));
	}
}
