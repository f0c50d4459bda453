package io.github.densecolorize.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

import javax.imageio.ImageIO;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import ij.IJ;
import ij.ImagePlus;
import ij.io.FileSaver;
import ij.process.ColorProcessor;

import io.github.densecolorize.TinyModel;
import io.github.densecolorize.data.ColorDataSet;

/** The application, in a process of its own that has Spark as {@code src/spark/pom.xml} gives it: two tasks at a time on this machine. */
public class SparkTest {

	@TempDir
	static Path shared;
	private static Path model;
	private static SparkConsole console;

	@TempDir
	Path folder;
	private Path in, out;

	@BeforeAll
	static void prepare() throws Exception {
		model = TinyModel.write(shared, "tiny", "he", "ihc");
		console = new SparkConsole(List.of(), List.of());
	}

	@AfterAll
	static void end() throws Exception {
		console.close();
	}

	/** A colour image, another that is transparent in part and gray ones in a subfolder, a stack, a damaged image, a text, and a folder that can't be written. */
	private void makeFolder() throws IOException {
		in = folder.resolve("in");
		out = folder.resolve("out");
		Files.createDirectories(in.resolve("sub"));
		Files.createDirectories(in.resolve("blocked"));
		var transparent = new BufferedImage(60, 50, BufferedImage.TYPE_INT_ARGB);
		for (int i = 0; i < 60 * 50; i++)
			transparent.setRGB(i % 60, i / 60, i % 60 + 150 << 24 | 0x2080a0 + i % 60);
		ImageIO.write(transparent, "png", in.resolve("sub/a b.png").toFile());
		new FileSaver(IJ.createImage("a", "RGB ramp", 60, 50, 1)).saveAsPng(in.resolve("a b.png").toString());
		new FileSaver(IJ.createImage("c", "16-bit ramp", 33, 70, 1)).saveAsTiff(in.resolve("sub/c.tif").toString());
		new FileSaver(IJ.createImage("d", "8-bit ramp", 40, 40, 5)).saveAsTiffStack(in.resolve("sub/d.tif").toString());
		new FileSaver(IJ.createImage("e", "8-bit ramp", 40, 40, 1)).saveAsTiff(in.resolve("blocked/e.tif").toString());
		Files.writeString(in.resolve("damaged.tif"), "no image");
		Files.writeString(in.resolve("notes.txt"), "no image");
		// Also who may do everything can't make a folder where a file is.
		Files.createDirectory(out);
		Files.writeString(out.resolve("blocked"), "a file");
	}

