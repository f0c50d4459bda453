package io.github.densecolorize.colorize;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Rectangle;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import net.imglib2.img.array.ArrayImgs;

import ij.ImagePlus;
import ij.WindowManager;
import ij.gui.OvalRoi;
import ij.process.ByteProcessor;
import ij.process.ColorProcessor;
import ij.process.ImageProcessor;

import io.github.densecolorize.Hint;
import io.github.densecolorize.Progress;
import io.github.densecolorize.TinyModel;
import io.github.densecolorize.colorize.PreviewPainter.Picture;
import io.github.densecolorize.colorize.PreviewPainter.Wanted;
import io.github.densecolorize.model.ColorModel;

/** The model of these tests sees images at half their size. */
public class PreviewPainterTest {

	private static final Rectangle PART = new Rectangle(120, 80, 200, 150);

	@TempDir
	static Path folder;
	private static Path model;

	private final ImagePlus image = image(600, 500);
	private final PreviewPainter painter = new PreviewPainter(image);
	private final List<Picture> pictures = new ArrayList<>();

	@BeforeAll
	static void writeModel() throws IOException {
		model = TinyModel.write(folder, "tiny", "he", "pas");
	}

	@BeforeEach
	void noImageIsOpen() {
		assertEquals(0, WindowManager.getImageCount());
	}

	@AfterEach
	void close() {
		painter.close();
	}

	/** Smooth clouds. */
	private static ImagePlus image(int width, int height) {
		var ip = new ByteProcessor(width, height);
		var random = new Random(1);
		var pixels = (byte[]) ip.getPixels();
		random.nextBytes(pixels);
		for (int i = 0; i < 6; i++)
			ip.filter(ImageProcessor.BLUR_MORE);
		ip.resetMinAndMax();
		return new ImagePlus("clouds", ip);
	}

	private static ColorizeOptions options(String category, double strength) {
		return new ColorizeOptions(category, 0, Mapping.DISPLAY_RANGE, 0, Output.RGB, 0).with(new OwnColours(List.of(), -1, strength, "none"));
	}

	private List<Picture> paint(View view, ColorizeOptions options, Progress progress) throws IOException {
		pictures.clear();
		painter.paint(new Wanted(view, model.toString(), "cpu", options), pictures::add, progress);
		return pictures;
	}

	private ColorProcessor whole(ColorizeOptions options) throws IOException {
		try (var network = ColorModel.open(model, "cpu")) {
			return (ColorProcessor) new ImageColorizer(network, options, sentence -> {}).colorize(image, Progress.NONE).getProcessor();
		}
	}

	private static ColorProcessor part(ColorProcessor whole, Rectangle part) {
		whole.setRoi(part);
		return (ColorProcessor) whole.crop();
	}

	/** Mean and largest difference of a channel of a pixel. */
	private static double[] differences(ColorProcessor one, ColorProcessor other) {
		assertEquals(one.getWidth(), other.getWidth());
		assertEquals(one.getHeight(), other.getHeight());
		double sum = 0, most = 0;
		int[] a = (int[]) one.getPixels(), b = (int[]) other.getPixels();
		for (int i = 0; i < a.length; i++)
			for (int shift = 0; shift < 24; shift += 8) {
				int difference = Math.abs((a[i] >> shift & 255) - (b[i] >> shift & 255));
				sum += difference;
				most = Math.max(most, difference);
			}
		return new double[] { sum / a.length / 3, most };
	}

	@Test
	public void aPartAtFullSizeIsThatOfTheResult() throws IOException {
		var options = options("pas", 1.5);
		var exact = paint(new View(PART, 0, 1), options, Progress.NONE).get(0);
		assertEquals(1, pictures.size());
		assertTrue(exact.exact());
		assertEquals("pas", exact.about());
		assertTrue(differences(part(whole(options), PART), exact.pixels())[1] <= 1);
	}

	/** The scene is seen by the model as a whole, not only the visible part, so the class is that of the result. */
	@Test
	public void onlyTheSelectionHasColours() throws IOException {
		image.setRoi(new OvalRoi(150, 100, 120, 90));
		var options = options("he", 1).with(Extent.of("selection", "all"));
		var pictures = paint(new View(PART, 0, 1), options, Progress.NONE);
		var found = pictures.get(pictures.size() - 1).pixels();
		assertTrue(differences(part(whole(options), PART), found)[1] <= 1);
		// A corner of the part is outside of the oval, its middle is inside.
		int corner = found.get(0, 0), middle = found.get(90, 65);
		assertEquals(corner >> 16 & 255, corner & 255);
		assertTrue((middle >> 16 & 255) != (middle & 255));
	}

	@Test
	public void theClassIsFoundAsInTheResult() throws IOException {
		var options = options("auto", 1);
		var exact = paint(new View(PART, 0, 1), options, Progress.NONE).get(0);
		assertTrue(differences(part(whole(options), PART), exact.pixels())[1] <= 1);
		assertTrue(exact.about().matches("(he|pas) \\(found, probability [01]\\.\\d\\d\\)"), exact.about());
	}

