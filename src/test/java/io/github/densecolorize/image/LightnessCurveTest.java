package io.github.densecolorize.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

public class LightnessCurveTest {

	/** Knots at L* 0, 50, 100. */
	private final LightnessCurve curve = new LightnessCurve(new double[] { 10, 20, -20 });

	@Test
	public void isStraightBetweenKnots() {
		assertEquals(10, curve.at(0));
		assertEquals(12, curve.at(10), 1e-9);
		assertEquals(20, curve.at(50), 1e-9);
		assertEquals(0, curve.at(75), 1e-9);
		assertEquals(-20, curve.at(100), 1e-9);
	}

	@Test
	public void staysLevelOutside() {
		assertEquals(10, curve.at(-3));
		assertEquals(-20, curve.at(101), 1e-9);
	}

	@Test
	public void isAddedPixelByPixel() {
		var c = new float[] { 1, 1 };
		curve.times(0.5).addTo(c, new float[] { 0, 75 });
		assertArrayEquals(new float[] { 6, 1 }, c, 1e-6f);
	}

	@Test
	public void aValueBelongsToTheKnotsBesideIt() {
		var parts = new double[] { 7, 7, 7, 7 };
		LightnessCurve.split(60, 3, parts, 1);
		assertArrayEquals(new double[] { 7, 0, 0.8, 0.2 }, parts, 1e-9);
		LightnessCurve.split(100, 3, parts, 0);
		assertArrayEquals(new double[] { 0, 0, 1, 0.2 }, parts, 1e-9);
	}
}
