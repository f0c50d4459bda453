package io.github.densecolorize.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.junit.jupiter.api.Test;

import io.github.densecolorize.image.Colours;
import io.github.densecolorize.image.Comparison;
import io.github.densecolorize.image.Entropy;

public class QualityOfSetsTest {

	private static final int RED = 0xffff0000, GRAY = 0xff7f7f7f, WHITE = 0xffffffff;

	/** sRGB red has a* = 80.09, b* = 67.20 (Lindbloom's calculator, D65: 80.092, 67.203). */
	private static final double RED_AB_SQUARES = 80.09 * 80.09 + 67.20 * 67.20;

	@Test
	public void columnsAreThoseThatScriptsRelyOn() {
		assertEquals("class,images,ab_rmse,psnr,ciede2000,colourfulness,colourfulness_original,colourfulness_ratio,inen,info_loss,class_accuracy,ab_rmse_mean,ece,worse_than_gray,refused",
			String.join(",", SetQuality.COLUMNS));
	}

	@Test
	public void theSameImageHasNoError() {
		var same = compared(new int[] { RED, GRAY }, new int[] { RED, GRAY });
		assertEquals(0, same.abSquares());
		assertEquals(Double.POSITIVE_INFINITY, same.psnr());
		assertEquals(0, same.ciede2000());
		assertEquals(0, same.infoLoss());
		assertEquals(0, same.maxDL());
		// One of two pixels has its own a* and b*: one bit in each channel.
		assertEquals(2, same.colorized().inEn(), 1e-9);
		assertEquals(same.colorized().colourfulness(), same.original().colourfulness());
	}

	/** Gray 127 has L* = 53.19 (from its linear value 0.21223), red 53.24; all of red's chroma is lost in one of two pixels. */
	@Test
	public void redTakenForGrayLosesItsChroma() {
		var gray = compared(new int[] { RED, WHITE }, new int[] { GRAY, WHITE });
		assertEquals(RED_AB_SQUARES, gray.abSquares(), 5);
		// Channel errors are 128, 127, 127 in one pixel and 0 in the other.
		assertEquals(10 * Math.log10(255 * 255 / ((128 * 128 + 2 * 127 * 127) / 6.0)), gray.psnr(), 1e-9);
		assertEquals(0.05, gray.maxDL(), 0.02);
		assertEquals(0, gray.colorized().colourfulness());
		assertEquals(0, gray.colorized().inEn(), 1e-9);
		assertEquals(2, gray.infoLoss(), 1e-9);
	}

	/** Errors weigh by pixels, not by images: 1 pixel with 2 · 3², and 3 without error, are 3² / 4. */
	@Test
	public void abRmseIsOverAllPixels() {
		var set = SetQuality.of("all", List.of(quality(1, 18, 20, 10, 20, 1), quality(3, 0, 30, 20, 40, 0)));
		assertEquals(1.5, set.abRmse(), 1e-9);
		assertEquals(25, set.psnr(), 1e-9);
		assertEquals(0.5, set.colourfulnessRatio(), 1e-9);
		assertEquals(0.5, set.classAccuracy(), 1e-9);
		assertEquals(List.of("all", "2", "1.5000", "25.0000"), set.cells().subList(0, 4));
	}

	/** Each image counts the same, however large: 3 and 0 are 1.5. */
	@Test
	public void abRmseMeanIsOverImages() {
		var set = SetQuality.of("all", List.of(quality(1, 18, 20, 10, 20, 1), quality(9, 0, 30, 20, 40, 0)));
		assertEquals(1.5, set.abRmseMean(), 1e-9);
		assertEquals(3 / Math.sqrt(10), set.abRmse(), 1e-9);
		assertEquals("1.5000", set.cells().get(SetQuality.COLUMNS.indexOf("ab_rmse_mean")));
	}

