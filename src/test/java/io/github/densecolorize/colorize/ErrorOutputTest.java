package io.github.densecolorize.colorize;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

import ij.IJ;
import ij.ImagePlus;
import ij.ImageStack;
import ij.gui.OvalRoi;
import ij.process.ByteProcessor;

import io.github.densecolorize.Progress;
import io.github.densecolorize.TinyModel;
import io.github.densecolorize.model.ColorModel;
import io.github.densecolorize.model.ErrorMap;
import io.github.densecolorize.open.ImageFiles;

public class ErrorOutputTest {

	private static final int WIDTH = 61, HEIGHT = 47;
	private static final String LABEL = "expected error (\u0394E00)";

	@TempDir
	static Path folder;
	/** One expects an error of 12 everywhere if the class is chosen, the other another at each pixel. */
	private static ColorModel flat, varied;

	private final List<String> log = new ArrayList<>();

	@BeforeAll
	static void open() throws IOException {
		var map = new ErrorMap(new double[TinyModel.NET.lastMaps()], new double[] { Math.log(4), Math.log(3) }, new double[] { -9, 9, 0, 1, 0 });
		flat = ColorModel.open(TinyModel.withErrorMap(folder, "flat", map, "HE", "DAPI"), "cpu");
		varied = ColorModel.open(TinyModel.withErrorMap(folder, "varied", "HE", "DAPI"), "cpu");
	}

	@AfterAll
	static void close() {
		flat.close();
		varied.close();
	}

	@Test
	public void itIsAnImageOfItsOwn() {
		var result = colorize(flat, noise(1), options("error"));
		assertEquals("cells " + LABEL, result.getTitle());
		assertEquals(LABEL + " slice 1", result.getStack().getSliceLabel(1));
		assertEquals(32, result.getBitDepth());
		assertArrayEquals(new int[] { WIDTH, HEIGHT, 1, 1, 1 }, result.getDimensions());
		for (float error : (float[]) result.getProcessor().getPixels())
			assertEquals(12, error, 1e-4);
		assertEquals("12.00", result.getProp("colorize.expected_dE00"));
		assertShown(result);
	}

	/** ImageJ's Fire: dark blue, red, yellow, white. */
	private static void assertShown(ImagePlus result) {
		assertEquals(0, result.getDisplayRangeMin());
		assertEquals(20, result.getDisplayRangeMax());
		var lut = result.getProcessor().getLut();
		assertEquals(List.of(0, 0, true), List.of(lut.getRed(0), lut.getGreen(0), lut.getBlue(20) > lut.getRed(20)));
		assertEquals(List.of(255, 255, 255), List.of(lut.getRed(255), lut.getGreen(255), lut.getBlue(255)));
		assertTrue(lut.getRed(128) > lut.getGreen(128) + 50);
	}

	@Test
	public void coloursTellTheirMeanError() {
		for (var output : List.of("RGB", "Lab", "ab")) {
			var result = colorize(flat, noise(2), options(output));
			assertEquals("12.00", result.getProp("colorize.expected_dE00"), output);
			assertTrue(result.getInfoProperty().contains("\ncolorize.expected_dE00: 12.00\n"), result.getInfoProperty());
		}
		assertTrue(MethodsText.of(colorize(flat, noise(1), options("RGB"))).contains(
			"By the model's own estimate, their mean error is a CIEDE2000 of 12.00."));
	}

	/** The mean is known only when the last slice is; it lies before all pixels in the file. */
	@Test
	public void aFileTellsTheMeanOfItsPixels() throws IOException {
		for (int slices : new int[] { 1, 3 }) {
			var file = folder.resolve("errors " + slices + ".tif");
			write(varied, noise(slices), options("error"), file);
			var opened = IJ.openImage(file.toString());
			double sum = 0;
			for (int n = 1; n <= slices; n++)
				for (float error : (float[]) opened.getStack().getPixels(n))
					sum += error;
			double mean = sum / slices / WIDTH / HEIGHT;
			var text = opened.getProp("colorize.expected_dE00");
			assertEquals(mean, Double.parseDouble(text), 1e-3 * mean);
			assertEquals(5, text.length());
			assertTrue(opened.getInfoProperty().contains("\ncolorize.expected_dE00: " + text + "\n"), opened.getInfoProperty());
			assertEquals(slices, opened.getStackSize());
			if (slices == 3) assertEquals(LABEL + " slice 3", opened.getStack().getSliceLabel(3));
			assertEquals(20, opened.getDisplayRangeMax());
			// Our own reader, too, sees errors and not the colours that they are shown in.
			var read = ImageFiles.open(file, log::add);
			assertArrayEquals((float[]) opened.getStack().getPixels(slices), (float[]) read.getStack().getPixels(slices));
			assertEquals(text, read.getProp("colorize.expected_dE00"));
			var rgb = folder.resolve("colours " + slices + ".tif");
			write(varied, noise(slices), options("RGB"), rgb);
			assertEquals(text, IJ.openImage(rgb.toString()).getProp("colorize.expected_dE00"));
		}
	}

