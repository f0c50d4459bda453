package io.github.densecolorize.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scijava.Context;
import org.scijava.app.StatusService;
import org.scijava.command.CommandService;
import org.scijava.log.LogService;
import org.scijava.task.TaskService;

import ij.IJ;
import ij.ImagePlus;
import ij.gui.Overlay;
import ij.gui.Roi;
import ij.io.FileSaver;

import io.github.densecolorize.Progress;
import io.github.densecolorize.TinyModel;
import io.github.densecolorize.colorize.ColorizeOptions;
import io.github.densecolorize.colorize.ImageColorizer;
import io.github.densecolorize.colorize.Models;
import io.github.densecolorize.model.ColorModel;

public class ColorizeFolderCommandTest {

	@TempDir
	private Path folder;
	private Context context;
	private Path in, out;
	private final List<String> log = new ArrayList<>();

	@BeforeEach
	void open() throws IOException {
		context = new Context(CommandService.class, TaskService.class, StatusService.class, LogService.class);
		context.service(LogService.class).addLogListener(message -> log.add(message.text()));
		System.setProperty(Models.FOLDER_PROPERTY, Files.createDirectory(folder.resolve("models")).toString());
		TinyModel.write(folder.resolve("models"), "tiny", "he", "ihc");
		in = folder.resolve("in");
		out = folder.resolve("out");
	}

	@AfterEach
	void close() {
		context.dispose();
		System.clearProperty(Models.FOLDER_PROPERTY);
		IJ.resetEscape();
	}

	private ImagePlus save(String name, int slices) throws IOException {
		var image = IJ.createImage("ramp", "8-bit ramp", 40, 30, slices);
		var file = in.resolve(name);
		Files.createDirectories(file.getParent());
		var saver = new FileSaver(image);
		assertTrue(name.endsWith("png") ? saver.saveAsPng(file.toString()) : slices > 1 ? saver.saveAsTiffStack(file.toString()) : saver
			.saveAsTiff(file.toString()));
		return image;
	}

	private String colorize(String options) throws ReflectiveOperationException {
		return MacroBridge.run(context, "run('Colorize Folder', 'inputfolder=[" + in + "] outputfolder=[" + out + "] model=tiny " + options +
			"'); return 'went on';");
	}

	private List<String> results() throws IOException {
		if (!Files.exists(out)) return List.of();
		try (var files = Files.walk(out)) {
			return files.filter(Files::isRegularFile).map(f -> out.relativize(f).toString().replace('\\', '/')).sorted().toList();
		}
	}

	/** Keys are public: recorded macros contain them. */
	@Test
	public void keysAreThoseOfTheManual() {
		assertEquals(List.of("inputFolder", "outputFolder", "model", "category", "scale", "mapping", "channel", "output", "device", "tile",
			"format", "overwrite", "reference", "referenceStrength", "strength", "hints", "area", "slices", "unknown", "caption"), MacroBridge.keys(context, ColorizeFolderCommand.class, "Plugins > Colorize > Colorize Folder"));
	}

	/** Subfolders, two images of one name, a damaged one and a text: all that can be done is done, and said. */
	@Test
	public void aFolderIsColorizedAndGoneOnWith() throws IOException, ReflectiveOperationException {
		save("a.tif", 1);
		save("a.png", 1);
		save("deep/er/stack.tif", 3);
		Files.writeString(in.resolve("broken.tif"), "no image");
		Files.writeString(in.resolve("notes.md"), "no image");
		assertEquals("went on", colorize(""));
		assertEquals(List.of("a.png.tif", "a.tif.tif", "deep/er/stack.tif"), results());
		assertArrayEquals(new int[] { 40, 30, 1, 3, 1 }, IJ.openImage(out.resolve("deep/er/stack.tif").toString()).getDimensions());
		var summary = log.get(log.size() - 1).lines().toList();
		assertEquals("5 files: 3 colorized, 0 there already, 1 left out, 1 failed.", summary.get(0));
		assertTrue(summary.get(1).startsWith("Failed: broken.tif: File " + in.resolve("broken.tif") + " can't be opened"), summary.toString());

		Files.delete(out.resolve("a.tif.tif"));
		var before = Files.getLastModifiedTime(out.resolve("a.png.tif"));
		colorize("");
		assertTrue(log.get(log.size() - 1).startsWith("5 files: 1 colorized, 2 there already, 1 left out, 1 failed."), log.toString());
		assertEquals(before, Files.getLastModifiedTime(out.resolve("a.png.tif")));
		colorize("overwrite=true");
		assertTrue(log.get(log.size() - 1).startsWith("5 files: 3 colorized, 0 there already, 1 left out, 1 failed."), log.toString());
	}

