package io.github.densecolorize.command;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;

import org.scijava.command.Command;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

import io.github.densecolorize.colorize.ColorizeOptions;
import io.github.densecolorize.colorize.EngineMessages;
import io.github.densecolorize.colorize.Models;
import io.github.densecolorize.data.ColorDataSet;
import io.github.densecolorize.dialog.Form;
import io.github.densecolorize.dialog.Option;
import io.github.densecolorize.image.Choice;
import io.github.densecolorize.model.ModelFolder;
import io.github.densecolorize.model.TrainingSettings;
import io.github.densecolorize.model.TrainingSettings.Augmentation;
import io.github.densecolorize.model.TrainingSettings.Feedback;
import io.github.densecolorize.net.Loss;
import io.github.densecolorize.net.Preset;
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
public class TrainCommand extends JobCommand implements Form {

	private static final String AUTO = Start.AUTO;

	@Parameter(label = "Data set", required = false, persist = false, description = "File that Build Colorizer Data Set made, ending in .h5.")
	private File data;

	@Parameter(label = "Name of the model", required = false, persist = false,
		description = "Name of the new model, which goes to ImageJ's models folder, or the path of a folder to write.")
	private String model = "";

	/** Explained by {@link RegisteredChoices}. */
	@Parameter(label = "Size of the network", persist = false)
	private String preset = "compact";

	@Parameter(label = "Start from", required = false, persist = false,
		description = "Model to fine-tune, or the mean of several with commas between: network, scale and weights are taken. Empty for random weights.")
	private String start = "";

	@Parameter(label = "How often (epochs)", persist = false, min = "0",
		description = "How often the training images are seen. 0 only gives the model to start from a map of its expected error.")
	private int epochs = 50;

	@Parameter(label = "How long (minutes)", persist = false, min = "0", description = "Time after which training ends if the epochs are not over; 0 for none.")
	private double minutes = 0;

	@Parameter(label = "Stop without progress after (epochs)", persist = false, min = "0",
		description = "Epochs without improvement after which training ends; 0 for none.")
	private int patience = 0;

	@Parameter(label = "Size of crops (pixels)", persist = false, min = "8", max = "4096", stepSize = "8",
		description = "Side of the crops that are trained on, in pixels that the network sees.")
	private int patch = 32;

	@Parameter(label = "Crops a step", persist = false, min = "2", max = "4096", description = "Crops a step.")
	private int batch = 16;

	@Parameter(label = "Learning rate", persist = false, min = "0", max = "1", stepSize = "0.0001",
		description = "After the warm-up; it falls to 0 until the end. 0 takes 0.002, or 0.0005 to fine-tune.")
	private double learningRate = 0;

	/** Explained by {@link RegisteredChoices}. */
	@Parameter(label = "How errors count (loss)", persist = false)
	private String loss = AUTO;

	@Parameter(label = "What the colours train", persist = false, choices = { "auto", "independent", "joint" },
		description = "independent (as in the paper) or joint (the colour loss trains the class guidance too); auto is that of the preset or, to fine-tune, " +
			"of the model.")
	private String feedback = AUTO;

	@Parameter(label = "Turn and mirror crops", persist = false, choices = { "dihedral", "mirror" },
		description = "dihedral (all turns and mirror images, as under a microscope) or mirror (left and right, as in photographs).")
	private String augmentation = "dihedral";

	@Parameter(label = "Vary light and focus", persist = false, min = "0", max = "1", stepSize = "0.1",
		description = "How much tones, sharpness, noise, JPEG compression and size (half to twice) vary in half of the crops: 0 not at all, 1 as much as " +
			"between laboratories.")
	private double jitter = 0;

	@Parameter(label = "Reduction of images", persist = false, description = "Reduction of the images before the network, such as 1, 1/2 or 0.25.")
	private String scale = "1/4";

	@Parameter(label = "Number of the random draw", persist = false, description = "The same seed repeats a run on the same CPU.")
	private long seed = 1;

	@Parameter(label = "Device", persist = false, choices = { "auto", "cpu", "gpu", "mps" },
		description = "What computes: auto takes the GPU if there is one; gpu:1 (in macros) is the second.")
	private String device = AUTO;

	@Parameter(label = "Go on with a stopped run", persist = false, description = "Go on from the state that a stopped run of this model left, if there is one.")
	private boolean resume = false;

	@Parameter(label = "Replace a model of this name", persist = false, description = "Replace a model of this name, or the state of a stopped run.")
	private boolean overwrite = false;

	private final Offers offers = new Offers();

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
		requireData();
		var folder = Models.newFolder(model);
		var ifExists = ifExists();
		new RunFolder(folder).resumes(ifExists);
		var name = folder.getFileName().toString();
		if (epochs == 0) {
			addErrorMap(folder, ifExists);
			attempt.tell("Model " + folder + " has a map of its expected error.");
			return;
		}
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

	private void addErrorMap(Path folder, IfExists ifExists) throws IOException {
		var from = Models.withoutTraining(start);
		try (var progress = progress("Error map of " + folder.getFileName(), "image"); var set = ColorDataSet.open(data.toPath())) {
			Training.addErrorMap(set, from, folder, device, ifExists, progress);
		}
	}

	private void requireData() {
		if (data == null || data.getPath().isBlank()) throw new IllegalArgumentException(
			"No data set was given; choose a .h5 file that Build Colorizer Data Set made.");
	}

	private IfExists ifExists() {
		return overwrite ? IfExists.OVERWRITE : resume ? IfExists.RESUME : IfExists.REFUSE;
	}

	@Override
	public String page() {
		return "train-your-own.md#3-training";
	}

	@Override
	public List<Option> options(String input) {
		return switch (input) {
			case "preset" -> Preset.all().stream().map(preset -> Option.of(preset.name(), sentence(preset.description()))).toList();
			case "loss" -> Stream.concat(Stream.of(Option.of(AUTO, "That of the preset, or of the model to fine-tune.")), Loss.all().stream().map(
				loss -> Option.of(loss.name(), sentence(loss.description())))).toList();
			case "feedback" -> List.of(Option.of(AUTO, "That of the preset, or of the model to fine-tune."), Option.of("independent",
				"The class guidance learns classes only, as in the paper."), Option.of("joint", "The class guidance learns from the colours too."));
			case "augmentation" -> List.of(Option.of("dihedral", "All turns and mirror images, as under a microscope."), Option.of("mirror",
				"Left and right, as in photographs."));
			case "start" -> offers.modelsAfter(new Option("", "nothing", "Random weights: the model learns from the data alone."));
			case "device" -> offers.devices();
			default -> List.of();
		};
	}

	private static String sentence(String phrase) {
		return phrase.substring(0, 1).toUpperCase(Locale.ROOT) + phrase.substring(1) + ".";
	}

	@Override
	public Set<String> folded() {
		return Set.of("preset", "patience", "patch", "batch", "learningRate", "loss", "feedback", "augmentation", "jitter", "scale", "seed", "device");
	}

	@Override
	public Map<String, String> zeros() {
		return Map.of("minutes", "no limit", "patience", "never", "learningRate", "automatic", "jitter", "not at all");
	}

	@Override
	public void check(String input) throws IOException {
		switch (input) {
			case "data" -> {
				requireData();
				try (var quiet = EngineMessages.errorsOnly(); var set = ColorDataSet.open(data.toPath())) {
					// That it can be opened is all that is asked.
				}
			}
			case "model" -> new RunFolder(Models.newFolder(model)).resumes(ifExists());
			case "start" -> {
				if (!start.isBlank()) Models.foldersOf(start);
			}
			case "scale" -> factor();
			default -> {}
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
