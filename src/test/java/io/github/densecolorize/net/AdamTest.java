package io.github.densecolorize.net;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;

public class AdamTest {

	private NDManager manager;
	private NDArray weights;
	private Adam adam;

	@BeforeEach
	void make() {
		manager = NDManager.newBaseManager();
		weights = manager.zeros(new Shape(3));
		weights.setRequiresGradient(true);
		adam = new Adam(manager, weights);
	}

	@AfterEach
	void close() {
		manager.close();
	}

	/** Whatever the size of a gradient, Adam's first step is the learning rate against its sign. */
	@Test
	public void firstStepOfAdamIsTheLearningRate() {
		assertTrue(step(1, 5, -0.01f, 1));
		assertArrayEquals(new float[] { -0.1f, 0.1f, -0.1f }, weights.toFloatArray(), 1e-4f);
	}

	/** All gradients are 1 for 20 steps and 1,000,000 in the next, which counts as 10. */
	@Test
	public void anAccidentCountsTenTimesTheUsual() {
		for (int i = 1; i <= 20; i++)
			assertTrue(step(i, 1, 1, 1));
		assertTrue(step(21, 1e6f, 1e6f, 1e6f));
		double variance = 0.999 * (1 - Math.pow(0.999, 20)) + 0.001 * 10 * 10;
		for (float value : adam.state().get(1).toFloatArray())
			assertEquals(variance, value, 1e-5);
	}

	/** No gradient is no measure for those that follow: 1 then counts as 1, and a tenth of it goes to its mean. */
	@Test
	public void gradientsOfZeroComeFirst() {
		for (int i = 1; i <= 2; i++)
			assertTrue(step(i, 0, 0, 0));
		assertArrayEquals(new float[3], weights.toFloatArray());
		assertTrue(step(3, 1, 1, 1));
		assertArrayEquals(new float[] { 0.1f, 0.1f, 0.1f }, adam.state().get(0).toFloatArray(), 1e-6f);
		assertArrayEquals(new float[] { 0.001f, 0.001f, 0.001f }, adam.state().get(1).toFloatArray(), 1e-6f);
	}

	@Test
	public void gradientsThatAreNoNumbersMoveNothing() {
		assertTrue(step(1, 2, 3, 1));
		var before = weights.toFloatArray();
		var moments = adam.state().stream().map(NDArray::toFloatArray).toList();
		for (float bad : new float[] { Float.NaN, Float.POSITIVE_INFINITY }) {
			assertFalse(step(2, bad, 3, 1));
			assertArrayEquals(before, weights.toFloatArray());
			for (int i = 0; i < moments.size(); i++)
				assertArrayEquals(moments.get(i), adam.state().get(i).toFloatArray());
		}
	}

	/** A step with these gradients, whatever the step before has left. */
	private boolean step(long step, float... gradient) {
		if (weights.hasGradient()) try (var old = weights.getGradient()) {
			old.set(new NDIndex().addEllipseDim(), 0);
		}
		try (var collector = Engine.getInstance().newGradientCollector()) {
			collector.backward(weights.mul(manager.create(gradient)).sum());
		}
		return adam.step(step, 0.1f);
	}
}
