package io.github.densecolorize.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.event.KeyEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.scijava.Context;
import org.scijava.app.StatusService;
import org.scijava.command.CommandModule;
import org.scijava.command.CommandService;
import org.scijava.event.EventHandler;
import org.scijava.event.EventService;
import org.scijava.log.LogService;
import org.scijava.module.MethodCallException;
import org.scijava.module.ModuleException;
import org.scijava.task.Task;
import org.scijava.task.TaskService;
import org.scijava.task.event.TaskEvent;

import ij.IJ;
import ij.ImagePlus;
import ij.ImageStack;
import ij.Macro;
import ij.WindowManager;
import ij.macro.Interpreter;
import ij.plugin.Macro_Runner;
import ij.process.ByteProcessor;

import io.github.densecolorize.TinyModel;
import io.github.densecolorize.colorize.Models;
import io.github.densecolorize.model.ModelSpec;

public class ColorizeCommandTest {

	@TempDir
	static Path folder;
	private static final String CLASS = ColorizeCommandTest.class.getName();

	private Context context;
	private final List<String> log = new ArrayList<>();

	@BeforeAll
	static void writeModel() throws IOException {
		TinyModel.write(folder, "tiny", "HE", "DAPI");
	}

	@BeforeEach
	void open() {
		System.setProperty(Models.FOLDER_PROPERTY, folder.toString());
		context = new Context(CommandService.class, TaskService.class, StatusService.class, LogService.class, EventService.class);
		context.service(LogService.class).addLogListener(message -> log.add(message.text()));
	}

