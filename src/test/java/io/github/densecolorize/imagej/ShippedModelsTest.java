package io.github.densecolorize.imagej;

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
import org.junit.jupiter.params.provider.MethodSource;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.util.Intervals;

import io.github.densecolorize.Colorizer;
import io.github.densecolorize.Colorizer.Options;
import io.github.densecolorize.Plan;
import io.github.densecolorize.Progress;
import io.github.densecolorize.image.GrayMapping;
import io.github.densecolorize.model.ColorModel;

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
		var options = ColorizeOptions.of("auto", "auto", "full range", ColorizeOptions.ONLY_CHANNEL, "RGB", Options.DEFAULT.tile());
		try (var model = ColorModel.open(folder, "cpu")) {
			var result = new ImageColorizer(model, options, sentence -> {}).colorize(Images.open(folder.resolve("sample.tif")), Progress.NONE);
			var found = (int[]) result.getProcessor().getPixels();
			var stored = (int[]) Images.open(folder.resolve("sample-colorized.tif")).getProcessor().getPixels();
			int largest = 0;
			for (int i = 0; i < stored.length; i++)
				for (int shift = 0; shift < 24; shift += 8)
					largest = Math.max(largest, Math.abs((found[i] >> shift & 255) - (stored[i] >> shift & 255)));
			assertTrue(largest <= 1, "differs by " + largest + " levels");
		}
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
			var ip = Images.open(MODELS.resolve("microscopy").resolve("sample.tif")).getProcessor();
			for (int k = 0; k < ip.getPixelCount(); k++)
				ip.set(k, (int) Math.max(0, Math.min(255, Math.round(ip.get(k) + 8 * random.nextGaussian()))));
			slices.add(Images.lightness(ip, GrayMapping.fullRange(8)));
		}
		return slices;
	}

	private static double meanChroma(Colorizer colorizer, RandomAccessibleInterval<FloatType> slice, Plan plan) {
		double[] sum = { 0, 0 };
		colorizer.colorize(slice, plan, (tile, l, a, b) -> {
			int pixels = (int) Intervals.numElements(tile);
			for (int i = 0; i < pixels; i++)
				sum[0] += Math.hypot(a[i], b[i]);
			sum[1] += pixels;
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
}
