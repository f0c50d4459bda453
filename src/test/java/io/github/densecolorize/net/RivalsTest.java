package io.github.densecolorize.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;

/** Networks of other papers, with few maps. */
public class RivalsTest {

	/** A network of the type of a preset. */
	public static NetSpec small(String preset) {
		var stream = new Vgg(16, List.of(4), List.of(1), true, true, List.of(8));
		return switch (preset) {
			case "eccv16" -> new Eccv16Architecture.Numbers(4, stream);
			default -> throw new IllegalArgumentException(preset);
		};
	}

	/** One pixel is changed, at each place of the grid: the colours differ almost as far as the halo, and nowhere beyond. */
	@ParameterizedTest
	@CsvSource("eccv16")
	public void anImpulseReachesAsFarAsTheHalo(String preset) {
		var spec = small(preset);
		int stride = spec.stride(), side = 2 * spec.halo() + 4 * stride, farthest = 0;
		Engine.getInstance().setRandomSeed(1);
		try (var manager = NDManager.newBaseManager()) {
			var net = spec.build(2);
			net.initialize(manager);
			net.use(Ways.PRODUCTS);
			var gray = new float[side * side];
			for (int i = 0; i < gray.length; i++)
				gray[i] = i * 37 % 101 / 50f - 1;
			var without = colours(net, manager, gray, side);
			for (int at = side / 2; at < side / 2 + stride; at++) {
				var changed = gray.clone();
				changed[at * side + at] += 1e4f;
				var with = colours(net, manager, changed, side);
				for (int i = 0; i < with.length; i++)
					if (Math.abs(with[i] - without[i]) > 1e-5) farthest = Math.max(farthest, Math.max(Math.abs(i % side - at), Math.abs(i / side % side - at)));
			}
		}
		assertTrue(farthest <= spec.halo() && farthest > spec.halo() - 2 * stride, farthest + " of " + spec.halo());
	}

	private static float[] colours(ColorNet net, NDManager manager, float[] l, int side) {
		try (var call = manager.newSubManager()) {
			var output = net.output(new ParameterStore(call, false), call.create(l, new Shape(1, 1, side, side)), new Cues(call.ones(new Shape(1,
				NetSpec.GUIDANCE))), false);
			var ab = net.ab(output);
			assertEquals(new Shape(1, 2, side, side), ab.getShape());
			return ab.toFloatArray();
		}
	}

	/** All ways double in the same manner. */
	@ParameterizedTest
	@CsvSource({ "PADDED", "PLANAR", "PRODUCTS" })
	public void eachPixelBecomesFour(Ways way) {
		try (var manager = NDManager.newBaseManager()) {
			var doubled = way.doubled(way.map(manager, new float[] { 1, 2, 3, 4 }, 1, 2));
			assertEquals(new Shape(2, 1, 2, 4), doubled.getShape());
			assertEquals(List.of(1f, 1f, 2f, 2f, 1f, 1f, 2f, 2f, 3f, 3f, 4f, 4f, 3f, 3f, 4f, 4f), floats(doubled.toFloatArray()));
		}
	}

	private static List<Float> floats(float[] values) {
		var list = new ArrayList<Float>();
		for (float value : values)
			list.add(value);
		return list;
	}

	/** Those that are to be compared are of one size. */
	@ParameterizedTest
	@CsvSource({ "eccv16, compact", "eccv16-wide, wide" })
	public void theyHaveAboutAsManyWeightsAsOurs(String preset, String ours) {
		assertEquals(1, Preset.named(preset).net().weights(110) / (double) Preset.named(ours).net().weights(110), 0.05);
	}
}
