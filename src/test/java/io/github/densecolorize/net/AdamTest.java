package io.github.densecolorize.net;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;

public class AdamTest {

	/** Whatever the size of a gradient, Adam's first step is the learning rate against its sign. */
	@Test
	public void firstStepOfAdamIsTheLearningRate() {
		try (var manager = NDManager.newBaseManager()) {
			var block = linear(manager);
			var weight = block.getParameters().get("weight").getArray();
			var before = weight.toFloatArray();
			assertTrue(step(new Adam(manager, block), block, 1, 5, -0.01f));
			assertArrayEquals(new float[] { before[0] - 0.1f, before[1] + 0.1f }, weight.toFloatArray(), 1e-4f);
		}
	}

	/** The gradients of both weights and of the bias are 1 for 20 steps and 1,000,000 in the next, which counts as 10. */
	@Test
	public void anAccidentCountsTenTimesTheUsual() {
		try (var manager = NDManager.newBaseManager()) {
			var block = linear(manager);
			var adam = new Adam(manager, block);
			for (int i = 1; i <= 20; i++)
				assertTrue(step(adam, block, i, 1, 1));
			assertTrue(step(adam, block, 21, 1, 1, 1e6f));
			double variance = 0.999 * (1 - Math.pow(0.999, 20)) + 0.001 * 10 * 10;
			for (var moment : adam.state())
				if (moment.getName().startsWith("variance")) for (float value : moment.toFloatArray())
					assertEquals(variance, value, 1e-5);
		}
	}

	/** No gradient is no measure for those that follow: 1 then counts as 1, and a tenth of it goes to its mean. */
	@Test
	public void gradientsOfZeroComeFirst() {
		try (var manager = NDManager.newBaseManager()) {
			var block = linear(manager);
			var adam = new Adam(manager, block);
			var weight = block.getParameters().get("weight").getArray();
			var before = weight.toFloatArray();
			for (int i = 1; i <= 2; i++)
				assertTrue(step(adam, block, i, 0, 0, 0));
			assertArrayEquals(before, weight.toFloatArray());
			assertTrue(step(adam, block, 3, 1, 1));
			for (var moment : adam.state())
				for (float value : moment.toFloatArray())
					assertEquals(moment.getName().startsWith("mean") ? 0.1 : 0.001, value, 1e-6);
		}
	}

	@Test
	public void gradientsThatAreNoNumbersMoveNothing() {
		try (var manager = NDManager.newBaseManager()) {
			var block = linear(manager);
			var adam = new Adam(manager, block);
			assertTrue(step(adam, block, 1, 2, 3));
			var weight = block.getParameters().get("weight").getArray();
			var before = weight.toFloatArray();
			var moments = adam.state().stream().map(NDArray::toFloatArray).toList();
			for (float bad : new float[] { Float.NaN, Float.POSITIVE_INFINITY }) {
				assertFalse(step(adam, block, 2, bad, 3));
				assertArrayEquals(before, weight.toFloatArray());
				for (int i = 0; i < moments.size(); i++)
					assertArrayEquals(moments.get(i), adam.state().get(i).toFloatArray());
			}
			assertTrue(step(adam, block, 2, 2, 3));
			assertArrayEquals(new float[] { before[0] - 0.1f, before[1] - 0.1f }, weight.toFloatArray(), 1e-4f);
		}
	}

	/** After gradients that are no numbers, too, they are kept in memory that is theirs. */
	@Test
	public void theGarbageCollectorLeavesTheGradients() {
		try (var manager = NDManager.newBaseManager()) {
			var block = linear(manager);
			assertFalse(step(new Adam(manager, block), block, 1, Float.NaN, 3));
			try (var gradient = block.getParameters().get("weight").getArray().getGradient()) {
				GarbageCollector.overwriteFreed(2 * Float.BYTES);
				assertArrayEquals(new float[2], gradient.toFloatArray());
			}
		}
	}

	private static Block linear(NDManager manager) {
		var block = Layers.linear(1);
		block.initialize(manager, DataType.FLOAT32, new Shape(1, 2));
		return block;
	}

	/** A step with gradients of the two weights; that of the bias is 1. */
	private static boolean step(Adam adam, Block block, long step, float first, float second) {
		return step(adam, block, step, first, second, 1);
	}

	/** All three times a factor. */
	private static boolean step(Adam adam, Block block, long step, float first, float second, float times) {
		var manager = adam.state().get(0).getManager();
		try (var gradients = Engine.getInstance().newGradientCollector()) {
			var x = manager.create(new float[][] { { first, second } });
			gradients.backward(block.forward(new ParameterStore(manager, false), new NDList(x), true).head().mul(times).sum());
		}
		return adam.step(step, 0.1f);
	}
}
