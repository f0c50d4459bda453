package io.github.densecolorize.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;

import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import io.github.densecolorize.Training;
import io.github.densecolorize.data.PatchSet;
import io.github.densecolorize.imagej.Images;
import io.github.densecolorize.imagej.Models;
import io.github.densecolorize.model.ModelFolder;
import io.github.densecolorize.model.ModelSpec;
import io.github.densecolorize.model.Scale;
import io.github.densecolorize.model.Torch;
import io.github.densecolorize.model.TrainingSettings;
import io.github.densecolorize.net.NetSpec;

/** Makes a model from colour images. */
@Command(name = "train", mixinStandardHelpOptions = true, sortOptions = false, showDefaultValues = true, description = { "Trains a model on colour images.",
	"The best model so far is in the model folder, the state of the run beside it. Ctrl-C stops; the same line with --resume goes on." })
final class TrainCommand implements Callable<Integer> {

	/** Enough that the time decides. */
	private static final int STEPS_IF_TIMED = 1_000_000;

	@Spec
	private CommandSpec spec;

	@Parameters(paramLabel = "FOLDER", description = "Colour images, one subfolder a class; without subfolders all are of one class.")
	private Path images;
	@Option(names = "-o", required = true, paramLabel = "MODEL", description = "Model folder to write; its name is the model's.")
	private Path folder;
	@ArgGroup(exclusive = false, multiplicity = "1")
	private Length length;
	@Option(names = "--resume", description = "Go on from the state that a stopped run left, if there is one.")
	private boolean resume;
	@Option(names = "--device", defaultValue = "auto", description = "auto, cpu, gpu, gpu:1, ... or mps.")
	private String device;

	@Option(names = "--start", paramLabel = "MODEL", description = "Fine-tune this model: its weights, network and scale are taken, and --preset, --scale, --micrometres-per-pixel, --long-side and --field do not count.")
	private String start;
	@Option(names = "--preset", defaultValue = "compact", description = "compact, paper or residual.")
	private String preset;
	@Option(names = "--batch", defaultValue = "16", description = "Crops a step.")
	private int batch;
	@Option(names = "--patch", defaultValue = "32", description = "Side of a crop, pixels at the model's scale.")
	private int patch;
	@Option(names = "--learning-rate", defaultValue = "0.002", description = "After the warm-up.")
	private double learningRate;
	@Option(names = "--feedback", defaultValue = "independent", description = "independent (as in the paper: the colour loss does not train the class guidance) or joint.")
	private TrainingSettings.Feedback feedback;
	@Option(names = "--class-weight", defaultValue = "0.1", description = "Weight of the class loss beside the colour loss.")
	private double classWeight;
	@Option(names = "--balance", defaultValue = "0.5", description = "0 draws every image equally often, 1 every class.")
	private double balance;
	@Option(names = "--augmentation", defaultValue = "dihedral", description = "mirror (photographs) or dihedral (no up and down, as under a microscope).")
	private TrainingSettings.Augmentation augmentation;
	@Option(names = "--validation", defaultValue = "0.05", description = "Share of the images kept to choose the best weights by.")
	private double validation;
	@Option(names = "--seed", defaultValue = "1", description = "The same seed repeats a run of fixed steps on the same CPU.")
	private long seed;

	@Option(names = "--scale", defaultValue = "0.25", description = "Reduction of the images before the network.")
	private double scale;
	@Option(names = "--micrometres-per-pixel", defaultValue = "1", description = "Size of a reduced pixel, to which calibrated images are brought; 0 if unknown.")
	private double micrometresPerPixel;
	@Option(names = "--long-side", defaultValue = "0", description = "Long side in pixels to which images are reduced instead; 0 to use --scale.")
	private int longSide;
	@Option(names = "--field", defaultValue = "48", description = "Usual side of a reduced image; a larger plane is shown to the class guidance in parts of this size.")
	private int field;

	@Option(names = "--data", paramLabel = "NAME", description = "Name of the data set, for the model's record; by default that of FOLDER.")
	private String data;
	@Option(names = "--licence", defaultValue = "not stated", paramLabel = "TEXT", description = "What the images' sources allow, for the model's record.")
	private String licence;

	/** When the training ends; the learning rate falls to 0 until then. */
	private static final class Length {

		@Option(names = "--minutes", paramLabel = "M", description = "Train for so long.")
		private Double minutes;
		@Option(names = "--steps", paramLabel = "N", description = "Train for so many batches, or until the minutes are over.")
		private Integer steps;
	}

	@Override
	public Integer call() throws IOException {
		var from = start == null ? Optional.<Path>empty() : Optional.of(Models.folder(start));
		var known = from.isPresent() ? Optional.of(ModelFolder.spec(from.get())) : Optional.<ModelSpec>empty();
		var network = known.map(ModelSpec::net).orElseGet(() -> NetSpec.preset(preset));
		var size = known.map(ModelSpec::scale).orElseGet(() -> new Scale(scale, micrometresPerPixel, longSide, field));
		var settings = new TrainingSettings(data == null ? name(images) : data, licence, known.map(m -> m.name() + " " + m.sha256()).orElse(
			""), seed, length.steps == null ? STEPS_IF_TIMED : length.steps, length.minutes == null ? 0 : length.minutes, batch, patch, learningRate, feedback, classWeight, balance,
			augmentation, validation);
		var model = folder.toAbsolutePath().normalize();
		// Reading takes long; what can be refused is refused before.
		Torch.device(device);
		boolean resumes = Training.resumes(model, resume);

		var out = spec.commandLine().getOut();
		var err = spec.commandLine().getErr();
		var set = PatchSet.read(images, size, network.vgg().imageSize(), f -> Images.argb(Images.open(f).getProcessor()), err::println);
		out.printf("%d images of %d classes; training %s on %s%s%n", set.size(), set.classes().size(), known.map(m -> "from " + m
			.name()).orElse(preset), Torch.device(device).getDeviceType(), resumes ? ", resumed" : "");
		out.flush();
		try (var progress = new TerminalProgress("training", err)) {
			Training.run(set, network, size, settings, model, from, device, resume, new Training.Listener() {

				@Override
				public void update(long done, long total) {
					progress.update(done, total);
				}

				@Override
				public void validated(Training.Report report) {
					progress.erase();
					out.println(line(report));
					out.flush();
				}
			});
		}
		out.println("Model " + folder + " is complete.");
		return ExitCode.OK;
	}

	private static String line(Training.Report r) {
		return String.format(Locale.ROOT,
			"step %d, %.1f minutes: colour loss %.4f, class loss %.4f; on %d other images ab RMSE %.2f, class accuracy %.1f %%%s", r.step(), r
				.minutes(), r.chromaLoss(), r.classLoss(), r.quality().images(), r.quality().abRmse(), 100 * r.quality().classAccuracy(), r.best()
					? " (best so far, kept)" : "");
	}

	private static String name(Path folder) {
		return folder.toAbsolutePath().normalize().getFileName().toString();
	}
}
