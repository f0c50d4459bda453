package io.github.densecolorize.net;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Arrays;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

import io.github.densecolorize.TinyModel;

public class LearnedWeightsTest {

	/** Of the guidance image. */
	private static final int SIDE = TinyModel.NET.vgg().imageSize();

	private NDManager manager;
	private ColorNet trained;
	private LearnedWeights weights;

	@BeforeEach
	void make() {
		manager = NDManager.newBaseManager();
		trained = TinyModel.NET.build(2);
		trained.initialize(manager);
		weights = new LearnedWeights(manager, trained);
	}

	@AfterEach
	void close() {
		manager.close();
	}

	/** Two steps: a change of the one array is a change of the parameters, in their order, and of nothing else. */
	@Test
	public void parametersAreViewsOfTheOneArray() {
		var before = Tensors.of(trained);
		weights.all().addi(1);
		var after = Tensors.of(weights.net());
		assertEquals(before.size(), after.size());
		long learned = 0;
		for (int i = 0; i < before.size(); i++) {
			assertEquals(before.get(i).getName(), after.get(i).getName());
			boolean isLearned = !before.get(i).getName().contains("running");
			if (isLearned) learned += before.get(i).size();
			var expected = before.get(i).toFloatArray();
			if (isLearned) for (int k = 0; k < expected.length; k++)
				expected[k]++;
			assertArrayEquals(expected, after.get(i).toFloatArray(), before.get(i).getName());
		}
		assertEquals(learned, weights.all().size());
	}

	/** The slope of the scores' sum with respect to their biases is the number of images, wherever these lie in the array. */
	@Test
	public void gradientsReachTheOneArray() {
		backward(3);
		try (var gradient = weights.all().getGradient()) {
			var values = gradient.toFloatArray();
			long end = 0;
			for (var named : weights.net().getParameters()) {
				var parameter = named.getValue();
				if (!parameter.requiresGradient()) continue;
				int from = (int) end;
				end += parameter.getArray().size();
				if (named.getKey().contains("ClassScores") && named.getKey().endsWith("bias")) {
					assertArrayEquals(new float[] { 3, 3 }, Arrays.copyOfRange(values, from, (int) end));
					return;
				}
			}
			throw new AssertionError("no bias of the class scores");
		}
	}

	private void backward(int images) {
		try (var scope = manager.newSubManager(); var collector = Engine.getInstance().newGradientCollector()) {
			var fields = scope.ones(new Shape(images, 1, SIDE, SIDE));
			collector.backward(weights.net().guide(weights.store(scope), fields, true).get(1).sum());
		}
	}

	/** Gradients that are no numbers, too; and after that they are kept in memory that is theirs. */
	@Test
	public void clearedGradientsAreZero() {
		backward(1);
		try (var gradient = weights.all().getGradient()) {
			gradient.muli(Float.NaN);
		}
		weights.clearGradient();
		try (var gradient = weights.all().getGradient()) {
			GarbageCollector.overwriteFreed((int) gradient.size() * Float.BYTES);
			assertArrayEquals(new float[(int) gradient.size()], gradient.toFloatArray());
		}
	}

	@Test
	public void copiesLearnTogether() {
		var copy = new LearnedWeights(manager, trained);
		backward(1);
		float[] before;
		try (var gradient = weights.all().getGradient()) {
			before = gradient.toFloatArray();
		}
		try (var scope = manager.newSubManager(); var collector = Engine.getInstance().newGradientCollector()) {
			collector.backward(copy.net().guide(copy.store(scope), scope.ones(new Shape(1, 1, SIDE, SIDE)), true).get(1).sum());
		}
		weights.addGradient(copy);
		try (var sum = weights.all().getGradient(); var cleared = copy.all().getGradient()) {
			var values = sum.toFloatArray();
			for (int i = 0; i < values.length; i++)
				assertEquals(2 * before[i], values[i], 1e-4f * Math.abs(before[i]));
			assertArrayEquals(new float[values.length], cleared.toFloatArray());
		}
		weights.all().addi(1);
		weights.net().getParameters().values().stream().filter(p -> !p.requiresGradient()).forEach(p -> p.getArray().addi(2));
		assertFalse(Arrays.equals(weights.all().toFloatArray(), copy.all().toFloatArray()));
		weights.copyTo(copy);
		var expected = Tensors.of(weights.net()).stream().map(NDArray::toFloatArray).toList();
		var found = Tensors.of(copy.net()).stream().map(NDArray::toFloatArray).toList();
		for (int i = 0; i < expected.size(); i++)
			assertArrayEquals(expected.get(i), found.get(i));
	}
}
