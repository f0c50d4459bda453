package io.github.densecolorize.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import ij.ImagePlus;
import ij.io.FileSaver;
import ij.process.ColorProcessor;

import io.github.densecolorize.TinyModel;

/** A constant image is colorized gray, whatever the model: that makes its errors known. */
public class EvaluateCommandTest {

	private static final int RED = 0xff0000, GRAY = 0x777777;

	@TempDir
	static Path models;
	private static Path model;

	@TempDir
	private Path folder;
	private Path images, csv;

	@BeforeAll
	static void writeModel() throws IOException {
		model = TinyModel.write(models, "tiny", "red");
	}

	@BeforeEach
	void makeFolders() throws IOException {
		images = folder.resolve("images");
		csv = folder.resolve("quality.csv");
		for (var name : List.of("red", "gray"))
			Files.createDirectories(images.resolve(name));
	}

	/**
	 * Red (a* 80.09, b* 67.20; R - G = 255, (R + G)/2 - B = 127.5) comes out as gray of L* 53.24, which is 127: channel errors are 128,
	 * 127, 127. The gray image is as it was. The only class of the model is red, but nothing is found in a constant image.
	 */
	@Test
	public void twoClassesWorkedOutByHand() throws IOException {
		Shell.colour(images.resolve("red/1.png"), i -> RED);
		Shell.colour(images.resolve("gray/1.png"), i -> GRAY);
		var done = Shell.run("evaluate", model, images, "--csv", csv, "--device", "cpu");
		assertEquals(List.of("2 files: 2 measured, 0 there already, 0 left out, 0 failed."), done.errors());
		assertEquals(0, done.status());

		var rows = Files.readAllLines(csv).stream().map(line -> line.split(",", -1)).toList();
		assertEquals(SetQuality.COLUMNS, List.of(rows.get(0)));
		String[] gray = rows.get(1), red = rows.get(2), all = rows.get(3);
		assertEquals(4, rows.size());
		assertEquals(List.of("gray", "1", "0.0000", "inf", "0.0000", "0.0000", "0.0000", "", "0.0000", "0.0000", "", "0.0000", "", "0.0000", "0.0000"), Arrays.asList(gray));

		double abSquares = 80.09 * 80.09 + 67.20 * 67.20;
		assertEquals(Math.sqrt(abSquares / 2), Double.parseDouble(red[2]), 0.03);
		assertEquals(10 * Math.log10(255 * 255 / ((128 * 128 + 2 * 127 * 127) / 3.0)), Double.parseDouble(red[3]), 0.001);
		assertEquals(0.3 * Math.hypot(255, 127.5), Double.parseDouble(red[6]), 0.001);
		assertEquals(List.of("0.0000", "0.0000", "0.0000", "0.0000"), List.of(red[7], red[8], red[9], red[10]));

		assertEquals(List.of("all", "2"), List.of(all[0], all[1]));
		assertEquals(Math.sqrt(abSquares / 4), Double.parseDouble(all[2]), 0.03);
		assertEquals("0.0000", all[10]);
		assertEquals(Math.sqrt(abSquares / 2) / 2, Double.parseDouble(all[11]), 0.03);
		assertEquals(List.of("", "0.0000", "0.0000"), List.of(all).subList(12, 15));
	}

	/** Dark is red and light is blue in each image, which an untrained model does not know, but each other image tells. */
	@Test
	public void anotherImageOfTheGroupTellsTheColours() throws IOException {
		for (var name : List.of("a_x_0_0", "a_x_0_64", "a_y_0_0", "b_z_0_0"))
			Shell.slide(images.resolve("red/" + name + ".png"));
		Shell.colour(images.resolve("red/a_gray.png"), i -> GRAY);
		assertTrue(measured("--references", "0") > 30);
		var done = Shell.run("evaluate", model, images.resolve("red"), "--csv", csv, "--overwrite", "--device", "cpu", "--references", "2",
			"--reference-strength", "1");
		assertEquals(List.of("1 image was measured without a reference, as no other image of the group is from another field and case and has colours.",
			"5 files: 5 measured, 0 there already, 0 left out, 0 failed."), done.errors());
		// With those of the folder none is alone; the gray image is constant, and so stays gray.
		double told = measured("--references", "2", "--reference-strength", "1", "--group", "folder");
		assertTrue(told < 5, "" + told);
		assertEquals(measured("--references", "0"), measured("--references", "2", "--reference-strength", "0", "--group", "FOLDER"), 0.01);
	}

	/** A seed draws the same each time, and another one others: of three kinds of references each makes colours of its own. */
	@Test
	public void theSeedDrawsTheReferences() throws IOException {
		for (int n = 0; n < 6; n++) {
			int dark = List.of(0x800000, 0x008000, 0x000080).get(n % 3);
			halves(images.resolve("red/a_" + (char) ('p' + n) + ".png"), dark, 0xffffff - dark);
		}
		var seeds = List.of("1", "2", "3", "4").stream().map(seed -> measured("--references", "1", "--reference-strength", "1", "--seed", seed)).toList();
		assertTrue(seeds.stream().distinct().count() > 1, seeds.toString());
		assertEquals(seeds.get(0), measured("--references", "1", "--reference-strength", "1"));
	}

