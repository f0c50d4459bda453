package io.github.densecolorize.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scijava.Context;
import org.scijava.app.StatusService;
import org.scijava.command.CommandModule;
import org.scijava.command.CommandService;
import org.scijava.event.EventHandler;
import org.scijava.event.EventService;
import org.scijava.log.LogService;
import org.scijava.module.ModuleException;
import org.scijava.task.TaskService;
import org.scijava.task.event.TaskEvent;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.ARGBType;

import ij.IJ;
import ij.ImagePlus;
import ij.ImageStack;
import ij.io.FileSaver;
import ij.process.ColorProcessor;

import io.github.densecolorize.TinyDataSet;
import io.github.densecolorize.colorize.Models;
import io.github.densecolorize.data.ColorDataSet;
import io.github.densecolorize.model.ModelFolder;
import io.github.densecolorize.model.TrainingSettings;
import io.github.densecolorize.train.RunFolder;
import io.github.densecolorize.train.Start;
import io.github.densecolorize.train.Training;
import io.github.densecolorize.train.TrainingReport;

/** Building a data set and training, as macros and scripts run them. */
public class TrainCommandTest {

	@TempDir
	private Path folder;
	private Context context;
	private Path data;
	private final List<String> log = new ArrayList<>();

	@BeforeEach
	void open() throws IOException {
		context = new Context(CommandService.class, TaskService.class, StatusService.class, LogService.class, EventService.class,
			RegisteredChoices.class);
		context.service(LogService.class).addLogListener(message -> log.add(message.text()));
		System.setProperty(Models.FOLDER_PROPERTY, folder.resolve("models").toString());
		data = TinyDataSet.write(folder.resolve("stains.h5"), 5, 16);
	}

	@AfterEach
	void close() {
		context.dispose();
		System.clearProperty(Models.FOLDER_PROPERTY);
		IJ.resetEscape();
	}

	/** Keys are public: recorded macros contain them. */
	@Test
	public void keysAreThoseOfTheManual() {
		assertEquals(List.of("folder", "image", "file", "size", "fit", "validation", "overwrite"), MacroBridge.keys(context, BuildDataSetCommand.class,
			"Plugins > Colorize > Build Colorizer Data Set"));
		assertEquals(List.of("data", "model", "preset", "start", "epochs", "minutes", "patience", "patch", "batch", "learningRate", "loss",
			"feedback", "augmentation", "jitter", "scale", "seed", "device", "resume", "overwrite"), MacroBridge.keys(context, TrainCommand.class,
				"Plugins > Colorize > Train Colorizer"));
	}

	/** Those of {@code ToyArchitecture} and {@code ToyLoss} too, and in the order of their names. */
	@Test
	public void theDialogOffersAllNetworksAndLosses() {
		var info = context.service(CommandService.class).getCommand(TrainCommand.class);
		assertEquals(List.of("compact", "eccv16", "eccv16-wide", "iizuka", "iizuka-wide", "paper", "residual", "residual-wide", "toy", "unet", "unet-wide", "wide"), info.getInput("preset").getChoices());
		assertEquals(List.of("auto", "bins", "colourful", "huber", "mse", "rebalanced", "toy"), info.getInput("loss").getChoices());
		assertTrue(info.getInput("preset").getDescription().contains("toy (for tests)"), info.getInput("preset").getDescription());
		assertTrue(info.getInput("loss").getDescription().contains("toy (fourth power of the error)"), info.getInput("loss").getDescription());
	}

	private String train(String options) throws ReflectiveOperationException {
		return MacroBridge.run(context, "run('Train Colorizer', 'data=[" + data + "] batch=2 patch=8 " + options + "'); return 'went on';");
	}

	@Test
	public void aMacroTrainsAModel() throws IOException, ReflectiveOperationException {
		assertEquals("went on", train("model=first scale=1/2 device=cpu epochs=2 seed=7 loss=rebalanced feedback=joint"), log.toString());
		var spec = ModelFolder.spec(folder.resolve("models/first"));
		assertEquals(new TrainingSettings("stains", "not stated", "", 7, 2, 0, 0, 2, 8, 2e-3, "REBALANCED",
			TrainingSettings.Feedback.JOINT, 0.1, 0.5, TrainingSettings.Augmentation.DIHEDRAL, 0, 0), spec.training());
		assertEquals("Training first on 10 images of 2 classes.", log.get(0));
		assertEquals(2, log.stream().filter(line -> line.startsWith("Epoch ")).count(), log.toString());
		assertTrue(log.get(log.size() - 1).startsWith("Model " + folder.resolve("models/first") + " is complete: ab RMSE "), log.toString());

		assertEquals("went on", train("model=[" + folder.resolve("elsewhere/second") + "] start=first epochs=1"), log.toString());
		assertTrue(ModelFolder.spec(folder.resolve("elsewhere/second")).training().start().startsWith("first "));

		assertEquals("went on", train("model=third start=first epochs=0"), log.toString());
		assertEquals(spec.training(), ModelFolder.spec(folder.resolve("models/third")).training());
		assertEquals("Model " + folder.resolve("models/third") + " has a map of its expected error.", log.get(log.size() - 1));
	}