	/** Of three images, one has an overlay, of which a ROI is a hint. */
	@Test
	public void theSummaryTellsHowManyHadHints() throws IOException, ReflectiveOperationException {
		save("a.tif", 1);
		save("b.tif", 2);
		var image = IJ.openImage(in.resolve("a.tif").toString());
		var roi = new Roi(3, 3, 5, 5);
		roi.setStrokeColor(Color.GREEN);
		image.setOverlay(new Overlay(roi));
		new FileSaver(image).saveAsTiff(in.resolve("c.tif").toString());
		assertEquals("went on", colorize("hints=overlay strength=0.5"));
		assertEquals("3 files: 3 colorized, 0 there already, 0 left out, 0 failed. With hints: 1 of 3 colorized.", log.get(log.size() - 1));
		assertEquals("1", IJ.openImage(out.resolve("c.tif").toString()).getProp("colorize.hints"));
		assertEquals("0.5", IJ.openImage(out.resolve("a.tif").toString()).getProp("colorize.strength"));
		colorize("overwrite=true hints=[roi manager]");
		assertTrue(log.get(log.size() - 1).contains("for a folder of images, must be none, overlay, or a folder"), log.toString());
	}

	/** Each image has slices of its own. */
	@Test
	public void slicesAreThoseOfEachImage() throws IOException, ReflectiveOperationException {
		save("a.tif", 1);
		save("b.tif", 3);
		assertEquals("went on", colorize("slices=2-3"));
		assertEquals(List.of("b.tif"), results());
		assertEquals(2, IJ.openImage(out.resolve("b.tif").toString()).getStackSize());
		assertEquals("2 files: 1 colorized, 0 there already, 0 left out, 1 failed.\nFailed: a.tif: Slices is 2-3; image a.tif has only slice 1.", log.get(log
			.size() - 1));
		colorize("slices=current");
		assertTrue(log.get(log.size() - 1).startsWith("Slices is \"current\", which only an image that is open in Fiji has"), log.toString());
		colorize("area=selection overwrite=true");
		assertTrue(log.get(log.size() - 1).contains("Image a.tif has no selection; draw an area"), log.toString());
	}

	/** Links, what systems leave, the longest names, results of earlier days, a damaged file: all are accounted for, each time alike. */
	@Test
	public void everyFileOfAFolderIsAccountedFor() throws IOException, ReflectiveOperationException {
		save("good.tif", 1);
		save("\u67d3\u8272 \u0131.tif", 2);
		save("sub/good.png", 1);
		var longest = "x".repeat(250);
		for (var ending : List.of(".tif", ".png"))
			Files.copy(in.resolve("good.tif"), in.resolve(longest + ending));
		Files.writeString(in.resolve("broken.tif"), "no image");
		for (var name : List.of("Thumbs.db", "desktop.ini", ".DS_Store", "._good.tif"))
			Files.writeString(in.resolve(name), "of a system");
		Files.writeString(in.resolve("notes.md"), "no image");
		Files.createSymbolicLink(in.resolve("sub/up"), in);
		Files.createSymbolicLink(in.resolve("gone.tif"), folder.resolve("nowhere"));
		Files.createSymbolicLink(in.resolve("linked"), Files.createDirectory(folder.resolve("elsewhere")));
		Files.copy(in.resolve("good.tif"), folder.resolve("elsewhere/b.tif"));
		var link = Files.createSymbolicLink(folder.resolve("link"), in);
		in = link;
		assertEquals("went on", colorize(""));
		var wanted = results();
		assertEquals(6, wanted.size(), wanted.toString());
		assertTrue(wanted.containsAll(List.of("good.tif", "\u67d3\u8272 \u0131.tif", "sub/good.tif", "linked/b.tif")), wanted.toString());
		var summary = log.get(log.size() - 1).lines().toList();
		assertEquals("10 files: 6 colorized, 0 there already, 2 left out, 2 failed.", summary.get(0));
		assertTrue(summary.contains("Failed: gone.tif: it is a link to something that is not there."), summary.toString());
		// What was made is put among what is to be done.
		Files.copy(out.resolve("good.tif"), in.resolve("of yesterday.tif"));
		assertEquals("went on", colorize(""));
		assertEquals("11 files: 0 colorized, 6 there already, 3 left out, 2 failed.", log.get(log.size() - 1).lines().findFirst().orElseThrow());
		assertEquals(wanted, results());
		assertTrue(log.contains("of yesterday.tif: skipped. is a result of this plugin"), log.toString());
	}

