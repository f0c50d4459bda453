package io.github.densecolorize;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import net.imglib2.Interval;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.real.FloatType;

import io.github.densecolorize.Colorizer.Options;
import io.github.densecolorize.image.Reduction;
import io.github.densecolorize.model.ColorModel;
import io.github.densecolorize.model.ErrorMap;

public class ExpectedErrorTest {

	private static final int WIDTH = 123, HEIGHT = 89;

	@TempDir
	static Path folder;
	private static ColorModel model;

	@BeforeAll
	static void open() throws IOException {
		model = ColorModel.open(TinyModel.withErrorMap(folder, "tiny", "one", "two"), "cpu");
	}

	@AfterAll
	static void close() {
		model.close();
	}

	/** Nothing depends on the maps: 4 times the square root of 9, as the class that was chosen is sure, and as only half of the logarithm counts. */
	@Test
	public void anErrorThatIsTheSameEverywhereIsSo() throws IOException {
		var map = new ErrorMap(new double[TinyModel.NET.lastMaps()], new double[] { Math.log(4), Math.log(9) / 2 }, new double[] { -9, 9, 0, 1, 0 });
		try (var flat = ColorModel.open(TinyModel.withErrorMap(folder, "flat", map, "one", "two"), "cpu")) {
			for (double scale : new double[] { 1, 0.37 })
				for (float error : errors(flat, new Options("one", scale, 32)))
					assertEquals(12, error, 1e-4);
		}
	}

	@ParameterizedTest
	@CsvSource({ "1", "0.5", "0.37" })
	public void tilesFitTogether(double scale) {
		var whole = errors(model, new Options("auto", scale, 4096));
		var tiles = errors(model, new Options("auto", scale, 32));
		for (int i = 0; i < whole.length; i++)
			assertEquals(1, tiles[i] / whole[i], 1e-3, "pixel " + i);
		assertTrue(range(whole) > 1.1, "from pixel to pixel the error changes by a factor of " + range(whole));
	}

	/** Plain arithmetic on what the network sees at full scale. */
	@Test
	public void theLogarithmIsASumOfTheMaps() {
		var l = noise();
		var options = new Options("auto", 1, 0);
		var plan = new Colorizer(model, options).plan(List.of(l), 0);
		var reduced = new Reduction(l, 1);
		var seen = References.maps(model, reduced, reduced.plane(), plan.cues());
		var errors = errors(model, options);
		for (int i = 0; i < errors.length; i += 7) {
			double sum = 1 + 0.5 * plan.guidance().probability();
			for (int m = 0; m < seen.maps().length; m++)
				sum += (m * 37 % 11 - 5) / 20.0 * seen.maps()[m][i];
			assertEquals(Math.min(100, Math.exp(sum)), errors[i], 1e-3 * errors[i], "pixel " + i);
		}
	}

	/** The colours are those that they are if nobody asks for errors. */
	@Test
	public void theColoursStay() {
		var l = noise();
		var colorizer = new Colorizer(model, new Options("auto", 0.5, 32));
		var plan = colorizer.plan(List.of(l), 0);
		float[] alone = new float[WIDTH * HEIGHT], beside = alone.clone();
		colorizer.colorize(l, plan, (tile, tileL, a, b) -> put(tile, a, alone), Progress.NONE);
		colorizer.colorize(l, 0, plan, l, (tile, tileL, a, b) -> put(tile, a, beside), (tile, error) -> {}, Progress.NONE);
		assertArrayEquals(alone, beside, 1e-3f);
	}

	@Test
	public void itIsToldOfTheModelsOwnColoursOnly() throws IOException {
		var l = noise();
		var colorizer = new Colorizer(model, Options.DEFAULT);
		assertTrue(colorizer.tellsErrors(colorizer.plan(List.of(l), 0)));
		var hint = Hint.of(Hint.ALL, 0xff804020, List.of(new Hint.Run(1, 1, 1)), "hint");
		assertFalse(colorizer.tellsErrors(colorizer.plan(List.of(l), 0, List.of(hint))));
		var stronger = new Colorizer(model, new Options("auto", 0, 0, 1.5, Options.AUTO_STRENGTH));
		assertFalse(stronger.tellsErrors(stronger.plan(List.of(l), 0)));
		var head = References.fit(model, Options.DEFAULT, List.of(new Reference(l, l, l, 0, "0".repeat(64))));
		var fitted = new Colorizer(model, Options.DEFAULT, head);
		assertFalse(fitted.tellsErrors(fitted.plan(List.of(l), 0)));
		try (var without = ColorModel.open(TinyModel.write(folder, "without", "one"), "cpu")) {
			var silent = new Colorizer(without, Options.DEFAULT);
			assertFalse(silent.tellsErrors(silent.plan(List.of(l), 0)));
		}
	}

	private static float[] errors(ColorModel of, Options options) {
		var l = noise();
		var colorizer = new Colorizer(of, options);
		var errors = new float[WIDTH * HEIGHT];
		colorizer.colorize(l, 0, colorizer.plan(List.of(l), 0), l, (tile, tileL, a, b) -> {}, (tile, error) -> put(tile, error, errors), Progress.NONE);
		return errors;
	}

	private static void put(Interval tile, float[] values, float[] plane) {
		int width = (int) tile.dimension(0);
		for (int j = 0; j < tile.dimension(1); j++)
			System.arraycopy(values, j * width, plane, (int) (tile.min(1) + j) * WIDTH + (int) tile.min(0), width);
	}

	private static float range(float[] values) {
		float least = Float.MAX_VALUE, most = 0;
		for (float value : values) {
			least = Math.min(least, value);
			most = Math.max(most, value);
		}
		return most / least;
	}

	private static RandomAccessibleInterval<FloatType> noise() {
		var random = new Random(1);
		var l = ArrayImgs.floats(WIDTH, HEIGHT);
		l.forEach(v -> v.set(100 * random.nextFloat()));
		return l;
	}
}
