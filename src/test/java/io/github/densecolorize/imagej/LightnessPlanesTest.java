package io.github.densecolorize.imagej;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ij.plugin.LutLoader;
import ij.process.LUT;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

public class LightnessPlanesTest {

	/** Those that ImageJ makes itself; all but the last are for gray values. */
	@ParameterizedTest
	@CsvSource({ "grays, false", "red, false", "cyan, false", "fire, false", "ice, false", "spectrum, false", "redgreen, false",
		"3-3-2 RGB, true" })
	public void paletteIsToldFromALookUpTableForGrays(String name, boolean palette) {
		assertEquals(palette, LightnessPlanes.isPalette(LutLoader.getLut(name)));
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
		assertEquals(true, LightnessPlanes.isPalette(new LUT(r, g, b)));
	}
}