	/** At every pixel the colour is known, which an untrained model does not know. */
	@Test
	public void hintsTellTheColours() {
		for (var name : List.of("a", "b"))
			Shell.slide(images.resolve("red/" + name + ".png"));
		double without = measured(), some = measured("--hints", "10"), other = measured("--hints", "10", "--seed", "2");
		assertTrue(some < 0.7 * without, some + " of " + without);
		assertTrue(some != other && some == measured("--hints", "10"), some + ", " + other);
	}

	/** To this model every image is unknown; left gray, the red half (a* 80.09, b* 67.20) has the error of {@link #twoClassesWorkedOutByHand}. */
	@Test
	public void whatIsUnknownIsMeasuredInColourUnlessGrayIsAsked() throws IOException {
		model = TinyModel.write(folder, "lost", "unknown");
		try {
			halves(images.resolve("red/a.png"), RED, 0);
			double gray = measured("--unknown", "gray"), colour = measured("--unknown", "colour");
			assertEquals(Math.sqrt((80.09 * 80.09 + 67.20 * 67.20) / 4), gray, 0.03);
			assertTrue(Math.abs(gray - colour) > 0.1, gray + ", " + colour);
			assertEquals(colour, measured());
		}
		finally {
			model = models.resolve("tiny");
		}
	}

	@Test
	public void numbersBelowZeroAreRefused() {
		for (var option : List.of("--references", "--hints")) {
			var done = Shell.run("evaluate", model, images, option, "-1");
			assertEquals(List.of(option + " is -1; must be 0 or more."), done.errors());
			assertEquals(1, done.status());
		}
	}

	private static void halves(Path file, int left, int right) {
		var ip = new ColorProcessor(64, 64);
		for (int i = 0; i < 64 * 64; i++)
			ip.set(i, i % 64 < 32 ? left : right);
		new FileSaver(new ImagePlus("halves", ip)).saveAsPng(file.toString());
	}