	@AfterEach
	void close() {
		context.dispose();
		System.clearProperty(Models.FOLDER_PROPERTY);
		IJ.resetEscape();
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	public void colorizesTheImageItIsGiven(boolean preprocess) {
		var image = image();
		var module = run(preprocess, "image", image, "model", "tiny", "device", "cpu");
		assertFalse(module.isCanceled(), module.getCancelReason());
		var colorized = (ImagePlus) module.getOutput("colorized");
		assertEquals("cells colorized", colorized.getTitle());
		assertEquals(24, colorized.getBitDepth());
		assertEquals(2, colorized.getStackSize());
		assertEquals("tiny", colorized.getProp("colorize.model"));
		assertTrue(log.stream().anyMatch(s -> s.contains("probability")), log.toString());
	}

	@Test
	public void allOptionsArrive() {
		var module = run(false, "image", image(), "model", folder.resolve("tiny").toString(), "category", "DAPI", "scale", "1/2", "mapping",
			"percentile", "channel", 1, "output", "ab", "device", "cpu", "tile", 64);
		var colorized = (ImagePlus) module.getOutput("colorized");
		assertEquals(2, colorized.getNChannels());
		assertEquals("DAPI", colorized.getProp("colorize.category"));
		assertEquals("0.5", colorized.getProp("colorize.scale"));
		assertTrue(colorized.getProp("colorize.mapping").startsWith("percentile"));
	}

	/** The reference is red and blue, and known by its title; the hint is a ROI of the image's overlay. */
	@Test
	public void whatTheUserKnowsArrives() throws ReflectiveOperationException {
		var said = MacroBridge.run(context, """
			setBatchMode(true);
			newImage('slide', 'RGB ramp', 64, 64, 1);
			setColor(150, 0, 0); fillRect(0, 0, 30, 64);
			newImage('gray', '8-bit ramp', 64, 64, 1);
			Overlay.drawRect(5, 5, 10, 10);
			setColor('green'); Overlay.drawRect(20, 20, 10, 10); Overlay.show;
			run('Colorize (Dense Network)', 'image=gray model=tiny device=cpu reference=slide referencestrength=0.7 strength=1.2 hints=overlay');
			return 'went on';
			""");
		assertEquals("went on", said, log.toString());
		assertTrue(log.get(0).startsWith("References: 1, share of their colours 0.70; "), log.toString());
		assertTrue(log.get(1).startsWith("Model tiny with 1 reference image / 2 hints, class HE"), log.toString());
	}

	/** Slice 3 of 4 is shown; the picture is that of the selection. */
	@Test
	public void aPartIsColorized() throws ReflectiveOperationException {
		var said = MacroBridge.run(context, """
			setBatchMode(true);
			newImage('gray', '8-bit ramp', 200, 150, 4);
			setSlice(3);
			makeOval(20, 30, 120, 100);
			run('Colorize (Dense Network)', 'image=gray model=tiny area=crop slices=current unknown=colour caption=true');
			selectImage('gray colorized');
			return '' + getWidth() + ' ' + getHeight() + ' ' + nSlices + '; ' + Property.get('colorize.area') + '; ' + Property.get('colorize.slices') + '; ' +
				Property.get('colorize.caption');
			""");
		assertEquals("120 100 1; crop, x 20, y 30, 120 x 100 pixels; 3; predicted colour", said, log.toString());
	}

	@ParameterizedTest
	@CsvSource({ "area, half, 'image, selection, crop'", "area, selection, has no selection", "slices, 1-3, slices 1 to 2", "slices, first, 'all, current, or numbers'",
		"unknown, blue, 'gray, colour'" })
	public void partsThatAreNoneAreRefused(String key, String value, String allowed) {
		assertRefused(image(), key, value, allowed);
	}

	@ParameterizedTest
	@CsvSource({ "reference, nowhere, the title of an open RGB image", "referenceStrength, 2, 0 (the model's colours) to 1",
		"hints, sketch, 'none, overlay, roi manager, or a file'", "hints, overlay, has no overlay" })
	public void whatTheUserCannotKnowIsRefused(String key, String value, String allowed) {
		assertRefused(image(), key, value, allowed);
	}

	/** Keys are public: recorded macros contain them. */
	@Test
	public void keysAreThoseOfTheManual() {
		var info = context.service(CommandService.class).getCommand(ColorizeCommand.class);
		assertEquals(List.of("image", "model", "category", "scale", "mapping", "channel", "output", "device", "tile", "reference", "referenceStrength", "strength", "hints", "area", "slices",
			"unknown", "caption"), MacroBridge.keys(context,
			ColorizeCommand.class, "Plugins > Colorize > Colorize (Dense Network)"));
	}

	@ParameterizedTest
	@CsvSource({ "model, no such model, tiny", "category, Nissl, 'auto, HE, DAPI'", "scale, 7, auto", "scale, half, 1/2",
		"mapping, log, 'display range, full range, percentile'", "output, CMYK, 'RGB, Lab, ab'", "device, tpu, 'auto, cpu, gpu'",
		"device, gpu:77, cpu" })
	public void badTextIsAnsweredWithTheAllowedValues(String key, String value, String allowed) {
		assertRefused(image(), key, value, value, allowed);
	}

	@ParameterizedTest
	@CsvSource({ "channel, 2, only channel 1", "channel, -1, the first is 1", "tile, 31, 32 to 4096", "tile, 100000, 32 to 4096" })
	public void badNumberIsAnsweredWithTheAllowedValues(String key, int value, String allowed) {
		assertRefused(image(), key, value, String.valueOf(value), allowed);
	}

	/** A damaged model does not keep the others from being chosen; a folder's name is no HTML. */
	@Test
	public void theDialogNamesModelsAndClasses(@TempDir Path several) throws IOException, ModuleException, MethodCallException {
		TinyModel.write(several, "brain", "neuron", ModelSpec.UNKNOWN, "a<b&c");
		TinyModel.write(several, "many", IntStream.range(0, 20).mapToObj(i -> "c" + i).toArray(String[]::new));
		Files.writeString(Files.createDirectory(several.resolve("damaged")).resolve("model.json"), "{");
		System.setProperty(Models.FOLDER_PROPERTY, several.toString());
		var module = new CommandModule(context.service(CommandService.class).getCommand(ColorizeCommand.class));
		context.inject(module.getCommand());
		module.setInput("image", image());
		module.initialize();
		assertFalse(module.isCanceled(), module.getCancelReason());
		var text = String.valueOf(module.getInput("installed"));
		for (var line : List.of("<b>brain</b>: neuron, a&lt;b&amp;c<br>", "<b>damaged</b>: damaged, see Colorizer Models and Device<br>",
			"<b>many</b>: c0, c1, c2, c3, ... (20 in all)<br>"))
			assertTrue(text.contains(line), line + " in " + text);
	}

	@Test
	public void severalChannelsNeedAChoice() {
		var image = image();
		image.setDimensions(2, 1, 1);
		assertRefused(image, "channel", 0, "2 channels", "set channel to 1..2");
	}

	@Test
	public void emptyImageIsRefused() {
		assertRefused(new ImagePlus(), "channel", 0, "empty", "open an image");
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	public void withoutAnImageItSaysSo(boolean preprocess) {
		var module = run(preprocess, "model", "tiny");
		if (!preprocess) assertTrue(module.isCanceled());
		assertNull(module.getOutput("colorized"));
		assertEquals(List.of("No image is open; open a grayscale image or a stack, then try again."), log);
	}

	private void assertRefused(ImagePlus image, String key, Object value, String... parts) {
		var before = image.getWidth() == 0 ? null : image.getStack().duplicate();
		var inputs = new HashMap<String, Object>(Map.of("image", image, "model", "tiny", "device", "cpu"));
		inputs.put(key, value);
		var module = run(false, inputs.entrySet().stream().flatMap(e -> Stream.of(e.getKey(), e.getValue())).toArray());
		assertTrue(module.isCanceled());
		assertNull(module.getOutput("colorized"));
		assertEquals(0, WindowManager.getImageCount());
		for (var part : parts)
			assertTrue(module.getCancelReason().contains(part), part + " in: " + module.getCancelReason());
		assertEquals(List.of(module.getCancelReason()), log, "a macro without a window sees the log only");
		if (before != null) for (int i = 1; i <= before.size(); i++)
			assertArrayEquals((byte[]) before.getPixels(i), (byte[]) image.getStack().getPixels(i));
	}

	/** Acts on the first task that has done a tile. */
	public static final class AtFirstTile {

		private final Consumer<Task> action;
		private long most;
		private boolean done;

		AtFirstTile(Consumer<Task> action) {
			this.action = action;
		}

		@EventHandler
		public void onEvent(TaskEvent event) {
			most = Math.max(most, event.getTask().getProgressValue());
			if (done || most < 1) return;
			done = true;
			action.accept(event.getTask());
		}
	}

	@Test
	public void stopButtonEndsWithinATile() {
		assertStopped(task -> task.cancel("enough"));
	}

	@Test
	public void escapeEndsWithinATile() {
		assertStopped(task -> IJ.setKeyDown(KeyEvent.VK_ESCAPE));
	}

	private void assertStopped(Consumer<Task> stop) {
		var listener = new AtFirstTile(stop);
		context.service(EventService.class).subscribe(listener);
		// Two slices of four tiles.
		var module = run(false, "image", image(), "model", "tiny", "scale", "1", "device", "cpu", "tile", 32);
		assertTrue(listener.done);
		assertEquals(1, listener.most);
		assertTrue(module.isCanceled());
		assertNull(module.getOutput("colorized"));
		assertEquals("", module.getCancelReason());
		assertEquals(List.of(), log);
	}

	// -- In a macro. The macro calls back, since ImageJ's run() needs a menu, which needs a window.

	private static ColorizeCommandTest current;
	private static String[] inputsOfMacro;

	/** Called by the macros below. */
	public static String runFromMacro() {
		var module = current.run(false, (Object[]) inputsOfMacro);
		return String.valueOf(module.isCanceled());
	}

	private String macro(String code, String... inputs) throws ReflectiveOperationException {
		current = this;
		inputsOfMacro = inputs;
		setAborted(false);
		try {
			return new Macro_Runner().runMacro(code, "");
		}
		finally {
			while (WindowManager.getImageCount() > 0)
				WindowManager.getImage(1).close();
			Interpreter.batchMode = false;
			WindowManager.setTempCurrentImage(null);
		}
	}

	/** Inputs of a macro are text, so the image is found here. */
	private CommandModule run(boolean preprocess, Object... inputs) {
		var all = new ArrayList<>(Arrays.asList(inputs));
		int i = all.indexOf("image");
		if (i >= 0 && all.get(i + 1) instanceof String title) all.set(i + 1, WindowManager.getImage(title));
		try {
			return context.service(CommandService.class).run(ColorizeCommand.class, preprocess, all.toArray()).get();
		}
		catch (InterruptedException | ExecutionException e) {
			throw new AssertionError(e);
		}
	}

	@Test
	public void macroWithoutAWindowFindsTheResultOnce() throws ReflectiveOperationException {
		var seen = macro("setBatchMode(true); newImage('gray', '8-bit ramp', 40, 30, 2); before = nImages;" + call() +
			"selectImage('gray colorized'); return '' + before + ' ' + nImages + ' ' + getTitle() + ' ' + bitDepth() + ' ' + Property.get('colorize.model');", "image", "gray",
			"model", "tiny", "device", "cpu");
		assertEquals("1 2 gray colorized 24 tiny", seen);
		assertFalse(isAborted());
	}

	/** Else the macro would find the first of two by their title. */
	@Test
	public void resultsOfOneImageHaveTwoTitles() throws ReflectiveOperationException {
		var seen = macro("setBatchMode(true); newImage('gray', '8-bit ramp', 40, 30, 1);" + call() + call() +
			"selectImage('gray colorized-1'); return '' + nImages + ' ' + getTitle();", "image", "gray", "model", "tiny", "device", "cpu");
		assertEquals("3 gray colorized-1", seen);
	}

	/** The lines behind the failed one would save or measure a wrong image. */
	@Test
	public void failureEndsTheMacro() throws ReflectiveOperationException {
		var line = "run('Colorize (Dense Network)', 'image=gray model=%s device=cpu'); print('went on');";
		for (var model : List.of("tiny", "nonsense")) {
			var console = new ByteArrayOutputStream();
			var out = System.out;
			System.setOut(new PrintStream(console));
			try {
				MacroBridge.run(context, "setBatchMode(true); newImage('gray', '8-bit ramp', 40, 30, 2);" + line.formatted(model));
			}
			finally {
				System.setOut(out);
			}
			assertEquals(model.equals("tiny"), console.toString().contains("went on"));
		}
		assertTrue(isAborted(), "IJ.run() of a script ends it if this is set");
	}

	@Test
	public void imageThatIsNotOpenIsNotReplacedByTheCurrentOne() throws ReflectiveOperationException {
		macro("setBatchMode(true); newImage('gray', '8-bit ramp', 40, 30, 1);" + call() + "return '';", "image", "other", "model", "tiny");
		assertTrue(isAborted());
		assertTrue(log.get(0).contains("open are gray"), log.toString());
	}

	@Test
	public void noStaleImageStaysOnTheThread() throws ReflectiveOperationException {
		macro("setBatchMode(true); newImage('gray', '8-bit ramp', 40, 30, 1); call('" + CLASS + ".onThisThread'); return '';");
	}

	/** Called by the macro above. */
	public static void onThisThread() throws ModuleException {
		var module = new CommandModule(current.context.service(CommandService.class).getCommand(ColorizeCommand.class));
		current.context.inject(module.getCommand());
		module.setInputs(Map.of("image", WindowManager.getImage("gray"), "model", "tiny", "device", "cpu"));
		module.run();
		assertNotNull(module.getOutput("colorized"));
		assertNull(WindowManager.getTempCurrentImage());
	}

	@Test
	public void omittedOptionsTakeTheirDefaultsInAMacro() throws ReflectiveOperationException {
		assertEquals("16 true", macro("return call('" + CLASS + ".resolved', 'model=tiny');"));
		assertEquals("0 false", macro("return call('" + CLASS + ".resolved', '');"));
	}

	/** Called by the macro above. */
	public static String resolved(String options) throws ModuleException {
		var module = new CommandModule(current.context.service(CommandService.class).getCommand(ColorizeCommand.class));
		var thread = Thread.currentThread();
		var name = thread.getName();
		thread.setName("Run$_" + name); // what ImageJ does to threads that have macro options
		try {
			Macro.setOptions(options);
			if (!options.isEmpty()) module.resolveInput("image");
			new MacroDefaults().process(module);
			long resolved = Stream.of("model", "category", "scale", "mapping", "channel", "output", "device", "tile", "reference", "referenceStrength", "strength", "hints", "area",
				"slices", "unknown", "caption").filter(module::isInputResolved).count();
			return resolved + " " + module.isInputResolved("image");
		}
		finally {
			Macro.setOptions(null);
			thread.setName(name);
		}
	}

	@Test
	public void bugStaysLoudAndEndsTheMacroToo() throws ReflectiveOperationException {
		// A module without context has no services: a NullPointerException stands for any bug.
		macro("call('" + CLASS + ".withoutServices'); return '';");
		assertTrue(isAborted());
	}

	/** Called by the macro above. */
	public static void withoutServices() throws ModuleException {
		var module = new CommandModule(current.context.service(CommandService.class).getCommand(ColorizeCommand.class));
		module.setInputs(Map.of("image", current.image(), "model", "tiny", "device", "cpu"));
		assertThrows(NullPointerException.class, module::run);
	}

	private static String call() {
		return "call('" + CLASS + ".runFromMacro');";
	}

	/** The mark that ImageJ's run() looks at; it has no getter. */
	private static boolean isAborted() throws ReflectiveOperationException {
		var abort = Macro.class.getDeclaredField("abort");
		abort.setAccessible(true);
		return abort.getBoolean(null);
	}

	private static void setAborted(boolean aborted) throws ReflectiveOperationException {
		var abort = Macro.class.getDeclaredField("abort");
		abort.setAccessible(true);
		abort.setBoolean(null, aborted);
	}

	private ImagePlus image() {
		var random = new Random(1);
		var stack = new ImageStack(48, 40);
		for (int i = 0; i < 2; i++) {
			var pixels = new byte[48 * 40];
			random.nextBytes(pixels);
			stack.addSlice("slice " + i, new ByteProcessor(48, 40, pixels));
		}
		return new ImagePlus("cells.tif", stack);
	}
}
