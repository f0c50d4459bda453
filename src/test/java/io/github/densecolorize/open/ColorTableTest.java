package io.github.densecolorize.open;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import ij.plugin.LutLoader;
import ij.process.LUT;

public class ColorTableTest {

	/** Those that ImageJ makes itself; all but the last are for gray values. */
	@ParameterizedTest
	@CsvSource({ "grays, false", "red, false", "cyan, false", "fire, false", "ice, false", "spectrum, false", "redgreen, false",
		"3-3-2 RGB, true" })
	public void paletteIsToldFromALookUpTableForGrays(String name, boolean palette) {
		assertEquals(!palette, ColorTable.of(LutLoader.getLut(name)).isRamp());
	}

	/** The 216 colours of old web pages. */
	@Test
	public void webColoursAreAPalette() {
		byte[] r = new byte[256], g = new byte[256], b = new byte[256];
		for (int i = 0; i < 216; i++) {
			r[i] = (byte) (i / 36 * 51);
			g[i] = (byte) (i / 6 % 6 * 51);
			b[i] = (byte) (i % 6 * 51);
		}
		assertFalse(ColorTable.of(new LUT(r, g, b)).isRamp());
	}

	/** Ice ends a little darker than it begins. */
	@ParameterizedTest
	@CsvSource({ "grays, false", "ice, false", "fire, false", "red, false" })
	public void noneOfThemBecomesDarkerThroughout(String name, boolean falls) {
		assertEquals(falls, ColorTable.of(LutLoader.getLut(name)).falls());
		assertEquals(name.equals("grays") || name.equals("red"), ColorTable.of(new LUT(LutLoader.getLut(name), 0, 255).createInvertedLut()).falls());
	}

	@Test
	public void aTableOfGraysIsToldFromTheUsualOne() {
		var grays = new LUT(LutLoader.getLut("grays"), 0, 255);
		assertTrue(ColorTable.of(grays).isIdentity() && ColorTable.of(grays).isGray());
		assertTrue(ColorTable.of(grays.createInvertedLut()).isInverse());
		byte[] gamma = new byte[256];
		for (int i = 0; i < 256; i++)
			gamma[i] = (byte) (i * i / 255);
		var other = ColorTable.of(new LUT(gamma, gamma, gamma));
		assertTrue(other.isGray() && !other.isIdentity() && !other.isInverse());
		assertEquals(64 * 64 / 255, other.grays()[64]);
	}
}
