package io.github.densecolorize.colorize;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Rectangle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import ij.IJ;
import ij.ImagePlus;
import ij.ImageStack;
import ij.gui.Line;
import ij.gui.OvalRoi;
import ij.gui.Overlay;
import ij.gui.PointRoi;
import ij.gui.Roi;
import ij.gui.ShapeRoi;
import ij.io.FileSaver;
import ij.process.ByteProcessor;

import io.github.densecolorize.Progress;
import io.github.densecolorize.TinyModel;
import io.github.densecolorize.colorize.FileColorizer.Status;
import io.github.densecolorize.image.Lab;
import io.github.densecolorize.model.ColorModel;
import io.github.densecolorize.open.ImageFile;

/** Colorizing a part of an image: a selection, or some slices. */
public class ExtentTest {

	private static final int WIDTH = 100, HEIGHT = 70;

	@TempDir
	static Path folder;
	private static ColorModel model;

	private final List<String> log = new ArrayList<>();

	@BeforeAll
	static void open() throws IOException {
		model = ColorModel.open(TinyModel.withErrorMap(folder, "tiny", "HE", "DAPI"), "cpu");
	}

	@AfterAll
	static void close() {
		model.close();
	}

	/** Pixels that the selection covers are those of the whole, at scale 1 and where a*b* are enlarged; all others are gray. */
	@ParameterizedTest
	@CsvSource({ "1, oval", "1/2, oval", "1, two rectangles", "1/2, rectangle" })
	public void theSelectionHasTheColoursThatItHasInTheWhole(String scale, String shape) {
		var image = noise(1, 1);
		var roi = roi(shape);
		image.setRoi(roi);
		int[] whole = pixels(colorize(image, options(scale, "image", "all"))), part = pixels(colorize(image, options(scale, "selection", "all")));
		var coloured = 0;
		for (int i = 0; i < part.length; i++)
			if (roi.contains(i % WIDTH, i / WIDTH)) {
				assertEquals(whole[i], part[i], "pixel " + i);
				if (!isGray(part[i])) coloured++;
			}
			else assertEquals(image.getProcessor().get(i) * 0x10101, part[i] & 0xffffff, "pixel " + i);
		assertTrue(coloured > 300, "the untrained model paints something");
	}

	@Test
	public void aCropIsTheRectangleAroundTheSelection() {
		var image = noise(1, 1);
		image.setRoi(roi("oval"));
		var whole = colorize(image, options("1/2", "selection", "all"));
		whole.setRoi(new Rectangle(20, 10, 50, 30));
		var crop = colorize(image, options("1/2", "crop", "all"));
		assertArrayEquals(pixels(new ImagePlus("", whole.getProcessor().crop())), pixels(crop));
		assertEquals("selection, x 20, y 10, 50 x 30 pixels", whole.getProp("colorize.area"));
		assertEquals("crop, x 20, y 10, 50 x 30 pixels", crop.getProp("colorize.area"));
		assertNull(colorize(image, options("1", "image", "all")).getProp("colorize.area"));
		// A selection that reaches beyond the image ends at its border.
		image.setRoi(new Roi(-5, 60, 25, 40));
		assertEquals("crop, x 0, y 60, 20 x 10 pixels", colorize(image, options("1", "crop", "all")).getProp("colorize.area"));
	}

	/** A point of the scene has the same calibrated place in the crop: x = (column - origin) * width of a pixel. */
	@Test
	public void aCropKeepsPlacesLabelsAndWhatIsDrawn() {
		var image = noise(2, 1);
		var calibration = image.getCalibration();
		calibration.setUnit("um");
		calibration.pixelWidth = calibration.pixelHeight = 0.5;
		calibration.xOrigin = 3;
		var inside = new Roi(30, 15, 4, 4);
		inside.setName("inside");
		var point = new PointRoi(22.0, 12.0);
		image.setOverlay(new Overlay(inside));
		image.getOverlay().add(new Roi(0, 0, 5, 5));
		image.getOverlay().add(point);
		image.setRoi(roi("oval"));
		var crop = colorize(image, options("1", "crop", "all"));
		assertEquals(image.getCalibration().getX(20), crop.getCalibration().getX(0));
		assertEquals(image.getCalibration().getY(10), crop.getCalibration().getY(0));
		assertEquals("z2", crop.getStack().getSliceLabel(2));
		assertEquals(2, crop.getOverlay().size());
		assertEquals(new Rectangle(10, 5, 4, 4), crop.getOverlay().get(0).getBounds());
		assertEquals(2, crop.getOverlay().get(1).getBounds().x);
		assertEquals(new Rectangle(0, 0, 50, 30), crop.getRoi().getBounds());
		assertEquals(new Rectangle(20, 10, 50, 30), image.getRoi().getBounds());
		assertEquals(new Rectangle(30, 15, 4, 4), image.getOverlay().get(0).getBounds());
	}

