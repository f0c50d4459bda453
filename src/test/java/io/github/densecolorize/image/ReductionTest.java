package io.github.densecolorize.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Random;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import net.imglib2.Interval;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.util.Intervals;
import net.imglib2.view.Views;

public class ReductionTest {

	@Test
	public void fourPixelsToTwoArePairsAveraged() {
		assertArrayEquals(new float[] { 2, 6 }, read(new Reduction(row(1, 3, 5, 7), 0.5)));
	}

	/** Each of two pixels is one and a half wide: (3 + 6/2) / 1.5 and (6/2 + 9) / 1.5. */
	@Test
	public void threePixelsToTwoShareTheMiddleOne() {
		assertArrayEquals(new float[] { 4, 8 }, read(new Reduction(row(3, 6, 9), 2, 1)));
		assertArrayEquals(new float[] { 4, 8 }, read(new Reduction(Views.permute(row(3, 6, 9), 0, 1), 1, 2)));
	}

	/** Centres of the new pixels lie at -1/4, 1/4, 3/4, 5/4 between the old ones at 0 and 1. */
	@Test
	public void twoPixelsToFourAreInterpolated() {
		assertArrayEquals(new float[] { 10, 12.5f, 17.5f, 20 }, read(new Reduction(row(10, 20), 4, 1)));
	}

	@ParameterizedTest
	@CsvSource({ "100, 37, 0.5, 50, 19", "7, 333, 0.1, 1, 33", "1, 1, 0.25, 1, 1", "5, 5, 1, 5, 5" })
	public void sizeIsRounded(int width, int height, double scale, long reducedWidth, long reducedHeight) {
		var reduction = new Reduction(ArrayImgs.floats(width, height), scale);
		assertEquals(reducedWidth, reduction.width());
		assertEquals(reducedHeight, reduction.height());
	}

	@ParameterizedTest
	@CsvSource({ "13, 9", "61, 47", "1, 1", "90, 80", "90, 5" })
	public void constantStaysConstant(int width, int height) {
		var plane = ArrayImgs.floats(61, 47);
		plane.forEach(p -> p.set(33.3f));
		for (float value : read(new Reduction(plane, width, height)))
			assertEquals(33.3f, value);
	}

	/** A ramp averaged over whole pixels is a ramp; 2000 x 400 pixels are more than are held at a time. */
	@Test
	public void rampStaysARamp() {
		int width = 2000, height = 400, w = 20, h = 8;
		var values = new float[width * height];
		for (int i = 0; i < values.length; i++)
			values[i] = i % width + 3 * (i / width);
		float[] reduced = read(new Reduction(ArrayImgs.floats(values, width, height), w, h));
		for (int i = 0; i < reduced.length; i++) {
			double x = (i % w + 0.5) * width / w - 0.5, y = (i / w + 0.5) * height / h - 0.5;
			assertEquals(x + 3 * y, reduced[i], 1e-3);
		}
	}

	@Test
	public void meanIsKept() {
		var plane = random(61, 47);
		float[] all = read(new Reduction(plane, 61, 47)), reduced = read(new Reduction(plane, 17, 13));
		assertEquals(mean(all), mean(reduced), 1e-4);
	}

	@Test
	public void scaleOneIsThePlainPlane() {
		var plane = random(9, 7);
		var plain = new float[15 * 13];
		var reduction = new Reduction(plane, 1);
		Interval block = Intervals.expand(reduction.plane(), 3);
		new MirroredPlane(plane).read(block, plain);
		assertArrayEquals(plain, read(reduction, block));
	}

	@ParameterizedTest
	@CsvSource({ "20, 16", "61, 3", "47, 45", "100, 90", "2, 1" })
	public void blocksEqualTheWholeAndTheOutsideMirrorsIt(int width, int height) {
		var reduction = new Reduction(Views.translate(random(61, 47), 5, -3), width, height);
		var whole = new MirroredPlane(ArrayImgs.floats(read(reduction), width, height));
		for (var tile : Tile.cover(reduction.plane(), 9, 4)) {
			var expected = new float[(int) Intervals.numElements(tile.read())];
			whole.read(tile.read(), expected);
			assertArrayEquals(expected, read(reduction, tile.read()));
		}
	}

	@Test
	public void threadsReadTheSame() {
		var reduction = new Reduction(GrayMapping.fullRange(32).lightness(random(61, 47)), 0.4);
		float[] expected = read(reduction);
		IntStream.range(0, 50).parallel().forEach(i -> assertArrayEquals(expected, read(reduction)));
	}

	@ParameterizedTest
	@CsvSource({ "50, 19", "99, 36", "100, 37", "33, 1", "7, 5" })
	public void everyFullPixelBelongsToOneReducedTile(int width, int height) {
		var hits = ArrayImgs.unsignedBytes(100, 37);
		var reduction = new Reduction(ArrayImgs.floats(100, 37), width, height);
		for (var tile : Tile.cover(reduction.plane(), 8, 0))
			Views.interval(hits, reduction.full(tile.write())).forEach(UnsignedByteType::inc);
		hits.forEach(h -> assertEquals(1, h.get()));
	}

	@Test
	public void scaleAndSizeAreChecked() {
		var plane = ArrayImgs.floats(4, 4);
		for (double scale : new double[] { 0, -1, 1.01, Double.NaN })
			assertThrows(IllegalArgumentException.class, () -> new Reduction(plane, scale));
		assertThrows(IllegalArgumentException.class, () -> new Reduction(plane, 0, 3));
		assertThrows(IllegalArgumentException.class, () -> new Reduction(ArrayImgs.floats(4, 4, 4), 0.5));
	}

	private static double mean(float[] values) {
		double sum = 0;
		for (float value : values)
			sum += value;
		return sum / values.length;
	}

	private static float[] read(Reduction reduction) {
		return read(reduction, reduction.plane());
	}

	private static float[] read(Reduction reduction, Interval block) {
		var out = new float[(int) Intervals.numElements(block)];
		reduction.read(block, out);
		return out;
	}

	private static RandomAccessibleInterval<FloatType> row(float... values) {
		return ArrayImgs.floats(values, values.length, 1);
	}

	private static RandomAccessibleInterval<FloatType> random(int width, int height) {
		var plane = ArrayImgs.floats(width, height);
		var random = new Random(1);
		plane.forEach(p -> p.set(100 * random.nextFloat()));
		return plane;
	}
}
