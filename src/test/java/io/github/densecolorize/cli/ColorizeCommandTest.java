package io.github.densecolorize.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import ij.IJ;
import ij.ImagePlus;
import ij.io.FileSaver;

import io.github.densecolorize.TinyModel;

public class ColorizeCommandTest {

	@TempDir
	static Path models;
	private static Path model;

	@TempDir
	private Path folder;
	private Path in;

	@BeforeAll
	static void writeModel() throws IOException {
		model = TinyModel.write(models, "tiny", "he", "ihc");
	}

	@BeforeEach
	void makeInputFolder() throws IOException {
		in = Files.createDirectory(folder.resolve("in"));
	}

	@AfterEach
	void nothingIsLeftHalfDone() throws IOException {
		try (var files = Files.walk(folder)) {
			assertEquals(List.of(), files.filter(f -> f.getFileName().toString().startsWith(".")).toList());
		}
	}

	@Test
	public void aStackStaysAStack() {
		var out = folder.resolve("out.tif");
		var done = colorize(Shell.grayStack(in.resolve("stack.tif"), 40, 30, 3), "-o", out);
		assertEquals("", done.err());
		assertEquals(0, done.status());
		assertEquals(1, done.out().lines().count(), done.out());
		for (var said : List.of("stack.tif", "out.tif", "class ", "scale 0.5", "cpu"))
			assertTrue(done.out().contains(said), said + " in " + done.out());
		var image = open(out);
		assertArrayEquals(new int[] { 40, 30, 1, 3, 1 }, image.getDimensions());
		assertEquals(ImagePlus.COLOR_RGB, image.getType());
		assertEquals("tiny", image.getProp("colorize.model"));
	}

	/** Two images, of which one has a hint; the folder of hints lies in that of the images. */
	@Test
	public void aFolderTakesReferencesAndHints() throws IOException {
		var slide = Shell.slide(folder.resolve("slide.png"));
		Shell.grayStack(in.resolve("sub/a.tif"), 40, 30, 1);
		Shell.grayStack(in.resolve("b.tif"), 40, 30, 2);
		var hints = Files.createDirectories(in.resolve("marks/sub"));
		Files.writeString(hints.resolve("a.csv"), "x,y,slice,r,g,b\n3,4,0,0,200,0\n5,4,1,0,200,0\n");
		var out = folder.resolve("out");
		var done = colorize(in, "-o", out, "--reference", slide, "--reference-strength", "0.5", "--hints", hints.getParent());
		assertEquals("", done.err());
		var last = done.out().lines().toList();
		assertEquals(List.of("2 files: 2 colorized, 0 there already, 0 left out, 0 failed.", "With hints: 1 of 2 colorized."), last.subList(2, 4));
		var a = open(out.resolve("sub/a.tif"));
		assertEquals("2", a.getProp("colorize.hints"));
		assertEquals("Colour predicted, with 1 reference image / 2 hints, not measured.", a.getProp("colorize.statement"));
		var b = open(out.resolve("b.tif"));
		assertEquals(null, b.getProp("colorize.hints"));
		assertEquals(a.getProp("colorize.reference"), b.getProp("colorize.reference"));
		assertEquals("0.500", b.getProp("colorize.reference.strength"));
		assertRefused(colorize(in, "-o", folder.resolve("other"), "--hints", in), "Input folder and folder of hints are the same");
	}

	@Test
	public void aFileTakesAFileOfHintsAndSeveralReferences() throws IOException {
		Shell.slide(folder.resolve("a.png"));
		Shell.slide(folder.resolve("b.png"));
		var c = Shell.slide(folder.resolve("c,d.png"));
		var table = Files.writeString(folder.resolve("hints.csv"), "x,y,slice,r,g,b\n3,4,0,0,200,0\n");
		var out = folder.resolve("out.tif");
		var gray = Shell.grayStack(in.resolve("gray.tif"), 40, 30, 1);
		assertEquals(0, colorize(gray, "-o", out, "--hints", table, "--reference", folder.resolve("a.png") + "," + folder.resolve("b.png"),
			"--reference", c, "--strength", "1.5").status());
		assertEquals("Colour predicted, with 3 reference images / 1 hint, not measured.", open(out).getProp("colorize.statement"));
		assertEquals("1.5", open(out).getProp("colorize.strength"));
		var none = folder.resolve("none.tif");
		assertRefused(colorize(gray, "-o", none, "--reference", Shell.colour(folder.resolve("small.png"), i -> i)), "has 24 x 16 pixels; must have 32 x 32");
		assertRefused(colorize(gray, "-o", none, "--strength", "3"), "Strength is 3.0");
		assertRefused(colorize(gray, "-o", none, "--hints", "text.txt"), "must be none, overlay, roi manager, or a file");
		assertRefused(colorize(in, "-o", folder.resolve("x"), "--hints", table), "for a folder of images");
		assertFalse(Files.exists(none));
	}

