package io.github.densecolorize;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import net.imglib2.img.array.ArrayImgs;

import io.github.densecolorize.image.Comparison;
import io.github.densecolorize.image.Entropy;
import io.github.densecolorize.image.Lab;
import io.github.densecolorize.model.ColorModel;

public class ErrorFitTest {

	@TempDir
	Path folder;

	/**
	 * Errors whose logarithm is linear in the inputs, with a spread of 0.8: their mean is e^0.32 times the exponential of the mean logarithm
	 * (log-normal distribution).
	 */
	@Test
	public void theMeanIsExpectedNotTheMedian() {
		var random = new Random(1);
		var samples = IntStream.range(0, 40_000).mapToObj(i -> {
			var inputs = new float[] { (float) random.nextGaussian(), (float) (5 + 0.1 * random.nextGaussian()), random.nextFloat() };
			return new ErrorRegression.Sample(i, inputs, Math.exp(0.3 * inputs[0] - 2 * (inputs[1] - 5) + inputs[2] + 0.8 * random.nextGaussian()));
		}).toList();
		var map = ErrorRegression.map(samples);
		assertArrayEquals(new double[] { 0.3, -2 }, map.weights(), 0.05);
		assertEquals(1, map.image()[1], 0.05);
		// At inputs 0, 5 and 0.
		assertEquals(Math.exp(0.32), map.expected(new float[] { (float) (5 * map.weights()[1]) }, 0)[0], 0.07);
	}

	@Test
	public void aMapThatNeverChangesTellsNothing() {
		var map = ErrorRegression.map(List.of(new ErrorRegression.Sample(0, new float[] { 7, 0, 1 }, 2), new ErrorRegression.Sample(0, new float[] { 7, 1, 1 }, 6)));
		assertEquals(0, map.weights()[0]);
		assertEquals(0, map.image()[1]);
		assertEquals(4, (map.expected(new float[] { 0 }, 1)[0] + map.expected(new float[] { (float) map.weights()[1] }, 1)[0]) / 2, 1e-4);
	}

	/** No error at all, as of gray images and a model without colours, is none that can be seen. */
	@Test
	public void perfectColoursAreExpectedToBeSo() {
		var map = ErrorRegression.map(List.of(new ErrorRegression.Sample(0, new float[] { 0, 1 }, 0), new ErrorRegression.Sample(0, new float[] { 1, 1 }, 0)));
		assertEquals(0.1, map.expected(new float[] { 0 }, 1)[0], 1e-5);
	}

	/** The mean error found is that which is measured on the result. */
	@Test
	public void errorsAreThoseOfTheResult() throws IOException {
		try (var model = ColorModel.open(TinyModel.write(folder, "tiny", "one", "two"), "cpu")) {
			int side = 40;
			// One colour for each quarter, so that the pixels that are drawn do not matter much.
			var argb = TinyDataSet.image(side, i -> 0xff000000 | (i % side < 20 ? 0x903060 : 0x20a040) + (i / side < 20 ? 0x101010 : 0));
			var fit = new ErrorFit(model);
			for (int i = 0; i < 40; i++)
				fit.add(argb, side);
			var gray = ArrayImgs.floats(side, side);
			var l = new float[argb.length];
			Lab.fromArgb(argb, l, l.clone(), l.clone());
			int n = 0;
			for (var pixel : gray)
				pixel.set(l[n++]);
			var colorizer = new Colorizer(model, Colorizer.Options.DEFAULT);
			var result = new int[argb.length];
			colorizer.colorize(gray, colorizer.plan(List.of(gray), 0), (tile, tl, a, b) -> {
				for (int i = 0; i < tile.dimension(0) * tile.dimension(1); i++)
					result[(int) ((tile.min(1) + i / tile.dimension(0)) * side + tile.min(0) + i % tile.dimension(0))] = Lab.toArgb(tl[i],
						a[i], b[i]);
			}, Progress.NONE);
			double measured = Comparison.of(argb, result, side, null, Entropy.Kind.PAPER).ciede2000();
			assertEquals(40, fit.sample().images());
			assertEquals(measured, fit.sample().mean(), 0.02 * measured);
		}
	}
}
