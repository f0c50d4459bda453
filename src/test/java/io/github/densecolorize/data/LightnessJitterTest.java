package io.github.densecolorize.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

public class LightnessJitterTest {

	@Test
	public void strengthZeroChangesNothing() {
		var l = new float[] { 0, 12.5f, 50, 100 };
		assertArrayEquals(l, LightnessJitter.draw(new SplittableRandom(1), 0).apply(l, 2, 1));
	}

	/** 25 becomes 100 · 0.25² = 6.25, then 50 + 1.2 · (6.25 - 50) + 3 = 0.5; 90 becomes 81, then 90.2; black and white stay inside 0..100. */
	@Test
	public void toneFollowsGammaContrastAndShift() {
		var jitter = new LightnessJitter(2, 1.2, 3, 0, 0, 0);
		assertArrayEquals(new float[] { 0.5f, 90.2f, 0, 100 }, jitter.apply(new float[] { 25, 90, 0, 100 }, 2, 1), 1e-4f);
	}

	/** The image of a point has the Gaussian's variance in both directions, and the point's sum; twice enlarged, four times the variance. */
	@Test
	public void blurIsAGaussian() {
		for (int enlarged : new int[] { 1, 2 }) {
			int side = 41;
			var point = new float[side * side];
			point[20 * side + 20] = 100;
			var blurred = new LightnessJitter(1, 1, 0, 1.5, 0, 0).apply(point, side, enlarged);
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

	@Test
	public void noiseHasItsStandardDeviation() {
		var gray = new float[100 * 100];
		Arrays.fill(gray, 50);
		var noisy = new LightnessJitter(1, 1, 0, 0, 2, 7).apply(gray, 100, 1);
		double mean = IntStream.range(0, noisy.length).mapToDouble(i -> noisy[i]).average().orElseThrow();
		double variance = IntStream.range(0, noisy.length).mapToDouble(i -> Math.pow(noisy[i] - mean, 2)).average().orElseThrow();
		assertEquals(50, mean, 0.1);
		assertEquals(2, Math.sqrt(variance), 0.1);
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
