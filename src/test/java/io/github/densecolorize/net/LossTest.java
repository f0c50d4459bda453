package io.github.densecolorize.net;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

public class LossTest {

	/** Of a network whose output is a*b*. */
	static NDArray loss(String name, NDArray ab, NDArray truth, NDArray weights) {
		return Loss.named(name).of(new Loss.Prediction(ab, output -> output), truth, weights);
	}

	@Test
	public void lossesOfAPerfectPredictionAreZero() {
		try (var manager = NDManager.newBaseManager()) {
			var ab = manager.create(new float[] { 1, 2, 3, 4 }, new Shape(1, 2, 1, 2));
			var weights = manager.ones(new Shape(1, 1, 1, 2));
			assertEquals(0, loss("mse", ab, ab, weights).getFloat());
			assertEquals(0, loss("rebalanced", ab, ab, weights).getFloat());
			assertEquals(0, loss("colourful", ab, ab, weights).getFloat());
			assertEquals(0, CrossEntropy.of(manager.create(new float[][] { { 0, 100 } }), manager.create(new long[] { 1 })).getFloat(), 1e-6);
		}
	}

	/** Errors 1 and 3 in a pixel that counts, 5 and 7 in one that does not: (1 + 9) / 4. Two equal scores: ln 2. A class thought impossible: -ln 1e-10. */
	@Test
	public void lossesByHand() {
		try (var manager = NDManager.newBaseManager()) {
			var ab = manager.create(new float[] { 1, 5, -3, 7 }, new Shape(1, 2, 1, 2));
			var weights = manager.create(new float[] { 1, 0 }, new Shape(1, 1, 1, 2));
			assertEquals(2.5, loss("mse", ab, manager.zeros(ab.getShape()), weights).getFloat(), 1e-6);
			var scores = manager.create(new float[][] { { 7, 7 } });
			assertEquals(Math.log(2), CrossEntropy.of(scores, manager.create(new long[] { 0 })).getFloat(), 1e-6);
			var certain = manager.create(new float[][] { { 0, 100 } });
			assertEquals(-Math.log(1e-10), CrossEntropy.of(certain, manager.create(new long[] { 0 })).getFloat(), 1e-4);
		}
	}

	/** In units of 10 a*b* an error of 0.5 costs 0.5² / 2, one of 3 costs 3 - 1/2; with weights 1 and 2 the mean is (0.125 + 5) / 2 units. */
	@Test
	public void rebalancedLossByHand() {
		try (var manager = NDManager.newBaseManager()) {
			float unit = 10 / ColorNet.AB_SCALE;
			var ab = manager.create(new float[] { 0.5f * unit, -3 * unit, 0.5f * unit, 3 * unit }, new Shape(1, 2, 1, 2));
			var weights = manager.create(new float[] { 1, 2 }, new Shape(1, 1, 1, 2));
			assertEquals(unit * (0.125 + 5) / 2, loss("rebalanced", ab, manager.zeros(ab.getShape()), weights).getFloat(), 1e-6);
		}
	}

	/** In a*b*: an error of 0.5 costs 0.5² / 2, one of 3 costs 3 - 1/2; with weights 1 and 2 the mean is (0.125 + 5) / 2. */
	@Test
	public void huberLossByHand() {
		try (var manager = NDManager.newBaseManager()) {
			var ab = manager.create(new float[] { 0.5f, -3, 0.5f, 3 }, new Shape(1, 2, 1, 2)).div(ColorNet.AB_SCALE);
			var weights = manager.create(new float[] { 1, 2 }, new Shape(1, 1, 1, 2));
			assertEquals((0.125 + 5) / 2 / ColorNet.AB_SCALE, loss("huber", ab, manager.zeros(ab.getShape()), weights).getFloat(), 1e-6);
		}
	}

	/**
	 * In a*b*: (30, 0) and (-10, 0) are found as (15, 0) and (5, 0). The mean squared error of both channels is (15² + 15²) / 4 = 112.5 = 28.1
	 * times 4. Means 10 and 10, standard deviations 20 and 5: colourfulness 23.7 and 8.7. The second image was gray, and is found too
	 * colourful, by (20, 20): only its error of 200 counts. The third has another colour, which does not count.
	 */
	@Test
	public void colourfulLossByHand() {
		try (var manager = NDManager.newBaseManager()) {
			var shape = new Shape(3, 2, 1, 2);
			var ab = manager.create(new float[] { 15, 5, 0, 0, 20, 0, 0, 20, 40, 0, 0, 20 }, shape).div(ColorNet.AB_SCALE);
			var truth = manager.create(new float[] { 30, -10, 0, 0, 0, 0, 0, 0, 0, 0, 70, 0 }, shape).div(ColorNet.AB_SCALE);
			var weights = manager.create(new float[] { 1, 1, 1, 1, 0, 0 }, new Shape(3, 1, 1, 2));
			double first = Math.log(1 + 112.5 / 4) + 1.8 * (23.7 - 8.7) / ColorNet.AB_SCALE, second = Math.log(1 + 200 / 4.);
			assertEquals((first + second) / 3, loss("colourful", ab, truth, weights).getFloat(), 1e-4);
		}
	}

	/** Both pixels of a gray image at (80, 0): a mean squared error of 3200, twice 1600, from where the slope of ln(1 + e / 4) is 1 / 1604. */
	@Test
	public void colourfulLossOfARunawayGrowsLinearly() {
		try (var manager = NDManager.newBaseManager()) {
			var ab = manager.create(new float[] { 80, 80, 0, 0 }, new Shape(1, 2, 1, 2)).div(ColorNet.AB_SCALE);
			var weights = manager.ones(new Shape(1, 1, 1, 2));
			double loss = Math.log(1 + 1600 / 4.) + 1600 / 1604.;
			assertEquals(loss, loss("colourful", ab, manager.zeros(ab.getShape()), weights).getFloat(), 1e-4);
		}
	}
}
