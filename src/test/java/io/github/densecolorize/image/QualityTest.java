package io.github.densecolorize.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

/** Entropy, colourfulness and PSNR of images whose values follow on paper. */
public class QualityTest {

	private static final int RED = 0xffff0000, GREEN = 0xff00ff00, GRAY = 0xff707070;

	/** Four values equally often are 2 bits, two are 1 bit, one is none. */
	@Test
	public void entropyCountsBits() {
		var entropy = new Entropy();
		entropy.add(new float[] { -60.4f, 0, 7, 90 }, new float[] { 5, 5, 5, 6 });
		entropy.add(new float[] { -59.6f, 0.3f, 6.5f, 90.4f }, new float[] { 6, 6, 6, 5 });
		assertEquals(2, entropy.ofA(), 1e-12);
		assertEquals(1, entropy.ofB(), 1e-12);
		assertEquals(3, entropy.inEn(), 1e-12);

		var gray = new Entropy();
		gray.add(new float[8], new float[8]);
		assertEquals(0, gray.inEn());
		assertEquals(3, entropy.infoLoss(gray), 1e-12);
		assertEquals(3, gray.infoLoss(entropy), 1e-12);
		assertEquals(0, entropy.infoLoss(entropy));
		assertEquals(0, new Entropy().inEn());
	}

	@Test
	public void valuesOutsideGoToTheEndBins() {
		var entropy = new Entropy();
		entropy.add(new float[] { 127, 4000 }, new float[] { -128, -129 });
		assertEquals(0, entropy.inEn());
	}

	/** rg is 255 and -255, yb 127.5 twice: 255 + 0.3 * 127.5. */
	@Test
	public void colourfulnessOfRedAndGreen() {
		var colourfulness = new Colourfulness();
		colourfulness.add(new int[] { RED });
		colourfulness.add(new int[] { GREEN });
		assertEquals(293.25, colourfulness.value(), 1e-9);
	}

	@Test
	public void grayIsNotColourful() {
		var colourfulness = new Colourfulness();
		colourfulness.add(new int[] { GRAY, 0, -1 });
		assertEquals(0, colourfulness.value());
	}

	/** One channel of three is off by 255: 10 log10(3). All off by one: 20 log10(255). */
	@Test
	public void psnrOfKnownErrors() {
		var psnr = new Psnr();
		psnr.add(new int[] { RED }, new int[] { 0xff000000 });
		assertEquals(4.7712, psnr.value(), 1e-4);

		var byOne = new Psnr();
		byOne.add(new int[] { GRAY, GRAY }, new int[] { 0x00717171, 0xff6f716f });
		assertEquals(48.1308, byOne.value(), 1e-4);
	}

	@Test
	public void psnrOfEqualImagesIsInfinite() {
		var psnr = new Psnr();
		psnr.add(new int[] { RED, GREEN }, new int[] { RED, GREEN });
		assertEquals(Double.POSITIVE_INFINITY, psnr.value());
		assertThrows(IllegalArgumentException.class, () -> psnr.add(new int[1], new int[2]));
	}
}
