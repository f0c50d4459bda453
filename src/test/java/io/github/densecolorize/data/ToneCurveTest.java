package io.github.densecolorize.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;

public class ToneCurveTest {

	@Test
	public void noneChangesNothing() {
		for (double l : new double[] { 0, 12.5, 50, 100 })
			assertEquals(l, ToneCurve.NONE.of(l), 1e-12);
	}

	/** sin(2 pi / 4) = 1, sin(4 pi / 8) = 1: at a quarter, bend adds 100 · 0.5 / (2 pi); at an eighth, wave adds 100 · 0.3 / (4 pi). The ends stay. */
	@Test
	public void bendAndWaveAreSines() {
		assertEquals(25 + 50 / (2 * Math.PI), new ToneCurve(1, 0.5, 0, 1, 0).of(25), 1e-9);
		assertEquals(75 - 50 / (2 * Math.PI), new ToneCurve(1, 0.5, 0, 1, 0).of(75), 1e-9);
		assertEquals(12.5 + 30 / (4 * Math.PI), new ToneCurve(1, 0, 0.3, 1, 0).of(12.5), 1e-9);
		for (double l : new double[] { 0, 50, 100 })
			assertEquals(l, new ToneCurve(1, -0.5, 0.3, 1, 0).of(l), 1e-9);
	}

	/** However it is drawn, a brighter pixel stays at least as bright as a darker one; and the middle tones do differ from a straight line. */
	@Test
	public void noCurveFalls() {
		var random = new SplittableRandom(2);
		double bent = 0;
		for (int n = 0; n < 1000; n++) {
			var curve = ToneCurve.draw(random, 1);
			for (int l = 0; l < 100; l++)
				assertTrue(curve.of(l + 1) > curve.of(l), curve + " at " + l);
			bent = Math.max(bent, Math.abs(new ToneCurve(1, curve.bend(), curve.wave(), 1, 0).of(25) - 25));
		}
		assertTrue(bent > 8, "" + bent);
	}
}