	@Test
	public void onePlaneMayBePng() {
		var out = folder.resolve("out.png");
		assertEquals(0, colorize(Shell.grayStack(in.resolve("gray.png"), 20, 20, 1), "-o", out).status());
		assertEquals(24, open(out).getBitDepth());
		var stack = folder.resolve("stack.png");
		assertRefused(colorize(Shell.grayStack(in.resolve("stack.tif"), 20, 20, 2), "-o", stack), "is a stack, which PNG can't hold");
		assertRefused(colorize(in.resolve("gray.png"), "-o", stack, "--output", "ab"), "32-bit");
		assertFalse(Files.exists(stack));
	}

	@Test
	public void partsAreColorized() throws IOException {
		var stack = Shell.grayStack(in.resolve("stack.tif"), 200, 150, 4);
		var image = open(stack);
		image.setRoi(20, 30, 120, 100);
		new FileSaver(image).saveAsTiff(stack.toString());
		var out = folder.resolve("out.png");
		assertEquals("", colorize(stack, "-o", out, "--area", "crop", "--slices", "3", "--unknown", "colour", "--caption").err());
		assertArrayEquals(new int[] { 120, 100, 1, 1, 1 }, open(out).getDimensions());
		var none = folder.resolve("none.tif");
		assertRefused(colorize(stack, "-o", none, "--slices", "3-5"), "Slices is 3-5; image stack.tif has slices 1 to 4.");
		assertRefused(colorize(stack, "-o", none, "--slices", "current"), "which only an image that is open in Fiji has");
		assertRefused(colorize(stack, "-o", none, "--unknown", "grey"), "must be one of gray, colour");
		assertRefused(colorize(stack, "-o", none, "--output", "ab", "--caption"), "must be output RGB");
		assertRefused(colorize(stack, "-o", folder.resolve("two.png"), "--slices", "1-2"), "is a stack, which PNG can't hold");
		assertFalse(Files.exists(none));
	}

	@Test
	public void outputsOtherThanRgb() {
		var gray = Shell.grayStack(in.resolve("gray.png"), 20, 20, 1);
		assertEquals(0, colorize(gray, "-o", folder.resolve("lab.tif"), "--output", "Lab", "--category", "ihc", "--scale", "1/4").status());
		var lab = open(folder.resolve("lab.tif"));
		assertEquals(List.of(3, 32), List.of(lab.getStackSize(), lab.getBitDepth()));
		assertEquals("ihc", lab.getProp("colorize.category"));
		assertEquals("0.25", lab.getProp("colorize.scale"));
	}

	@Test
	public void aFolderGoesToAFolder() throws IOException {
		Shell.grayStack(in.resolve("a.png"), 20, 20, 1);
		Shell.grayStack(in.resolve("a.tif"), 20, 20, 2);
		Shell.grayStack(in.resolve("b.tif"), 20, 20, 1);
		var out = folder.resolve("new/out");
		assertEquals(0, colorize(in, "-o", out).status());
		assertEquals(Set.of("a.png.tif", "a.tif.tif", "b.tif"), names(out));
	}

