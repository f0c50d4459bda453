package io.github.densecolorize.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import net.imglib2.FinalInterval;
import net.imglib2.Interval;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.util.Intervals;

public class GuidedUpsamplingTest {

	private static final int WIDTH = 62, HEIGHT = 45;
	private static final GuidedUpsampling USUAL = new GuidedUpsampling(GuidedUpsampling.RADIUS, GuidedUpsampling.EPSILON);

	private final float[] l = new float[WIDTH * HEIGHT], a = new float[l.length], b = new float[l.length];

	@Test
	public void constantChromaStaysConstant() {
		fillWithNoise();
		for (int i = 0; i < l.length; i++) {
			a[i] = 20;
			b[i] = -60;
		}
		float[][] result = upsample(USUAL, 0.3, 1000);
		assertArrayEquals(a, result[0], 1e-3f);
		assertArrayEquals(b, result[1], 1e-3f);
	}

	/** Where c = L/2 - 10 everywhere, the slope is known and the full-resolution chroma with it. */
	@Test
	public void chromaThatFollowsLightnessIsRecovered() {
		fillWithNoise();
		for (int i = 0; i < l.length; i++) {
			a[i] = l[i] / 2 - 10;
			b[i] = -l[i];
		}
		float[][] result = upsample(new GuidedUpsampling(2, 1e-3f), 0.5, 1000);
		assertArrayEquals(a, result[0], 0.01f);
		assertArrayEquals(b, result[1], 0.01f);
	}

	/**
	 * Columns of mean 30, 50, 70, 30, ..., two pixels each, the left one darker by 10 and the right one brighter. In each window of three reduced columns
	 * L* has the variance 800/3, of which a slope of 800/3 / (800/3 + 200) = 4/7 is left. The left pixel of a column of 50 lies a quarter of the way
	 * to one of 30: a* is 45 by interpolation, L* too, but L* is 40 there: 45 + 4/7 (40 - 45).
	 */
	@Test
	public void chromaFollowsLightnessAsFarAsEpsilonSays() {
		for (int i = 0; i < l.length; i++) {
			int column = i % WIDTH;
			a[i] = l[i] = 30 + 20 * (column / 2 % 3) + (column % 2 == 0 ? -10 : 10);
		}
		float[][] result = upsample(USUAL, 0.5, 1000);
		assertEquals(45 - 4 / 7. * 5, result[0][20 * WIDTH + 32], 0.01);
	}

	@Test
	public void nothingChangesAtScaleOne() {
		fillWithNoise();
		float[][] result = upsample(USUAL, 1, 16);
		assertArrayEquals(a, result[0], 1e-3f);
		assertArrayEquals(b, result[1], 1e-3f);
	}

	/** Dark and red to the left of an edge that lies within reduced pixels, bright and green to the right: 0.60, 0.57. */
	@ParameterizedTest
	@ValueSource(doubles = { 0.5, 0.25 })
	public void colourEndsAtTheEdgeOfLightness(double scale) {
		for (int i = 0; i < l.length; i++) {
			boolean left = i % WIDTH < 31;
			l[i] = left ? 30 : 70;
			a[i] = left ? 40 : -40;
		}
		double linear = error(a, interpolate(new Reduction(plane(a), scale)));
		double guided = error(a, upsample(USUAL, scale, 1000)[0]);
		assertTrue(guided < 0.65 * linear, "guided " + guided + ", linear " + linear);
	}

	@ParameterizedTest
	@ValueSource(doubles = { 0.5, 0.37, 0.9, 0.02 })
	public void tilesEqualTheWhole(double scale) {
		fillWithNoise();
		var upsampling = new GuidedUpsampling(2, 20);
		float[][] whole = upsample(upsampling, scale, 1000), tiles = upsample(upsampling, scale, 7);
		assertArrayEquals(whole[0], tiles[0], 1e-4f);
		assertArrayEquals(whole[1], tiles[1], 1e-4f);
	}

	@Test
	public void blockWithoutItsMarginIsRefused() {
		var geometry = new Reduction(plane(l), 0.5);
		Interval read = Intervals.expand(geometry.plane(), USUAL.margin() - 1);
		var some = new float[(int) Intervals.numElements(read)];
		assertThrows(IllegalArgumentException.class,
			() -> USUAL.upsample(read, some, some, some, plane(l), l, geometry, a, b));
	}

	@Test
	public void radiusAndEpsilonAreChecked() {
		assertThrows(IllegalArgumentException.class, () -> new GuidedUpsampling(0, 1));
		assertThrows(IllegalArgumentException.class, () -> new GuidedUpsampling(1, 0));
		assertEquals(7, new GuidedUpsampling(3, 1).margin());
	}

	private void fillWithNoise() {
		var random = new Random(7);
		for (int i = 0; i < l.length; i++) {
			l[i] = 100 * random.nextFloat();
			a[i] = 100 * random.nextFloat() - 50;
			b[i] = 100 * random.nextFloat() - 50;
		}
	}

	/** a*b* reduced and brought back, tile by tile. */
	private float[][] upsample(GuidedUpsampling upsampling, double scale, int tileSize) {
		Reduction reducedL = new Reduction(plane(l), scale), reducedA = new Reduction(plane(a), scale),
				reducedB = new Reduction(plane(b), scale);
		var fullL = new MirroredPlane(plane(l));
		var result = new float[2][l.length];
		for (var tile : Tile.cover(reducedL.plane(), tileSize, upsampling.margin())) {
			Interval full = reducedL.full(tile.write());
			float[] tileL = new float[(int) Intervals.numElements(full)], tileA = tileL.clone(), tileB = tileL.clone();
			fullL.read(full, tileL);
			upsampling.upsample(tile.read(), read(reducedL, tile.read()), read(reducedA, tile.read()),
				read(reducedB, tile.read()), full, tileL, reducedL, tileA, tileB);
			copy(tileA, full, result[0]);
			copy(tileB, full, result[1]);
		}
		return result;
	}

	private static void copy(float[] tile, Interval full, float[] out) {
		int width = (int) full.dimension(0);
		for (int i = 0; i < tile.length; i++)
			out[(int) (full.min(1) + i / width) * WIDTH + (int) full.min(0) + i % width] = tile[i];
	}

	private static float[] interpolate(Reduction reduced) {
		var pixels = ArrayImgs.floats(read(reduced, reduced.plane()), reduced.width(), reduced.height());
		return read(new Reduction(pixels, WIDTH, HEIGHT), FinalInterval.createMinSize(0, 0, WIDTH, HEIGHT));
	}

	private static float[] read(Reduction reduction, Interval block) {
		var out = new float[(int) Intervals.numElements(block)];
		reduction.read(block, out);
		return out;
	}

	private static double error(float[] expected, float[] actual) {
		double squares = 0;
		for (int i = 0; i < expected.length; i++)
			squares += (expected[i] - actual[i]) * (expected[i] - actual[i]);
		return Math.sqrt(squares / expected.length);
	}

	private static RandomAccessibleInterval<FloatType> plane(float[] values) {
		return ArrayImgs.floats(values, WIDTH, HEIGHT);
	}
}
