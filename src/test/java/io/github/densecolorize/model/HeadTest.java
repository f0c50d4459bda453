package io.github.densecolorize.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;

import org.junit.jupiter.api.Test;

import io.github.densecolorize.image.LightnessCurve;

/** Of two maps and two classes. */
public class HeadTest {

	private static Head head(double error) {
		return head(error, 1, 0);
	}

	private static Head head(double error, float... probabilities) {
		return new Head(new LightnessCurve(new double[] { 10, 30 }), new LightnessCurve(new double[] { -8, -8 }), new double[] { 0.2, 0.4, 0, 0.6 },
			new double[] { 5, 0, 0, -5 }, new double[] { 1, 2 }, new double[] { 0.5, 0.25 }, error, probabilities, List.of());
	}

	private static final Guidance SURE = image(1, 0);

	private static Guidance image(float... probabilities) {
		return new Guidance(new float[0], List.of("he", "unknown"), probabilities);
	}

	private static final double[] SAME = { 1, 2 };

	/** A known class: 8² / (8² + 8²), of which the network keeps a tenth. */
	@Test
	public void isTrustedByItsUse() {
		assertEquals(0.45, head(8).trust(SURE, SAME), 1e-9);
		assertEquals(0.9 * 16 * 16 / (16 * 16 + 64), head(16).trust(SURE, SAME), 1e-9);
		assertEquals(0, head(0).trust(SURE, SAME));
	}

	/** 0.5^20 is a millionth. */
	@Test
	public void isTrustedIfTheNetworkDoesNotKnowTheClass() {
		assertEquals(0.9, head(8).trust(image(0.5f, 0.5f), SAME), 1e-6);
	}

	@Test
	public void isNotTrustedForAnotherClass() {
		assertEquals(0, head(20).trust(image(0, 1), SAME));
		assertEquals(0.9 / 2, head(1e6).trust(image(0.1f, (float) Math.sqrt(0.99)), SAME), 1e-6);
	}

	/** Such as photographs for a model of stains. */
	@Test
	public void isNotTrustedIfTheReferencesAreUnknown() {
		assertEquals(0.9, head(1e6, 0.7f, 0.3f).trust(image(0.7f, 0.3f), SAME), 1e-6);
		assertEquals(0.45, head(1e6, 0.5f, 0.5f).trust(image(0.5f, 0.5f), SAME), 1e-6);
		assertEquals(0, head(1e6, 0.25f, 0.75f).trust(image(0.25f, 0.75f), SAME));
	}

	/** Both maps are three spreads away from those of the references. */
	@Test
	public void isTrustedHalfAtADistance() {
		assertEquals(0.225, head(8).trust(SURE, new double[] { 2.5, 1.25 }), 1e-9);
	}

	@Test
	public void isMixedWithTheNetwork() {
		var none = head(1).blend(0);
		assertArrayEquals(new double[] { 1, 0, 0, 1 }, none.change().own());
		assertArrayEquals(new double[4], none.change().weights(), 1e-12);
		assertEquals(0, none.a().at(50));
		var quarter = head(1).blend(0.25);
		assertArrayEquals(new double[] { 0.8, 0.1, 0, 0.9 }, quarter.change().own(), 1e-9);
		assertEquals(5, quarter.a().at(50), 1e-9);
		assertEquals(-2, quarter.b().at(50), 1e-9);
		// The network's output is a*b* / 50.
		assertArrayEquals(new double[] { 0.025, 0, 0, -0.025 }, quarter.change().weights(), 1e-9);
	}
}
