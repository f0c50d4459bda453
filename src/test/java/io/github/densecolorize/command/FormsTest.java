package io.github.densecolorize.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scijava.Context;
import org.scijava.app.StatusService;
import org.scijava.command.Command;
import org.scijava.command.CommandModule;
import org.scijava.command.CommandService;
import org.scijava.log.LogService;
import org.scijava.module.ModuleException;
import org.scijava.module.ModuleItem;
import org.scijava.task.TaskService;

import ij.IJ;
import ij.ImagePlus;
import ij.WindowManager;
import ij.gui.Roi;
import ij.macro.Interpreter;

import io.github.densecolorize.TinyDataSet;
import io.github.densecolorize.TinyModel;
import io.github.densecolorize.colorize.Models;
import io.github.densecolorize.dialog.Asking;
import io.github.densecolorize.dialog.Form;
import io.github.densecolorize.dialog.Option;
import io.github.densecolorize.dialog.Questions;
import io.github.densecolorize.model.ModelSpec;

/** What the dialogs of the commands show, and what OK says. */
public class FormsTest {

	@TempDir
	private Path folder;
	private Context context;
	private CommandModule module;
	private Questions questions;

	@BeforeEach
	void open() throws IOException {
		context = new Context(CommandService.class, TaskService.class, StatusService.class, LogService.class, RegisteredChoices.class);
		var models = Files.createDirectory(folder.resolve("models"));
		System.setProperty(Models.FOLDER_PROPERTY, models.toString());
		TinyModel.write(models, "brain", "neuron", ModelSpec.UNKNOWN, "glia");
		TinyModel.write(models, "many", IntStream.range(0, 20).mapToObj(i -> "c" + i).toArray(String[]::new));
		Files.writeString(models.resolve("many/README.md"), "# many\n\nThis model gives colours to slices of\nbread, from their lightness alone. It is a joke.\n\nMore.\n");
		Files.writeString(Files.createDirectory(models.resolve("a-damaged-one")).resolve("model.json"), "{");
		// In batch mode images are open without a window.
		Interpreter.batchMode = true;
	}

	@AfterEach
	void close() {
		context.dispose();
		System.clearProperty(Models.FOLDER_PROPERTY);
		while (WindowManager.getImageCount() > 0)
			WindowManager.getImage(1).close();
		Interpreter.batchMode = false;
		WindowManager.setTempCurrentImage(null);
		MacroBridge.clearResults();
	}

	private void ask(Class<? extends Command> command, Object... given) {
		try {
			module = new CommandModule(context.service(CommandService.class).getCommand(command));
		}
		catch (ModuleException e) {
			throw new AssertionError(e);
		}
		context.inject(module.getCommand());
		for (int i = 0; i < given.length; i += 2) {
			module.setInput((String) given[i], given[i + 1]);
			module.resolveInput((String) given[i]);
		}
		questions = new Questions(module);
	}

	private ModuleItem<?> item(String name) {
		return module.getInfo().getInput(name);
	}

	private List<String> options(String name) {
		return questions.options(item(name)).stream().map(Option::text).toList();
	}

	private List<String> notes(String name) {
		return questions.options(item(name)).stream().map(Option::note).toList();
	}

	private void type(String name, String text) {
		questions.type(item(name), text);
		questions.refresh();
	}

	private static ImagePlus shown(String title, String type) {
		var image = IJ.createImage(title, type, 64, 64, 1);
		image.show();
		return image;
	}

	private static ImagePlus coloured(String title) {
		var image = shown(title, "RGB ramp");
		image.getProcessor().setColor(Color.RED);
		image.getProcessor().fill(new Roi(0, 0, 32, 64));
		return image;
	}

