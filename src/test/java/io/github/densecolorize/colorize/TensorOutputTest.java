package io.github.densecolorize.colorize;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import ij.ImagePlus;
import ij.ImageStack;
import ij.gui.OvalRoi;
import ij.process.ByteProcessor;
import ij.process.ColorProcessor;
import ij.process.StackConverter;

import io.github.densecolorize.Colorizer;
import io.github.densecolorize.Progress;
import io.github.densecolorize.TinyModel;
import io.github.densecolorize.model.ColorModel;

/** Images of ImageJ, painted as a GPU paints them and as the CPU does: all outputs, all kinds of pixels. */
public class TensorOutputTest {

	private static final int WIDTH = 61, HEIGHT = 47;

	@TempDir
	static Path folder;
	private static ColorModel model;

	@BeforeAll
	static void open() throws IOException {
		model = ColorModel.open(TinyModel.withErrorMap(folder, "tiny", "HE", "DAPI"), "cpu");
	}

	@AfterAll
	static void close() {
		model.close();
	}

	@ParameterizedTest
	@CsvSource({ "8, RGB, image, false", "16, RGB, image, true", "32, RGB, selection, false", "24, RGB, image, false", "8, Lab, crop, false", "16, ab, image, false",
		"24, Lab, image, false", "8, RGB, selection, true", "32, error, image, false" })
	public void isThatOfTheCpu(int bits, String output, String area, boolean inverted) {
		var image = image(bits);
		if (inverted) image.setLut(image.getProcessor().getLut().createInvertedLut());
		if (!area.equals("image")) image.setRoi(new OvalRoi(11, 7, 30, 33));
		var options = ColorizeOptions.of("HE", "1/4", "full range", ColorizeOptions.ONLY_CHANNEL, output, 0).with(Extent.of(area, "all"));
		ImagePlus own = colorize(image, options, false), tensors = colorize(image, options, true);
		assertArrayEquals(own.getDimensions(), tensors.getDimensions());
		for (int n = 1; n <= own.getStackSize(); n++) {
			Object expected = own.getStack().getPixels(n), made = tensors.getStack().getPixels(n);
			if (expected instanceof float[] values) assertArrayEquals(values, (float[]) made, 0.02f);
			else assertLevels((int[]) expected, (int[]) made);
		}
	}

	private static void assertLevels(int[] expected, int[] made) {
		for (int i = 0; i < expected.length; i++)
			for (int shift = 0; shift < 32; shift += 8)
				assertEquals(expected[i] >>> shift & 255, made[i] >>> shift & 255, 1, "pixel " + i);
	}

	private static ImagePlus colorize(ImagePlus image, ColorizeOptions options, boolean tensors) {
		return new ImageColorizer(model, options, sentence -> {}, new Colorizer(model, options.colorizer(), null, tensors)).colorize(image, Progress.NONE);
	}

	/** Two slices of noise. */
	private static ImagePlus image(int bits) {
		var random = new Random(1);
		var stack = new ImageStack(WIDTH, HEIGHT);
		for (int n = 0; n < 2; n++) {
			if (bits == 24) {
				stack.addSlice(new ColorProcessor(WIDTH, HEIGHT, random.ints(WIDTH * HEIGHT).toArray()));
				continue;
			}
			var pixels = new byte[WIDTH * HEIGHT];
			random.nextBytes(pixels);
			stack.addSlice(new ByteProcessor(WIDTH, HEIGHT, pixels));
		}
		var image = new ImagePlus("noise", stack);
		if (bits == 16) new StackConverter(image).convertToGray16();
		if (bits == 32) new StackConverter(image).convertToGray32();
		return image;
	}
}
