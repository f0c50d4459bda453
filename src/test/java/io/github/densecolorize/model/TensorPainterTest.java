package io.github.densecolorize.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

import net.imglib2.img.array.ArrayImgs;
import net.imglib2.util.Intervals;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.densecolorize.TinyModel;
import io.github.densecolorize.image.GrayMapping;
import io.github.densecolorize.image.Reduction;

public class TensorPainterTest {

	@TempDir
	static Path folder;
	private static ColorModel model;

	@BeforeAll
	static void open() throws IOException {
		model = ColorModel.open(TinyModel.write(folder, "tiny", "one", "two"), "cpu");
	}

	@AfterAll
	static void close() {
		model.close();
	}

	/** L* 60, a* 20, b* -30 and L* 75, a* 10, b* 60 by skimage.color.lab2rgb of scikit-image 0.19.3; only the second pixel of each row is written. */
	@Test
	public void colourGoesWithItsPixel() {
		var l = ArrayImgs.floats(new float[] { 0, 60, 0, 75 }, 2, 2);
		var made = new TileMaps(new float[0][], new float[] { 0, 20, 0, 10 }, new float[] { 0, -30, 0, 60 }, 0);
		var argb = new TensorPainter(model, l, new Reduction(l, 1), taken -> {}).argb(Intervals.createMinSize(1, 0, 1, 2), l, new float[4], made);
		assertArrayEquals(new int[] { 0xff9987c5, 0xffe7af45 }, argb);
	}

	@Test
	public void bandsGiveTheSameAsOnePieceAndNothingStays() {
		var random = new Random(1);
		var gray = new byte[40 * 31];
		random.nextBytes(gray);
		var l = GrayMapping.fullRange(8).lightness(ArrayImgs.unsignedBytes(gray, 40, 31));
		for (double scale : new double[] { 0.25, 1 }) {
			var reduced = new Reduction(l, scale);
			var seen = Intervals.expand(reduced.plane(), 3);
			var reducedL = new float[(int) Intervals.numElements(seen)];
			reduced.read(seen, reducedL);
			var made = new TileMaps(new float[0][], noise(random, reducedL.length), noise(random, reducedL.length), 0);
			var taken = new AtomicLong();
			TensorPainter whole = new TensorPainter(model, l, reduced, taken::addAndGet), bands = new TensorPainter(model, l, reduced, nanos -> {}, 7 * 40);
			int before = model.nativeArrays();
			assertArrayEquals(whole.argb(l, seen, reducedL, made), bands.argb(l, seen, reducedL, made));
			float[][] expected = whole.lab(l, seen, reducedL, made), found = bands.lab(l, seen, reducedL, made);
			for (int c = 0; c < 3; c++)
				assertArrayEquals(expected[c], found[c]);
			assertEquals(before, model.nativeArrays());
			assertTrue(taken.get() > 0);
		}
	}

	private static float[] noise(Random random, int n) {
		var values = new float[n];
		for (int i = 0; i < n; i++)
			values[i] = 200 * random.nextFloat() - 100;
		return values;
	}
}
