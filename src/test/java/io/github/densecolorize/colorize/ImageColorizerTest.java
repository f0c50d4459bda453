package io.github.densecolorize.colorize;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CancellationException;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import ij.CompositeImage;
import ij.IJ;
import ij.ImagePlus;
import ij.ImageStack;
import ij.VirtualStack;
import ij.gui.Overlay;
import ij.gui.Roi;
import ij.io.FileSaver;
import ij.measure.Calibration;
import ij.plugin.ImageInfo;
import ij.process.ByteProcessor;
import ij.process.ColorProcessor;
import ij.process.FloatProcessor;
import ij.process.ImageProcessor;
import ij.process.LUT;
import ij.process.ShortProcessor;

import io.github.densecolorize.Colorizer;
import io.github.densecolorize.Progress;
import io.github.densecolorize.TinyModel;
import io.github.densecolorize.image.Lab;
import io.github.densecolorize.model.ColorModel;
import io.github.densecolorize.model.OnWrongMachine;
import io.github.densecolorize.model.Torch;

public class ImageColorizerTest {

	private static final int WIDTH = 37, HEIGHT = 23;
	/** What the RGB result may differ from the input in L*: rounding to 8 bits takes most of it. */
	private static final double LIGHTNESS_TOLERANCE = 0.3;

	@TempDir
	static Path folder;
	private static ColorModel model;

	private final List<String> log = new ArrayList<>();

	@BeforeAll
	static void open() throws IOException {
		model = ColorModel.open(TinyModel.write(folder, "tiny", "HE", "DAPI"), "cpu");
	}

	@AfterAll
	static void close() {
		model.close();
	}

	/** Eight tiles: each pixel has its own L*, which differs from that of all others in its row and column. */
	@Test
	public void tilesLieWhereTheyBelong() {
		int width = 120, height = 60;
		var pixels = new ByteProcessor(width, height);
		for (int y = 0; y < height; y++)
			for (int x = 0; x < width; x++)
				pixels.set(x, y, 2 * x % 256 / 2 + y);
		var image = new ImagePlus("ramp", pixels);
		double[] expected = displayedLightness(image);
		var rgb = colorize(image, ColorizeOptions.of("HE", "1", "full range", ColorizeOptions.ONLY_CHANNEL, "RGB", 32)).getProcessor();
		var lab = new float[3];
		for (int i = 0; i < width * height; i++) {
			Lab.fromArgb(rgb.get(i), lab);
			assertEquals(expected[i], lab[0], LIGHTNESS_TOLERANCE, "pixel " + i);
		}
	}

	/** The same 256 values in each gray type, displayed from 0 to 255, and random colours. */
	@ParameterizedTest
	@ValueSource(ints = { 8, 16, 24, 32 })
	public void everyTypeKeepsItsLightness(int bits) {
		var image = noise("noise", bits, 1);
		double[] expected = displayedLightness(image);
		var colorized = colorize(image, options(Output.RGB));
		assertEquals(24, colorized.getBitDepth());
		assertEquals(1, colorized.getStackSize());
		assertArrayEquals(expected, lightness(colorized.getProcessor()), LIGHTNESS_TOLERANCE);
		assertTrue(isColoured(colorized), "the untrained model paints something");
	}

	@Test
	public void labAndAbAreTheSameColoursInChannels() {
		var image = noise("noise", 8, 3);
		var lab = colorize(image, options(Output.LAB));
		var ab = colorize(image, options(Output.AB));
		assertDimensions(lab, 3, 3, 1);
		assertDimensions(ab, 2, 3, 1);
		assertEquals(32, lab.getBitDepth());
		for (int z = 1; z <= 3; z++) {
			assertArrayEquals(displayedLightness(new ImagePlus("", image.getStack().getProcessor(z))), floats(lab, 1, z), 1e-3);
			assertArrayEquals(floats(lab, 2, z), floats(ab, 1, z), 1e-6);
			assertArrayEquals(floats(lab, 3, z), floats(ab, 2, z), 1e-6);
			assertEquals("L* slice " + z, lab.getStack().getSliceLabel(lab.getStackIndex(1, z, 1)));
			assertEquals("b* slice " + z, ab.getStack().getSliceLabel(ab.getStackIndex(2, z, 1)));
		}
		assertRange(0, 100, lab, 1);
		assertRange(-100, 100, lab, 3);
		assertRange(-100, 100, ab, 1);
	}

