package io.github.densecolorize;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import net.imglib2.img.array.ArrayImgs;

import io.github.densecolorize.image.Reduction;

public class BarrierTest {

	/** L* whose steps of 100 / 255 are whole: 60 is step 153, 40 step 102, 20 step 51. */
	private static Barrier of(int width, float... l) {
		var plane = ArrayImgs.floats(l, width, l.length / width);
		return new Barrier(plane, new Reduction(plane, 1));
	}

	private static int[] from(Barrier barrier, int start) {
		var bytes = barrier.from(start);
		var steps = new int[bytes.length];
		for (int i = 0; i < steps.length; i++)
			steps[i] = bytes[i] & 255;
		return steps;
	}

	/** The edge of 20 stays between areas that are alike, and what counts is the difference from the start, not from one pixel to the next. */
	@Test
	public void isTheHighestOnTheWay() {
		assertArrayEquals(new int[] { 0, 0, 102, 102, 102 }, from(of(5, 60, 60, 20, 60, 60), 0));
		assertArrayEquals(new int[] { 102, 102, 0, 102, 102 }, from(of(5, 60, 60, 20, 60, 60), 2));
		assertArrayEquals(new int[] { 0, 51, 102, 153 }, from(of(4, 0, 20, 40, 60), 0));
	}

	/** In the second image the edge has a gap, in the third only over a corner. */
	@Test
	public void waysGoAroundAnEdgeButNotOverCorners() {
		assertEquals(102, from(of(3, 60, 20, 60, 60, 20, 60, 60, 20, 60), 3)[5]);
		assertEquals(51, from(of(3, 60, 20, 60, 60, 20, 60, 60, 40, 60), 3)[5]);
		assertEquals(102, from(of(3, 60, 60, 20, 60, 20, 60, 20, 60, 60), 0)[8]);
	}

	@Test
	public void blackAndWhiteAreAsFarAsCanBe() {
		assertArrayEquals(new int[] { 0, 255 }, from(of(2, 0, 100), 0));
		assertArrayEquals(new int[] { 255, 0 }, from(of(1, 0, 100), 1));
	}

	/** 1024 pixels are reduced to 256; halfway between the centres of two of them is half of the difference. */
	@Test
	public void isInterpolatedInALargePlane() {
		var l = new float[1024];
		for (int i = 512; i < l.length; i++)
			l[i] = 40;
		var expected = new float[] { 102 / 8f, 3 * 102 / 8f, 5 * 102 / 8f, 7 * 102 / 8f };
		Barrier across = of(1024, l), down = of(1, l);
		assertEquals(2, across.start(8, 0));
		var row = new float[4];
		across.new Row(510, row.length).read(across.from(2), 0, row);
		assertArrayEquals(expected, row, 1e-3f);
		for (int y = 0; y < expected.length; y++) {
			var pixel = new float[1];
			down.new Row(0, 1).read(down.from(2), 510 + y, pixel);
			assertEquals(expected[y], pixel[0], 1e-3);
		}
	}
}
