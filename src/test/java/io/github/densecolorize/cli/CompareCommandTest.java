package io.github.densecolorize.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import ij.IJ;

import io.github.densecolorize.TinyModel;
import io.github.densecolorize.measure.Summary;

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
			"p = 0.013 by the paired t test, p = 0.063 by Wilcoxon's signed rank test", PairedTest.of("x", new double[] { 1, 2, 3, 4, 5 }, "y", new double[] { 2,
				4, 6, 8, 10 }).sentence());
		assertTrue(PairedTest.of("x", new double[] { 1, 2, 3, 4, 5, 7 }, "y", new double[] { 2, 4, 6, 8, 10, 7 }).sentence().endsWith(
			"0.063 by Wilcoxon's signed rank test"));
	}

	/** Of four tests the smallest p counts 4 times, the next ones 3, 2 and once, but no less than the one before; the fifth has none. */
	@Test
	public void severalTestsAreCorrectedAfterHolm() {
		var tests = DoubleStream.of(0.04, 0.001, 0.5, 0.015, Double.NaN).mapToObj(p -> new PairedTest("x", "y", 9, 5, Summary.of(1, 2), p, p)).toList();
		assertArrayEquals(new double[] { 0.08, 0.004, 0.5, 0.045, Double.NaN }, PairedTest.holm(tests), 1e-12);
		var close = DoubleStream.of(0.01, 0.012, 0.9).mapToObj(p -> new PairedTest("x", "y", 9, 5, Summary.of(1, 2), p, p)).toList();
		assertArrayEquals(new double[] { 0.03, 0.03, 0.9 }, PairedTest.holm(close), 1e-12);
	}

	/** Each other model against the first; the rows say how alike the structures are, and whether the class was found. */
	@Test
	public void severalModelsAreComparedWithTheFirst() throws IOException {
		Path csv = folder.resolve("rows.csv"), tests = folder.resolve("tests.csv");
		for (int i = 2; i <= 4; i++)
			Shell.slide(images.resolve("red/" + i + ".png"));
		var third = TinyModel.write(folder, "third", "blue", "red");
		var done = Shell.run("compare", images, first, second, third, "--csv", csv, "--tests", tests, "--device", "cpu");
		assertEquals(0, done.status(), done.err());
		var rows = Files.readAllLines(tests);
		assertEquals("model,other,images,wins,mean_difference,standard_deviation,p_t,p_wilcoxon,p_holm", rows.get(0));
		// The first two have the same weights.
		assertEquals("first,second,4,0,0.0000,0.0000,,,", rows.get(1));
		assertTrue(rows.get(2).startsWith("first,third,4,"), rows.get(2));
		assertEquals(3, rows.size());
		assertTrue(done.out().contains("first loses less than third on "), done.out());
		var images = Files.readAllLines(csv).stream().skip(1).map(line -> line.split(",", -1)).toList();
		for (var row : images) {
			double ssim = Double.parseDouble(row[10]);
			assertTrue(ssim > 0 && ssim <= 1, String.join(",", row));
			// A model of one class always finds it, but not in a constant image, which is not shown to it; methods without a model never look for one.
			if (!row[0].endsWith("1.png")) assertEquals(row[2].equals("first") || row[2].equals("second") ? "1.0000" : row[2].equals("third") ? row[11] : "", row[11]);
		}
		var again = Shell.run("compare", this.images, first, second, "--tests", tests, "--device", "cpu");
		assertTrue(again.err().contains("File " + tests + " exists and is no table of an earlier run"), again.err());
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
