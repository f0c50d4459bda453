package io.github.densecolorize.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;

import org.junit.jupiter.api.Test;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.RealType;

public class GrayMappingTest {

	private static final float NAN = Float.NaN, INFINITY = Float.POSITIVE_INFINITY;

	@Test
	public void rangeBecomesZeroToOneAndIsClamped() {
		var mapping = GrayMapping.range(-10, 30);
		assertEquals(0.25, mapping.apply(0));
		assertEquals(0, mapping.apply(-11));
		assertEquals(1, mapping.apply(31));
		assertEquals(0, mapping.apply(Double.NEGATIVE_INFINITY));
		assertEquals(1, mapping.apply(INFINITY));
		assertEquals(0, mapping.apply(NAN));
	}

	@Test
	public void constantImageIsBlack() {
		for (double raw : new double[] { 0, 7, 8, INFINITY })
			assertEquals(0, GrayMapping.range(7, 7).apply(raw));
	}

	@Test
	public void rangeMustBeFinite() {
		assertThrows(IllegalArgumentException.class, () -> GrayMapping.range(0, INFINITY));
		assertThrows(IllegalArgumentException.class, () -> GrayMapping.range(NAN, 1));
	}

	@Test
	public void fullRangeFollowsTheBitDepth() {
		assertEquals(1, GrayMapping.fullRange(8).apply(255));
		assertEquals(1, GrayMapping.fullRange(16).apply(65535));
		assertEquals(0.5, GrayMapping.fullRange(32).apply(0.5));
		assertThrows(IllegalArgumentException.class, () -> GrayMapping.fullRange(24));
	}

	/** Of 0..999, once each, 0.1 % are at most 0 and 99.9 % at most 998. */
	@Test
	public void percentilesOfAStackOf16BitPlanes() {
		var first = new short[400];
		var second = new short[600];
		for (int i = 0; i < 1000; i++)
			if (i < 400) first[i] = (short) (i + 40000);
			else second[i - 400] = (short) (i + 40000);
		var planes = List.of(ArrayImgs.unsignedShorts(second, 30, 20), ArrayImgs.unsignedShorts(first, 20, 20));
		assertEquals(GrayMapping.range(40000, 40998), GrayMapping.percentile(planes, GrayMapping.LOW, GrayMapping.HIGH));
		assertEquals(GrayMapping.range(40499, 40999), GrayMapping.percentile(planes, 50, 100));
	}

	@Test
	public void percentilesOfSignedValues() {
		assertEquals(GrayMapping.range(-128, 5), percentile(ArrayImgs.bytes(new byte[] { 5, -128, -1, 127 }, 2, 2), 25, 75));
		assertEquals(GrayMapping.range(-70000, 5), percentile(ArrayImgs.ints(new int[] { 5, -70000, -1, 70000 }, 2, 2), 25, 75));
		assertEquals(GrayMapping.range(-2.5, 0.1f), percentile(ArrayImgs.floats(new float[] { 0.1f, -2.5f, -1e-9f, 3 }, 2, 2), 25, 75));
	}

	@Test
	public void percentilesLeaveOutNaNAndInfinity() {
		var plane = ArrayImgs.floats(new float[] { NAN, 3, INFINITY, 4, -INFINITY, NAN }, 3, 2);
		assertEquals(GrayMapping.range(3, 4), percentile(plane, 0, 100));
		assertEquals(GrayMapping.range(0, 0), percentile(ArrayImgs.floats(new float[] { NAN }, 1, 1), 0, 100));
	}

	/** A histogram from minimum to maximum would have all others in one bin. */
	@Test
	public void oneHotPixelDoesNotSpoilThePercentiles() {
		var values = new float[2000];
		for (int i = 0; i < values.length; i++)
			values[i] = i / 2000f;
		values[1999] = 1e12f;
		assertEquals(GrayMapping.range(1 / 2000f, 1997 / 2000f), percentile(ArrayImgs.floats(values, 50, 40), 0.1, 99.9));
	}

	@Test
	public void percentilesAreChecked() {
		var plane = ArrayImgs.bytes(1, 1);
		assertThrows(IllegalArgumentException.class, () -> percentile(plane, 60, 40));
		assertThrows(IllegalArgumentException.class, () -> percentile(plane, NAN, 40));
	}

	/** 0 and 255 are 0 and 100; L* of the gray 119 is 50.03 (scikit-image 0.19.3). */
	@Test
	public void lightnessOfEveryPixelType() {
		assertArrayEquals(new float[] { 0, 50.0344f, 100 }, lightness(ArrayImgs.unsignedBytes(new byte[] { 0, 119, -1 }, 3, 1), 0, 255), 1e-3f);
		assertArrayEquals(new float[] { 0, 50.0344f, 100 }, lightness(ArrayImgs.unsignedShorts(new short[] { 0, 119, -1 }, 3, 1), 0, 255), 1e-3f);
		assertArrayEquals(new float[] { 0, 50.0344f, 100 }, lightness(ArrayImgs.shorts(new short[] { -255, -136, 0 }, 3, 1), -255, 0), 1e-3f);
		assertArrayEquals(new float[] { 0, 50.0344f, 100, 0 }, lightness(ArrayImgs.floats(new float[] { 0, 119, 1e9f, NAN }, 4, 1), 0, 255), 1e-3f);
	}

	@Test
	public void lightnessOfFloatsIsThatOfTheGray() {
		var values = new float[5000];
		for (int i = 0; i < values.length; i++)
			values[i] = i / 4999f;
		float[] l = lightness(ArrayImgs.floats(values, 50, 100), 0, 1);
		for (int i = 0; i < l.length; i++)
			assertEquals(Lab.lightness(values[i]), l[i], 1e-4f);
	}

	private static <T extends RealType<T>> GrayMapping percentile(RandomAccessibleInterval<T> plane, double low, double high) {
		return GrayMapping.percentile(List.of(plane), low, high);
	}

	private static <T extends RealType<T>> float[] lightness(RandomAccessibleInterval<T> gray, double min, double max) {
		var l = new float[(int) gray.size()];
		new MirroredPlane(GrayMapping.range(min, max).lightness(gray)).read(gray, l);
		return l;
	}
}
