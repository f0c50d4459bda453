package io.github.densecolorize.colorize;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import ij.IJ;
import ij.io.FileSaver;

import io.github.densecolorize.Progress;
import io.github.densecolorize.TinyModel;
import io.github.densecolorize.colorize.FileColorizer.Status;
import io.github.densecolorize.image.GrayMapping;
import io.github.densecolorize.model.ColorModel;
import io.github.densecolorize.open.ArrivingFile;

public class FileColorizerTest {

	@TempDir
	static Path shared;
	private static ColorModel model;
	private static Path stack;

	@TempDir
	Path folder;

	/** Slices that differ, with a calibration, labels and a property, which belong to the result. */
	@BeforeAll
	static void make() throws IOException {
		model = ColorModel.open(TinyModel.write(shared, "tiny", "he", "ihc"), "cpu");
		var image = IJ.createImage("stack", "8-bit ramp", 40, 30, 5);
		for (int n = 1; n <= 5; n++) {
			image.getStack().getProcessor(n).multiply(0.3 + 0.1 * n);
			image.getStack().setSliceLabel("slice " + n, n);
		}
		image.getCalibration().setUnit("um");
		image.getCalibration().pixelWidth = image.getCalibration().pixelHeight = 0.5;
		image.setProp("scanner", "of the test");
		stack = shared.resolve("stack.tif");
		new FileSaver(image).saveAsTiffStack(stack.toString());
	}

	@AfterAll
	static void close() {
		model.close();
	}

	private static Decision decision(String output, Path out) throws IOException {
		return decision(stack, output, out);
	}

	private static Decision decision(Path in, String output, Path out) throws IOException {
		var decision = new AtomicReference<Decision>();
		var outcome = colorizer(output).decide(ArrivingFile.of(in), FileColorizer.Hints.NONE, out, decision::set);
		assertEquals(Status.COLORIZED, outcome.status(), outcome.message());
		assertFalse(Files.exists(out));
		return decision.get();
	}

	private static FileColorizer colorizer(String output) {
		return new FileColorizer(model, ColorizeOptions.of("auto", "auto", "percentile", 0, output, 0), null, false, e -> {
			throw new AssertionError(e);
		});
	}

	/** Two of seven parts have no slice. */
	@ParameterizedTest
	@CsvSource({ "RGB, 2", "Lab, 3", "ab, 7" })
	public void partsMakeTheFileThatTheWholeMakes(String output, int count) throws IOException {
		var whole = folder.resolve("whole.tif");
		assertEquals(Status.COLORIZED, colorizer(output).colorize(stack, FileColorizer.Hints.NONE, whole, Progress.NONE).status());
		var decision = decision(output, folder.resolve("assembled.tif"));
		var parts = new ArrayList<Path>();
		int slices = 0;
		for (int i = 0; i < count; i++) {
			var part = folder.resolve("part" + i + ".tif");
			var outcome = colorizer(output).colorize(ArrivingFile.of(stack), new Part(i, count), decision, part);
			assertEquals(outcome.slices() > 0, Files.exists(part));
			if (!Files.exists(part)) continue;
			assertEquals(slices + 1, outcome.first());
			slices += outcome.slices();
			parts.add(part);
		}
		assertEquals(5, slices);
		var assembled = folder.resolve("assembled.tif");
		var outcome = colorizer(output).assemble(ArrivingFile.of(stack), parts, decision, assembled);
		assertEquals(Status.COLORIZED, outcome.status(), outcome.message());
		assertArrayEquals(Files.readAllBytes(whole), Files.readAllBytes(assembled));
	}

	/** 40 x 16,400 pixels in tiles, so that it counts as large: four bands of 4,096 rows, and one of 16. Some of seven parts have none. */
	@ParameterizedTest
	@ValueSource(ints = { 2, 7 })
	public void bandsOfALargeImageMakeTheFileThatTheWholeMakes(int count) throws IOException {
		var tall = Files.copy(Path.of("src/test/resources/slides/tall.tif"), folder.resolve("tall.tif"));
		var whole = folder.resolve("whole.tif");
		var done = colorizer("RGB").colorize(tall, FileColorizer.Hints.NONE, whole, Progress.NONE);
		assertEquals(Status.COLORIZED, done.status(), done.message());
		var decision = decision(tall, "RGB", folder.resolve("assembled.tif"));
		var parts = new ArrayList<Path>();
		for (int i = 0; i < count; i++) {
			var part = folder.resolve("part" + i + ".tif");
			var outcome = colorizer("RGB").colorize(ArrivingFile.of(tall), new Part(i, count), decision, part);
			if (outcome.status() == Status.SKIPPED) {
				assertEquals("has only 5 bands of rows, none of them in this part", outcome.message());
				continue;
			}
			assertEquals(Status.COLORIZED, outcome.status(), outcome.message());
			assertEquals(1, outcome.first());
			assertEquals(1, outcome.slices());
			parts.add(part);
		}
		assertEquals(Math.min(count, 5), parts.size());
		var assembled = folder.resolve("assembled.tif");
		var outcome = colorizer("RGB").assemble(ArrivingFile.of(tall), parts, decision, assembled);
		assertEquals(Status.COLORIZED, outcome.status(), outcome.message());
		assertArrayEquals(Files.readAllBytes(whole), Files.readAllBytes(assembled));
		outcome = colorizer("RGB").assemble(ArrivingFile.of(tall), parts.subList(1, parts.size()), decision, folder.resolve("incomplete.tif"));
		assertEquals(Status.FAILED, outcome.status());
		assertTrue(outcome.message().contains("(the part with row 1 of slice 1 is missing)"), outcome.message());
	}

	/** A ramp of 40 columns ends with 249, in the first slice with 0.4 * 249 = 99. If 99 is white, its L* is 100; if all is black, 0. */
	@Test
	public void aPartTakesTheDecisionAndMakesNoneOfItsOwn() throws IOException {
		var plan = decision("Lab", folder.resolve("out.tif")).plan();
		for (int white : new int[] { 99, 0 }) {
			var part = folder.resolve("part" + white + ".tif");
			colorizer("Lab").colorize(ArrivingFile.of(stack), new Part(0, 5), new Decision(GrayMapping.range(0, white), plan), part);
			assertEquals(white > 0 ? 100 : 0, IJ.openImage(part.toString()).getStack().getProcessor(1).getf(39, 0), 1e-3);
		}
	}

	@Test
	public void aMissingPartIsToldAndNothingIsWritten() throws IOException {
		var part = folder.resolve("part.tif");
		var decision = decision("RGB", folder.resolve("out.tif"));
		colorizer("RGB").colorize(ArrivingFile.of(stack), new Part(0, 2), decision, part);
		var outcome = colorizer("RGB").assemble(ArrivingFile.of(stack), List.of(part), decision, folder.resolve("out.tif"));
		assertEquals(Status.FAILED, outcome.status());
		assertTrue(outcome.message().startsWith("The parts have 2 slices together, the result has 5;"), outcome.message());
		assertFalse(Files.exists(folder.resolve("out.tif")));
	}

	@Test
	public void whatIsThereStays() throws IOException {
		var out = Files.writeString(folder.resolve("out.tif"), "mine");
		assertEquals(Status.SKIPPED, colorizer("RGB").colorize(stack, FileColorizer.Hints.NONE, out, Progress.NONE).status());
		assertEquals("mine", Files.readString(out));
	}
}
