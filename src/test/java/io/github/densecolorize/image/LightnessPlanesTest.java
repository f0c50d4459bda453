package io.github.densecolorize.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.RealType;
import net.imglib2.view.Views;

/** Planes of ImgLib2 alone. L* of the sRGB grays 0, 0.5 and 1 is 0, 53.389 and 100. */
public class LightnessPlanesTest {

	private static final float MIDDLE = 53.389f;

	private static float[] lightness(GrayDisplay display, RandomAccessibleInterval<? extends RealType<?>> plane) {
		var values = new ArrayList<Float>();
		Views.flatIterable(new LightnessPlanes<>(List.of(plane), display::lightness).get(0)).forEach(l -> values.add(l.get()));
		var array = new float[values.size()];
		for (int i = 0; i < array.length; i++)
			array[i] = values.get(i);
		return array;
	}

	@Test
	public void equalStepsFromBlackToWhite() {
		var display = GrayDisplay.of(GrayMapping.range(10, 30));
		assertArrayEquals(new float[] { 0, 0, MIDDLE, 100, 100 }, lightness(display, ArrayImgs.unsignedBytes(new byte[] { 0, 10, 20, 30, 40 }, 5, 1)),
			0.001f);
		assertEquals("10 to 30", display.toString());
	}

	@Test
	public void invertedIsWhiteToBlackButNaNIsBlack() {
		var display = GrayDisplay.inverted(GrayMapping.range(-1, 1));
		assertArrayEquals(new float[] { 100, 100, MIDDLE, 0, 0 }, lightness(display, ArrayImgs.floats(new float[] { -2, -1, 0, 1, Float.NaN }, 5, 1)),
			0.001f);
		assertEquals("-1 to 1, inverted", display.toString());
	}

	/** Three grays divide the range into two steps. */
	@Test
	public void betweenTwoGraysOfATableValuesAreInterpolated() {
		var display = GrayDisplay.table(GrayMapping.range(0, 40000), new int[] { 0, 255, 0 });
		assertArrayEquals(new float[] { 0, MIDDLE, 100, MIDDLE, 0, 0 }, lightness(display, ArrayImgs.unsignedShorts(new short[] { 0, 10000, 20000, 30000,
			(short) 40000, (short) 50000 }, 6, 1)), 0.001f);
		assertEquals("0 to 40000, by the gray look-up table", display.toString());
	}

	@Test
	public void aPlaneIsReadEachTimeAndOnlyWhenAskedFor() {
		var read = new ArrayList<Integer>();
		var planes = new LightnessPlanes<>(slices(read, new float[] { 1, 1 }, new float[] { 1, 1 }, new float[] { 1, 0 }, new float[] { 1, 1 }), GrayDisplay
			.of(GrayMapping.range(0, 1))::lightness);
		assertEquals(4, planes.size());
		assertEquals(List.of(), read);
		planes.get(3);
		planes.get(3);
		assertEquals(List.of(3, 3), read);
	}

	@Test
	public void planesAreConstantIfTheyHaveOneLInAllAndReadingEndsWhereTheyDiffer() {
		var read = new ArrayList<Integer>();
		var display = GrayDisplay.of(GrayMapping.range(0, 1));
		assertTrue(new LightnessPlanes<>(slices(read, new float[] { 2, 1 }, new float[] { 1, 3 }), display::lightness).isConstant());
		read.clear();
		assertFalse(new LightnessPlanes<>(slices(read, new float[] { 1, 1 }, new float[] { 1, 0 }, new float[] { 1, 1 }), display::lightness)
			.isConstant());
		assertFalse(read.contains(2));
	}

	/** @param read takes the index of each plane that is read */
	private static List<RandomAccessibleInterval<? extends RealType<?>>> slices(List<Integer> read, float[]... planes) {
		return new AbstractList<>() {

			@Override
			public RandomAccessibleInterval<? extends RealType<?>> get(int i) {
				read.add(i);
				return ArrayImgs.floats(planes[i], planes[i].length, 1);
			}

			@Override
			public int size() {
				return planes.length;
			}
		};
	}
}
