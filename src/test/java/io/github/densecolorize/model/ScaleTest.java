package io.github.densecolorize.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

public class ScaleTest {

	@Test
	public void calibrationDecides() {
		var scale = new Scale(0.25, 1, 0, 48);
		assertEquals(0.25, scale.of(512, 512, 0), "no calibration: as the training images");
		assertEquals(0.25, scale.of(512, 512, Double.NaN));
		assertEquals(0.5, scale.of(512, 512, 0.5), "half a micrometre a pixel: to one, half the size");
		assertEquals(1, scale.of(512, 512, 3), "coarser than the model: never enlarged");
		assertEquals(Scale.SMALLEST, scale.of(512, 512, 1e-6));
	}

	@Test
	public void longSideDecides() {
		var scale = new Scale(1, 0, 64, 64);
		assertEquals(0.0625, scale.of(1024, 768, 0.5));
		assertEquals(1, scale.of(40, 30, 0));
	}

	@Test
	public void wrongValuesAreRefused() {
		assertThrows(IllegalArgumentException.class, () -> new Scale(0, 0, 0, 48));
		assertThrows(IllegalArgumentException.class, () -> new Scale(2, 0, 0, 48));
		assertThrows(IllegalArgumentException.class, () -> new Scale(1, 0, 0, 0));
	}
}
