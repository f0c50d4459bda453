package io.github.densecolorize.colorize;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.util.Intervals;

import ij.ImagePlus;
import ij.process.ByteProcessor;
import ij.process.ImageProcessor;

import io.github.densecolorize.Colorizer;
import io.github.densecolorize.Colorizer.Options;
import io.github.densecolorize.Plan;
import io.github.densecolorize.Progress;
import io.github.densecolorize.image.GrayDisplay;
import io.github.densecolorize.image.GrayMapping;
import io.github.densecolorize.image.MirroredPlane;
import io.github.densecolorize.model.ColorModel;
import io.github.densecolorize.model.TileCues;
import io.github.densecolorize.open.ImageFiles;
import io.github.densecolorize.open.Images;

/** The models in {@code models/} do what their cards say, on this machine. */
public class ShippedModelsTest {

	private static final Path MODELS = Path.of("models");

	private static Stream<Path> models() throws IOException {
		return Files.list(MODELS).filter(Files::isDirectory);
	}

	/** The stored result was made once; another processor may round a level differently. */
	@ParameterizedTest
	@MethodSource("models")
	public void sampleGivesItsStoredResult(Path folder) throws IOException {
		try (var model = ColorModel.open(folder, "cpu")) {
			var sample = ImageFiles.open(folder.resolve("sample.tif"), sentence -> {}).getProcessor();
			var stored = (int[]) ImageFiles.open(folder.resolve("sample-colorized.tif"), sentence -> {}).getProcessor().getPixels();
			assertTrue(difference(stored, colorized(model, (ByteProcessor) sample, "auto", "256")) <= 1);
		}
	}

	/** The network is rewritten for speed; its layers as they were trained give the same colours. */
	@ParameterizedTest
	@MethodSource("models")
	public void theFastWayGivesWhatThePlainOneGives(Path folder) throws IOException {
		var sample = lightness(ImageFiles.open(folder.resolve("sample.tif"), sentence -> {}).getProcessor());
		int width = (int) sample.dimension(0), height = (int) sample.dimension(1);
		var l = new float[width * height];
		new MirroredPlane(sample).read(sample, l);
		try (var model = ColorModel.open(folder, "cpu")) {
			int halo = model.spec().net().halo(), innerWidth = width - 2 * halo, innerHeight = height - 2 * halo;
			var cues = new TileCues(model.guide(model.spec().choices().get(0)).vector());
			float[] plain = model.predictAbPlainly(l, width, height, cues);
			float[][] fast = new float[2][innerWidth * innerHeight];
			model.predictAb(l, width, height, cues, fast[0], fast[1]);
			for (int c = 0; c < 2; c++)
				for (int y = 0; y < innerHeight; y++)
					for (int x = 0; x < innerWidth; x++)
						assertEquals(plain[(c * height + y + halo) * width + x + halo], fast[c][y * innerWidth + x], 0.01);
		}
	}

	/** With real weights, whose far corners of the receptive field count for something. */
	@ParameterizedTest
	@CsvSource({ "1, 1, 1", "7, 333, 1", "231, 197, 1", "1023, 769, 1/4" })
	public void tilesCannotBeSeen(int width, int height, String scale) throws IOException {
		var image = new ByteProcessor(width, height);
		var sample = ImageFiles.open(MODELS.resolve("microscopy").resolve("sample.tif"), sentence -> {}).getProcessor();
		for (int y = 0; y < height; y++)
			for (int x = 0; x < width; x++)
				image.set(x, y, sample.get(x % sample.getWidth(), y % sample.getHeight()));
		try (var model = ColorModel.open(MODELS.resolve("microscopy"), "cpu")) {
			var whole = colorized(model, image, scale, "4096");
			for (var tile : List.of("96", "512"))
				assertTrue(difference(whole, colorized(model, image, scale, tile)) <= 1, "tile " + tile);
		}
	}

	private static int[] colorized(ColorModel model, ByteProcessor image, String scale, String tile) {
		var options = ColorizeOptions.of("auto", scale, "full range", ColorizeOptions.ONLY_CHANNEL, "RGB", Integer.parseInt(tile));
		var result = new ImageColorizer(model, options, sentence -> {}).colorize(new ImagePlus("", image), Progress.NONE);
		return (int[]) result.getProcessor().getPixels();
	}

	/** Largest difference of a channel, in 8-bit levels. */
	private static int difference(int[] one, int[] other) {
		assertEquals(one.length, other.length);
		int largest = 0;
		for (int i = 0; i < one.length; i++)
			for (int shift = 0; shift < 24; shift += 8)
				largest = Math.max(largest, Math.abs((one[i] >> shift & 255) - (other[i] >> shift & 255)));
		return largest;
	}

	/**
	 * Sixty times the sample with noise of its own. With one plan a slice's colours depend on its own L* alone; a plan for each slice adds
	 * what the guidance stream makes of the noise, which is seen as flicker.
	 */
	@Test
	public void sharedGuidanceDoesNotFlicker() throws IOException {
		try (var model = ColorModel.open(MODELS.resolve("microscopy"), "cpu")) {
			var colorizer = new Colorizer(model, Options.DEFAULT);
			var slices = noisySlices(60);
			var shared = colorizer.plan(slices, 0);
			List<Double> together = new ArrayList<>(), alone = new ArrayList<>();
			for (var slice : slices) {
				together.add(meanChroma(colorizer, slice, shared));
				alone.add(meanChroma(colorizer, slice, colorizer.plan(List.of(slice), 0)));
			}
			System.out.printf("Mean chroma of 60 noisy slices: %.3f, sd %.4f with shared guidance, %.4f with guidance of each slice.%n", mean(
				together), deviation(together), deviation(alone));
			assertTrue(deviation(together) < deviation(alone), deviation(together) + " shared, " + deviation(alone) + " alone");
			assertEquals(0, deviation(together) / mean(together), 0.01);
		}
	}

	private static List<RandomAccessibleInterval<FloatType>> noisySlices(int n) throws IOException {
		var random = new Random(1);
		var slices = new ArrayList<RandomAccessibleInterval<FloatType>>();
		for (int i = 0; i < n; i++) {
			var ip = ImageFiles.open(MODELS.resolve("microscopy").resolve("sample.tif"), sentence -> {}).getProcessor();
			for (int k = 0; k < ip.getPixelCount(); k++)
				ip.set(k, (int) Math.max(0, Math.min(255, Math.round(ip.get(k) + 8 * random.nextGaussian()))));
			slices.add(lightness(ip));
		}
		return slices;
	}

	private static double meanChroma(Colorizer colorizer, RandomAccessibleInterval<FloatType> slice, Plan plan) {
		double[] sum = { 0, 0 };
		colorizer.colorize(slice, plan, (tile, l, a, b) -> {
			int pixels = (int) Intervals.numElements(tile);
			synchronized (sum) {
				for (int i = 0; i < pixels; i++)
					sum[0] += Math.hypot(a[i], b[i]);
				sum[1] += pixels;
			}
		}, Progress.NONE);
		return sum[0] / sum[1];
	}

	private static double mean(List<Double> values) {
		return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
	}

	private static double deviation(List<Double> values) {
		double mean = mean(values);
		return Math.sqrt(values.stream().mapToDouble(v -> (v - mean) * (v - mean)).average().orElseThrow());
	}

	private static RandomAccessibleInterval<FloatType> lightness(ImageProcessor ip) {
		return GrayDisplay.of(GrayMapping.fullRange(8)).lightness(Images.gray(ip));
	}
}