	@Test
	public void theSameFolderByAnotherNameIsRefused() throws IOException, ReflectiveOperationException {
		save("a.tif", 1);
		out = Files.createSymbolicLink(folder.resolve("link"), in);
		assertNull(colorize("overwrite=true"));
		assertTrue(log.get(log.size() - 1).startsWith("Input and output folder are the same"), log.toString());
		out = in;
		assertEquals(List.of("a.tif"), results());
	}

	/** What goes into a file slice by slice is what a result in memory holds. */
	@ParameterizedTest
	@CsvSource({ "RGB", "Lab", "ab" })
	public void theFileHoldsWhatTheMemoryWould(String output) throws IOException, ReflectiveOperationException {
		var image = save("stack.tif", 4);
		colorize("output=" + output);
		var found = IJ.openImage(out.resolve("stack.tif").toString());
		try (var model = ColorModel.open(folder.resolve("models/tiny"), "cpu")) {
			var wanted = new ImageColorizer(model, ColorizeOptions.of("auto", "auto", "display range", 0, output, 256), s -> {}).colorize(image,
				Progress.NONE);
			assertArrayEquals(wanted.getDimensions(), found.getDimensions());
			for (int n = 1; n <= wanted.getStackSize(); n++) {
				assertEquals(wanted.getStack().getSliceLabel(n), found.getStack().getSliceLabel(n));
				for (int i = 0; i < 40 * 30; i += 7)
					assertEquals(wanted.getStack().getProcessor(n).getf(i), found.getStack().getProcessor(n).getf(i));
			}
			for (var property : List.of("colorize.model", "colorize.statement", "colorize.scale"))
				assertEquals(wanted.getProp(property), found.getProp(property));
		}
	}

	@Test
	public void pngHoldsSingleImagesOnly() throws IOException, ReflectiveOperationException {
		save("a.tif", 1);
		save("stack.tif", 2);
		colorize("format=png");
		assertEquals(List.of("a.png"), results());
		assertTrue(log.get(log.size() - 1).contains("Failed: stack.tif: a stack, which png can't hold; choose format tif."), log.toString());
	}

	/** An output folder in the input folder is no input. */
	@Test
	public void resultsAreNotColorizedAgain() throws IOException, ReflectiveOperationException {
		save("a.tif", 1);
		out = in.resolve("colorized");
		colorize("");
		colorize("");
		assertEquals(List.of("a.tif"), results());
		assertEquals("1 files: 0 colorized, 1 there already, 0 left out, 0 failed.", log.get(log.size() - 1));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { //
		"format=jpg | Format is \"jpg\"; must be one of tif, png.", //
		"format=png output=Lab | Output Lab has 32-bit channels, which png can't hold; choose format tif.", //
		"category=Nissl | Category is \"Nissl\"; model tiny has auto, he, ihc.", //
		"scale=7 | Scale is \"7\"; must be auto" })
	public void badOptionsAreSaid(String options, String why) throws IOException, ReflectiveOperationException {
		save("a.tif", 1);
		assertFalse("went on".equals(colorize(options)), "the macro went on");
		assertTrue(log.get(log.size() - 1).startsWith(why), log.toString());
		assertEquals(List.of(), results());
	}

	@Test
	public void foldersThatAreNoneAreSaid() throws IOException, ReflectiveOperationException {
		colorize("");
		assertEquals("Folder " + in + " does not exist; give one with images.", log.get(log.size() - 1));
		Files.createDirectory(in);
		colorize("");
		assertEquals("Folder " + in + " holds no file; choose one with images.", log.get(log.size() - 1));
		out = in;
		colorize("");
		assertEquals("Input and output folder are the same, " + in + "; choose another output folder.", log.get(log.size() - 1));
		MacroBridge.run(context, "run('Colorize Folder', 'inputfolder=[" + in + "]');");
		assertEquals("No output folder was given; choose one.", log.get(log.size() - 1));
	}
}
