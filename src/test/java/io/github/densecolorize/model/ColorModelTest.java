package io.github.densecolorize.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;

import ai.djl.Device;

import io.github.densecolorize.net.Spoiled;
import io.github.densecolorize.net.Way;

/** A machine that computes wrongly; with a model whose layers are wide enough for the fault. */
public class ColorModelTest {

	private static final Path MICROSCOPY = Path.of("models", "microscopy");
	private static final int SIDE = 80, INNER = 44;

	private static ColorModel open(Way... ways) throws IOException {
		return ColorModel.open(MICROSCOPY, List.of(Device.cpu()), device -> List.of(ways));
	}

	/** L* of a checked pattern. */
	private static float[] pattern(int side) {
		var l = new float[side * side];
		for (int i = 0; i < l.length; i++)
			l[i] = (i % side / 5 + i / side / 7) % 2 * 60 + i % 31;
		return l;
	}

	private static float[][] predict(ColorModel model) {
		assertEquals(INNER, SIDE - 2 * model.spec().net().halo());
		var ab = new float[2][INNER * INNER];
		model.predictAb(pattern(SIDE), SIDE, SIDE, new TileCues(model.guide(List.of(pattern(model.spec().net().vgg().imageSize()))).vector()), ab[0], ab[1]);
		return ab;
	}

	@Test
	public void aFaultIsFoundAndTheNextWayIsTaken() throws IOException {
		try (var right = open(Spoiled.products()); var spoiled = open(Spoiled.lastMaps(), Spoiled.products())) {
			assertTrue(right.isUsualEngine());
			assertFalse(spoiled.isUsualEngine());
			assertEquals("PyTorch " + Torch.engine().getVersion() + ", matrix products", spoiled.engine());
			float[][] expected = predict(right), found = predict(spoiled);
			for (int c = 0; c < 2; c++)
				assertArrayEquals(expected[c], found[c], 1e-3f);
			assertTrue(spoiled.arithmetic().stream().allMatch(line -> line.contains("wrong: spoiled padded maps (error ")), spoiled.arithmetic()
				.toString());
		}
	}

	/** The usual way gives, on this machine, what matrix products give. */
	@Test
	public void theUsualWayIsRightHere() throws IOException {
		try (var products = open(Spoiled.products()); var usual = ColorModel.open(MICROSCOPY, "cpu")) {
			float[][] expected = predict(products), found = predict(usual);
			for (int c = 0; c < 2; c++)
				assertArrayEquals(expected[c], found[c], 0.01f);
		}
	}

	@Test
	public void whereAllIsWrongNothingIsComputed() {
		var refusal = assertThrows(IllegalArgumentException.class, () -> open(Spoiled.lastMaps())).getMessage();
		assertTrue(refusal.contains(Processor.name()) && refusal.contains("PyTorch " + Torch.engine().getVersion()), refusal);
		assertTrue(refusal.contains("use another device"), refusal);
	}

	/** Wrong only where the image is large: the small pass at the opening can't see it. */
	@Test
	public void aFaultOfLargeTilesIsFoundInTheFirstLargeTile() throws IOException {
		var large = new Spoiled(Spoiled.products(), y -> y.getShape().get(2) > 70 ? Spoiled.LAST_MAPS.apply(y) : y);
		try (var right = open(Spoiled.products()); var model = open(large, Spoiled.products())) {
			// The guidance image is larger than that, the small tile is not.
			int small = 2 * model.spec().net().halo() + 16;
			assertTrue(small <= 70 && SIDE > 72);
			float[][] expected = predict(right), found = predict(model);
			for (int c = 0; c < 2; c++)
				assertArrayEquals(expected[c], found[c], 1e-3f);
			assertFalse(model.isUsualEngine());
		}
	}

	/** What was looked at once is not looked at again, by no model of the same network. */
	@Test
	public void aSizeIsCheckedOnceAProcess() throws IOException {
		try (var first = open(Spoiled.products())) {
			predict(first);
			var before = first.arithmetic();
			try (var second = open(Spoiled.products())) {
				predict(second);
				assertEquals(before, second.arithmetic());
			}
			first.guide(List.of(pattern(96), pattern(96)));
			assertFalse(before.equals(first.arithmetic()));
		}
	}
}