	@Test
	public void aFolderIsColorizedAndMeasuredAsOnOneMachine() throws Exception {
		makeFolder();
		var first = console.run("colorize", in, "-o", out, "--model", model);
		assertEquals(1, first.status(), first.said());
		assertTrue(first.said().contains("7 files: 4 colorized, 0 there already, 1 left out, 2 failed.\n4 colorized, 2 failed, 1 skipped. Table: "), first.said());
		assertTrue(first.said().contains("\nblocked/e.tif: Output folder " + out.resolve("blocked") +
			" can't be written (a file of this name is there);"), first.said());
		assertTrue(first.said().contains("\ndamaged.tif: File "), first.said());
		for (var name : List.of("a b", "sub/a b", "sub/c", "sub/d")) {
			var alone = folder.resolve("alone.tif");
			var source = Files.exists(in.resolve(name + ".tif")) ? in.resolve(name + ".tif") : in.resolve(name + ".png");
			assertEquals(0, io.github.densecolorize.cli.Main.commandLine(new io.github.densecolorize.cli.Main()).execute("colorize", source.toString(),
				"-o", alone.toString(), "--model", model.toString(), "--overwrite"));
			assertArrayEquals(Files.readAllBytes(alone), Files.readAllBytes(out.resolve(name + ".tif")), name);
		}
		assertNothingHidden();

		Files.delete(out.resolve("blocked"));
		Files.delete(in.resolve("damaged.tif"));
		// As a run leaves it that was killed.
		for (var left : List.of(".dense-colorize-run-1.mark", ".dense-colorize-run-1-7", "sub/.dense-colorize-run-1-8"))
			Files.writeString(out.resolve(left), "left");
		var second = console.run("colorize", in, "-o", out, "--model", model);
		assertEquals(0, second.status(), second.said());
		assertTrue(second.said().contains("6 files: 1 colorized, 4 there already, 1 left out, 0 failed.\n1 colorized, 5 skipped. Table: "), second.said());
		assertNothingHidden();

		var measured = console.run("measure", in, out);
		assertEquals(0, measured.status(), measured.said());
		assertTrue(measured.said().contains("6 files: 5 measured, 0 there already, 1 left out, 0 failed.\n9 measured, 1 skipped. Table: "), measured.said());

		var set = console.run("dataset", in, "-o", folder.resolve("set.h5"), "--size", 16, "--validation-groups", "A B", "--validation", 0);
		assertEquals(0, set.status(), set.said());
		try (var made = ColorDataSet.open(folder.resolve("set.h5"))) {
			// The picture sub/a b.png: all else is gray, damaged or without a class.
			assertEquals(List.of(1, true), List.of(made.size(), made.isValidation(0)));
		}
		var tables = console.shown(first.table(), "file,output,status,slice,slices,width,height,device,error is not null", measured.table(),
			"file,slice,max_dL < 0.3,Info_loss > 0,error is null,message", set.table(), "file,status,message");
		assertEquals(List.of("a b.png|a b.tif|colorized|1|1|60|50|cpu|false", "blocked/e.tif|blocked/e.tif|failed|null|null|null|null|cpu|true",
			"damaged.tif|damaged.tif|failed|null|null|null|null|cpu|true", "notes.txt|notes.tif|skipped|null|null|null|null|cpu|false",
			"sub/a b.png|sub/a b.tif|colorized|1|1|60|50|cpu|false", "sub/c.tif|sub/c.tif|colorized|1|1|33|70|cpu|false",
			"sub/d.tif|sub/d.tif|colorized|1|5|40|40|cpu|false"), tables.rows(0));
		assertTrue(tables.rows(1).contains("sub/d.tif|5|true|true|true|null"), tables.said());
		assertTrue(tables.rows(1).contains("sub/a b.png|1|true|true|true|Transparent parts of it are shown on white."), tables.said());
		assertTrue(tables.rows(2).contains("sub/a b.png|collected|Transparent parts of it are shown on white."), tables.said());
		assertTrue(tables.rows(2).contains("sub/c.tif|skipped|gray"), tables.said());
	}

	/**
	 * Parts of 45 slices of a stack that gets brighter, whose file tells no range, so that it is that of all 50; one that can't be read; a file system
	 * that is not the local one, where each byte is read once in all.
	 */
	@Test
	public void aStackIsDividedAmongTasks() throws Exception {
		in = Files.createDirectories(folder.resolve("in"));
		out = folder.resolve("out");
		// 3 MB, more than the smallest part.
		try (var stack = Files.newOutputStream(in.resolve("stack.pgm"))) {
			for (int slice = 1; slice <= 50; slice++) {
				stack.write("P5 200 150 65535\n".getBytes());
				for (int i = 0; i < 200 * 150; i++)
					stack.write(new byte[] { (byte) (slice * (i % 200) >> 8), (byte) (slice * (i % 200)) });
			}
		}
		var damaged = Files.readAllBytes(in.resolve("stack.pgm"));
		Files.write(in.resolve("damaged.pgm"), Arrays.copyOf(damaged, damaged.length - 1));
		var alone = folder.resolve("alone.tif");
		assertEquals(0, io.github.densecolorize.cli.Main.commandLine(new io.github.densecolorize.cli.Main()).execute("colorize", in.resolve(
			"stack.pgm").toString(), "-o", alone.toString(), "--model", model.toString(), "--slices", "3-47"));
		SparkConsole.Run last = null;
		for (var scheme : List.of("", "remote://")) {
			var parts = console.run("colorize", scheme + in, "-o", out, "--model", model, "--split", 1, "--overwrite", "--slices", "3-47");
			assertEquals(1, parts.status(), parts.said());
			assertTrue(parts.said().contains("2 files: 1 colorized, 0 there already, 0 left out, 1 failed.\n5 colorized, 1 failed. Table: "), parts.said());
			assertArrayEquals(Files.readAllBytes(alone), Files.readAllBytes(out.resolve("stack.tif")), scheme);
			assertNothingHidden();
			assertTrue(parts.read() <= Files.size(in.resolve("stack.pgm")) + Files.size(in.resolve("damaged.pgm")), parts.said());
			last = parts;
		}
		assertEquals(List.of("damaged.pgm|null|null|true", "stack.pgm|3|true|null", "stack.pgm|3|true|null", "stack.pgm|14|true|null",
			"stack.pgm|25|true|null", "stack.pgm|36|true|null"), console.shown(last.table(),
				"file,slice,message like '%display range_ 0 to 9950%',error like '%is damaged:%'").rows(0));
	}

