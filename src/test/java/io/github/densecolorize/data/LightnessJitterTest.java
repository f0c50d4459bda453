package io.github.densecolorize.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.github.densecolorize.image.Lab;

public class LightnessJitterTest {

	@Test
	public void strengthZeroChangesNothing() {
		var l = new float[] { 0, 12.5f, 50, 100 };
		assertArrayEquals(l, LightnessJitter.draw(new SplittableRandom(1), 0).apply(l, 2, 1));
	}

	/** 25 becomes 100 · 0.25² = 6.25, then 50 + 1.2 · (6.25 - 50) + 3 = 0.5; 90 becomes 81, then 90.2; black and white stay inside 0..100. */
	@Test
	public void toneFollowsGammaContrastAndShift() {
		var jitter = new LightnessJitter(new ToneCurve(2, 0, 0, 1.2, 3), 0, 0, 0, 0, 0);
		assertArrayEquals(new float[] { 0.5f, 90.2f, 0, 100 }, jitter.apply(new float[] { 25, 90, 0, 100 }, 2, 1), 1e-4f);
	}

	/** The image of a point has the Gaussian's variance in both directions, and the point's sum; twice enlarged, four times the variance. */
	@Test
	public void blurIsAGaussian() {
		for (int enlarged : new int[] { 1, 2 }) {
			int side = 41;
			var point = new float[side * side];
			point[20 * side + 20] = 100;
			var blurred = blur(1.5).apply(point, side, enlarged);
			double sum = 0, xx = 0, yy = 0;
			for (int i = 0; i < blurred.length; i++) {
				sum += blurred[i];
				xx += Math.pow(i % side - 20, 2) * blurred[i] / 100;
				yy += Math.pow(i / side - 20, 2) * blurred[i] / 100;
			}
			double variance = 1.5 * 1.5 * enlarged * enlarged;
			assertEquals(100, sum, 1e-3);
			assertEquals(variance, xx, 0.04 * variance);
			assertEquals(variance, yy, 0.04 * variance);
		}
	}

	private static LightnessJitter blur(double sigma) {
		return new LightnessJitter(ToneCurve.NONE, sigma, 0, 0, 0, 0);
	}

	/** What a Gaussian of one pixel takes from a point and spreads is given back to it and taken from around it; where all is alike nothing changes. */
	@Test
	public void sharpeningIsTheOppositeOfBlur() {
		int side = 21;
		var spot = filled(side, i -> i == 10 * 21 + 10 ? 60 : 50);
		for (int enlarged : new int[] { 1, 2 }) {
			float[] blurred = blur(enlarged).apply(spot, side, 1), sharp = new LightnessJitter(ToneCurve.NONE, 0, 0.5, 0, 0, 0).apply(spot, side, enlarged);
			for (int i = 0; i < spot.length; i++)
				assertEquals(1.5 * spot[i] - 0.5 * blurred[i], sharp[i], 1e-4);
			assertTrue(sharp[10 * 21 + 10] > 62 && sharp[10 * 21 + 11] < 50, sharp[10 * 21 + 10] + ", " + sharp[10 * 21 + 11]);
		}
	}

	/** Half of the images are blurred and the others sharpened, none of them both. */
	@Test
	public void halfOfTheImagesAreSharpened() {
		var random = new SplittableRandom(6);
		var drawn = IntStream.range(0, 2000).mapToObj(i -> LightnessJitter.draw(random, 1)).toList();
		assertEquals(1000, drawn.stream().filter(jitter -> jitter.sharpening() > 0 && jitter.blur() == 0).count(), 110);
		assertEquals(1000, drawn.stream().filter(jitter -> jitter.blur() > 0 && jitter.sharpening() == 0).count(), 110);
		assertEquals(1.5, drawn.stream().mapToDouble(LightnessJitter::blur).max().orElseThrow(), 0.02);
		assertEquals(1, drawn.stream().mapToDouble(LightnessJitter::sharpening).max().orElseThrow(), 0.02);
	}

	@Test
	public void noiseHasItsStandardDeviation() {
		var gray = new float[100 * 100];
		Arrays.fill(gray, 50);
		var noisy = new LightnessJitter(ToneCurve.NONE, 0, 0, 2, 0, 7).apply(gray, 100, 1);
		double mean = IntStream.range(0, noisy.length).mapToDouble(i -> noisy[i]).average().orElseThrow();
		double variance = IntStream.range(0, noisy.length).mapToDouble(i -> Math.pow(noisy[i] - mean, 2)).average().orElseThrow();
		assertEquals(50, mean, 0.1);
		assertEquals(2, Math.sqrt(variance), 0.1);
	}

