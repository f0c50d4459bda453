package io.github.densecolorize.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import ij.IJ;

import io.github.densecolorize.TinyModel;

/** A constant image is colorized gray, whatever the model: that makes its errors known. */
public class CompareCommandTest {

	private static final int RED = 0xff0000;

	@TempDir
	static Path models;
	private static Path first, second;

	@TempDir
	private Path folder;
	private Path images, training;

	@BeforeAll
	static void writeModels() throws IOException {
		first = TinyModel.write(models, "first", "red");
		second = TinyModel.write(models, "second", "red");
	}

	@BeforeEach
	void makeFolders() throws IOException {
		images = Files.createDirectory(folder.resolve("images"));
		training = Files.createDirectory(folder.resolve("training"));
		for (var parent : List.of(images, training)) {
			Files.createDirectory(parent.resolve("red"));
			Shell.colour(parent.resolve("red/1.png"), i -> RED);
		}
	}

	/** Red is a* 80.09, b* 67.20: without them the error per channel is 73.93, with half of them half of that, with the table none. */
	@Test
	public void referencesWorkedOutByHand() throws IOException {
		Path csv = folder.resolve("rows.csv"), plot = folder.resolve("plot.png");
		var done = Shell.run("compare", images, first, second, "--tables", training, "--csv", csv, "--plot", plot, "--device", "cpu");
		// An image to compare, and one for the table.
		assertEquals(List.of("2 files: 2 compared, 0 there already, 0 left out, 0 failed."), done.errors());
		assertEquals(0, done.status());
		var rows = Files.readAllLines(csv).stream().map(line -> line.split(",", -1)).toList();
		assertEquals(CompareCommand.COLUMNS, List.of(rows.get(0)));
		assertEquals(List.of("gray", "half chroma", "table of the class", "first", "second"), rows.subList(1, 6).stream().map(r -> r[2]).toList());
		var errors = rows.subList(1, 6).stream().mapToDouble(r -> Double.parseDouble(r[3])).toArray();
		assertEquals(73.93, errors[0], 0.05);
		assertEquals(36.96, errors[1], 0.3);
		assertEquals(0, errors[2], 0.01);
		assertEquals(errors[0], errors[3]);
		var out = done.out().lines().toList();
		assertTrue(out.get(0).startsWith("method ") && out.get(0).endsWith(" info_loss"), out.get(0));
		assertEquals("first loses less than second on 0 of 1 images (0.0 %); mean difference of Info_loss 0.0000.", out.get(6));
		assertTrue(IJ.openImage(plot.toString()).getWidth() > 100);
	}

	/** To these models every image is unknown; left gray, both have the error of gray. */
	@Test
	public void whatIsUnknownIsComparedInColourUnlessGrayIsAsked() throws IOException {
		var file = images.resolve("red/1.png");
		Shell.slide(file);
		var lost = TinyModel.write(folder, "lost", "unknown");
		for (var unknown : List.of("gray", "colour", "")) {
			var csv = folder.resolve("rows" + unknown + ".csv");
			var line = new ArrayList<Object>(List.of("compare", images, lost, second, "--csv", csv, "--device", "cpu"));
			if (!unknown.isEmpty()) line.addAll(List.of("--unknown", unknown));
			assertEquals(0, Shell.run(line.toArray()).status());
			var errors = Files.readAllLines(csv).stream().skip(1).map(row -> row.split(",", -1)[3]).toList();
			assertEquals(unknown.equals("gray"), errors.get(0).equals(errors.get(2)), errors.toString());
		}
	}

	/**
	 * Differences -1 to -5: t = -3 / (1.5811 / sqrt 5) = -4.243 with 4 degrees of freedom, p = 0.0132 in any table; all signs are one, of
	 * which there are 2 among 2^5, p = 0.0625. A pair without a difference does not count in the second.
	 */
	@Test
	public void pairedTestsOfKnownNumbers() {
		assertEquals("x loses less than y on 5 of 5 images (100.0 %); mean difference of Info_loss -3.0000, standard deviation 1.5811; " +
			"p = 0.013 by the paired t test, p = 0.063 by Wilcoxon's signed rank test.", CompareCommand.verdict("x",
				new double[] { 1, 2, 3, 4, 5 }, "y", new double[] { 2, 4, 6, 8, 10 }));
		assertTrue(CompareCommand.verdict("x", new double[] { 1, 2, 3, 4, 5, 7 }, "y", new double[] { 2, 4, 6, 8, 10, 7 }).endsWith(
			"0.063 by Wilcoxon's signed rank test."));
	}

	/** Also of training images. */
	@Test
	public void whatIsOddInAFileIsSaidOnStderr() throws IOException {
		var said = List.of(Shell.turned(training.resolve("red/2.png")), Shell.turned(images.resolve("red/2.png")));
		var done = Shell.run("compare", images, first, second, "--tables", training, "--device", "cpu");
		assertEquals(said, done.errors().subList(0, 2));
		assertTrue(done.errors().get(2).endsWith("0 left out, 0 failed."), done.err());
		assertEquals(0, done.status());
	}

	@Test
	public void aBadFileIsLeftOutOfAllMethods() throws IOException {
		Files.writeString(images.resolve("red/2.png"), "this is no image");
		var csv = folder.resolve("rows.csv");
		var done = Shell.run("compare", images, first, second, "--csv", csv, "--device", "cpu");
		assertEquals(1, done.status());
		assertEquals(2, done.errors().size(), done.err());
		assertEquals(5, Files.readAllLines(csv).size());
	}

	@Test
	public void whatCantBeDoneIsSaid() throws IOException {
		var csv = folder.resolve("rows.csv");
		Files.createDirectory(images.resolve("blue"));
		Shell.colour(images.resolve("blue/1.png"), i -> 0xff);
		for (var wrong : List.of(Shell.run("compare", images, first, first, "--csv", csv), Shell.run("compare", folder.resolve("missing"), first,
			second), Shell.run("compare", images, first, folder), Shell.run("compare", images.resolve("blue"), first, second, "--tables", training)))
		{
			assertEquals(1, wrong.status());
			assertEquals("", wrong.out());
			assertTrue(wrong.errors().size() <= 3 && !wrong.errors().isEmpty(), wrong.err());
		}
		assertFalse(Files.exists(csv));
	}
}