	@Test
	public void imagesOfUnknownClassDoNotCountAsMissed() {
		assertEquals(1, SetQuality.of("all", List.of(quality(1, 0, 1, 1, 1, 1), quality(1, 0, 1, 1, 1, Double.NaN))).classAccuracy());
		var unknown = SetQuality.of("flat", List.of(quality(1, 0, Double.POSITIVE_INFINITY, 1, 1, Double.NaN)));
		assertTrue(Double.isNaN(unknown.classAccuracy()));
		assertEquals("", unknown.cells().get(10));
		assertEquals("inf", unknown.cells().get(3));
	}

	/** Sure by 0.9 and right, by 0.8 and wrong, by 0.75 and right: in the bins up to 0.9 and 0.8 |0.9 - 1| and |0.8 + 0.75 - 1|, over three images. */
	@Test
	public void calibrationErrorWorkedOutByHand() {
		var set = SetQuality.of("all", List.of(found(1, 0.9, 0), found(0, 0.8, 0), found(1, 0.75, 0), found(Double.NaN, 0.1, 0), found(0, Double.NaN, 0)));
		assertEquals((0.1 + 0.55) / 3, set.ece(), 1e-9);
		assertEquals(0.5, set.classAccuracy(), 1e-9);
		assertTrue(Double.isNaN(SetQuality.of("flat", List.of(found(Double.NaN, 0.1, 0))).ece()));
	}

	/** The colours of red are farther from green's than gray is; as far as gray, they are not worse. */
	@Test
	public void worseThanGrayIsAShareOfTheImages() {
		int[] red = { RED, RED }, gray = { GRAY, GRAY }, green = { 0xff00ff00, 0xff00ff00 };
		var set = SetQuality.of("all", List.of(ImageQuality.of(compared(red, green)), ImageQuality.of(compared(red, red)), ImageQuality.of(compared(red,
			gray)), ImageQuality.of(compared(gray, gray))));
		assertEquals(0.25, set.worseThanGray());
		assertEquals(2 * RED_AB_SQUARES, compared(red, red).chromaSquares(), 10);
	}

	/** One of the two whose class was looked for. */
	@Test
	public void refusedIsAShareOfTheImages() {
		assertEquals(0.5, SetQuality.of("all", List.of(found(1, 0.9, 1), found(0, 0.9, 0), found(0, 0.9, Double.NaN))).refused());
		assertTrue(Double.isNaN(SetQuality.of("all", List.of(found(0, 0.9, Double.NaN))).refused()));
	}

	/** An image of class unknown, all of whose colours are wrong: only the columns of the class know it. */
	@Test
	public void coloursOfUnknownImagesDoNotCount() {
		var lost = new ImageQuality(compared(new int[] { GRAY, GRAY }, new int[] { RED, RED }), false, 1, 0.9, 1);
		var seen = quality(2, 36, 20, 10, 20, 0);
		var alone = SetQuality.of("all", List.of(seen));
		var set = SetQuality.of("all", List.of(seen, lost));
		assertEquals(alone.cells().subList(2, 10), set.cells().subList(2, 10));
		assertEquals(List.of(3.0, 2.0, 0.0), List.of(set.abRmse(), (double) set.images(), set.worseThanGray() - alone.worseThanGray()));
		assertEquals(List.of(0.5, 0.5), List.of(set.classAccuracy(), set.refused()));
		assertEquals(List.of("unknown", "1", "", "", "", "", "", "", "", "", "1.0000", "", "0.1000", "", "1.0000"), SetQuality.of("unknown", List.of(lost))
			.cells());
	}

	private static ImageQuality found(double right, double probability, double refused) {
		return new ImageQuality(compared(new int[] { RED, GRAY }, new int[] { RED, GRAY }), true, right, probability, refused);
	}

	private static ImageQuality quality(long pixels, double abSquares, double psnr, double colourfulness, double original, double found) {
		return new ImageQuality(new Comparison(pixels, new Colours(0, 0, 0, original), new Colours(0, 0, 0, colourfulness), 0, psnr, 1, abSquares, 0,
			0, 0, 0), true, found, Double.NaN, found == 1 ? 0 : found);
	}

	private static Comparison compared(int[] original, int[] result) {
		return Comparison.of(original, result, 2, null, Entropy.Kind.PAPER);
	}
}
