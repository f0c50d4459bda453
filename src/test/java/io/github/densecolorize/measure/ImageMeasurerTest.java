package io.github.densecolorize.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;

import ij.ImagePlus;
import ij.ImageStack;
import ij.gui.Line;
import ij.gui.OvalRoi;
import ij.gui.Roi;
import ij.process.ByteProcessor;
import ij.process.ColorProcessor;
import ij.process.FloatProcessor;
import ij.process.ImageProcessor;
import ij.process.ShortProcessor;

import io.github.densecolorize.Progress;
import io.github.densecolorize.colorize.Provenance;
import io.github.densecolorize.image.Entropy;

public class ImageMeasurerTest {

	private static final int RED = 0xff0000, GRAY = 0x777777, BLUE = 0x0000ff, GREEN = 0x00ff00;

	private final List<String> log = new ArrayList<>();
	private final ImageMeasurer measurer = new ImageMeasurer(Entropy.Kind.PAPER, "", log::add);

	/** Slice 1: two colours become one, 1 + 1 bits are lost. Slice 2: both have two, none is lost. */
	@Test
	public void aRowForEachSlice() {
		var rows = measurer.measure(stack(image(RED, GRAY), image(RED, GRAY)), stack(image(BLUE, BLUE), image(GRAY, GREEN)), Progress.NONE);
		assertEquals(List.of(1, 2), rows.stream().map(MeasuredSlice::slice).toList());
		assertEquals("stack", rows.get(0).image());
		assertEquals(2, Quantity.INFO_LOSS.of(rows.get(0)), 1e-9);
		assertEquals(0, Quantity.INFO_LOSS.of(rows.get(1)), 1e-9);
		assertEquals(1, Quantity.IN_EN_A_ORIGINAL.of(rows.get(0)), 1e-9);
		assertEquals(0, Quantity.IN_EN_A.of(rows.get(0)), 1e-9);
		assertEquals(new Summary(1, Math.sqrt(2), 2), rounded(Summary.of(rows, Quantity.INFO_LOSS)));
	}

	@Test
	public void anImageAloneHasNoLoss() {
		var row = measurer.measure(image(RED, GRAY), Progress.NONE).get(0);
		assertEquals(2, Quantity.IN_EN_ORIGINAL.of(row), 1e-9);
		assertTrue(Quantity.COLOURFULNESS_ORIGINAL.of(row) > 0);
		assertEquals(Double.NaN, Quantity.INFO_LOSS.of(row));
		assertEquals(0, Summary.of(List.of(row), Quantity.INFO_LOSS).n());
	}

	@Test
	public void aGrayResultLosesAll() {
		for (var gray : List.of(new ByteProcessor(20, 10), new ShortProcessor(20, 10), new FloatProcessor(20, 10), image(GRAY, 0)
			.getProcessor()))
		{
			log.clear();
			var row = measurer.measure(image(RED, GRAY), new ImagePlus("gray", gray), Progress.NONE).get(0);
			assertEquals(2, Quantity.INFO_LOSS.of(row), 1e-9);
			assertEquals(List.of("gray has no colours where it was measured: Info_loss is the InEn of the original."), log);
		}
	}

	/** Only the left half, of one colour, is selected, once in each image. */
	@Test
	public void aSelectionLimitsTheMeasurement() {
		ImagePlus original = image(RED, GRAY), colorized = image(BLUE, GREEN);
		original.setRoi(new Roi(-5, 0, 15, 10));
		var row = measurer.measure(original, colorized, Progress.NONE).get(0);
		assertEquals(0, Quantity.IN_EN_ORIGINAL.of(row));
		assertEquals(0, Quantity.IN_EN.of(row));
		assertEquals(100, row.comparison().orElseThrow().pixels());
		assertEquals(0, Quantity.IN_EN_ORIGINAL.of(measurer.measure(original, Progress.NONE).get(0)));

		original.deleteRoi();
		colorized.setRoi(new OvalRoi(0, 0, 10, 10));
		row = measurer.measure(original, colorized, Progress.NONE).get(0);
		assertEquals(0, Quantity.IN_EN.of(row));
		assertEquals(colorized.getStatistics().pixelCount, row.comparison().orElseThrow().pixels());
	}

	@Test
	public void aSelectionWithoutPixelsIsRefused() {
		var image = image(RED, GRAY);
		image.setRoi(new Roi(50, 50, 10, 10));
		assertRefused(image, image(RED, GRAY), "two", "holds no pixel");
		image.setRoi(new Line(0, 0, 5, 5));
		assertRefused(image, image(RED, GRAY), "two", "no area");
	}

	@Test
	public void whatDoesNotFitIsRefused() {
		assertRefused(image(RED, GRAY), new ImagePlus("small", new ColorProcessor(10, 10)), "small is 10 x 10 pixels and two 20 x 10");
		assertRefused(image(RED, GRAY), stack(image(RED, RED), image(RED, RED)), "stack has 2 slices and two 1");
		assertRefused(new ImagePlus(), image(RED, RED), "empty");
		var channels = stack(image(RED, RED), image(RED, RED));
		channels.setDimensions(2, 1, 1);
		assertRefused(image(RED, GRAY), channels, "2 channels", "output=RGB");
	}