	/** At 50 % each pixel is the mean of four; its colours are the mean of those of four pixels of the result, but for clipping. */
	@Test
	public void aReducedViewIsTheReducedResult() throws IOException {
		var options = options("he", 1);
		var exact = paint(new View(PART, 0, 0.5), options, Progress.NONE).get(0);
		assertEquals(PART.width / 2, exact.pixels().getWidth());
		var reduced = (ColorProcessor) part(whole(options), PART).resize(PART.width / 2, PART.height / 2, true);
		double difference = differences(reduced, exact.pixels())[0];
		assertTrue(difference < 1, "mean " + difference);
	}

	/** 600 x 500 pixels are 300 x 250 for the network, more than twice what it does quickly. */
	@Test
	public void aCoarsePictureComesFirst() throws IOException {
		var options = options("he", 1);
		paint(new View(new Rectangle(600, 500), 0, 1), options, Progress.NONE);
		assertEquals(List.of(false, true), pictures.stream().map(Picture::exact).toList());
		var whole = whole(options);
		assertTrue(differences(whole, pictures.get(1).pixels())[1] <= 1);
		double coarse = differences(whole, pictures.get(0).pixels())[0], gray = differences(whole, (ColorProcessor) image.getProcessor()
			.convertToRGB())[0];
		assertTrue(coarse < gray / 2, "coarse differs by " + coarse + ", gray by " + gray);
	}

	@Test
	public void anotherStrengthNeedsNoNetwork() throws IOException {
		var view = new View(new Rectangle(600, 500), 0, 1);
		paint(view, options("he", 1), Progress.NONE);
		paint(view, options("he", 0), (done, total) -> assertEquals(0, done, "a tile was computed"));
		assertEquals(List.of(true), pictures.stream().map(Picture::exact).toList());
		assertTrue(differences((ColorProcessor) image.getProcessor().convertToRGB(), pictures.get(0).pixels())[1] <= 1);
	}

	/** Stopped in the middle; the next picture is right. */
	@Test
	public void anOutdatedOneIsStopped() throws IOException {
		var view = new View(new Rectangle(600, 500), 0, 1);
		assertThrows(CancellationException.class, () -> paint(view, options("he", 1), (done, total) -> {
			if (done > 0) throw new CancellationException();
		}));
		assertEquals(List.of(), pictures);
		paint(view, options("pas", 1), Progress.NONE);
		assertTrue(differences(whole(options("pas", 1)), pictures.get(1).pixels())[1] <= 1);
	}

	@Test
	public void nothingIsLeftBehind() throws IOException {
		var before = ((byte[]) image.getProcessor().getPixels()).clone();
		paint(new View(PART, 0, 2), options("he", 1), Progress.NONE);
		painter.close();
		assertFalse(image.changes);
		assertNull(image.getOverlay());
		assertNull(image.getProp("colorize.model"));
		assertEquals(0, WindowManager.getImageCount());
		assertEquals(ArrayImgs.unsignedBytes(before, 600, 500).firstElement(), ArrayImgs.unsignedBytes((byte[]) image.getProcessor().getPixels(), 600,
			500).firstElement());
		// It can be used again.
		assertEquals(1, paint(new View(PART, 0, 1), options("he", 1), Progress.NONE).size());
	}

	@Test
	public void whatTheImageCantDoIsRefused() {
		var options = new ColorizeOptions("he", 0, Mapping.DISPLAY_RANGE, 3, Output.RGB, 0);
		var e = assertThrows(IllegalArgumentException.class, () -> paint(new View(PART, 0, 1), options, Progress.NONE));
		assertTrue(e.getMessage().startsWith("Channel is 3"), e.getMessage());
	}

	@Test
	public void withoutAWindowAllIsVisible() {
		assertEquals(new View(new Rectangle(600, 500), 0, 1), View.of(image));
	}

	/**
	 * A part from (120, 80) at 50 %, with a halo of 10 network pixels, which are 20 of the image: (100, 60) is its first pixel. A pixel of the image at
	 * (141, 101) lies at ((141 - 100) / 2, (101 - 60) / 2), rounded down.
	 */
	@Test
	public void hintsMoveWithThePart() {
		var plane = ArrayImgs.floats(600, 500);
		var seen = new PreviewPart(plane, new View(PART, 1, 0.5), 0.5, 10, 1);
		assertEquals(0.5, seen.resolution());
		assertEquals(new Rectangle(10, 10, 100, 75), seen.visible());
		var known = Hint.of(Hint.ALL, 0xff0000, List.of(new Hint.Run(101, 141, 144)), "red");
		var below = Hint.of(1, 0x00ff00, List.of(new Hint.Run(101, 144, 147)), "green");
		var elsewhere = Hint.of(1, 0x0000ff, List.of(new Hint.Run(400, 10, 12)), "blue");
		var otherSlice = Hint.of(0, 0x0000ff, List.of(new Hint.Run(101, 150, 150)), "blue");
		var hints = seen.hints(List.of(known, below, elsewhere, otherSlice));
		assertEquals(List.of("red", "green"), hints.stream().map(Hint::name).toList());
		assertEquals(List.of(new Hint.Run(20, 20, 20), new Hint.Run(20, 21, 21), new Hint.Run(20, 22, 22)), hints.get(0).runs());
		assertEquals(List.of(new Hint.Run(20, 23, 23)), hints.get(1).runs());
	}
}
