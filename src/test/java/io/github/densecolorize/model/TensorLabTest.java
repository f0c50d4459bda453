package io.github.densecolorize.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.densecolorize.image.Lab;

public class TensorLabTest {

	/** Expected: skimage.color.lab2rgb of scikit-image 0.19.3, times 255 and rounded; none of them is near the middle between two levels. */
	@ParameterizedTest
	@CsvSource({ "50, 0, 0, 119, 119, 119", "60, 20, -30, 153, 135, 197", "40, -25, 20, 61, 104, 60", "75, 10, 60, 231, 175, 69",
		"30, 30, 20, 119, 49, 41", "85, -40, 30, 150, 231, 154", "5, 3, -2, 20, 15, 20", "62, -60, 50, 27, 173, 51" })
	public void agreesWithScikitImage(float l, float a, float b, int red, int green, int blue) {
		assertEquals(255 << 24 | red << 16 | green << 8 | blue, argb(new float[] { l }, new float[] { a }, new float[] { b })[0]);
	}

	/** The corners of sRGB by scikit-image 0.19.3, asked for with more chroma. Not yellow: on the way to it the line leaves sRGB for a while. */
	@ParameterizedTest
	@CsvSource({ "53.2406, 80.0923, 67.2028, ffff0000", "87.7351, -86.1830, 83.1797, ff00ff00", "32.2957, 79.1856, -107.8573, ff0000ff" })
	public void chromaBeyondSRgbIsReduced(float l, float a, float b, String argb) {
		var made = argb(new float[] { l, l, l }, new float[] { 1.02f * a, 1.3f * a, 0 }, new float[] { 1.02f * b, 1.3f * b, 0 });
		assertLevels(new int[] { Integer.parseUnsignedInt(argb, 16), Integer.parseUnsignedInt(argb, 16) }, new int[] { made[0], made[1] }, 1);
	}

	@Test
	public void grayStaysGrayAndBlackHasNoColour() {
		float[] l = new float[256], zero = new float[256], some = new float[256];
		var expected = new int[256];
		for (int v = 0; v < 256; v++) {
			l[v] = Lab.lightness(v / 255.0);
			some[v] = v - 128;
			expected[v] = 255 << 24 | v << 16 | v << 8 | v;
		}
		assertArrayEquals(expected, argb(l, zero, zero));
		for (int argb : argb(zero, some, some))
			assertEquals(0xff000000, argb);
		assertArrayEquals(new int[] { 0xff000000, 0xffffffff }, argb(new float[] { -3, 101 }, new float[] { 0, 20 }, new float[2]));
	}

	/** In and outside of sRGB. */
	@Test
	public void everyColourIsLabsWithinOneLevelAndKeepsItsLightness() {
		int side = 52, n = side * side;
		float[] l = new float[n], a = new float[n], b = new float[n], lab = new float[3];
		int differ = 0, all = 0;
		for (int lightness = 0; lightness <= 100; lightness += 4) {
			for (int i = 0; i < n; i++) {
				l[i] = lightness;
				a[i] = i % side * 5 - 128;
				b[i] = i / side * 5 - 128;
			}
			int[] expected = new int[n], made = argb(l, a, b);
			Lab.toArgb(l, a, b, expected);
			assertLevels(expected, made, 1);
			for (int i = 0; i < n; i++) {
				Lab.fromArgb(made[i], lab);
				assertEquals(lightness, lab[0], 0.3f);
				if (expected[i] != made[i]) differ++;
			}
			all += n;
		}
		assertTrue(differ < all / 500, differ + " of " + all);
	}

	private static void assertLevels(int[] expected, int[] made, int most) {
		for (int i = 0; i < expected.length; i++)
			for (int shift = 0; shift < 32; shift += 8)
				assertEquals(expected[i] >>> shift & 255, made[i] >>> shift & 255, most, Integer.toHexString(expected[i]) + " " + Integer.toHexString(made[i]));
	}

	private static int[] argb(float[] l, float[] a, float[] b) {
		try (var manager = Torch.engine().newBaseManager()) {
			return TensorLab.toArgb(manager.create(l), manager.create(a), manager.create(b)).toIntArray();
		}
	}
}