	@Test
	public void notANumberIsNoColour() {
		var values = new FloatProcessor(20, 10);
		values.setf(19, 0, Float.NaN);
		var image = new ImagePlus("float", values);
		assertRefused(image(RED, GRAY), image, "float has 1 pixel that is NaN", "slice 1");
		image.setRoi(new Roi(0, 0, 10, 10));
		assertEquals(1, measurer.measure(image(RED, GRAY), image, Progress.NONE).size());
	}

	/** A palette image with a display range, and what ImageJ makes RGB of it. */
	@Test
	public void coloursAreThoseThatAreSeen() {
		var pixels = new byte[200];
		new Random(1).nextBytes(pixels);
		for (ImageProcessor ip : List.of(new ByteProcessor(20, 10, pixels), new ByteProcessor(20, 10, pixels).convertToShort(false),
			new ByteProcessor(20, 10, pixels).convertToFloat()))
		{
			var palette = new ImagePlus("palette", ip);
			palette.setLut(ij.process.LUT.createLutFromColor(java.awt.Color.MAGENTA));
			palette.setDisplayRange(50, 150);
			var rgb = new ImagePlus("rgb", palette.getProcessor().convertToRGB());
			var row = measurer.measure(rgb, palette, Progress.NONE).get(0);
			assertEquals(Double.POSITIVE_INFINITY, Quantity.PSNR.of(row));
			assertEquals(0, Quantity.INFO_LOSS.of(row));
			assertTrue(Quantity.IN_EN.of(row) > 5);
		}
	}

	@Test
	public void theMethodIsTheModelUnlessItIsGiven() {
		var colorized = image(BLUE, GREEN);
		assertEquals("", measurer.measure(image(RED, GRAY), colorized, Progress.NONE).get(0).method());
		colorized.setProp(Provenance.PREFIX + "model", "microscopy");
		assertEquals("microscopy", measurer.measure(image(RED, GRAY), colorized, Progress.NONE).get(0).method());
		var named = new ImageMeasurer(Entropy.Kind.PAPER, "by hand", log::add);
		assertEquals("by hand", named.measure(image(RED, GRAY), colorized, Progress.NONE).get(0).method());
	}

	@Test
	public void theExpectedErrorIsThatOfTheResult() {
		var colorized = image(BLUE, GREEN);
		assertEquals(Double.NaN, Quantity.EXPECTED_DE00.of(measurer.measure(image(RED, GRAY), colorized, Progress.NONE).get(0)));
		colorized.setProp("colorize.expected_dE00", "12.34");
		assertEquals(12.34, Quantity.EXPECTED_DE00.of(measurer.measure(image(RED, GRAY), colorized, Progress.NONE).get(0)));
		colorized.setProp("colorize.expected_dE00", "quite wrong");
		assertEquals(Double.NaN, Quantity.EXPECTED_DE00.of(measurer.measure(image(RED, GRAY), colorized, Progress.NONE).get(0)));
	}

	@Test
	public void summaryIsOfFiniteValues() {
		assertEquals(new Summary(2, Math.sqrt(2), 2), Summary.of(1, Double.POSITIVE_INFINITY, 3, Double.NaN));
		assertEquals(new Summary(7, Double.NaN, 1), Summary.of(7));
	}

	/** The result lies between gray and original. */
	@Test
	public void montageShowsAllThree() {
		ImagePlus original = stack(image(RED, GRAY), image(RED, GRAY)), colorized = stack(image(BLUE, GREEN), image(BLUE, BLUE));
		var montage = Montage.of(original, colorized, measurer.measure(original, colorized, Progress.NONE));
		assertEquals(2, montage.getStackSize());
		var page = (ColorProcessor) montage.getStack().getProcessor(2);
		int column = (page.getWidth() - 8) / 3;
		var seen = List.of(page.get(8, 8) & 0xffffff, page.get(8 + column, 8) & 0xffffff, page.get(8 + 2 * column, 8) & 0xffffff);
		// Red has L* 53.24, which is gray 127.
		assertEquals(List.of(0x7f7f7f, BLUE, RED), seen);
	}

	private void assertRefused(ImagePlus original, ImagePlus colorized, String... parts) {
		var message = assertThrows(IllegalArgumentException.class, () -> measurer.measure(original, colorized, Progress.NONE)).getMessage();
		for (var part : parts)
			assertTrue(message.contains(part), part + " in: " + message);
	}

	private static Summary rounded(Summary summary) {
		return new Summary(Math.round(summary.mean() * 1e9) / 1e9, Math.abs(summary.sd() - Math.sqrt(2)) < 1e-9 ? Math.sqrt(2) : summary.sd(),
			summary.n());
	}

	/** 20 by 10 pixels, the left half of one colour and the right of another. */
	private static ImagePlus image(int left, int right) {
		var ip = new ColorProcessor(20, 10);
		for (int i = 0; i < 200; i++)
			ip.set(i, i % 20 < 10 ? left : right);
		return new ImagePlus("two", ip);
	}

	private static ImagePlus stack(ImagePlus... slices) {
		var stack = new ImageStack(20, 10);
		for (var slice : slices)
			stack.addSlice(slice.getProcessor());
		return new ImagePlus("stack", stack);
	}
}
