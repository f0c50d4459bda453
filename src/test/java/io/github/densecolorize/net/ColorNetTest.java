package io.github.densecolorize.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;

public class ColorNetTest {

	private static final DenseSpec SMALL = new DenseSpec(DenseSpec.Unit.DENSE, 4, List.of(1, 2, 1, 1), new Vgg(16, List.of(4), List.of(1),
		true, true, List.of(8)));

	/**
	 * The paper's network too, with a small guidance image so that its fc 4096 has few inputs; without batch norm it wants small steps.
	 */
	@ParameterizedTest
	@CsvSource({ "compact, 1e-3", "paper, 1e-5", "residual, 1e-3", "wide, 1e-3", "eccv16, 1e-3", "unet, 1e-3", "iizuka, 1e-3" })
	public void presetsLearnTheirBatch(String preset, float learningRate) {
		var spec = Preset.named(preset).net().withImageSize(32);
		Engine.getInstance().setRandomSeed(1);
		try (var manager = NDManager.newBaseManager()) {
			var trained = spec.build(3);
			trained.initialize(manager);
			var weights = new LearnedWeights(manager, trained);
			// PyTorch's planar convolutions and their gradients are wrong on some processors, and seem to spoil memory there.
			weights.net().use(Ways.PRODUCTS);
			var adam = new Adam(manager, weights.all());
			var l = manager.randomNormal(new Shape(3, 1, 16, 16));
			var fields = manager.randomNormal(new Shape(3, 1, 32, 32));
			var ab = manager.randomNormal(new Shape(3, 1, 1, 1)).broadcast(3, 2, 16, 16);
			var labels = manager.create(new long[] { 2, 0, 1 });
			double first = step(weights, adam, 1, learningRate, l, fields, ab, labels), last = 0;
			for (int i = 2; i <= 6; i++)
				last = step(weights, adam, i, learningRate, l, fields, ab, labels);
			assertTrue(last < 0.9 * first, preset + ": loss " + first + " became " + last);
		}
	}

	private static double step(LearnedWeights weights, Adam adam, int step, float learningRate, NDArray l, NDArray fields, NDArray ab,
		NDArray labels)
	{
		try (var scope = l.getManager().newSubManager(); var gradients = Engine.getInstance().newGradientCollector()) {
			var store = weights.store(scope);
			var net = weights.net();
			l.tempAttach(scope);
			fields.tempAttach(scope);
			var guide = net.guide(store, fields, true);
			var chroma = net.ab(net.output(store, l, new Cues(guide.get(0)), true));
			assertEquals(new Shape(3, 2, 16, 16), chroma.getShape());
			assertEquals(new Shape(3, 3), guide.get(1).getShape());
			var loss = LossTest.loss("mse", chroma, ab, scope.ones(new Shape(3, 1, 16, 16))).add(CrossEntropy.of(guide.get(1), labels));
			gradients.backward(loss);
			adam.step(step, learningRate);
			return loss.getFloat();
		}
	}

	/** The comparison is between structures, not between sizes. */
	@Test
	public void residualHasAboutAsManyWeightsAsCompact() {
		assertEquals(1, (double) weights("residual") / weights("compact"), 0.05);
	}

	private static long weights(String preset) {
		try (var manager = NDManager.newBaseManager()) {
			var net = Preset.named(preset).net().build(11);
			net.initialize(manager);
			return net.getParameters().values().stream().mapToLong(p -> p.getShape().size()).sum();
		}
	}

	/** One pixel is changed: the output may differ as far as the halo, does so there, and nowhere beyond. */
	@ParameterizedTest
	@EnumSource
	public void anImpulseReachesAsFarAsTheHalo(DenseSpec.Unit unit) {
		var spec = new DenseSpec(unit, 4, SMALL.layers(), SMALL.vgg());
		Engine.getInstance().setRandomSeed(1);
		try (var manager = NDManager.newBaseManager()) {
			var net = spec.build(2);
			net.initialize(manager);
			int size = 41, middle = 20, farthest = 0;
			var pixels = new float[size * size];
			var without = chroma(net, manager, pixels, size);
			pixels[middle * size + middle] = 10;
			var with = chroma(net, manager, pixels, size);
			for (int i = 0; i < with.length; i++) {
				int x = i % size, y = i / size % size;
				if (Math.abs(with[i] - without[i]) > 1e-6) farthest = Math.max(farthest, Math.max(Math.abs(x - middle), Math.abs(y - middle)));
			}
			assertEquals(spec.halo(), farthest);
		}
	}

	private static float[] chroma(ColorNet net, NDManager manager, float[] pixels, int size) {
		var vector = manager.ones(new Shape(1, NetSpec.GUIDANCE));
		return net.output(new ParameterStore(manager, false), manager.create(pixels, new Shape(1, 1, size, size)), new Cues(vector), false)
			.toFloatArray();
	}

	@Test
	public void inferenceFreesAllButItsResult() {
		try (var manager = NDManager.newBaseManager()) {
			var net = SMALL.build(2);
			net.initialize(manager);
			try (var call = manager.newSubManager()) {
				var l = call.zeros(new Shape(1, 1, 8, 8));
				var vector = call.zeros(new Shape(1, NetSpec.GUIDANCE));
				int before = call.getManagedArrays().size();
				net.output(new ParameterStore(call, false), l, new Cues(vector), false);
				// The result, and two small views of the fused guidance vector.
				assertTrue(call.getManagedArrays().size() - before <= 5, call.getManagedArrays().size() - before + " arrays stay");
			}
		}
	}
}