	@Test
	public void aBadFileDoesNotStopTheOthers() throws IOException {
		var good = Shell.grayStack(in.resolve("good.tif"), 20, 20, 1);
		var bad = Files.writeString(in.resolve("bad.tif"), "this is no image");
		var out = folder.resolve("out");
		var done = colorize(bad, in.resolve("missing.tif"), good, "-o", out);
		assertEquals(1, done.status());
		assertEquals(2, done.errors().size(), done.err());
		assertTrue(done.errors().get(0).contains("bad.tif") && done.errors().get(1).contains("missing.tif"), done.err());
		assertEquals(Set.of("good.tif"), names(out));
	}

	@Test
	public void whatExistsIsKept() throws IOException {
		var gray = Shell.grayStack(in.resolve("gray.tif"), 20, 20, 1);
		var out = Files.writeString(folder.resolve("out.tif"), "precious");
		assertRefused(colorize(gray, "-o", out), "exists; choose overwrite");
		assertEquals("precious", Files.readString(out));
		assertEquals(0, colorize(gray, "-o", out, "--overwrite").status());
		assertEquals(24, open(out).getBitDepth());
	}

	@Test
	public void theInputIsNeverReplaced() throws IOException {
		var gray = Shell.grayStack(in.resolve("gray.tif"), 20, 20, 1);
		var before = Files.readAllBytes(gray);
		assertRefused(colorize(in, "-o", in, "--overwrite"), "are the same");
		assertArrayEquals(before, Files.readAllBytes(gray));
	}

	@Test
	public void aPlaceThatCantBeWrittenIsSaidBeforeTheWork() throws IOException {
		var gray = Shell.grayStack(in.resolve("gray.tif"), 20, 20, 1);
		var file = Files.createFile(folder.resolve("file"));
		assertRefused(colorize(gray, "-o", file.resolve("out.tif")), "can't be written");
	}

	@Test
	public void wrongChoicesAreRefused() {
		var gray = Shell.grayStack(in.resolve("gray.tif"), 20, 20, 1);
		var out = folder.resolve("out.tif");
		assertRefused(colorize(gray, "-o", out, "--category", "masson"), "auto, he, ihc");
		assertRefused(colorize(gray, "-o", out, "--scale", "2"), "Scale is \"2\"");
		assertRefused(colorize(gray, "-o", out, "--mapping", "log"), "display range");
		assertRefused(colorize(gray, "-o", out, "--output", "CMYK"), "RGB, Lab, ab");
		assertRefused(colorize(gray, "-o", out, "--tile", "8"), "Tile is 8");
		assertRefused(colorize(gray, "-o", out, "--channel", "2"), "hannel");
		assertRefused(colorize(gray, "-o", out, "--device", "tpu"), "auto, cpu, gpu");
		assertRefused(colorize(gray, "-o", folder.resolve("out.gif")), ".tif or .png");
		assertRefused(Shell.run("colorize", gray, "-o", out, "--model", "nowhere"), "nowhere");
		assertFalse(Files.exists(out));
	}

	@Test
	public void aWrongCommandIsToldFromAFailedOne() {
		for (var wrong : List.of(Shell.run(), Shell.run("colourize"), Shell.run("colorize", "a.tif"), Shell.run("colorize", "a.tif", "-o",
			"b.tif", "--tile", "many")))
		{
			assertEquals(2, wrong.status());
			assertEquals(1, wrong.errors().size(), wrong.err());
			assertTrue(wrong.err().contains("--help"), wrong.err());
		}
		assertEquals(0, Shell.run("colorize", "--help").status());
	}

	private static void assertRefused(Shell done, String why) {
		assertEquals(1, done.status());
		assertEquals("", done.out());
		assertEquals(1, done.errors().size(), done.err());
		assertTrue(done.err().contains(why), done.err());
	}

	private static Shell colorize(Object... arguments) {
		var line = new java.util.ArrayList<Object>(List.of("colorize", "--model", model, "--device", "cpu"));
		// The device may be given again, to be refused.
		if (List.of(arguments).contains("--device")) line.subList(3, 5).clear();
		line.addAll(List.of(arguments));
		return Shell.run(line.toArray());
	}

	private static ImagePlus open(Path file) {
		return IJ.openImage(file.toString());
	}

	private static Set<String> names(Path folder) throws IOException {
		try (var files = Files.list(folder)) {
			return files.map(f -> f.getFileName().toString()).collect(Collectors.toSet());
		}
	}
}