	/** 100 x 70 pixels are 4 x 3 tiles of up to 32: a rectangle in the middle of one of them needs this one only, a cross of 4 the middle. */
	@Test
	public void onlyTilesOfTheSelectionAreComputed() {
		var image = noise(1, 1);
		image.setRoi(5, 5, 8, 8);
		assertEquals(1, tiles(image, "selection"));
		image.setRoi(20, 20, 10, 10);
		assertEquals(4, tiles(image, "crop"));
		assertEquals(12, tiles(image, "image"));
	}

	private long tiles(ImagePlus image, String area) {
		var total = new long[1];
		new ImageColorizer(model, ColorizeOptions.of("HE", "1", "full range", 0, "RGB", 32).with(Extent.of(area, "all")), log::add).colorize(image, (done,
			all) -> total[0] = all);
		return total[0];
	}

	/** The outputs with numbers, too, have no colour outside. */
	@Test
	public void outsideAAndBAreZero() {
		var image = noise(1, 1);
		image.setRoi(roi("oval"));
		var lab = colorize(image, ColorizeOptions.of("HE", "1", "full range", 0, "Lab", 32).with(Extent.of("selection", "all")));
		assertEquals(Lab.lightness(image.getProcessor().get(0, 0) / 255.0), lab.getStack().getProcessor(1).getf(0, 0), 1e-3);
		assertEquals(0, lab.getStack().getProcessor(2).getf(0, 0));
		assertTrue(lab.getStack().getProcessor(2).getf(45, 25) != 0);
	}

	@Test
	public void withoutAnAreaTheSelectionIsRefused() {
		var image = noise(1, 1);
		assertRefused("Image cells has no selection; draw an area (a rectangle, for example), or choose area=image.", image, "selection", "all");
		image.setRoi(new Line(1, 1, 20, 20));
		assertRefused("The selection in cells is a straight line, which has no area; draw an area", image, "crop", "all");
		image.setRoi(new PointRoi(3, 3));
		assertRefused("The selection in cells is a point, which has no area", image, "selection", "all");
		image.setRoi(new Roi(200, 0, 10, 10), true);
		assertRefused("The selection in cells holds no pixel of the image", image, "selection", "all");
		assertEquals("Area is \"half\"; must be one of image, selection, crop.", assertThrows(IllegalArgumentException.class, () -> Extent.of("half",
			"all")).getMessage());
	}

	/** The decision is that of the whole stack: with only the dark slice 2 its percentiles would be others. */
	@Test
	public void slicesHaveTheColoursThatTheyHaveInTheWhole() {
		var image = noise(5, 1);
		image.getStack().getProcessor(2).multiply(0.3);
		var whole = colorize(image, ColorizeOptions.of("auto", "1", "percentile", 0, "RGB", 64));
		for (var text : List.of("2", "2-4", "4,2", "5, 1 - 2")) {
			var part = colorize(image, ColorizeOptions.of("auto", "1", "percentile", 0, "RGB", 64).with(Extent.of("image", text)));
			var slices = Slices.of(text).of(image);
			assertEquals(slices.length, part.getStackSize(), text);
			for (int i = 0; i < slices.length; i++) {
				assertEquals("z" + (slices[i] + 1), part.getStack().getSliceLabel(i + 1));
				assertArrayEquals((int[]) whole.getStack().getPixels(slices[i] + 1), (int[]) part.getStack().getPixels(i + 1), text);
			}
			assertEquals(whole.getProp("colorize.mapping"), part.getProp("colorize.mapping"));
		}
		assertEquals("1-2,5", colorize(image, options("1", "image", "1-2,5")).getProp("colorize.slices"));
		assertNull(whole.getProp("colorize.slices"));
	}

	/** 3 slices and 4 frames: the numbers 4 to 9 are frames 2 and 3, the numbers 2, 5, 8 and 11 the second slice of all frames. */
	@ParameterizedTest
	@CsvSource(delimiter = ';', value = { "4-9; 3; 2", "2,5,8,11; 1; 4", "2-3,5-6; 2; 2", "3-5; 3; 1", "12; 1; 1", "all; 3; 4" })
	public void slicesThatFormAStackStayOne(String slices, int depth, int frames) {
		var image = noise(3, 4);
		image.getCalibration().zOrigin = 1;
		var part = colorize(image, options("1", "image", slices));
		assertEquals(depth, part.getNSlices());
		assertEquals(frames, part.getNFrames());
		int first = Slices.of(slices).of(image)[0];
		assertEquals("z" + (first % 3 + 1) + " t" + (first / 3 + 1), part.getStack().getSliceLabel(1));
	}

