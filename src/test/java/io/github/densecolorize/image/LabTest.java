package io.github.densecolorize.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import net.imglib2.img.array.ArrayImgs;

public class LabTest {

	private final float[] lab = new float[3];

	/** Expected: skimage.color.rgb2lab of scikit-image 0.19.3; its rounded white point accounts for up to 0.006. */
	@ParameterizedTest
	@CsvSource({ "255, 0, 0, 53.2406, 80.0923, 67.2028", "0, 255, 0, 87.7351, -86.1830, 83.1797",
		"0, 0, 255, 32.2957, 79.1856, -107.8573", "255, 255, 0, 97.1395, -21.5547, 94.4781",
		"128, 128, 128, 53.5850, -0.0015, 0.0028", "10, 20, 30, 5.9485, -0.6693, -8.1364",
		"200, 120, 160, 60.1163, 36.6034, -8.0265", "1, 0, 2, 0.0979, 0.5396, -0.6647",
		"255, 255, 255, 100, -0.0025, 0.0047", "120, 45, 180, 36.2999, 55.8382, -57.7419" })
	public void agreesWithScikitImage(int r, int g, int b, float l, float aStar, float bStar) {
		Lab.fromArgb(r << 16 | g << 8 | b, lab);
		assertArrayEquals(new float[] { l, aStar, bStar }, lab, 0.008f);
	}

	/**
	 * Worked out from the sRGB matrix whose rows add up to 0.950456, 1 and 1.088754: with these as white gray has no colour. A white of 0.95047
	 * would change a* by 0.0013 to 0.0024.
	 */
	@ParameterizedTest
	@CsvSource({ "250, 251, 252, 98.569767, -0.153376, -0.593519", "200, 120, 160, 60.116288, 36.605204, -8.029756",
		"40, 90, 200, 41.107086, 23.763130, -61.920080" })
	public void whiteIsTheSumOfTheMatrix(int r, int g, int b, float l, float aStar, float bStar) {
		Lab.fromArgb(r << 16 | g << 8 | b, lab);
		assertArrayEquals(new float[] { l, aStar, bStar }, lab, 3e-4f);
	}

	@Test
	public void grayHasNoChromaAndReturnsItself() {
		for (int v = 0; v < 256; v++) {
			int gray = 255 << 24 | v << 16 | v << 8 | v;
			Lab.fromArgb(gray, lab);
			assertArrayEquals(new float[] { Lab.lightness(v / 255.0), 0, 0 }, lab, 0);
			assertEquals(gray, Lab.toArgb(lab[0], 0, 0));
		}
		assertEquals(0, Lab.lightness(0));
		assertEquals(100, Lab.lightness(1));
	}

	@Test
	public void everyColourReturnsItself() {
		var argb = new int[1 << 16];
		var result = new int[argb.length];
		float[] l = new float[argb.length], a = new float[argb.length], b = new float[argb.length];
		for (int red = 0; red < 256; red++) {
			for (int i = 0; i < argb.length; i++)
				argb[i] = 255 << 24 | red << 16 | i;
			Lab.fromArgb(argb, l, a, b);
			Lab.toArgb(l, a, b, result);
			assertArrayEquals(argb, result);
		}
	}

	@Test
	public void blackHasNoColour() {
		for (int a = -128; a < 128; a += 5)
			for (int b = -128; b < 128; b += 5)
				assertEquals(0xff000000, Lab.toArgb(0, a, b), a + ", " + b);
	}

	/**
	 * 0.3 is the promise; 8-bit steps alone are 0.51 apart at the steepest, L* = 8, so 0.26 is the best to be had. The
	 * same steps shift a*b* by up to 1 (measured 0.93 across and 0.8 along the hue).
	 */
	@Test
	public void lightnessAndHueAreKeptInAndOutsideOfSRgb() {
		for (float l = 0; l <= 100; l += 0.5f)
			for (int a = -128; a < 128; a += 3)
				for (int b = -128; b < 128; b += 3) {
					Lab.fromArgb(Lab.toArgb(l, a, b), lab);
					assertEquals(l, lab[0], 0.3f);
					double chroma = Math.hypot(a, b);
					if (chroma == 0) continue;
					double along = (lab[1] * a + lab[2] * b) / chroma, across = (lab[1] * b - lab[2] * a) / chroma;
					assertEquals(0, across, 1);
					assertTrue(along > -1 && along < chroma + 1, "chroma " + chroma + " became " + along);
				}
	}

	@Test
	public void chromaIsNotReducedMoreThanNeeded() {
		// Corners of sRGB, asked for with more chroma. Not yellow: on the way to it the line leaves sRGB for a while.
		for (int corner : new int[] { 0xff0000, 0x00ff00, 0x0000ff, 0x00ffff, 0xff00ff }) {
			Lab.fromArgb(corner, lab);
			assertEquals(255 << 24 | corner, Lab.toArgb(lab[0], 1.05f * lab[1], 1.05f * lab[2]));
		}
	}

	@Test
	public void anyNumberGivesAColourOfThatLightness() {
		for (float chroma : new float[] { 1e3f, -1e9f, Float.MAX_VALUE }) {
			Lab.fromArgb(Lab.toArgb(50, chroma, 1), lab);
			assertEquals(50, lab[0], 0.3f);
			assertTrue(Math.abs(lab[1]) > 20, "a* is " + lab[1]);
		}
		assertEquals(0xff000000, Lab.toArgb(-3, 0, 0));
		assertEquals(0xffffffff, Lab.toArgb(101, 20, 0));
	}

	@Test
	public void imageOfColoursGivesItsLightness() {
		var rgb = ArrayImgs.argbs(new int[] { 0xffff0000, 0x00ffffff, 0 }, 3, 1);
		var l = new float[3];
		new MirroredPlane(Lab.lightness(rgb)).read(rgb, l);
		assertArrayEquals(new float[] { 53.2406f, 100, 0 }, l, 1e-3f);
	}
}