	/** Every command is asked for in this dialog, all of its inputs are, and its page of the manual is there. */
	@Test
	public void allCommandsHaveAForm() throws IOException, ClassNotFoundException {
		shown("gray", "8-bit ramp");
		int forms = 0;
		for (var info : context.service(CommandService.class).getCommands()) {
			if (!info.getClassName().startsWith(getClass().getPackageName())) continue;
			ask(Class.forName(info.getClassName()).asSubclass(Command.class));
			var form = (Form) module.getCommand();
			forms++;
			for (var item : info.inputs()) {
				boolean ours = !item.getType().getName().startsWith("org.scijava");
				assertEquals(ours, questions.asked().stream().anyMatch(each -> each.getName().equals(item.getName())), info.getTitle() + ": " + item.getName());
			}
			var page = form.page().split("#");
			var manual = Files.readString(Path.of("docs", page[0]));
			if (page.length > 1) assertTrue(manual.lines().filter(line -> line.startsWith("#")).map(FormsTest::anchor).anyMatch(page[1]::equals), form.page());
		}
		assertEquals(12, forms);
	}

	/** As GitHub makes it from a heading. */
	private static String anchor(String heading) {
		return heading.replaceFirst("#+ ", "").toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9 -]", "").replace(' ', '-');
	}

	/** A damaged model does not keep the others from being chosen. */
	@Test
	public void modelsComeWithWhatTheyAreFor() {
		ask(ColorizeCommand.class, "image", shown("gray", "8-bit ramp"));
		assertEquals(List.of("brain", "many"), options("model").subList(0, 2));
		assertEquals(List.of("2 classes: neuron, glia", "Slices of bread"), notes("model").subList(0, 2));
		// Between them are those of the folder in which the tests run.
		assertEquals("a-damaged-one", options("model").get(options("model").size() - 1));
		assertEquals("damaged, see Colorizer Models and Device", notes("model").get(options("model").size() - 1));
	}

	@Test
	public void theBestModelStandsInForTheUsualOne() {
		assertEquals(Map.of("model", "brain"), new Offers().bestModel("one that is not installed"));
		assertEquals(Map.of(), new Offers().bestModel("many"));
	}

	@Test
	public void categoriesFollowTheModel() {
		ask(ColorizeCommand.class, "image", shown("gray", "8-bit ramp"));
		type("model", "brain");
		assertEquals(List.of("auto", "neuron", "glia"), options("category"));
		type("category", "glia");
		type("model", "many");
		assertEquals("auto", module.getInput("category"));
		assertEquals(21, options("category").size());
		assertEquals("c19", options("category").get(20));
		type("model", "nowhere");
		assertEquals(List.of("auto"), options("category"));
	}

	@Test
	public void onlyDevicesThatAreThere() {
		ask(ColorizeCommand.class, "image", shown("gray", "8-bit ramp"));
		assertEquals(List.of("auto", "cpu"), options("device").subList(0, 2));
		assertFalse(options("device").contains("mps") && !System.getProperty("os.name").startsWith("Mac"));
	}

	@Test
	public void channelsAreThoseOfTheImage() {
		var image = IJ.createHyperStack("channels", 16, 16, 3, 2, 1, 8);
		image.getStack().setSliceLabel("DAPI", 2);
		image.setPosition(2, 1, 1);
		ask(ColorizeCommand.class, "image", image);
		assertEquals(List.of("1", "2", "3"), options("channel"));
		assertEquals(List.of("", "DAPI", ""), notes("channel"));
		assertEquals(2, module.getInput("channel"));
		assertFalse(questions.isFolded(item("channel")));
		ask(ColorizeCommand.class, "image", shown("gray", "8-bit ramp"));
		assertEquals(0, module.getInput("channel"));
		assertEquals("the only one", questions.text(item("channel")));
		assertTrue(questions.isFolded(item("channel")));
	}

	/** Only the dialog presets it: files may carry a selection that a macro knows nothing of. */
	@Test
	public void aSelectionIsPreset() {
		var image = shown("gray", "8-bit ramp");
		image.setRoi(new Roi(1, 1, 10, 10));
		ask(ColorizeCommand.class, "image", image);
		assertEquals("selection", ((Form) module.getCommand()).presets().get("area"));
		image.setRoi(new ij.gui.Line(1, 1, 10, 10));
		assertEquals(null, ((Form) module.getCommand()).presets().get("area"));
	}

	@Test
	public void referencesAreOpenImagesWithRealColours() {
		var image = shown("gray", "8-bit ramp");
		coloured("slide");
		coloured("made").setProp("colorize.model", "x");
		ask(ColorizeCommand.class, "image", image);
		assertEquals(List.of("none", "slide"), options("reference"));
		assertEquals("", module.getInput("reference"));
	}

	@ParameterizedTest
	@CsvSource({ "model, nowhere, 'Model is \"nowhere\"'", "category, forest, 'Category is \"forest\"'", "scale, 7, 'Scale is \"7\"'",
		"tile, 5, 'Tile is 5'", "reference, nowhere, 'Reference is \"nowhere\"'", "referenceStrength, 3, 'Reference strength is \"3\"'",
		"hints, overlay, 'Image \"gray\" has no overlay'" })
	public void okSaysWhatIsWrongAndWhere(String input, String text, String begin) {
		ask(ColorizeCommand.class, "image", shown("gray", "8-bit ramp"));
		assertEquals(Optional.empty(), questions.problem());
		type(input, text);
		var problem = questions.problem().orElseThrow();
		assertEquals(input, problem.input());
		assertTrue(problem.sentence().startsWith(begin), problem.sentence());
	}

	@ParameterizedTest
	@CsvSource({ "inputFolder, /no/such/folder, 'Folder /no/such/folder is not there'", "category, forest, 'Category is \"forest\"'",
		"hints, sketch, 'Hints is \"sketch\"'", "format, png, 'Output Lab'" })
	public void okOfAFolderToo(String input, String text, String begin) {
		ask(ColorizeFolderCommand.class);
		type("inputFolder", folder.toString());
		type("outputFolder", folder.resolve("out").toString());
		assertEquals(Optional.empty(), questions.problem());
		type("output", "Lab");
		type(input, text);
		var problem = questions.problem().orElseThrow();
		assertEquals(input, problem.input());
		assertTrue(problem.sentence().startsWith(begin), problem.sentence());
	}

	@Test
	public void anOutputThatTheModelCantGiveIsSaid() {
		ask(ColorizeFolderCommand.class);
		type("inputFolder", folder.toString());
		type("outputFolder", folder.resolve("out").toString());
		type("model", "brain");
		type("output", "error");
		var problem = questions.problem().orElseThrow();
		assertEquals("output", problem.input());
		assertTrue(problem.sentence().startsWith("Model brain has no map of the expected error"), problem.sentence());
	}

	/** Numbers that are 0 in a macro are words; what a biologist sets comes first. */
	@Test
	public void training() throws IOException {
		ask(TrainCommand.class);
		assertEquals(List.of("data", "model", "start", "epochs", "minutes", "resume", "overwrite"), questions.asked().stream().filter(each -> !questions
			.isFolded(each)).map(ModuleItem::getName).toList());
		assertEquals("no limit", questions.text(item("minutes")));
		assertEquals("automatic", questions.text(item("learningRate")));
		assertEquals(List.of("nothing", "brain", "many"), options("start").subList(0, 3));
		assertEquals("", module.getInput("start"));
		assertEquals("data", questions.problem().orElseThrow().input());
		type("data", TinyDataSet.write(folder.resolve("stains.h5"), 5, 16).toString());
		assertEquals("model", questions.problem().orElseThrow().input());
		type("model", "brain");
		assertTrue(questions.problem().orElseThrow().sentence().contains("holds a model"));
		questions.set(item("overwrite"), true);
		assertEquals(Optional.empty(), questions.problem());
		type("start", "brain, nobody");
		assertEquals("start", questions.problem().orElseThrow().input());
		type("start", "brain, many");
		assertEquals(Optional.empty(), questions.problem());
		assertEquals("brain, many", module.getInput("start"));
	}

	/** Two different images, the second one that was colorized; of the others the one that it was made from. */
	@Test
	public void originalAndColorizedAreTwo() {
		var made = coloured("photo colorized");
		made.setProp("colorize.model", "x");
		shown("gray", "8-bit ramp");
		var photo = coloured("photo.tif");
		for (var command : List.of(MeasureCommand.class, MontageCommand.class)) {
			ask(command);
			assertEquals(photo, module.getInput("original"));
			assertEquals(made, module.getInput("colorized"));
			assertEquals(List.of("photo colorized", "gray", "photo.tif"), options("original"));
			assertEquals(List.of("Colorized: its colours are predicted.", "A gray image: it has no colours to compare with.", ""), notes("original"));
		}
		questions.set(item("colorized"), photo);
		assertTrue(questions.problem().orElseThrow().sentence().contains("two different"));
	}

	@Test
	public void withoutAColorizedOneTheyAreStillTwo() {
		var first = coloured("a");
		var second = coloured("b");
		ask(MeasureCommand.class);
		assertEquals(Map.of("original", first, "colorized", second), Offers.pair("original", "colorized"));
	}

	@Test
	public void columnsAreThoseThatWereMeasured() throws ReflectiveOperationException {
		ask(PlotCommand.class);
		assertEquals(List.of(), options("column"));
		assertTrue(questions.problem().orElseThrow().sentence().contains("measure first"));
		Interpreter.batchMode = false;
		MacroBridge.run(context, "setBatchMode(true); newImage('x', 'RGB ramp', 8, 8, 1); run('Measure Info_loss', 'original=x');");
		ask(PlotCommand.class);
		// An image alone has no Info_loss.
		assertEquals(List.of("InEn_a_original", "InEn_b_original", "InEn_original", "colourfulness_original"), options("column").stream().filter(name -> name
			.contains("original")).toList());
		assertFalse(options("column").contains("Info_loss"));
	}

	@Test
	public void modelsAndDevice() {
		ask(ModelsCommand.class);
		assertEquals(List.of("list", "import", "export", "available", "get", "install gpu"), options("action"));
		assertEquals(Optional.empty(), questions.problem());
		type("action", "export");
		assertEquals("model", questions.problem().orElseThrow().input());
		type("model", "brain");
		assertEquals("file", questions.problem().orElseThrow().input());
		type("file", folder.resolve("brain.zip").toString());
		assertEquals(Optional.empty(), questions.problem());
		type("action", "import");
		assertTrue(questions.problem().orElseThrow().sentence().contains("is not there"));
	}

	@Test
	public void adapting() {
		ask(AdaptCommand.class);
		assertEquals("reference", questions.problem().orElseThrow().input());
		type("reference", folder.toString());
		assertEquals("newModel", questions.problem().orElseThrow().input());
		type("newModel", "brain");
		assertTrue(questions.problem().orElseThrow().sentence().contains("exists"));
		type("newModel", "ours");
		assertEquals(Optional.empty(), questions.problem());
	}

	@Test
	public void dataSetAndFolders() throws IOException {
		ask(BuildDataSetCommand.class);
		assertEquals("folder", questions.problem().orElseThrow().input());
		type("folder", folder.toString());
		assertEquals("file", questions.problem().orElseThrow().input());
		type("file", Files.createFile(folder.resolve("there.h5")).toString());
		assertTrue(questions.problem().orElseThrow().sentence().contains("exists"));
		questions.set(item("overwrite"), true);
		assertEquals(Optional.empty(), questions.problem());
		ask(MeasureFoldersCommand.class);
		type("originals", folder.toString());
		assertEquals("colorized", questions.problem().orElseThrow().input());
	}

	/** Without a window nobody is asked: the values stay to be given by the next in SciJava's line. */
	@Test
	public void withoutAWindowNothingIsAsked() {
		ask(ColorizeCommand.class, "image", shown("gray", "8-bit ramp"));
		var asking = new Asking();
		context.inject(asking);
		asking.process(module);
		assertFalse(asking.isCanceled());
		assertFalse(module.isInputResolved("model"));
	}
}