	/** What can't be done is said, ends the macro, and leaves no model. */
	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { //
		"model= | Model is \"\"; must be a name for the new model, or the path of a folder to write.", //
		"model=m epochs=0 | Epochs is 0, which gives a model a map of its expected error, and start is \"\"; must be the name of one model, or epochs 1 or more.", //
		"model=m preset=huge | preset is \"huge\"; must be one of compact, eccv16, eccv16-wide, iizuka, iizuka-wide, paper, residual, residual-wide, toy, unet, unet-wide, wide", //
		"model=m loss=l3 | loss is \"l3\"; must be one of auto, bins, colourful, huber, mse, rebalanced, toy", //
		"model=m feedback=none | feedback is \"none\"; must be one of auto, independent, joint.", //
		"model=m scale=auto | Scale is \"auto\"; must be above 0 and at most 1 for training, such as 1, 1/2 or 0.25.", //
		"model=m start=nothing | Model is \"nothing\"; must be", //
		"model=m scale=1/2 device=tpu | Device is \"tpu\" (did you mean cpu or gpu?); must be auto, cpu, gpu, gpu:1 (the second one) or mps." })
	public void badOptionsAreSaid(String options, String why) throws ReflectiveOperationException {
		var seen = train(options);
		assertFalse("went on".equals(seen), "the macro went on");
		assertTrue(log.get(log.size() - 1).startsWith(why), log.toString());
		assertFalse(Files.exists(folder.resolve("models/m")));
	}

	@Test
	public void aDataSetIsNeeded() throws ReflectiveOperationException {
		data = folder.resolve("none.h5");
		assertFalse("went on".equals(train("model=m epochs=1")));
		assertTrue(log.get(log.size() - 1).startsWith("Data set " + data + " does not exist; give a .h5 file"), log.toString());
		MacroBridge.run(context, "run('Train Colorizer', 'model=m');");
		assertEquals("No data set was given; choose a .h5 file that Build Colorizer Data Set made.", log.get(log.size() - 1));
	}

	/** Neither the data set, which is not there, nor anything else is looked at before that is said; the first training goes on. */
	@Test
	public void aSecondTrainingIsRefusedAtOnce() throws IOException {
		var first = folder.resolve("models/first");
		var seen = new ArrayList<String>();
		try (var set = ColorDataSet.open(data)) {
			var settings = TrainingSettings.on("stains").epochs(1).batch(2).patch(8).build();
			Training.run(set, Start.random("compact", set.scale(0.5, 0)), settings, first, "cpu", RunFolder.IfExists.REFUSE, new Training.Listener() {

				@Override
				public void update(long done, long total) {
					if (done != 1) return;
					try {
						seen.add(MacroBridge.run(context, "run('Train Colorizer', 'data=none.h5 model=second'); return 'went on';"));
						for (boolean asInTheMenu : new boolean[] { true, false })
							seen.add(context.service(CommandService.class).run(TrainCommand.class, asInTheMenu, "data", new File("none.h5"), "model",
								"second").get().getCancelReason());
						// Before the dialog.
						var asked = new CommandModule(context.service(CommandService.class).getCommand(TrainCommand.class));
						context.inject(asked.getCommand());
						asked.initialize();
						seen.add(asked.getCancelReason());
					}
					catch (ReflectiveOperationException | InterruptedException | ExecutionException | ModuleException e) {
						throw new AssertionError(e);
					}
				}

				@Override
				public void validated(TrainingReport report, RandomAccessibleInterval<ARGBType> preview) {}
			});
		}
		var refusal = "Another training, of model folder " + first + ", goes on in this program; wait until it has ended, or start the program once more.";
		assertEquals(Arrays.asList(null, refusal, refusal, refusal), seen, log.toString());
		assertEquals(List.of(refusal, refusal, refusal, refusal), log);
		ModelFolder.spec(first);
		assertFalse(Files.exists(folder.resolve("models/second")));
	}

	/** The stop button of the Tasks window: the best model stays, and resume goes on. */
	@Test
	@Timeout(60)
	public void stopKeepsTheBestModel() throws InterruptedException, ExecutionException, IOException, ReflectiveOperationException {
		var stop = new Object() {

			@EventHandler
			@SuppressWarnings("unused")
			void onEvent(TaskEvent event) {
				// Five batches are more than an epoch.
				if (event.getTask().getProgressValue() == 5 && !event.getTask().isCanceled()) event.getTask().cancel("enough");
			}
		};
		context.service(EventService.class).subscribe(stop);
		var module = context.service(CommandService.class).run(TrainCommand.class, false, "data", data.toFile(),
			"model", "stopped", "batch", 2, "patch", 8, "scale", "1/2", "epochs", 100, "device", "cpu").get();
		assertTrue(module.isCanceled());
		var model = folder.resolve("models/stopped");
		assertTrue(log.get(log.size() - 1).startsWith("Training stopped was stopped; the best model so far is in " + model), log.toString());
		ModelFolder.spec(model);
		assertTrue(Files.exists(new RunFolder(model).checkpoint()));
		assertFalse("went on".equals(train("model=stopped scale=1/2 epochs=100")));
		assertTrue(log.get(log.size() - 1).contains("belongs to a run that was stopped; choose resume to go on, overwrite to begin again"), log
			.toString());
	}

	@Test
	public void aStackBecomesADataSetOfOneClass() throws IOException, InterruptedException, ExecutionException {
		var stack = new ImageStack(40, 32);
		for (int i = 0; i < 4; i++) {
			var ip = new ColorProcessor(40, 32);
			ip.setColor(0x204080 + i);
			ip.fill();
			stack.addSlice(ip);
		}
		var file = folder.resolve("stack.h5");
		context.service(CommandService.class).run(BuildDataSetCommand.class, false, "image", new ImagePlus("cells.tif", stack), "file", file
			.toFile(), "size", 32, "validation", 0.25).get();
		try (var set = ColorDataSet.open(file)) {
			assertEquals(List.of("cells"), set.classes());
			assertEquals(4, set.size());
			assertEquals(0xff204083, set.argb(3)[0]);
		}
		assertTrue(log.contains("Class cells: 3 images for training, 1 for validation."), log.toString());
		assertTrue(log.stream().anyMatch(line -> line.startsWith("There is one class only")), log.toString());
	}

	/** ImageJ itself would end the macro for a damaged file. */
	@Test
	public void aDamagedFileDoesNotEndTheMacro() throws IOException, ReflectiveOperationException {
		var images = Files.createDirectories(folder.resolve("images/pink")).getParent();
		var ip = new ColorProcessor(16, 16);
		ip.setColor(0xd080a0);
		ip.fill();
		new FileSaver(new ImagePlus("a", ip)).saveAsPng(images.resolve("pink/a.png").toString());
		Files.writeString(images.resolve("pink/broken.tif"), "no image");
		assertEquals("went on", MacroBridge.run(context, "run('Build Colorizer Data Set', 'folder=[" + images + "] file=[" + folder +
			"/set.h5] size=16'); return 'went on';"));
		assertTrue(log.contains("Skipped images: 1 could not be opened."), log.toString());
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { //
		"file=[%s/set.h5] | No image is open; open an RGB stack, or choose a folder of colour images, then try again.", //
		"folder=[%s] | No file for the data set was given; choose one that ends in .h5.", //
		"folder=[%s] file=[%s/set.h5] fit=stretch | Fit is \"stretch\"; must be one of crop, tiles, resize.", //
		"folder=[%s] file=[%s/set.h5] validation=0.7 | validation is 0.7; must be above 0 and at most 0.5.", //
		"folder=[%s] file=[%s/set.h5] validation=0 | validation is 0.0; must be above 0 and at most 0.5." })
	public void badOptionsOfDataSetsAreSaid(String options, String why) throws ReflectiveOperationException {
		var seen = MacroBridge.run(context, "run('Build Colorizer Data Set', '" + options.replace("%s", folder.toString()) + "'); return 'went on';");
		assertFalse("went on".equals(seen), "the macro went on");
		assertTrue(log.get(log.size() - 1).startsWith(why), log.toString());
		assertFalse(Files.exists(folder.resolve("set.h5")));
	}
}
