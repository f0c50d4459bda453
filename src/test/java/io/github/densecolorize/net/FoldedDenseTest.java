package io.github.densecolorize.net;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;

/** Against the plain network, whose every operation is one of PyTorch's. */
public class FoldedDenseTest {

	@ParameterizedTest
	@CsvSource({ "compact, 41, 37", "compact, 53, 64", "residual, 41, 37", "paper, 57, 60", "wide, 41, 37" })
	public void theResultIsThatOfThePlainNetwork(String preset, int height, int width) {
		var spec = Preset.named(preset).net().withImageSize(32);
		Engine.getInstance().setRandomSeed(1);
		try (var manager = NDManager.newBaseManager()) {
			var net = spec.build(2);
			net.initialize(manager);
			// The way that is right on all processors that we know.
			net.use(Ways.PRODUCTS);
			disturb(net, manager);
			var l = manager.randomNormal(new Shape(1, 1, height, width));
			var vector = manager.randomNormal(new Shape(1, NetSpec.GUIDANCE));
			int halo = spec.halo();
			var plain = net.output(new ParameterStore(manager, false), l, new Cues(vector), false).get(":,:," + halo + ":" + -halo + "," + halo + ":" + -halo);
			var fast = net.spec().fast(net, Ways.PADDED, manager);
			var folded = fast.chroma(fast.maps(l, new Cues(vector)), null);
			assertEquals(plain.getShape(), folded.getShape());
			double size = plain.abs().mean().getFloat();
			assertTrue(size > 1e-3, "a*b* are " + size);
			assertArrayEquals(plain.toFloatArray(), folded.toFloatArray(), (float) (1e-4 * size + 1e-4));
		}
	}

	@ParameterizedTest
	@CsvSource({ "compact", "paper" })
	public void theGuidanceIsThatOfThePlainNetwork(String preset) {
		var spec = Preset.named(preset).net().withImageSize(32);
		Engine.getInstance().setRandomSeed(1);
		try (var manager = NDManager.newBaseManager()) {
			var net = spec.build(5);
			net.initialize(manager);
			// The way that is right on all processors that we know.
			net.use(Ways.PRODUCTS);
			disturb(net, manager);
			var image = manager.randomNormal(new Shape(3, 32, 32, 1)).transpose(0, 3, 1, 2);
			var plain = net.guide(new ParameterStore(manager, false), image, false);
			var folded = new FoldedGuidance(net, Ways.PADDED, manager).guide(image);
			for (int i = 0; i < 2; i++) {
				double size = plain.get(i).abs().mean().getFloat();
				assertEquals(plain.get(i).getShape(), folded.get(i).getShape());
				assertArrayEquals(plain.get(i).toFloatArray(), folded.get(i).toFloatArray(), (float) (1e-4 * size));
			}
		}
	}

	/** What training does, and more: every fifth map has a negative scale, some have none. */
	private static void disturb(ColorNet net, NDManager manager) {
		for (var named : net.getParameters()) {
			NDArray array = named.getValue().getArray();
			var noise = manager.randomUniform(0.5f, 1.5f, array.getShape());
			if (named.getKey().endsWith("gamma")) {
				float[] gamma = noise.toFloatArray();
				for (int i = 0; i < gamma.length; i++)
					gamma[i] *= i % 5 == 4 ? -1 : i % 7 == 6 ? 0 : 1;
				array.set(gamma);
			}
			else if (named.getKey().endsWith("runningVar")) array.set(noise.toFloatArray());
			else if (named.getKey().endsWith("beta") || named.getKey().endsWith("runningMean") || named.getKey().endsWith("bias")) array.set(noise.sub(1)
				.toFloatArray());
		}
	}

	@ParameterizedTest
	@CsvSource({ "compact", "residual" })
	public void onlyTheResultIsLeft(String preset) {
		var spec = Preset.named(preset).net().withImageSize(32);
		try (var manager = NDManager.newBaseManager()) {
			var net = spec.build(2);
			net.initialize(manager);
			var folded = net.spec().fast(net, Ways.PADDED, manager);
			int weights = manager.getManagedArrays().size();
			try (var call = manager.newSubManager()) {
				try (var maps = folded.maps(call.zeros(new Shape(1, 1, 40, 40)), new Cues(call.zeros(new Shape(1, NetSpec.GUIDANCE))))) {
					folded.chroma(maps, null);
				}
				assertEquals(3, call.getManagedArrays().size());
			}
			assertEquals(weights, manager.getManagedArrays().size());
		}
	}
}
