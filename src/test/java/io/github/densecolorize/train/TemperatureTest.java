package io.github.densecolorize.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

/** All images have the scores (s, 0), of which the first is right for a share p: the best probability of the first is p. */
public class TemperatureTest {

	private static Temperature fit(int images, int right, float score) {
		return Temperature.fit(IntStream.range(0, images).mapToObj(i -> new float[][] { { score + 3, 3 } }).toArray(float[][][]::new), IntStream.range(0, images).map(
			i -> i < right ? 0 : 1).toArray());
	}

	/** Softmax of (s / T, 0) is p for T = s / ln(p / (1 - p)); the image that may be of either class counts as half right. */
	@Test
	public void probabilitiesBecomeTheShares() {
		double p = 750.5 / 1001;
		var found = fit(1000, 750, 4);
		assertEquals(4 / Math.log(p / (1 - p)), found.value(), 1e-5);
		assertEquals(1 / (1 + Math.exp(-4)) - 0.75, found.before(), 1e-6);
		assertEquals(0.75 - p, found.after(), 1e-5);
		assertEquals(1000, found.images());
		assertTrue(found.value() > 3.5);
		assertTrue(fit(1000, 990, 1).value() < 0.25);
	}

	/** Of four images, all right, and one that may be either: 4.5 of 5. */
	@Test
	public void fewImagesDoNotMakeItSure() {
		assertEquals(2 / Math.log(9), fit(4, 4, 2).value(), 1e-5);
	}

	@Test
	public void itHasBounds() {
		assertEquals(10, fit(1000, 500, 100).value(), 1e-5);
		assertEquals(0.1, fit(1000, 1000, 0.01f).value(), 1e-5);
	}

	@Test
	public void oneClassIsAlwaysRight() {
		assertEquals(1, Temperature.fit(new float[][][] { { { 7 } }, { { 8 } } }, new int[2]).value());
	}

	/** Two views, of which only one tells the classes apart: the mean of its probability and 1/2 is to be p. */
	@Test
	public void probabilitiesOfViewsAreAveraged() {
		double p = 690.5 / 1001, ofFirst = 2 * p - 0.5;
		var scores = IntStream.range(0, 1000).mapToObj(i -> new float[][] { { 4, 0 }, { 5, 5 } }).toArray(float[][][]::new);
		var found = Temperature.fit(scores, IntStream.range(0, 1000).map(i -> i < 690 ? 0 : 1).toArray());
		assertEquals(4 / Math.log(ofFirst / (1 - ofFirst)), found.value(), 1e-5);
	}

	/** With the one that may be either, 730.5 of 1000 images are right; so a model that is calibrated is not changed by rounding. */
	@Test
	public void rightProbabilitiesStay() {
		float right = (float) Math.log(730.5 / 269.5);
		assertEquals(1, fit(999, 730, right).value());
		assertEquals(1.01, fit(999, 730, 1.01f * right).value(), 1e-5);
	}
}