	/** The mean over the images of class red of each one's own error. */
	private double measured(String... more) {
		try {
			var arguments = new ArrayList<Object>(List.of("evaluate", model, images.resolve("red"), "--csv", csv, "--overwrite", "--device", "cpu"));
			arguments.addAll(List.of(more));
			var done = Shell.run(arguments.toArray());
			assertEquals(0, done.status(), done.err());
			var row = Files.readAllLines(csv).get(1).split(",", -1);
			return Double.parseDouble(row[SetQuality.COLUMNS.indexOf("ab_rmse_mean")]);
		}
		catch (IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	@Test
	public void whatIsOddInAFileIsSaidOnStderr() throws IOException {
		Shell.colour(images.resolve("red/1.png"), i -> RED);
		var said = Shell.turned(images.resolve("gray/1.png"));
		var done = Shell.run("evaluate", model, images, "--device", "cpu");
		assertEquals(List.of(said, "2 files: 2 measured, 0 there already, 0 left out, 0 failed."), done.errors());
		assertEquals(0, done.status());
	}

	@Test
	public void theTableOnStdoutIsTheFile() throws IOException {
		Shell.colour(images.resolve("red/1.png"), i -> RED);
		Shell.colour(images.resolve("gray/1.png"), i -> GRAY);
		var out = Shell.run("evaluate", model, images, "--csv", csv, "--device", "cpu").out().lines().toList();
		var header = out.get(0).trim().split(" +");
		assertEquals(SetQuality.COLUMNS, List.of(header));
		assertTrue(out.get(3).startsWith("all "), out.get(3));
		assertTrue(out.get(4).startsWith("Largest difference of L* between result and original: 0."), out.get(4));
	}

	/** The model has one class, so it finds it in every image that is not constant: in three of four. */
	@Test
	public void classAccuracyIsAShareOfTheImages() throws IOException {
		writeNoise();
		Shell.colour(images.resolve("red/constant.png"), i -> RED);
		Shell.colour(images.resolve("gray/1.png"), i -> GRAY);
		assertEquals(0, Shell.run("evaluate", model, images, "--csv", csv, "--device", "cpu").status());
		assertEquals("0.7500", cell(2, "class_accuracy"));
		// It is sure of its only class, and the constant image was not looked at.
		assertEquals("0.0000", cell(2, "ece"));
	}

	/** A model whose only class is unknown finds it in each image, as any other class. */
	@Test
	public void unknownIsAClassToBeFound() throws IOException {
		writeNoise();
		Files.move(images.resolve("red"), images.resolve("unknown"));
		Shell.colour(images.resolve("gray/1.png"), i -> GRAY);
		assertEquals(0, Shell.run("evaluate", TinyModel.write(models, "careful", "unknown"), images, "--csv", csv, "--device", "cpu").status());
		assertEquals(List.of("unknown", "3", "", "1.0000", "", "0.0000", "1.0000"), cells(2, "class", "images", "ab_rmse", "class_accuracy", "ab_rmse_mean",
			"ece", "refused"));
		// All that there is beside them is a gray image of one value.
		assertEquals(List.of("all", "4", "0.0000", "1.0000", "0.0000", "0.7500"), cells(3, "class", "images", "ab_rmse", "class_accuracy", "ab_rmse_mean",
			"refused"));
	}

	/** Of a gray image in class unknown only whether it is found counts. */
	@Test
	public void grayImagesOfClassUnknownDoNotSpoilTheColours() throws IOException {
		Shell.colour(images.resolve("red/1.png"), i -> RED);
		assertEquals(0, Shell.run("evaluate", model, images, "--csv", csv, "--device", "cpu").status());
		var alone = cells(2, "ab_rmse", "psnr", "ciede2000", "colourfulness", "inen", "info_loss", "ab_rmse_mean", "worse_than_gray");
		Files.createDirectories(images.resolve("unknown"));
		Shell.colour(images.resolve("unknown/ramp.png"), i -> (i % 256) * 0x10101);
		assertEquals(0, Shell.run("evaluate", model, images, "--csv", csv, "--overwrite", "--device", "cpu").status());
		assertEquals(alone, cells(3, "ab_rmse", "psnr", "ciede2000", "colourfulness", "inen", "info_loss", "ab_rmse_mean", "worse_than_gray"));
		assertEquals("2", cell(3, "images"));
	}

	private String cell(int row, String column) throws IOException {
		return cells(row, column).get(0);
	}

	private List<String> cells(int row, String... columns) throws IOException {
		var cells = Files.readAllLines(csv).get(row).split(",", -1);
		return List.of(columns).stream().map(column -> cells[SetQuality.COLUMNS.indexOf(column)]).toList();
	}

	private void writeNoise() {
		var random = new Random(1);
		for (int n = 0; n < 3; n++)
			Shell.colour(images.resolve("red/" + n + ".png"), i -> random.nextInt(1 << 24));
	}

	/** Noise in all colours: they become others, but L* stays. */
	@Test
	public void lightnessIsKept() {
		writeNoise();
		Shell.colour(images.resolve("gray/0.png"), i -> (i % 256) * 0x10101);
		var last = Shell.run("evaluate", model, images, "--device", "cpu").out().lines().toList().get(4);
		assertTrue(Double.parseDouble(last.substring(last.lastIndexOf(' '))) <= 0.3, last);
	}

	@Test
	public void aFolderWithoutClassesHasNoClassAccuracy() throws IOException {
		Shell.colour(images.resolve("red/1.png"), i -> RED);
		assertEquals(0, Shell.run("evaluate", model, images.resolve("red"), "--csv", csv, "--device", "cpu").status());
		var lines = Files.readAllLines(csv);
		assertEquals(2, lines.size());
		assertEquals(List.of("all", "1", "", ""), cells(1, "class", "images", "class_accuracy", "ece"));
	}

	@Test
	public void aChosenCategoryIsNotFound() throws IOException {
		Shell.colour(images.resolve("red/1.png"), i -> RED);
		Shell.colour(images.resolve("gray/1.png"), i -> GRAY);
		assertEquals(0, Shell.run("evaluate", model, images, "--csv", csv, "--device", "cpu", "--category", "red").status());
		assertEquals(List.of("", "", ""), cells(2, "class_accuracy", "ece", "refused"));
	}

	@Test
	public void aBadFileIsLeftOutAndSaid() throws IOException {
		Shell.colour(images.resolve("red/1.png"), i -> RED);
		Files.writeString(images.resolve("red/2.png"), "this is no image");
		Shell.grayStack(images.resolve("gray/stack.tif"), 24, 16, 2);
		var done = Shell.run("evaluate", model, images, "--csv", csv, "--device", "cpu");
		assertEquals(1, done.status());
		assertEquals(3, done.errors().size(), done.err());
		assertTrue(done.errors().get(0).contains("2 slices") && done.errors().get(1).contains("2.png"), done.err());
		assertTrue(Files.readAllLines(csv).get(1).startsWith("red,1,"));
	}

	@Test
	public void whatCantBeDoneIsSaidBeforeTheWork() {
		for (var wrong : List.of(Shell.run("evaluate", model, folder.resolve("missing")), Shell.run("evaluate", folder, images), Shell.run(
			"evaluate", model, images, "--csv", csv), Shell.run("evaluate", model, images, "--category", "blue")))
		{
			assertEquals(1, wrong.status());
			assertEquals("", wrong.out());
			assertEquals(1, wrong.errors().size(), wrong.err());
		}
		assertFalse(Files.exists(csv));
	}
}
