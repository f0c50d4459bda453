package io.github.densecolorize.net;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;
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
			case "unet" -> new UnetArchitecture.Numbers(4, stream);
			case "iizuka" -> new IizukaArchitecture.Numbers(new Vgg(32, List.of(4, 4, 8, 8), List.of(2, 2, 2, 1), true, true, List.of(8)));
			default -> throw new IllegalArgumentException(preset);
		};
	}

	/** One pixel is changed, at each place of the grid: the colours differ almost as far as the halo, and nowhere beyond. */
	@ParameterizedTest
	@CsvSource({ "eccv16", "unet", "iizuka" })
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
	@CsvSource({ "eccv16, compact", "eccv16-wide, wide", "unet, compact", "unet-wide, wide", "iizuka, compact", "iizuka-wide, wide", "residual-wide, wide" })
	public void theyHaveAboutAsManyWeightsAsOurs(String preset, String ours) {
		assertEquals(1, Preset.named(preset).net().weights(110) / (double) Preset.named(ours).net().weights(110), 0.05);
	}

	/**
	 * Of networks with one map, in operations a pixel: a convolution of 3×3 has 9 products for each map that it takes and each that it makes, and counts
	 * at 1, 1/4, 1/16 or 1/64 of the pixels.
	 */
	@Test
	public void operationsAreCounted() {
		var stream = new Vgg(16, List.of(4), List.of(1), true, true, List.of(8));
		// Down 1, 2, 4, 8 maps; up to 4; the scores.
		assertEquals(2 * (18 + 54 / 4.0 + 216 / 16.0 + 864 / 64.0 + 432 / 16.0) + 2 * 4 * ColourBins.COUNT / 16, new Eccv16Architecture.Numbers(1, stream)
			.flops(), 1);
		// Down from 4 maps, the first time; up from 12 to 4, 6 to 2, and 3 to 1; to a*b*.
		assertEquals(2 * (45 + 54 / 4.0 + 216 / 16.0 + 864 / 64.0 + 576 / 16.0 + 144 / 4.0 + 36 + 2), new UnetArchitecture.Numbers(1, stream).flops(), 1);
		// Low-level features 4, 4, 8; two of 8 maps, the fusion, one to 4; two to 2 of twice the size; one to 1, and one to a*b*, of half the size.
		assertEquals(2 * (180 + 288 / 4.0 + 864 / 16.0 + (1152 + 64 + 288) / 64.0 + 108 / 16.0 + (18 + 18) / 4.0), small("iizuka").flops(), 2);
	}

	/** Known colours change what the network gives there, in the same way for all ways; no hints are as hints about nothing. */
	@Test
	public void unetIsToldHints() {
		Engine.getInstance().setRandomSeed(1);
		try (var manager = NDManager.newBaseManager()) {
			var net = small("unet").build(2);
			net.initialize(manager);
			// Scaled, this is 0, of which these layers make 0 at first.
			var l = new float[16 * 16];
			Arrays.fill(l, ColorNet.L_SCALE);
			var hints = new float[3 * 256];
			var without = told(net, manager, l, null);
			assertArrayEquals(new float[512], without);
			assertArrayEquals(without, told(net, manager, l, hints));
			hints[100] = 60;
			hints[256 + 100] = -40;
			hints[512 + 100] = 1;
			var with = told(net, manager, l, hints);
			assertTrue(Math.abs(with[100]) > 1e-3, "a* is " + with[100]);
			// Scaled as a* and b* are.
			var maps = ColorNet.hints(Ways.PRODUCTS, manager, hints, 16, 16);
			assertEquals(new Shape(1, 3, 16, 16), maps.getShape());
			assertEquals(List.of(1.2f, -0.8f, 1f), floats(maps.get(":, :, 6, 4").toFloatArray()));
		}
	}

	private static float[] told(ColorNet net, NDManager manager, float[] l, float[] hints) {
		net.use(Ways.PRODUCTS);
		var cues = new Cues(manager.zeros(new Shape(1, NetSpec.GUIDANCE)), hints == null ? null : ColorNet.hints(Ways.PRODUCTS, manager, hints, 16, 16));
		return net.output(new ParameterStore(manager, false), ColorNet.input(Ways.PRODUCTS, manager, l, 16, 16), cues, false).toFloatArray();
	}

	/** Both learn: the weights of the low-level features are moved by the colours and by the class, from the same tensors. */
	@Test
	public void iizukaSharesItsLowLevelFeatures() {
		try (var manager = NDManager.newBaseManager()) {
			var net = small("iizuka").build(2);
			net.initialize(manager);
			var first = net.getParameters().values().stream().filter(p -> p.isInitialized() && p.getShape().equals(new Shape(4, 1, 3, 3))).toList();
			assertEquals(1, first.size());
			float[] l = new float[256], before = told(net, manager, l, null);
			first.get(0).getArray().muli(2).addi(0.1f);
			assertFalse(Arrays.equals(before, told(net, manager, l, null)));
		}
	}

	@Test
	public void wrongValuesOfIizukaAreNamed() {
		assertMessage("vgg.widths has 3 stages; must have more than 3", new Vgg(32, List.of(4, 4, 8), List.of(2, 2, 2), true, true, List.of(8)));
		assertMessage("vgg.convolutions is [2, 1, 2, 2]; must begin with 3 stages of 2", new Vgg(32, List.of(4, 4, 8, 8), List.of(2, 1, 2, 2), true, true, List.of(
			8)));
		assertMessage("vgg.batchNorm is false; must be true", new Vgg(32, List.of(4, 4, 8, 8), List.of(2, 2, 2, 2), false, true, List.of(8)));
	}

	private static void assertMessage(String part, Vgg vgg) {
		var message = assertThrows(IllegalArgumentException.class, () -> new IizukaArchitecture.Numbers(vgg)).getMessage();
		assertTrue(message.contains(part), message);
	}
}
