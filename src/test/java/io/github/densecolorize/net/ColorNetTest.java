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
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;

public class ColorNetTest {

	private static final NetSpec SMALL = new NetSpec(NetSpec.Unit.DENSE, 4, List.of(1, 2, 1, 1), new NetSpec.Vgg(16, List.of(4), List.of(1),
		true, true, List.of(8)));

	/**
	 * The paper's network too, with a small guidance image so that its fc 4096 has few inputs; without batch norm it wants small steps.
	 */
	@ParameterizedTest
	@CsvSource({ "compact, 1e-3", "paper, 1e-5", "residual, 1e-3", "wide, 1e-3" })
	public void presetsLearnTheirBatch(String preset, float learningRate) {
		var spec = NetSpec.preset(preset).withImageSize(32);
		Engine.getInstance().setRandomSeed(1);
		try (var manager = NDManager.newBaseManager()) {
			var net = new ColorNet(spec, 3);
			net.initialize(manager, 32);
			// PyTorch's planar convolutions and their gradients are wrong on some processors, and seem to spoil memory there.
			net.use(Ways.PRODUCTS);
			var adam = new Adam(manager, net);
			var l = manager.randomNormal(new Shape(3, 1, 16, 16));
			var fields = manager.randomNormal(new Shape(3, 1, 32, 32));
			var ab = manager.randomNormal(new Shape(3, 1, 1, 1)).broadcast(3, 2, 16, 16);
			var labels = manager.create(new long[] { 2, 0, 1 });
			double first = step(net, adam, 1, learningRate, l, fields, ab, labels), last = 0;
			for (int i = 2; i <= 6; i++)
				last = step(net, adam, i, learningRate, l, fields, ab, labels);
			assertTrue(last < 0.9 * first, preset + ": loss " + first + " became " + last);
		}
	}

	private static double step(ColorNet net, Adam adam, int step, float learningRate, NDArray l, NDArray fields, NDArray ab,
		NDArray labels)
	{
		try (var scope = l.getManager().newSubManager(); var gradients = Engine.getInstance().newGradientCollector()) {
			var store = new ParameterStore(scope, false);
			l.tempAttach(scope);
			fields.tempAttach(scope);
			var guide = net.guide(store, fields, true);
			var chroma = net.chroma(store, l, guide.get(0), true);
			assertEquals(new Shape(3, 2, 16, 16), chroma.getShape());
			assertEquals(new Shape(3, 3), guide.get(1).getShape());
			var loss = Losses.meanSquared(chroma, ab, scope.ones(new Shape(3, 1, 16, 16))).add(Losses.category(guide.get(1), labels));
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
			var net = new ColorNet(NetSpec.preset(preset), 11);
			net.initialize(manager, 96);
			return net.getParameters().values().stream().mapToLong(p -> p.getShape().size()).sum();
		}
	}

	/** One pixel is changed: the output may differ as far as the halo, does so there, and nowhere beyond. */
	@ParameterizedTest
	@EnumSource
	public void anImpulseReachesAsFarAsTheHalo(NetSpec.Unit unit) {
		var spec = new NetSpec(unit, 4, SMALL.layers(), SMALL.vgg());
		Engine.getInstance().setRandomSeed(1);
		try (var manager = NDManager.newBaseManager()) {
			var net = new ColorNet(spec, 2);
			net.initialize(manager, 16);
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
		return net.chroma(new ParameterStore(manager, false), manager.create(pixels, new Shape(1, 1, size, size)), vector, false)
			.toFloatArray();
	}

	@Test
	public void inferenceFreesAllButItsResult() {
		try (var manager = NDManager.newBaseManager()) {
			var net = new ColorNet(SMALL, 2);
			net.initialize(manager, 16);
			try (var call = manager.newSubManager()) {
				var l = call.zeros(new Shape(1, 1, 8, 8));
				var vector = call.zeros(new Shape(1, NetSpec.GUIDANCE));
				int before = call.getManagedArrays().size();
				net.chroma(new ParameterStore(call, false), l, vector, false);
				// The result, and two small views of the fused guidance vector.
				assertTrue(call.getManagedArrays().size() - before <= 5, call.getManagedArrays().size() - before + " arrays stay");
			}
		}
	}

	@Test
	public void lossesOfAPerfectPredictionAreZero() {
		try (var manager = NDManager.newBaseManager()) {
			var ab = manager.create(new float[] { 1, 2, 3, 4 }, new Shape(1, 2, 1, 2));
			var weights = manager.ones(new Shape(1, 1, 1, 2));
			assertEquals(0, Losses.meanSquared(ab, ab, weights).getFloat());
			assertEquals(0, Losses.rebalanced(ab, ab, weights).getFloat());
			assertEquals(0, Losses.colourful(ab, ab, weights).getFloat());
			assertEquals(0, Losses.category(manager.create(new float[][] { { 0, 100 } }), manager.create(new long[] { 1 })).getFloat(), 1e-6);
		}
	}

	/** Errors 1 and 3 in a pixel that counts, 5 and 7 in one that does not: (1 + 9) / 4. Two equal scores: ln 2. A class thought impossible: -ln 1e-10. */
	@Test
	public void lossesByHand() {
		try (var manager = NDManager.newBaseManager()) {
			var ab = manager.create(new float[] { 1, 5, -3, 7 }, new Shape(1, 2, 1, 2));
			var weights = manager.create(new float[] { 1, 0 }, new Shape(1, 1, 1, 2));
			assertEquals(2.5, Losses.meanSquared(ab, manager.zeros(ab.getShape()), weights).getFloat(), 1e-6);
			var scores = manager.create(new float[][] { { 7, 7 } });
			assertEquals(Math.log(2), Losses.category(scores, manager.create(new long[] { 0 })).getFloat(), 1e-6);
			var certain = manager.create(new float[][] { { 0, 100 } });
			assertEquals(-Math.log(1e-10), Losses.category(certain, manager.create(new long[] { 0 })).getFloat(), 1e-4);
		}
	}

	/** In units of 10 a*b* an error of 0.5 costs 0.5² / 2, one of 3 costs 3 - 1/2; with weights 1 and 2 the mean is (0.125 + 5) / 2 units. */
	@Test
	public void rebalancedLossByHand() {
		try (var manager = NDManager.newBaseManager()) {
			float unit = 10 / ColorNet.AB_SCALE;
			var ab = manager.create(new float[] { 0.5f * unit, -3 * unit, 0.5f * unit, 3 * unit }, new Shape(1, 2, 1, 2));
			var weights = manager.create(new float[] { 1, 2 }, new Shape(1, 1, 1, 2));
			assertEquals(unit * (0.125 + 5) / 2, Losses.rebalanced(ab, manager.zeros(ab.getShape()), weights).getFloat(), 1e-6);
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
			assertEquals((first + second) / 3, Losses.colourful(ab, truth, weights).getFloat(), 1e-4);
		}
	}

	/** Both pixels of a gray image at (80, 0): a mean squared error of 3200, twice 1600, from where the slope of ln(1 + e / 4) is 1 / 1604. */
	@Test
	public void colourfulLossOfARunawayGrowsLinearly() {
		try (var manager = NDManager.newBaseManager()) {
			var ab = manager.create(new float[] { 80, 80, 0, 0 }, new Shape(1, 2, 1, 2)).div(ColorNet.AB_SCALE);
			var weights = manager.ones(new Shape(1, 1, 1, 2));
			double loss = Math.log(1 + 1600 / 4.) + 1600 / 1604.;
			assertEquals(loss, Losses.colourful(ab, manager.zeros(ab.getShape()), weights).getFloat(), 1e-4);
		}
	}
}