	/** A slice at z 2 is 2 - 1 pixels deep; in the stack that begins with it, its number is 0. */
	@Test
	public void depthIsCountedFromTheSameSlice() {
		var image = noise(5, 1);
		assertEquals(image.getCalibration().getZ(1), colorize(image, options("1", "image", "2-4")).getCalibration().getZ(0));
	}

	/** 3 slices and 4 frames; ROIs on slice 2 of frame 3 (number 8), on slice 3 of all frames, on all. */
	@ParameterizedTest
	@CsvSource(delimiter = ';', value = { "all; 0 2 3, 0 3 0, 0", "4-9; 0 2 2, 0 3 0, 0", "8-9; 1, 2, 0", "1-2; 0", "2,5,8; 3, 0",
		"6-8; 3, 1, 0", "6-9; 3, 1, 4, 0" })
	public void regionsStayOnTheirSlices(String slices, String positions) {
		var image = noise(3, 4);
		Roi one = new Roi(1, 1, 5, 5), slice = new Roi(2, 2, 5, 5), all = new Roi(3, 3, 5, 5);
		one.setPosition(0, 2, 3);
		slice.setPosition(0, 3, 0);
		var overlay = new Overlay(one);
		overlay.add(slice);
		overlay.add(all);
		image.setOverlay(overlay);
		var found = new ArrayList<String>();
		for (var roi : colorize(image, options("1", "image", slices)).getOverlay())
			found.add(roi.hasHyperStackPosition() ? roi.getCPosition() + " " + roi.getZPosition() + " " + roi.getTPosition() : String.valueOf(roi
				.getPosition()));
		assertEquals(List.of(positions.split(", ")), found);
	}

	/** Points of one ROI on slices 2, 7 and 8 of 12; the slices 7 to 9 begin at number 1, or with two channels each at 1, 3, 5. */
	@ParameterizedTest
	@CsvSource({ "RGB, 1, 2", "ab, 1, 3" })
	public void eachPointStaysOnItsSlice(String output, int first, int second) {
		var image = noise(3, 4);
		var points = new PointRoi();
		points.addPoint(10, 11, 2);
		points.addPoint(20, 21, 7);
		points.addPoint(30, 31, 8);
		image.setOverlay(new Overlay(points));
		var options = ColorizeOptions.of("HE", "1", "full range", 0, output, 32).with(Extent.of("image", "7-9"));
		var overlay = colorize(image, options).getOverlay();
		assertEquals(1, overlay.size());
		var found = (PointRoi) overlay.get(0);
		assertEquals(2, found.size());
		assertEquals(List.of(first, second), List.of(found.getPointPosition(0), found.getPointPosition(1)));
		assertArrayEquals(new float[] { 20, 30 }, found.getFloatPolygon().xpoints);
		assertEquals(3, ((PointRoi) colorize(image, options.with(Extent.ALL)).getOverlay().get(0)).size());
		assertEquals(3, points.size());
	}