	@Test
	public void hyperstackKeepsEverythingButItsOtherChannels() {
		int channels = 2, slices = 3, frames = 2;
		var image = new CompositeImage(hyperstack(channels, slices, frames), CompositeImage.COMPOSITE);
		var calibration = image.getCalibration();
		calibration.setUnit("nm");
		calibration.pixelWidth = calibration.pixelHeight = 250;
		calibration.pixelDepth = 900;
		calibration.frameInterval = 2.5;
		var overlay = new Overlay(new Roi(1, 2, 3, 4));
		var onSecondChannel = new Roi(5, 6, 7, 8);
		onSecondChannel.setPosition(2, 3, 2);
		overlay.add(onSecondChannel);
		image.setOverlay(overlay);
		image.setRoi(new Roi(3, 3, 9, 5));
		image.setPosition(1, 2, 1);
		image.setProp("sample", "liver");

		var colorized = colorize(image, new ColorizeOptions("auto", 1, Mapping.FULL_RANGE, 2, Output.RGB, 64));

		assertEquals("cells colorized", colorized.getTitle());
		assertDimensions(colorized, 1, slices, frames);
		assertTrue(colorized.isHyperStack());
		for (int t = 1; t <= frames; t++)
			for (int z = 1; z <= slices; z++) {
				int from = image.getStackIndex(2, z, t), to = colorized.getStackIndex(1, z, t);
				assertEquals("c2 z" + z + " t" + t, colorized.getStack().getSliceLabel(to));
				assertArrayEquals(grayLightness((byte[]) image.getStack().getPixels(from)), lightness(colorized.getStack().getProcessor(to)),
					LIGHTNESS_TOLERANCE);
			}
		assertEquals(250, colorized.getCalibration().pixelWidth);
		assertEquals(900, colorized.getCalibration().pixelDepth);
		assertEquals(2.5, colorized.getCalibration().frameInterval);
		assertEquals("nm", colorized.getCalibration().getUnit());
		assertEquals(2, colorized.getOverlay().size());
		assertEquals(0, colorized.getOverlay().get(1).getCPosition());
		assertEquals(3, colorized.getOverlay().get(1).getZPosition());
		assertEquals(2, colorized.getOverlay().get(1).getTPosition());
		assertEquals(image.getRoi().getBounds(), colorized.getRoi().getBounds());
		assertEquals("liver", colorized.getProp("sample"));

		assertEquals(2, image.getZ());
		assertEquals(2, image.getOverlay().get(1).getCPosition());
		assertEquals(image, image.getRoi().getImage());
	}

	@ParameterizedTest
	@ValueSource(ints = { 8, 16, 24, 32 })
	public void inputStaysAsItIs(int bits) {
		var image = noise("noise", bits, 3);
		image.setSlice(2);
		image.setDisplayRange(20, 200);
		image.setRoi(2, 2, 5, 5);
		var before = image.getStack().duplicate();
		colorize(image, options(Output.RGB));
		assertEquals(2, image.getCurrentSlice());
		assertEquals("slice 2", image.getStack().getShortSliceLabel(2));
		assertEquals("noise.tif", image.getTitle());
		if (bits != 24) assertEquals(20, image.getDisplayRangeMin());
		assertEquals(5, image.getRoi().getBounds().width);
		assertNull(image.getProp(Provenance.PREFIX + "model"));
		for (int i = 1; i <= 3; i++)
			assertEquals(0, different(before.getProcessor(i), image.getStack().getProcessor(i)));
	}

	/** Of 0..1000, 250 is a quarter of 0..1000, none of 250..750, and 250/65535 of all. */
	@Test
	public void mappingDecidesWhatIsBlackAndWhite() {
		var pixels = new short[WIDTH * HEIGHT];
		for (int i = 0; i < pixels.length; i++)
			pixels[i] = (short) (i % 2 == 0 ? 250 : 750);
		pixels[1] = 1000;
		var image = new ImagePlus("three values", new ShortProcessor(WIDTH, HEIGHT, pixels, null));
		image.setDisplayRange(0, 1000);
		assertEquals(Lab.lightness(0.25), firstL(image, Mapping.DISPLAY_RANGE), 1e-3);
		assertEquals(Lab.lightness(250 / 65535.0), firstL(image, Mapping.FULL_RANGE), 1e-3);
		assertEquals(0, firstL(image, Mapping.PERCENTILE), 1e-3);
		image.setDisplayRange(0, 500);
		assertEquals(Lab.lightness(0.5), firstL(image, Mapping.DISPLAY_RANGE), 1e-3);
		assertEquals(100, floats(colorize(image, new ColorizeOptions("auto", 1, Mapping.DISPLAY_RANGE, 0, Output.LAB, 64)), 1, 1)[3], 1e-3);
	}

