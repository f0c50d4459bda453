package io.github.densecolorize.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;

public class WitnessTest {

	/** A map of ones through two filters: 2 and 4. Said to be 2 and 5, one map is wrong by a quarter. */
	@Test
	public void theErrorIsAShareOfAllMagnitudes() {
		try (var manager = NDManager.newBaseManager(); var witness = new Witness()) {
			var x = manager.ones(new Shape(1, 1, 4, 4));
			var weight = manager.create(new float[] { 2, 4 }, new Shape(2, 1, 1, 1));
			witness.saw(x, weight, null, 0, planes(manager, 2, 4));
			assertEquals(0, witness.error());
			witness.saw(x, weight, null, 0, planes(manager, 2, 5));
			assertEquals(0.25, witness.error(), 1e-9);
			assertTrue(witness.worst().contains("1 to 2 maps"), witness.worst());
		}
	}

	/** 3 - 3 + 1: what cancels out counts, as its rounding stays. */
	@Test
	public void whatCancelsOutCounts() {
		try (var manager = NDManager.newBaseManager(); var witness = new Witness()) {
			var x = manager.create(new float[] { 1, 1 }, new Shape(1, 2));
			witness.saw(x, manager.create(new float[] { 3, -3 }, new Shape(1, 2)), manager.create(new float[] { 1 }), 0, manager.create(
				new float[] { 1.7f }, new Shape(1, 1)));
			assertEquals(0.1, witness.error(), 1e-6);
		}
	}

	@Test
	public void whatIsNoNumberIsWrongUnlessTheInputIsNone() {
		try (var manager = NDManager.newBaseManager(); var witness = new Witness()) {
			NDArray weight = manager.ones(new Shape(1, 1, 1, 1)), nan = manager.full(new Shape(1, 1, 1, 1), Float.NaN);
			witness.saw(nan, weight, null, 0, nan);
			assertEquals(0, witness.error());
			witness.saw(manager.ones(new Shape(1, 1, 1, 1)), weight, null, 0, nan);
			assertEquals(Double.POSITIVE_INFINITY, witness.error());
		}
	}

	private static NDArray planes(NDManager manager, float... values) {
		return manager.create(values, new Shape(1, values.length, 1, 1)).broadcast(new Shape(1, values.length, 4, 4));
	}

	/** One of 16 maps of 65 × 67 pixels, and nothing else. */
	@Test
	public void oneWrongMapIsSeen() {
		try (var manager = NDManager.newBaseManager()) {
			NDArray x = manager.randomNormal(new Shape(1, 3, 65, 67)), weight = manager.randomNormal(new Shape(16, 3, 3, 3));
			var y = Ways.PRODUCTS.convolve(x, weight, null, 1, 16);
			try (var witness = new Witness()) {
				witness.saw(x, weight, null, 1, y);
				assertTrue(witness.error() < 1e-5, "error " + witness.error());
				y.set(new NDIndex(":, 7"), 0);
				witness.saw(x, weight, null, 1, y);
				assertTrue(witness.error() > 0.01, "error " + witness.error());
			}
		}
	}

	/** Layers too large to be looked at whole: in each place other maps, in the last one the last ones. */
	@Test
	public void theLastMapsOfALargeLayerAreSeen() {
		try (var manager = NDManager.newBaseManager()) {
			NDArray x = manager.randomNormal(new Shape(1, 4096)), weight = manager.randomNormal(new Shape(256, 4096));
			var y = x.matMul(weight.transpose());
			try (var witness = new Witness()) {
				witness.saw(x, weight, null, 0, y);
				assertTrue(witness.error() < 1e-5, "error " + witness.error());
				assertTrue(witness.compared() < 256, witness.compared() + " compared");
				y.set(new NDIndex("0, 255"), 1e4);
				witness.saw(x, weight, null, 0, y);
				assertTrue(witness.error() > 0.1, "error " + witness.error());
			}
		}
	}

	/** All layers of all presets, in the first of the usual ways that is right here, and their gradients. */
	@ParameterizedTest
	@ValueSource(strings = { "compact", "paper", "residual", "wide" })
	public void aWayIsRightForEachPreset(String preset) {
		var spec = Preset.named(preset).net().withImageSize(32);
		Engine.getInstance().setRandomSeed(1);
		try (var manager = NDManager.newBaseManager()) {
			var net = spec.build(11);
			net.initialize(manager);
			assertTrue(Way.on(Device.cpu()).stream().anyMatch(way -> isRight(net, way, manager)));
			assertTrue(isRight(net, Ways.PRODUCTS, manager));
		}
	}

	private static boolean isRight(ColorNet net, Way way, NDManager manager) {
		net.use(way);
		var l = new float[2 * 32 * 32];
		for (int i = 0; i < l.length; i++)
			l[i] = i * 7919 % 101;
		try (var call = manager.newSubManager()) {
			double error;
			try (var witness = new Witness()) {
				var vector = new FoldedGuidance(net, way, call).guide(ColorNet.input(way, call, l, 32, 32)).get(0);
				assertTrue(witness.compared() > 0);
				var fast = net.spec().fast(net, way, call);
				fast.chroma(fast.maps(fast.features(ColorNet.input(way, call, new float[64 * 70], 64, 70)), new Cues(vector.get("0:1"))), null);
				error = witness.error();
			}
			try (var witness = Witness.ofGradients()) {
				var store = new ParameterStore(call, false);
				var vector = net.guide(store, ColorNet.input(way, call, l, 32, 32), false).get(0);
				net.output(store, ColorNet.input(way, call, l, 32, 32), new Cues(vector), false);
				error = Math.max(error, witness.error());
			}
			return error <= Witness.allowed(Device.cpu());
		}
	}

	/** The values are right, so that only a witness of gradients sees it. */
	@Test
	public void wrongGradientsAreSeen() {
		try (var manager = NDManager.newBaseManager()) {
			var net = Preset.named("compact").net().withImageSize(32).build(2);
			net.initialize(manager);
			assertTrue(isRight(net, Ways.PRODUCTS, manager));
			assertTrue(!isRight(net, new Spoiled(Ways.PRODUCTS, Spoiled.GRADIENTS), manager));
		}
	}

	@Test
	public void aThreadHasOneWitness() {
		try (var witness = new Witness()) {
			assertThrows(IllegalStateException.class, Witness::new);
		}
		new Witness().close();
	}

	/** TF32 rounds factors to 11 bits, so that a product may be wrong by 2 · 2^-11. */
	@Test
	public void roundingIsAllowed() {
		assertTrue(Witness.allowed(Device.gpu()) > 2.0 / 2048);
		assertTrue(Witness.allowed(Device.cpu()) < 1e-3);
	}
}
