package io.github.densecolorize.colorize;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

public class ColorizeOptionsTest {

	@ParameterizedTest
	@CsvSource({ "auto, 0", "1, 1", "0.5, 0.5", "1/2, 0.5", "1/4, 0.25", " 3/4 , 0.75" })
	public void scaleIsANumberOrAFraction(String text, double scale) {
		assertEquals(scale, ColorizeOptions.scaleOf(text));
	}

	@ParameterizedTest
	@ValueSource(strings = { "0", "2", "-0.5", "1/0", "0/0", "half", "", "1/2/3", "NaN", "0,5" })
	public void otherScalesAreRefused(String text) {
		var refusal = assertThrows(IllegalArgumentException.class, () -> ColorizeOptions.scaleOf(text));
		assertTrue(refusal.getMessage().contains("\"" + text + "\"") && refusal.getMessage().contains("auto"), refusal.getMessage());
	}

	@ParameterizedTest
	@CsvSource({ "sepia, RGB, 64, 'display range, full range, percentile'", "percentile, CMYK, 64, 'RGB, Lab, ab'",
		"percentile, RGB, 31, '32 to 4096'" })
	public void otherValuesAreAnsweredWithTheAllowedOnes(String mapping, String output, int tile, String allowed) {
		var refusal = assertThrows(IllegalArgumentException.class, () -> ColorizeOptions.of("auto", "1", mapping, 0, output, tile));
		assertTrue(refusal.getMessage().contains(allowed), refusal.getMessage());
	}

	@Test
	public void namesAreThoseOfTheMenu() {
		var options = ColorizeOptions.of("HE", "1/2", "Display range", 2, "lab", 128);
		assertEquals(new ColorizeOptions("HE", 0.5, Mapping.DISPLAY_RANGE, 2, Output.LAB, 128), options);
		assertThrows(IllegalArgumentException.class, () -> ColorizeOptions.of("HE", "1/2", "percentile", -1, "RGB", 128));
	}
}