	@ParameterizedTest
	@EnumSource(Mapping.class)
	public void invertedLookUpTableShowsZeroAsWhite(Mapping mapping) {
		var image = noise("noise", 8, 1);
		var values = (byte[]) image.getProcessor().getPixels();
		values[0] = 0;
		values[1] = -1;
		image.getProcessor().invertLut();
		var l = floats(colorize(image, new ColorizeOptions("auto", 1, mapping, 0, Output.LAB, 64)), 1, 1);
		assertEquals(100, l[0], 1e-3);
		assertEquals(0, l[1], 1e-3);
	}

	@Test
	public void colourLookUpTableDoesNotMatter() {
		var image = noise("noise", 8, 1);
		var expected = displayedLightness(image);
		var ramp = new byte[256];
		for (int i = 0; i < 256; i++)
			ramp[i] = (byte) i;
		image.setLut(new LUT(new byte[256], ramp, new byte[256]));
		assertArrayEquals(expected, lightness(colorize(image, options(Output.RGB)).getProcessor()), LIGHTNESS_TOLERANCE);
	}

	@Test
	public void paletteStandsForItsColours() {
		var image = noise("palette", 8, 1);
		var random = new Random(3);
		byte[] r = new byte[256], g = new byte[256], b = new byte[256];
		random.nextBytes(r);
		random.nextBytes(g);
		random.nextBytes(b);
		image.setLut(new LUT(r, g, b));
		var rgb = new ImagePlus("rgb", image.getProcessor().convertToRGB());
		assertArrayEquals(lightness(rgb.getProcessor()), lightness(colorize(image, options(Output.RGB)).getProcessor()), LIGHTNESS_TOLERANCE);
		assertLogged("palette");
	}

	@Test
	public void nanIsBlackAndCountedAndInfinityIsClamped() {
		var pixels = new float[WIDTH * HEIGHT];
		for (int i = 0; i < pixels.length; i++)
			pixels[i] = i / (float) pixels.length;
		pixels[5] = pixels[7] = Float.NaN;
		pixels[8] = Float.NEGATIVE_INFINITY;
		pixels[9] = Float.POSITIVE_INFINITY;
		for (var mapping : Mapping.values()) {
			var image = new ImagePlus("odd", new FloatProcessor(WIDTH, HEIGHT, pixels.clone()));
			var l = floats(colorize(image, new ColorizeOptions("auto", 1, mapping, 0, Output.LAB, 64)), 1, 1);
			assertEquals(0, l[5], mapping.toString());
			assertEquals(0, l[8], mapping.toString());
			assertEquals(100, l[9], mapping.toString());
			for (var values : List.of(l))
				for (var v : values)
					assertTrue(Double.isFinite(v));
			assertLogged("2 pixels are NaN");
			assertLogged("2 pixels are infinite");
		}
	}

	/** ImageJ's display range reaches to infinity; that of the others is 0 to 4. */
	@Test
	public void infinityIsLeftOutOfTheRange() {
		var image = new ImagePlus("odd", new FloatProcessor(3, 1, new float[] { 1, Float.POSITIVE_INFINITY, 4 }));
		image.getStack().addSlice(new FloatProcessor(3, 1, new float[] { 0, 2, 3 }));
		var l = floats(colorize(new ImagePlus("odd", image.getStack()), options(Output.LAB)), 1, 1);
		assertArrayEquals(new double[] { Lab.lightness(0.25), 100, 100 }, l, 1e-3);
		assertLogged("1 pixel is infinite");
	}

