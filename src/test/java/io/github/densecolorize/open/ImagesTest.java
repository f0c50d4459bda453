package io.github.densecolorize.open;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import ij.process.ColorProcessor;

import io.github.densecolorize.image.Lab;

public class ImagesTest {

	@Test
	public void coloursAreAViewAndHaveAnLOfTheirOwn() {
		var ip = new ColorProcessor(2, 1, new int[] { 0xffffffff, 0xff000000 });
		var argb = Images.argb(ip);
		var l = Lab.lightness(argb);
		assertEquals(100, l.getAt(0, 0).get(), 1e-4);
		argb.getAt(0, 0).set(0xff000000);
		assertEquals(0, l.getAt(0, 0).get());
		assertArrayEquals(new int[] { 0xff000000, 0xff000000 }, (int[]) ip.getPixels());
	}
}
