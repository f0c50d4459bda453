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
			var folded = fast.chroma(fast.maps(fast.features(l), new Cues(vector)), null);
			assertEquals(plain.getShape(), folded.getShape());
			double size = plain.abs().mean().getFloat();
			assertTrue(size > 1e-3, "a*b* are " + size);
			assertArrayEquals(plain.toFloatArray(), folded.toFloatArray(), (float) (1e-4 * size + 1e-4));
		}
	}

	/** What is computed without the cues does for one after the other, in any order. */
	@ParameterizedTest
	@CsvSource({ "compact, true", "residual, true", "compact, false" })
	public void theFeaturesServeSeveralCues(String preset, boolean fast) {
		var spec = Preset.named(preset).net().withImageSize(32);
		Engine.getInstance().setRandomSeed(1);
		try (var manager = NDManager.newBaseManager()) {
			var net = spec.build(2);
			net.initialize(manager);
			disturb(net, manager);
			var folded = fast ? spec.fast(net, Ways.PRODUCTS, manager) : new PlainNet(net, Ways.PRODUCTS, manager);
			long side = 4 + 2L * spec.halo();
			var l = manager.randomNormal(new Shape(1, 1, side, side));
			Cues one = new Cues(manager.randomNormal(new Shape(1, NetSpec.GUIDANCE))), other = new Cues(manager.randomNormal(new Shape(1, NetSpec.GUIDANCE)));
			var features = folded.features(l);
			float[] first = ab(folded, features, one), second = ab(folded, features, other);
			assertTrue(Math.abs(first[0] - second[0]) > 1e-3, first[0] + " and " + second[0]);
			assertArrayEquals(first, ab(folded, features, one));
			assertArrayEquals(second, ab(folded, folded.features(l), other));
		}
	}

	private static float[] ab(FastNet net, NDArray features, Cues cues) {
		return net.chroma(net.maps(features, cues), null).toFloatArray();
	}

	/** Plain arithmetic on the maps and the colours of the unchanged layer. */
	@ParameterizedTest
	@CsvSource({ "compact, true", "residual, true", "compact, false" })
	public void theLastLayerCanBeChanged(String preset, boolean fast) {
		var spec = Preset.named(preset).net().withImageSize(32);
		Engine.getInstance().setRandomSeed(1);
		try (var manager = NDManager.newBaseManager()) {
			var net = spec.build(2);
			net.initialize(manager);
			disturb(net, manager);
			var folded = fast ? spec.fast(net, Ways.PRODUCTS, manager) : new PlainNet(net, Ways.PRODUCTS, manager);
			int count = fast ? spec.lastMaps() : 2, side = 4, margin = folded.margin(), wide = side + 2 * margin;
			long input = side + 2L * spec.halo();
			var maps = folded.maps(folded.features(manager.randomNormal(new Shape(1, 1, input, input))), new Cues(manager.randomNormal(new Shape(1, NetSpec.GUIDANCE))));
			assertEquals(new Shape(1, count, wide, wide), maps.getShape());
			// A third result, of the maps alone.
			var weights = new double[3 * count];
			for (int i = 0; i < weights.length; i++)
				weights[i] = (i * 37 % 11 - 5) / 20.0;
			float[] seen = maps.toFloatArray(), own = folded.chroma(maps, null).toFloatArray(), changed = folded.chroma(maps, new OutputChange(new double[] {
				0.5, -0.25, 2, 1, 0, 0 }, weights)).toFloatArray();
			var expected = new float[3 * side * side];
			for (int i = 0; i < side * side; i++) {
				double a = 0.5 * own[i] - 0.25 * own[side * side + i], b = 2 * own[i] + own[side * side + i], c = 0;
				for (int m = 0; m < count; m++) {
					float map = seen[(m * wide + i / side + margin) * wide + i % side + margin];
					a += weights[m] * map;
					b += weights[count + m] * map;
					c += weights[2 * count + m] * map;
				}
				expected[i] = (float) a;
				expected[side * side + i] = (float) b;
				expected[2 * side * side + i] = (float) c;
			}
			assertArrayEquals(expected, changed, 1e-3f);
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
				try (var features = folded.features(call.zeros(new Shape(1, 1, 40, 40)));
					var maps = folded.maps(features, new Cues(call.zeros(new Shape(1, NetSpec.GUIDANCE)))))
				{
					folded.chroma(maps, null);
				}
				assertEquals(3, call.getManagedArrays().size());
			}
			assertEquals(weights, manager.getManagedArrays().size());
		}
	}
}