	/**
	 * A stack in parts and a plane, each with hints of its own in a folder among the images, a slide in bands of rows, and a reference that all have: as on
	 * one machine.
	 */
	@Test
	public void referencesAndHintsAreThoseOfOneMachine() throws Exception {
		in = Files.createDirectories(folder.resolve("in/sub")).getParent();
		out = folder.resolve("out");
		new FileSaver(IJ.createImage("s", "8-bit ramp", 1100, 500, 4)).saveAsTiffStack(in.resolve("sub/stack.tif").toString());
		new FileSaver(IJ.createImage("p", "8-bit ramp", 60, 50, 1)).saveAsTiff(in.resolve("plane.tif").toString());
		// More than the smallest part, as what follows the image does not matter.
		Files.write(in.resolve("slide.tif"), Arrays.copyOf(Files.readAllBytes(Path.of("src/test/resources/slides/tall.tif")), 1_100_000));
		var hints = Files.createDirectories(in.resolve("marks/sub")).getParent();
		Files.writeString(hints.resolve("sub/stack.csv"), "x,y,slice,r,g,b\n30,40,0,0,200,0\n500,40,2,200,0,200\n");
		Files.writeString(hints.resolve("plane.csv"), "x,y,slice,r,g,b\n3,4,1,0,0,200\n");
		var slide = new ColorProcessor(64, 64);
		for (int i = 0; i < 64 * 64; i++)
			slide.set(i, i % 64 < 32 ? 0x900000 : 0x8080ff);
		var reference = folder.resolve("slide.png");
		new FileSaver(new ImagePlus("", slide)).saveAsPng(reference.toString());
		var alone = folder.resolve("alone");
		assertEquals(0, io.github.densecolorize.cli.Main.commandLine(new io.github.densecolorize.cli.Main()).execute("colorize", in.toString(), "-o",
			alone.toString(), "--model", model.toString(), "--reference", reference.toString(), "--hints", hints.toString(), "--strength", "0.8"));
		for (var scheme : List.of("", "remote://")) {
			var done = console.run("colorize", scheme + in, "-o", scheme + out, "--model", model, "--split", 1, "--overwrite", "--reference", reference, "--hints",
				scheme + hints, "--strength", "0.8");
			assertEquals(0, done.status(), done.said());
			assertTrue(done.said().contains("3 files: 3 colorized, 0 there already, 0 left out, 0 failed."), done.said());
			for (var name : List.of("sub/stack.tif", "plane.tif", "slide.tif"))
				assertArrayEquals(Files.readAllBytes(alone.resolve(name)), Files.readAllBytes(out.resolve(name)), scheme + name);
			assertNothingHidden();
		}
		assertEquals("2", IJ.openImage(out.resolve("sub/stack.tif").toString()).getProp("colorize.hints"));
	}

	@Test
	public void aWrongCommandIsToldInASentence() throws Exception {
		in = Files.createDirectories(folder.resolve("in"));
		var nothing = SparkConsole.java(List.of(), List.of(), Main.class.getName(), "colorize", in, "-o", folder.resolve("out"), "--model", model).start();
		var said = new String(nothing.getInputStream().readAllBytes());
		assertEquals(1, nothing.waitFor());
		assertTrue(said.contains("Folder file:" + in + " holds no file; choose one with images."), said);
		assertTrue(console.run("colorize", in, "-o", folder.resolve("out"), "--split", 0).said().contains("split is 0; must be 1 megabyte or more."));
	}

	/** What tasks and drivers leave while they work. */
	private void assertNothingHidden() throws IOException {
		try (var files = Files.walk(out)) {
			assertEquals(List.of(), files.filter(f -> f.getFileName().toString().startsWith(".dense")).toList());
		}
	}
}