	/** Text of the user's that looks like the number is left alone. */
	@Test
	public void onlyTheOwnNumberIsReplaced() throws IOException {
		var image = noise(2);
		image.setProp("mine", "0.000");
		image.setProperty("Info", "0.000 and 0.000");
		var file = folder.resolve("own.tif");
		write(flat, image, options("RGB"), file);
		var opened = IJ.openImage(file.toString());
		assertEquals("0.000", opened.getProp("mine"));
		assertTrue(opened.getInfoProperty().endsWith("0.000 and 0.000"), opened.getInfoProperty());
		assertEquals("12.00", opened.getProp("colorize.expected_dE00"));
	}

	@Test
	public void outsideOfTheSelectionThereIsNone() {
		var image = noise(1);
		image.setRoi(new OvalRoi(10, 5, 30, 20));
		var region = image.getRoi();
		var whole = (float[]) colorize(varied, image, options("error")).getProcessor().getPixels();
		for (var area : List.of("selection", "crop")) {
			var result = colorize(varied, image, options("error").with(Extent.of(area, "all")));
			int left = area.equals("crop") ? 10 : 0, top = area.equals("crop") ? 5 : 0;
			double sum = 0;
			int n = 0;
			for (int y = 0; y < result.getHeight(); y++)
				for (int x = 0; x < result.getWidth(); x++) {
					float error = result.getProcessor().getf(x, y);
					boolean inside = region.contains(x + left, y + top);
					assertEquals(inside ? whole[(y + top) * WIDTH + x + left] : Float.NaN, error, 1e-4f);
					if (!inside) continue;
					sum += error;
					n++;
				}
			assertEquals(sum / n, Double.parseDouble(result.getProp("colorize.expected_dE00")), 1e-3 * sum / n);
		}
	}

	@Test
	public void withoutColoursThereIsNone() throws IOException {
		var constant = colorize(flat, new ImagePlus("white", new ByteProcessor(9, 9)), options("error"));
		assertTrue(Float.isNaN(constant.getProcessor().getf(40)));
		assertNull(constant.getProp("colorize.expected_dE00"));
		assertTrue(log.contains(
			"Where there are no colours, or none that mean anything, there is no expected error: all pixels of the result are NaN."), log.toString());
		try (var lost = ColorModel.open(TinyModel.withErrorMap(folder, "lost", "unknown"), "cpu")) {
			for (var unknown : List.of("gray", "colour")) {
				var options = ColorizeOptions.of("auto", "1", "full range", 0, "error", 0).with(Honesty.of(unknown, false));
				assertTrue(Float.isNaN(colorize(lost, noise(1), options).getProcessor().getf(40)), unknown);
			}
		}
	}

	@Test
	public void ofChangedColoursItIsNotKnown() throws IOException {
		var sentence = "; must be without references and hints and with strength 1, as it is known only of the model's own colours how wrong they are.";
		assertRefused("Output is error, and strength 0.5" + sentence, () -> options("error").with(OwnColours.of("", "auto", 0.5, "none")));
		assertRefused("Output is error, and there is a reference" + sentence, () -> options("error").with(OwnColours.of("a.tif", "auto", 1, "none")));
		assertRefused("Output is error, and there are hints" + sentence, () -> options("error").with(OwnColours.of("", "auto", 1, "overlay")));
		assertNull(colorize(flat, noise(1), options("RGB").with(OwnColours.of("", "auto", 0.5, "none"))).getProp("colorize.expected_dE00"));
	}

	@Test
	public void aModelWithoutAMapIsRefused() throws IOException {
		try (var plain = ColorModel.open(TinyModel.write(folder, "plain", "HE", "DAPI"), "cpu")) {
			assertRefused("Model plain has no map of the expected error, which output error needs; choose a newer version of it, or give it a map with its " +
				"training data (train --start plain --epochs 0).", () -> new ImageColorizer(plain, options("error"), log::add));
			assertNull(colorize(plain, noise(1), options("RGB")).getProp("colorize.expected_dE00"));
		}
	}

	private static void assertRefused(String sentence, Executable work) {
		assertEquals(sentence, assertThrows(IllegalArgumentException.class, work).getMessage());
	}

	private ImagePlus colorize(ColorModel model, ImagePlus image, ColorizeOptions options) {
		return new ImageColorizer(model, options, log::add).colorize(image, Progress.NONE);
	}

	private void write(ColorModel model, ImagePlus image, ColorizeOptions options, Path file) throws IOException {
		try (var out = new OutputFile(file, false)) {
			new ImageColorizer(model, options, log::add).colorize(image, List.of(), out, Progress.NONE);
		}
	}

	private static ColorizeOptions options(String output) {
		return ColorizeOptions.of("HE", "1/2", "full range", 0, output, 32);
	}

	private static ImagePlus noise(int slices) {
		var stack = new ImageStack(WIDTH, HEIGHT);
		var random = new Random(1);
		for (int n = 1; n <= slices; n++) {
			var pixels = new byte[WIDTH * HEIGHT];
			random.nextBytes(pixels);
			stack.addSlice("slice " + n, new ByteProcessor(WIDTH, HEIGHT, pixels));
		}
		return new ImagePlus("cells.tif", stack);
	}
}