	/** As seen: squares of the values. */
	@Test
	public void aTableOfGraysIsApplied() {
		var image = noise("noise", 8, 1);
		var squares = new byte[256];
		for (int i = 0; i < 256; i++)
			squares[i] = (byte) (i * i / 255);
		image.setLut(new LUT(squares, squares, squares));
		var seen = lightness(image.getProcessor().convertToRGB());
		assertArrayEquals(seen, floats(colorize(image, options(Output.LAB)), 1, 1), 1e-3);
	}

	/** 100 of 851 pixels are above 500. */
	@Test
	public void whatIsOutsideOfTheDisplayRangeIsSaid() {
		var pixels = new short[WIDTH * HEIGHT];
		for (int i = 0; i < pixels.length; i++)
			pixels[i] = (short) (i < 100 ? 900 : i % 500);
		var image = new ImagePlus("bright", new ShortProcessor(WIDTH, HEIGHT, pixels, null));
		image.setDisplayRange(0, 500);
		colorize(image, options(Output.RGB));
		assertLogged("11.8 % of the pixels are outside of the gray values 0 to 500");
		log.clear();
		image.setDisplayRange(0, 900);
		colorize(image, options(Output.RGB));
		assertTrue(log.stream().noneMatch(s -> s.contains("outside")), log.toString());
	}

	/** The same weights with the names of the two classes exchanged: one of the two models knows the image, the other one leaves it gray. */
	@Test
	public void theModelSaysWhatItDoesNotKnow() throws IOException {
		var found = new ArrayList<String>();
		for (var classes : List.of(List.of("HE", "unknown"), List.of("unknown", "HE"))) {
			log.clear();
			var name = "careful " + classes.get(0);
			try (var careful = ColorModel.open(TinyModel.write(folder, name, classes.toArray(String[]::new)), "cpu")) {
				var colorized = new ImageColorizer(careful, options(Output.RGB), log::add).colorize(noise("noise", 8, 1), Progress.NONE);
				var category = colorized.getProp(Provenance.PREFIX + "category");
				found.add(category);
				assertEquals(category.equals("HE"), isColoured(colorized));
				assertEquals("found by the model", colorized.getProp(Provenance.PREFIX + "category.choice"));
				double probability = Double.parseDouble(colorized.getProp(Provenance.PREFIX + "category.probability"));
				assertEquals(category.equals("unknown"), log.get(0).startsWith(String.format(Locale.ROOT,
					"The image resembles none of the model's classes (probability of unknown %.2f)", probability)), log.toString());
			}
		}
		assertEquals(Set.of("HE", "unknown"), Set.copyOf(found));
	}

	/** 100 in 8 bits stays 100 in all three channels; a constant 16- or 32-bit image is displayed as black. */
	@Test
	public void constantImageGetsNoColour() {
		var gray = new ByteProcessor(WIDTH, HEIGHT);
		gray.setValue(100);
		gray.fill();
		var colorized = colorize(new ImagePlus("constant", gray), options(Output.RGB));
		for (int argb : (int[]) colorized.getProcessor().getPixels())
			assertEquals(0xff646464, argb);
		assertLogged("same gray");
		assertEquals("none", colorized.getProp("colorize.category"));
		var allNaN = new float[4];
		Arrays.fill(allNaN, Float.NaN);
		for (var ip : List.of(new ShortProcessor(2, 2), new FloatProcessor(2, 2), new FloatProcessor(2, 2, allNaN), new ColorProcessor(2, 2)))
			for (int argb : (int[]) colorize(new ImagePlus("constant", ip), options(Output.RGB)).getProcessor().getPixels())
				assertEquals(0xff000000, argb);
	}

	@Test
	public void smallestImages() {
		for (int[] size : new int[][] { { 1, 1 }, { 1, 9 }, { 7, 2 } }) {
			var ip = new ByteProcessor(size[0], size[1]);
			for (int i = 0; i < ip.getPixelCount(); i++)
				ip.set(i, 9 * i);
			var colorized = colorize(new ImagePlus("small", ip), options(Output.RGB));
			assertArrayEquals(grayLightness((byte[]) ip.getPixels()), lightness(colorized.getProcessor()), LIGHTNESS_TOLERANCE);
		}
	}

	@Test
	public void calibrationFunctionIsNotThatOfTheResult() {
		var image = noise("signed", 16, 1);
		image.getCalibration().setFunction(Calibration.STRAIGHT_LINE, new double[] { -32768, 1 }, "HU");
		assertFalse(colorize(image, options(Output.RGB)).getCalibration().calibrated());
	}

