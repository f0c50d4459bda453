package io.github.densecolorize.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.densecolorize.TinyModel;
import io.github.densecolorize.data.ColorDataSet;

/**
 * A folder with two classes, given by a link: one class is a link too, with a linked folder in it and a link back; the other has an image,
 * and what goes wrong. Every command does the same images, and its numbers add up to all files.
 */
public class EveryFileTest {

	@TempDir
	private Path top;
	private Path link, model;

	@BeforeEach
	void makeFolder() throws IOException {
		model = TinyModel.write(Files.createDirectory(top.resolve("models")), "tiny", "red", "blue");
		Path in = Files.createDirectory(top.resolve("in")), blue = Files.createDirectory(in.resolve("blue"));
		Path red = Files.createDirectory(top.resolve("elsewhere")), more = Files.createDirectory(top.resolve("more"));
		link = Files.createSymbolicLink(top.resolve("link"), in);
		Files.createSymbolicLink(in.resolve("red"), red);
		Files.createSymbolicLink(red.resolve("more"), more);
		Files.createSymbolicLink(red.resolve("up"), in);
		image(red.resolve("1.png"), 0xa02040);
		image(more.resolve("2.png"), 0xa04020);
		image(blue.resolve("1.png"), 0x2040a0);
		image(in.resolve("loose.png"), 0x20a040);
		Files.writeString(blue.resolve("broken.png"), "no image");
		Files.writeString(blue.resolve("notes.txt"), "no image");
		Files.write(blue.resolve("half"), "II*\0\10\0\0\0".getBytes(StandardCharsets.ISO_8859_1));
		Files.createSymbolicLink(blue.resolve("gone.png"), top.resolve("nowhere"));
		Files.writeString(blue.resolve("Thumbs.db"), "of a system");
	}

	private static void image(Path file, int rgb) {
		Shell.colour(file, i -> rgb + i % 16);
	}

	/** Each is said with its reason. */
	private static void assertSaid(String said) {
		for (var name : List.of("up", "notes.txt", "broken.png", "half", "gone.png"))
			assertTrue(said.contains(Path.of("/", name).toString()), name + " in " + said);
	}

	private Path colorized() {
		var out = top.resolve("out");
		var done = Shell.run("colorize", link, "-o", out, "--model", model, "--device", "cpu");
		assertEquals(1, done.status());
		assertSaid(done.out() + done.err());
		assertEquals("9 files: 4 colorized, 0 there already, 2 left out, 3 failed.", last(done.out()));
		return out;
	}

	private static String last(String said) {
		return said.lines().reduce("", (a, b) -> b);
	}

	@Test
	public void ofAFolderThatIsColorizedAndMeasured() {
		var out = colorized();
		for (var name : List.of("red/1.tif", "red/more/2.tif", "blue/1.tif", "loose.tif"))
			assertTrue(Files.exists(out.resolve(name)), name);
		var done = Shell.run("measure", link, out);
		assertEquals(1, done.status());
		assertSaid(done.err());
		// Those of both folders.
		assertEquals("13 files: 8 measured, 0 there already, 2 left out, 3 failed.", last(done.err()));
		assertEquals(1 + 4, done.out().lines().count(), done.out());
	}

	@Test
	public void ofAFolderThatIsColorizedBesideAFile() {
		var done = Shell.run("colorize", link, link.resolve("loose.png"), "-o", top.resolve("out"), "--model", model, "--device", "cpu");
		assertEquals(1, done.status());
		assertSaid(done.out() + done.err());
		assertEquals("9 files: 4 colorized, 0 there already, 2 left out, 3 failed.", last(done.out()));
		assertTrue(Files.exists(top.resolve("out/red/more/2.tif")));
	}

	@Test
	public void ofAFolderThatIsMeasuredAlone() {
		var done = Shell.run("measure", link, "--csv", top.resolve("rows.csv"));
		assertEquals(1, done.status());
		assertSaid(done.err());
		assertEquals("9 files: 4 measured, 0 there already, 2 left out, 3 failed.", last(done.err()));
	}

	/** What lies beside the classes has none, and what was colorized here is no truth. */
	@Test
	public void ofAFolderThatAModelIsEvaluatedOn() throws IOException {
		Files.copy(colorized().resolve("blue/1.tif"), link.resolve("blue/result.tif"));
		var csv = top.resolve("quality.csv");
		var done = Shell.run("evaluate", model, link, "--csv", csv, "--device", "cpu");
		assertEquals(1, done.status());
		assertSaid(done.err());
		assertEquals("10 files: 3 measured, 0 there already, 4 left out, 3 failed.", last(done.err()));
		var rows = Files.readAllLines(csv);
		assertTrue(rows.get(1).startsWith("blue,1,") && rows.get(2).startsWith("red,2,") && rows.get(3).startsWith("all,3,"), rows.toString());
		assertTrue(done.err().contains("1 file lies beside the subfolders of " + link + " and has no class; it is left out."), done.err());
		assertTrue(done.err().contains("result.tif was left out: is a result of this plugin."), done.err());
	}

	@Test
	public void ofAFolderThatTwoModelsAreComparedOn() throws IOException {
		var other = TinyModel.write(top.resolve("models"), "other", "red", "blue");
		var done = Shell.run("compare", link, model, other, "--device", "cpu");
		assertEquals(1, done.status());
		assertSaid(done.err());
		assertEquals("9 files: 3 compared, 0 there already, 3 left out, 3 failed.", last(done.err()));
	}

	@Test
	public void ofAFolderThatBecomesADataSet() throws IOException {
		Files.copy(link.resolve("blue/1.png"), link.resolve("blue/copy.png"));
		var done = Shell.run("dataset", link, "-o", top.resolve("set.h5"), "--size", 16);
		assertEquals(1, done.status());
		assertSaid(done.err());
		assertEquals("10 files: 3 used, 1 there already, 3 left out, 3 failed.", last(done.out()));
		try (var set = ColorDataSet.open(top.resolve("set.h5"))) {
			assertEquals(List.of("blue", "red"), set.classes());
			assertEquals(3, set.size());
		}
		assertEquals("1 files: 1 used, 0 there already, 0 left out, 0 failed.", last(Shell.run("dataset", top.resolve("more"), "-o",
			top.resolve("one.h5"), "--size", 16).out()));
	}
}