	@Test
	public void currentIsTheSliceThatIsShown() {
		var image = noise(3, 4);
		image.setPosition(1, 2, 3);
		var part = colorize(image, options("1", "image", "Current"));
		assertEquals("z2 t3", part.getStack().getSliceLabel(1));
		assertEquals("8", part.getProp("colorize.slices"));
		assertEquals(1, part.getStackSize());
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "0", "0-3", "5-3", "3-", "a", "1.5", "1,,2", "-2", "99999999999" })
	public void otherSlicesAreRefused(String text) {
		assertEquals("Slices is \"" + text + "\"; must be all, current, or numbers from 1, the lower one first, such as 5, 3-20 or 3-20,30.", assertThrows(
			IllegalArgumentException.class, () -> Slices.of(text)).getMessage());
	}

	@Test
	public void slicesThatTheImageDoesNotHaveAreRefused() {
		assertRefused("Slices is 3-20; image cells has slices 1 to 12.", noise(3, 4), "image", "3-20");
		assertRefused("Slices is 2; image cells has only slice 1.", noise(1, 1), "image", "2");
		assertEquals("Slices is \"current\", which only an image that is open in Fiji has; must be all, or numbers such as 5, 3-20 or 3-20,30.", assertThrows(
			IllegalArgumentException.class, () -> Extent.of("image", "current").ofFile()).getMessage());
	}

	/** A file has its selection in it; three of five slices, in two parts or as a whole. */
	@ParameterizedTest
	@ValueSource(strings = { "RGB", "Lab", "error" })
	public void partsOfAFileMakeTheFileThatTheWholeMakes(String output) throws IOException {
		var image = noise(5, 1);
		image.setRoi(roi("oval"));
		var in = folder.resolve("in " + output + ".tif");
		new FileSaver(image).saveAsTiff(in.toString());
		var options = ColorizeOptions.of("auto", "1", "percentile", 0, output, 32).with(Extent.of("crop", "2,4-5"));
		try (var files = new FileColorizer(model, options, null, true, e -> {
			throw new AssertionError(e);
		})) {
			Path whole = folder.resolve("whole.tif"), assembled = folder.resolve("assembled.tif");
			var outcome = files.colorize(in, FileColorizer.Hints.NONE, whole, Progress.NONE);
			assertEquals(Status.COLORIZED, outcome.status(), outcome.message());
			assertEquals(3, outcome.slices());
			assertEquals(2, outcome.first());
			var decision = new AtomicReference<Decision>();
			files.decide(ImageFile.of(in), FileColorizer.Hints.NONE, assembled, decision::set);
			var parts = List.of(folder.resolve("part 1.tif"), folder.resolve("part 2.tif"));
			for (int i = 0; i < 2; i++)
				assertEquals(2 + 2 * i, files.colorize(ImageFile.of(in), new Part(i, 2), decision.get(), parts.get(i)).first());
			assertEquals(Status.COLORIZED, files.assemble(ImageFile.of(in), parts, decision.get(), assembled).status());
			assertArrayEquals(Files.readAllBytes(whole), Files.readAllBytes(assembled));
			var opened = IJ.openImage(whole.toString());
			assertEquals(50, opened.getWidth());
			assertEquals(3, opened.getNSlices());
		}
	}

	/** One slice of a stack fits into a PNG file; of several images, those without such a slice fail, each for itself. */
	@Test
	public void aSliceOfAStackIsAPicture() throws IOException {
		var in = folder.resolve("stack.tif");
		new FileSaver(noise(5, 1)).saveAsTiff(in.toString());
		var out = folder.resolve("slice.png");
		try (var files = new FileColorizer(model, options("1", "image", "3"), null, true, e -> {
			throw new AssertionError(e);
		})) {
			assertEquals(Status.COLORIZED, files.colorize(in, FileColorizer.Hints.NONE, out, Progress.NONE).status());
			assertEquals(1, IJ.openImage(out.toString()).getStackSize());
			new FileSaver(noise(2, 1)).saveAsTiff(in.toString());
			var outcome = files.colorize(in, FileColorizer.Hints.NONE, out, Progress.NONE);
			assertEquals(Status.FAILED, outcome.status());
			assertEquals("Slices is 3; image stack.tif has slices 1 to 2.", outcome.message());
		}
	}

	private void assertRefused(String sentence, ImagePlus image, String area, String slices) {
		var refusal = assertThrows(IllegalArgumentException.class, () -> colorize(image, options("1", area, slices)));
		assertTrue(refusal.getMessage().startsWith(sentence), refusal.getMessage());
	}

	private ImagePlus colorize(ImagePlus image, ColorizeOptions options) {
		return new ImageColorizer(model, options, log::add).colorize(image, Progress.NONE);
	}

	private static ColorizeOptions options(String scale, String area, String slices) {
		return ColorizeOptions.of("HE", scale, "full range", 0, "RGB", 32).with(Extent.of(area, slices));
	}

	private static int[] pixels(ImagePlus image) {
		return (int[]) image.getProcessor().getPixels();
	}

	private static boolean isGray(int argb) {
		return (argb & 0xff) == (argb >> 8 & 0xff) && (argb & 0xff) == (argb >> 16 & 0xff);
	}

	private static Roi roi(String shape) {
		return switch (shape) {
			case "oval" -> new OvalRoi(20, 10, 50, 30);
			case "rectangle" -> new Roi(20, 10, 50, 30);
			default -> new ShapeRoi(new Roi(5, 5, 20, 20)).or(new ShapeRoi(new Roi(60, 40, 30, 20)));
		};
	}

	private static ImagePlus noise(int slices, int frames) {
		var stack = new ImageStack(WIDTH, HEIGHT);
		var random = new Random(1);
		for (int n = 0; n < slices * frames; n++) {
			var pixels = new byte[WIDTH * HEIGHT];
			random.nextBytes(pixels);
			stack.addSlice("z" + (n % slices + 1) + (frames == 1 ? "" : " t" + (n / slices + 1)), new ByteProcessor(WIDTH, HEIGHT, pixels));
		}
		var image = new ImagePlus("cells", stack);
		image.setDimensions(1, slices, frames);
		image.setOpenAsHyperStack(frames > 1);
		return image;
	}
}