	/** Gives slices away one at a time and counts them; to ask it for the whole is an error. */
	private static final class CountingStack extends VirtualStack {

		private final List<Integer> read = new ArrayList<>();

		CountingStack() {
			super(WIDTH, HEIGHT, null, null);
			setBitDepth(8);
		}

		@Override
		public ImageProcessor getProcessor(int n) {
			read.add(n);
			return slice(8, n);
		}

		@Override
		public Object getPixels(int n) {
			return getProcessor(n).getPixels();
		}

		@Override
		public int size() {
			return 30;
		}

		@Override
		public int getSize() {
			return 30;
		}

		@Override
		public String getSliceLabel(int n) {
			return "virtual " + n;
		}
	}

	@Test
	public void virtualStackIsReadSliceBySlice() {
		var stack = new CountingStack();
		var image = new ImagePlus("virtual", stack);
		stack.read.clear();
		var colorized = colorize(image, options(Output.RGB));
		assertEquals(30, colorized.getStackSize());
		assertEquals("virtual 17", colorized.getStack().getSliceLabel(17));
		// One for the look for a constant image, nine for the guidance (one of them twice: its size), then each once, in order.
		assertTrue(stack.read.size() <= 30 + 12, "slices read: " + stack.read);
		var last = stack.read.subList(stack.read.size() - 30, stack.read.size());
		for (int i = 0; i < 30; i++)
			assertEquals(i + 1, last.get(i));
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	public void progressCountsTilesOverTheWholeJob(boolean rendersOnDevices) {
		var seen = new ArrayList<Long>();
		long[] totals = new long[1];
		// At scale 1, 37 x 23 pixels are 2 tiles of 32.
		colorizer(rendersOnDevices).colorize(noise("noise", 8, 3), (done, total) -> {
			if (done > 0) seen.add(done);
			totals[0] = total;
		});
		assertEquals(List.of(1L, 2L, 3L, 4L, 5L, 6L), seen);
		assertEquals(6, totals[0]);
	}

	private ImageColorizer colorizer(boolean rendersOnDevices) {
		var options = new ColorizeOptions("HE", 1, Mapping.FULL_RANGE, 0, Output.RGB, 32);
		return new ImageColorizer(model, options, log::add, new Colorizer(model, options.colorizer(), null, rendersOnDevices));
	}

	@ParameterizedTest
	@CsvSource({ "0, false", "1, false", "3, false", "5, false", "0, true", "1, true", "3, true", "5, true" })
	public void cancelEndsTheJobAtOnce(long when, boolean rendersOnDevices) {
		var image = noise("noise", 8, 3);
		var calls = new long[1];
		Progress progress = (done, total) -> {
			if (done >= when && calls[0]++ == 0) throw new CancellationException("stop");
			assertTrue(done < when, "goes on after the stop");
		};
		assertThrows(CancellationException.class, () -> colorizer(rendersOnDevices).colorize(image, progress));
		assertEquals(1, calls[0]);
	}

	@Test
	public void imageMayBeClosedMeanwhile() {
		var image = noise("noise", 8, 3);
		image.setOverlay(new Overlay(new Roi(1, 1, 2, 2)));
		double[] expected = grayLightness((byte[]) image.getStack().getPixels(3));
		var colorized = new ImageColorizer(model, options(Output.RGB), log::add).colorize(image, (done, total) -> {
			if (done == 1) {
				image.close();
				image.flush();
			}
		});
		assertArrayEquals(expected, lightness(colorized.getStack().getProcessor(3)), LIGHTNESS_TOLERANCE);
		assertEquals("slice 3", colorized.getStack().getSliceLabel(3));
		assertEquals(1, colorized.getOverlay().size());
	}

	@Test
	public void provenanceSurvivesTiff() {
		var colorized = colorize(noise("noise", 8, 2), new ColorizeOptions("DAPI", 0.25, Mapping.FULL_RANGE, 0, Output.RGB, 64));
		var file = folder.resolve("provenance.tif").toString();
		assertTrue(new FileSaver(colorized).saveAsTiffStack(file));
		var opened = IJ.openImage(file);
		assertEquals("tiny", opened.getProp("colorize.model"));
		assertEquals(model.spec().sha256(), opened.getProp("colorize.model.sha256"));
		assertEquals("DAPI", opened.getProp("colorize.category"));
		assertEquals("chosen by the user", opened.getProp("colorize.category.choice"));
		assertEquals("0.25", opened.getProp("colorize.scale"));
		assertEquals("full range, 0 to 255", opened.getProp("colorize.mapping"));
		assertEquals("cpu", opened.getProp("colorize.device"));
		assertEquals(model.engine(), opened.getProp("colorize.engine"));
		assertTrue(model.engine().startsWith("PyTorch " + Torch.engine().getVersion() + ", "), model.engine());
		assertEquals(Provenance.STATEMENT, opened.getProp("colorize.statement"));
		assertFalse(opened.getProp("colorize.version").isBlank());
		assertTrue(new ImageInfo().getImageInfo(opened).contains(Provenance.STATEMENT), "Image > Show Info");
	}

	/** The picture is that of a machine that is right, and it is said why it took longer. */
	@Test
	public void onAMachineThatErrsTheColoursAreRight() throws IOException {
		var image = noise("noise", 8, 2);
		int[] right = (int[]) colorize(image, options(Output.RGB)).getStack().getProcessor(1).getPixels();
		try (var wrong = OnWrongMachine.open(folder.resolve("tiny"))) {
			var colorized = new ImageColorizer(wrong, options(Output.RGB), log::add).colorize(image, Progress.NONE);
			var found = (int[]) colorized.getStack().getProcessor(1).getPixels();
			for (int i = 0; i < right.length; i++)
				for (int shift = 0; shift < 24; shift += 8)
					assertEquals(right[i] >> shift & 255, found[i] >> shift & 255, 1);
			assertTrue(colorized.getProp("colorize.engine").endsWith(", matrix products"), colorized.getProp("colorize.engine"));
			assertLogged("another way was taken");
		}
	}

	@Test
	public void foundClassIsDeclaredWithItsProbability() {
		var colorized = colorize(noise("noise", 8, 2), options(Output.LAB));
		var category = colorized.getProp("colorize.category");
		assertTrue(model.spec().classes().contains(category));
		double probability = Double.parseDouble(colorized.getProp("colorize.category.probability"));
		assertTrue(probability >= 0.5 && probability <= 1, "of two classes, the likelier has half or more");
		assertLogged(category);
		assertLogged("cpu");
	}

	/** 250 nm are half of the model's 0.5 µm; without a unit the model's factor counts. */
	@Test
	public void scaleComesFromTheCalibration() {
		var image = noise("noise", 8, 1);
		image.getCalibration().setUnit("nm");
		image.getCalibration().pixelWidth = 125;
		assertEquals("0.25", colorize(image, options(Output.RGB)).getProp("colorize.scale"));
		assertTrue(log.stream().noneMatch(s -> s.contains("calibration")), log.toString());
		image.getCalibration().pixelWidth = 10;
		colorize(image, options(Output.RGB));
		assertLogged("The calibration says that a pixel is 0.01 um wide");
		image.setCalibration(null);
		assertEquals("0.5", colorize(image, options(Output.RGB)).getProp("colorize.scale"));
	}

	@Test
	public void badImagesAndOptionsAreRefusedWithTheWayOut() {
		assertRefused("2 channels", hyperstack(2, 1, 1), 0);
		assertRefused("channels 1 to 2", hyperstack(2, 1, 1), 3);
		assertRefused("only channel 1", noise("noise", 8, 1), 2);
		assertRefused("empty", new ImagePlus(), 0);
		var unknown = assertThrows(IllegalArgumentException.class, () -> new ImageColorizer(model, new ColorizeOptions("Nissl", 1,
			Mapping.FULL_RANGE, 0, Output.RGB, 64), log::add));
		assertTrue(unknown.getMessage().contains("Nissl") && unknown.getMessage().contains("HE, DAPI"), unknown.getMessage());
	}

	private void assertRefused(String sentence, ImagePlus image, int channel) {
		var options = new ColorizeOptions("auto", 1, Mapping.FULL_RANGE, channel, Output.RGB, 64);
		var refusal = assertThrows(IllegalArgumentException.class, () -> colorize(image, options));
		assertTrue(refusal.getMessage().contains(sentence), refusal.getMessage());
	}

	private void assertLogged(String part) {
		assertTrue(log.stream().anyMatch(s -> s.contains(part)), part + " in " + log);
	}

	private ImagePlus colorize(ImagePlus image, ColorizeOptions options) {
		return new ImageColorizer(model, options, log::add).colorize(image, Progress.NONE);
	}

	private double firstL(ImagePlus image, Mapping mapping) {
		return floats(colorize(image, new ColorizeOptions("auto", 1, mapping, 0, Output.LAB, 64)), 1, 1)[0];
	}

	private static ColorizeOptions options(Output output) {
		return new ColorizeOptions("auto", 0, Mapping.DISPLAY_RANGE, 0, output, 64);
	}

	private static ImageProcessor slice(int bits, int n) {
		var random = new Random(n);
		ImageProcessor ip = new ByteProcessor(WIDTH, HEIGHT);
		for (int i = 0; i < ip.getPixelCount(); i++)
			ip.set(i, random.nextInt(256));
		return switch (bits) {
			case 8 -> ip;
			case 16 -> ip.convertToShort(false);
			case 32 -> ip.convertToFloat();
			default -> {
				var rgb = new ColorProcessor(WIDTH, HEIGHT);
				for (int i = 0; i < rgb.getPixelCount(); i++)
					rgb.set(i, random.nextInt());
				yield rgb;
			}
		};
	}

	private static ImagePlus noise(String title, int bits, int slices) {
		var stack = new ImageStack(WIDTH, HEIGHT);
		for (int i = 1; i <= slices; i++)
			stack.addSlice("slice " + i, slice(bits, i));
		var image = new ImagePlus(title + ".tif", stack);
		if (bits != 24) image.setDisplayRange(0, 255);
		return image;
	}

	private static ImagePlus hyperstack(int channels, int slices, int frames) {
		var stack = new ImageStack(WIDTH, HEIGHT);
		for (int t = 1; t <= frames; t++)
			for (int z = 1; z <= slices; z++)
				for (int c = 1; c <= channels; c++)
					stack.addSlice("c" + c + " z" + z + " t" + t, slice(8, stack.size() + 1));
		var image = new ImagePlus("cells.tif", stack);
		image.setDimensions(channels, slices, frames);
		image.setOpenAsHyperStack(true);
		return image;
	}

	/** Of the grays of a 0..255 display range, or of the colours; by the formulas of CIE and sRGB, tested in LabTest. */
	private static double[] displayedLightness(ImagePlus image) {
		var ip = image.getProcessor();
		if (ip instanceof ColorProcessor) return lightness(ip);
		var l = new double[ip.getPixelCount()];
		for (int i = 0; i < l.length; i++)
			l[i] = Lab.lightness(ip.getf(i) / 255.0);
		return l;
	}

	private static double[] grayLightness(byte[] gray) {
		var l = new double[gray.length];
		for (int i = 0; i < l.length; i++)
			l[i] = Lab.lightness((gray[i] & 255) / 255.0);
		return l;
	}

	private static double[] lightness(ImageProcessor rgb) {
		var lab = new float[3];
		var l = new double[rgb.getPixelCount()];
		for (int i = 0; i < l.length; i++) {
			Lab.fromArgb(rgb.get(i), lab);
			l[i] = lab[0];
		}
		return l;
	}

	private static double[] floats(ImagePlus image, int channel, int z) {
		var pixels = (float[]) image.getStack().getPixels(image.getStackIndex(channel, z, 1));
		var values = new double[pixels.length];
		for (int i = 0; i < pixels.length; i++)
			values[i] = pixels[i];
		return values;
	}

	private static boolean isColoured(ImagePlus rgb) {
		return !rgb.getProcessor().isGrayscale();
	}

	private static int different(ImageProcessor one, ImageProcessor other) {
		int different = 0;
		for (int i = 0; i < one.getPixelCount(); i++)
			if (one.getf(i) != other.getf(i) || one.get(i) != other.get(i)) different++;
		return different;
	}

	private static void assertDimensions(ImagePlus image, int channels, int slices, int frames) {
		assertArrayEquals(new int[] { WIDTH, HEIGHT, channels, slices, frames }, image.getDimensions());
	}

	private static void assertRange(double min, double max, ImagePlus image, int channel) {
		image.setPosition(channel, 1, 1);
		assertEquals(min, image.getDisplayRangeMin());
		assertEquals(max, image.getDisplayRangeMax());
	}
}
