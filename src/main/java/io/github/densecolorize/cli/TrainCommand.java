package io.github.densecolorize.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.ARGBType;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import io.github.densecolorize.colorize.Models;
import io.github.densecolorize.data.ColorDataSet;
import io.github.densecolorize.model.Torch;
import io.github.densecolorize.model.TrainingSettings;
import io.github.densecolorize.train.RunFolder;
import io.github.densecolorize.train.RunFolder.IfExists;
import io.github.densecolorize.train.Training;
import io.github.densecolorize.train.TrainingReport;

/** Trains a model on a data set. */
@Command(name = "train", mixinStandardHelpOptions = true, sortOptions = false, showDefaultValues = true, description = { "Trains a model on a data set.",
	"The best model so far is in the model folder, with all measurements in training.csv; the state of the run is beside it. Ctrl-C stops; the same line with --resume goes on." })
final class TrainCommand implements Callable<Integer> {

	@Spec
	private CommandSpec spec;

	@Option(names = "-o", required = true, paramLabel = "MODEL", description = "Model folder to write; its name is the model's.")
	private Path folder;
	@ArgGroup(exclusive = false, multiplicity = "1")
	private Length length;
	@Option(names = "--resume", description = "Go on from the state that a stopped run left, if there is one.")
	private boolean resume;
	@Option(names = "--overwrite", description = "Replace the model, or the state of a stopped run.")
	private boolean overwrite;
	@Option(names = "--patience", defaultValue = "0", description = "Stop after so many epochs without improvement; 0 for never.")
	private int patience;
	@Mixin
	private TrainingChoice choice;

	@Option(names = "--data", paramLabel = "NAME", description = "Name of the data set, for the model's record; by default that of the file.")
	private String dataName;
	@Option(names = "--licence", defaultValue = "not stated", paramLabel = "TEXT", description = "What the images' sources allow, for the model's record.")
	private String licence;

	/** When the training ends; the learning rate falls to 0 until then. */
	private static final class Length {

		@Option(names = "--epochs", paramLabel = "N", description = "Train until so many crops were seen for each image. 0 learns nothing: the model is that of --start with a map of its expected error, fitted to the validation images of the data.")
		private Integer epochs;
		@Option(names = "--minutes", paramLabel = "M", description = "Train for so long, or until the epochs are over.")
		private Double minutes;
	}

	@Override
	public Integer call() throws IOException {
		var model = folder.toAbsolutePath().normalize();
		// Whatever has to be refused is refused before the data is read.
		Torch.device(choice.device);
		var ifExists = overwrite ? IfExists.OVERWRITE : resume ? IfExists.RESUME : IfExists.REFUSE;
		boolean resumes = new RunFolder(model).resumes(ifExists);
		var out = spec.commandLine().getOut();
		var err = spec.commandLine().getErr();
		try (var data = ColorDataSet.open(choice.data); var progress = new TerminalProgress("training")) {
			if (length.epochs != null && length.epochs == 0) {
				Training.addErrorMap(data, Models.withoutTraining(choice.start), model, choice.device, ifExists, progress);
				progress.erase();
				out.println("Model " + folder + " is complete.");
				return ExitCode.OK;
			}
			var start = choice.start(data);
			var settings = choice.settings(dataName == null ? data.name() : dataName, start).licence(licence).epochs(length.epochs == null
				? TrainingSettings.MOST_EPOCHS : length.epochs).minutes(length.minutes == null ? 0 : length.minutes).patience(patience).build();
			out.printf("%d images of %d classes; training %s on %s%s%n", data.size(), data.classes().size(), start.models().isEmpty()
				? choice.preset : "from " + choice.start, Torch.device(choice.device).getDeviceType(), resumes ? ", resumed" : "");
			out.flush();
			Training.run(data, start, settings, model, choice.device, ifExists, new Training.Listener() {

				@Override
				public void update(long done, long total) {
					progress.update(done, total);
				}

				@Override
				public void unusual(String sentence) {
					progress.erase();
					err.println(sentence);
					err.flush();
				}

				@Override
				public void validated(TrainingReport report, RandomAccessibleInterval<ARGBType> preview) {
					progress.erase();
					out.println(line(report));
					out.flush();
				}

				@Override
				public void finished(String sentence) {
					progress.erase();
					out.println(sentence);
				}
			});
		}
		out.println("Model " + folder + " is complete.");
		return ExitCode.OK;
	}

	private static String line(TrainingReport r) {
		return String.format(Locale.ROOT,
			"epoch %.2f, step %d, %.1f minutes: colour loss %.4f, class loss %.4f; on %d other images colour loss %.4f, ab RMSE %.2f, class accuracy %.1f %%%s",
			r.epoch(), r.step(), r.minutes(), r.chromaLoss(), r.classLoss(), r.quality().images(), r.validationChromaLoss(), r.quality().abRmse(),
			100 * r.quality().classAccuracy(), r.best() ? " (best so far, kept)" : "");
	}
}
