package io.github.densecolorize;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;

import org.junit.jupiter.api.Test;

import net.imglib2.FinalInterval;
import net.imglib2.img.array.ArrayImgs;

import io.github.densecolorize.Hint.Run;
import io.github.densecolorize.image.MirroredPlane;

public class HintHoldTest {

	private static Hint hint(float a, Run... runs) {
		return new Hint(0, a, -a, List.of(runs), "hint");
	}

	/** a* of a plane without colour; b* must be its negative. */
	private static float[] held(double scale, float[] l, int width, Hint... hints) {
		int height = l.length / width;
		float[] a = new float[l.length], b = new float[l.length];
		new HintHold(List.of(hints), new MirroredPlane(ArrayImgs.floats(l, width, height)), scale).apply(FinalInterval.createMinSize(0, 0, width, height),
			a, b);
		for (int i = 0; i < a.length; i++)
			assertEquals(0, a[i] + b[i]);
		return a;
	}

	/** Radius 1: exp(-d²/2) is 0.6065, 0.1353, 0.0111 for d = 1, 2, 3, and beyond it counts as 0. */
	@Test
	public void fadesWithTheDistance() {
		var row = held(1, new float[9], 9, hint(100, new Run(0, 2, 3)));
		assertArrayEquals(new float[] { 13.53f, 60.65f, 100, 100, 60.65f, 13.53f, 1.11f, 0, 0 }, row, 0.01f);
		assertArrayEquals(row, held(1, new float[9], 1, hint(100, new Run(2, 0, 0), new Run(3, 0, 0))));
	}

	/** Half a reduced pixel, but from 1 to 8 pixels: at a quarter 2, at a twentieth 8. */
	@Test
	public void theRadiusIsThatOfAReducedPixel() {
		var point = hint(100, new Run(0, 0, 0));
		assertEquals(60.65, held(0.25, new float[40], 40, point)[2], 0.01);
		assertEquals(60.65, held(0.05, new float[40], 40, point)[8], 0.01);
		assertEquals(1.11, held(0.05, new float[40], 40, point)[24], 0.01);
		assertEquals(0, held(0.05, new float[40], 40, point)[25]);
	}

	/** A difference of 10 in L* counts as much as a pixel: exp(-1) beside the hint. On the hint it does not matter. */
	@Test
	public void fadesWithTheLightness() {
		assertArrayEquals(new float[] { 100, 60.65f, 100, 36.79f }, held(1, new float[] { 90, 80, 80, 70 }, 4, hint(100, new Run(0, 0, 0), new Run(0, 2, 2))),
			0.01f);
	}

	@Test
	public void theNearerHintCounts() {
		var row = held(1, new float[7], 7, hint(100, new Run(0, 0, 0)), hint(-100, new Run(0, 6, 6)));
		assertArrayEquals(new float[] { 100, 60.65f, 13.53f, 1.11f, -13.53f, -60.65f, -100 }, row, 0.01f);
	}

	/** A diagonal through the blocks of 256 pixels, in tiles of one pixel more than half a block and of all, gives the same. */
	@Test
	public void partsFitTogether() {
		int side = 300;
		var l = new float[side * side];
		for (int i = 0; i < l.length; i++)
			l[i] = i * 37 % 101;
		var runs = new Run[side];
		for (int y = 0; y < side; y++)
			runs[y] = new Run(y, y, Math.min(side - 1, y + 3));
		var hold = new HintHold(List.of(hint(100, runs)), new MirroredPlane(ArrayImgs.floats(l, side, side)), 0.1);
		float[] whole = held(0.1, l, side, hint(100, runs)), parts = new float[l.length];
		for (int top = 0; top < side; top += 129)
			for (int left = 0; left < side; left += 129) {
				var part = FinalInterval.createMinMax(left, top, Math.min(side, left + 129) - 1, Math.min(side, top + 129) - 1);
				int width = (int) part.dimension(0), height = (int) part.dimension(1);
				float[] a = new float[width * height], b = a.clone();
				hold.apply(part, a, b);
				for (int y = 0; y < height; y++)
					System.arraycopy(a, y * width, parts, (top + y) * side + left, width);
			}
		assertArrayEquals(whole, parts);
	}
}