	/**
	 * sRGB 119 has L* 50.03. At quality 50 the DC coefficient, 8 · (119 - 128) = -72, is rounded to a multiple of 16: to -64 or -80, which is 120
	 * or 118. At quality 100 it stays.
	 */
	@Test
	public void compressionKeepsAConstantImageConstant() {
		float l = Lab.lightness(119 / 255.0);
		double step = Lab.lightness(120 / 255.0) - l;
		for (int side : new int[] { 1, 13, 32 }) {
			var gray = filled(side, i -> l);
			assertArrayEquals(gray, compressed(gray, side, 0.001), 1e-4f);
			var coarse = compressed(gray, side, 50);
			assertEquals(step, Math.abs(coarse[0] - l), 0.01);
			assertArrayEquals(filled(side, i -> coarse[0]), coarse);
		}
	}

	/**
	 * Columns of sRGB 123 and 133 by turns: the coefficients of the horizontal frequencies 1, 3, 5, 7 are 7.2, 8.5, 12.7 and 36.2, the others 0.
	 * At quality 50 the table has 11, 16, 40 and 61, so that the highest is kept; at 20 it has 2.5 times these, and all are less than half.
	 */
	@Test
	public void strongCompressionLosesFineDetail() {
		float dark = Lab.lightness(123 / 255.0), bright = Lab.lightness(133 / 255.0);
		var columns = filled(32, i -> i % 2 == 0 ? dark : bright);
		assertEquals(bright - dark, contrast(compressed(columns, 32, 0.001)), 0.5);
		assertTrue(contrast(compressed(columns, 32, 50)) > 1);
		assertEquals(0, contrast(compressed(columns, 32, 80)), 1e-4);
	}

	/** Noise is what JPEG is worst at: the worse the quality, the larger the error, and below 1 at the best. */
	@Test
	public void errorGrowsWithCompression() {
		var random = new SplittableRandom(5);
		var noise = filled(32, i -> (float) (20 + 60 * random.nextDouble()));
		double before = 0;
		for (double compression : new double[] { 0.001, 10, 25, 50, 80 }) {
			var compressed = compressed(noise, 32, compression);
			double error = IntStream.range(0, noise.length).mapToDouble(i -> Math.abs(compressed[i] - noise[i])).average().orElseThrow();
			assertTrue(error > before, error + " at compression " + compression);
			if (before == 0) assertTrue(error < 1, "error " + error);
			before = error;
		}
	}

	/** u³ is below 1/8 for half of the numbers from 0 to 1: half of the qualities are 90 or better, and none is below 20. */
	@Test
	public void mostQualitiesAreGood() {
		var random = new SplittableRandom(4);
		var compressions = IntStream.range(0, 2000).mapToDouble(i -> LightnessJitter.draw(random, 1).compression()).toArray();
		assertEquals(0.5, Arrays.stream(compressions).filter(c -> c < 10).count() / 2000.0, 0.04);
		assertEquals(80, Arrays.stream(compressions).max().orElseThrow(), 1);
	}

	@Test
	public void sameSeedSameResult() {
		var l = filled(32, i -> i % 32 * 3);
		var jitter = LightnessJitter.draw(new SplittableRandom(9), 1);
		assertEquals(jitter, LightnessJitter.draw(new SplittableRandom(9), 1));
		assertArrayEquals(jitter.apply(l, 32, 1), jitter.apply(l, 32, 1));
	}

	private static float[] compressed(float[] l, int side, double compression) {
		return new LightnessJitter(ToneCurve.NONE, 0, 0, 0, compression, 0).apply(l, side, 1);
	}

	/** Mean difference of neighbours in a row. */
	private static double contrast(float[] l) {
		return IntStream.range(1, l.length).mapToDouble(i -> Math.abs(l[i] - l[i - 1])).average().orElseThrow();
	}

	private static float[] filled(int side, IntToFloat value) {
		var l = new float[side * side];
		for (int i = 0; i < l.length; i++)
			l[i] = value.of(i);
		return l;
	}

	private interface IntToFloat {

		float of(int i);
	}

	/** Over many draws middle gray goes up and down by several L*, and at half the strength by about half as much. */
	@Test
	public void strengthScalesTheChange() {
		double whole = spread(1), half = spread(0.5);
		assertTrue(whole > 5 && whole < 15, "spread " + whole);
		assertEquals(0.5, half / whole, 0.06);
	}

	/** Standard deviation of what 50 becomes. */
	private static double spread(double strength) {
		var random = new SplittableRandom(3);
		return Math.sqrt(IntStream.range(0, 2000).mapToDouble(i -> Math.pow(LightnessJitter.draw(random, strength).apply(new float[] { 50 }, 1,
			1)[0] - 50, 2)).average().orElseThrow());
	}
}
