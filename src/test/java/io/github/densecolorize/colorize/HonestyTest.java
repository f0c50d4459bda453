package io.github.densecolorize.colorize;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import ij.ImagePlus;
import ij.ImageStack;
import ij.io.FileSaver;
import ij.io.Opener;
import ij.plugin.ImageInfo;
import ij.process.ByteProcessor;
import ij.process.ColorProcessor;

import io.github.densecolorize.Hint;
import io.github.densecolorize.Progress;
import io.github.densecolorize.TinyModel;
import io.github.densecolorize.model.ColorModel;

/** A result tells what its colours are worth. */
public class HonestyTest {

	private static final int WIDTH = 40, HEIGHT = 30;

	@TempDir
	static Path folder;
	/** One to which every image is unknown, and one that knows all. */
	private static ColorModel lost, knowing;

	private final List<String> log = new ArrayList<>();

	@BeforeAll
	static void open() throws IOException {
		lost = ColorModel.open(TinyModel.write(folder, "lost", "unknown"), "cpu");
		knowing = ColorModel.open(TinyModel.write(folder, "knowing", "HE"), "cpu");
	}

	@AfterAll
	static void close() {
		lost.close();
		knowing.close();
	}

	@ParameterizedTest
	@EnumSource(value = Output.class, mode = EnumSource.Mode.EXCLUDE, names = "ERROR")
	public void whatIsUnknownStaysGrayAndSaysSo(Output output) {
		var image = noise("noise", 2);
		var result = colorize(lost, image, options(output.toString(), "gray", false));
		assertEquals(2, result.getNSlices());
		if (output == Output.RGB) assertEquals(image.getProcessor().get(7) * 0x10101, result.getProcessor().get(7) & 0xffffff);
		else {
			assertEquals(0, largest(result.getStack().getProcessor(output == Output.LAB ? 2 : 1)));
			assertEquals(0, largest(result.getStack().getProcessor(output == Output.LAB ? 3 : 2)));
		}
		assertEquals("unknown", result.getProp("colorize.category"));
		assertEquals("gray", result.getProp("colorize.unknown"));
		assertEquals("No colour: the image resembles no class of the model; L* as in the input.", result.getProp("colorize.statement"));
		assertTrue(log.get(0).startsWith("The image resembles none of the model's classes (probability of unknown 1.00), so it stays gray " +
			"(unknown=colour would colour it all the same); if you know better, choose a category: "), log.toString());
		assertTrue(result.getStack().getSliceLabel(1).startsWith("gray: like no class of the model - "), result.getStack().getSliceLabel(1));
		// Macros find their result by its title.
		assertEquals("noise colorized", result.getTitle());
	}

	@Test
	public void whatIsUnknownIsColouredIfThatIsWanted() {
		var result = colorize(lost, noise("noise", 1), options("RGB", "colour", false));
		assertTrue(isColoured(result));
		assertEquals("colour", result.getProp("colorize.unknown"));
		assertEquals(Provenance.STATEMENT, result.getProp("colorize.statement"));
		assertEquals("like no class of the model, colours mean nothing", result.getProp("colorize.warning"));
		assertEquals("like no class of the model, colours mean nothing", result.getStack().getSliceLabel(1));
	}

	/** A class, hints and references are the user's own choice; a class can't be shown with a model that has none. */
	@Test
	public void whatTheUserKnowsIsNotUnknown() throws IOException {
		var hint = Hint.of(Hint.ALL, 0x707000, List.of(new Hint.Run(8, 8, 8)), "hint 1");
		var hinted = new ImageColorizer(lost, options("RGB", "gray", false), log::add).colorize(noise("noise", 1), List.of(hint), Progress.NONE);
		assertTrue(isColoured(hinted));
		assertNull(hinted.getProp("colorize.unknown"));
		var slide = folder.resolve("slide.png");
		var ip = new ColorProcessor(64, 64);
		for (int i = 0; i < 64 * 64; i++)
			ip.set(i, i % 64 < 32 ? 0x900000 : 0x8080ff);
		new FileSaver(new ImagePlus("slide", ip)).saveAsPng(slide.toString());
		var options = options("RGB", "gray", false).with(OwnColours.of(slide.toString(), "1", 1, "none"));
		var head = ReferenceSource.fit(options.own().references(), lost, options.colorizer(), log::add);
		assertTrue(isColoured(new ImageColorizer(lost, options, head, log::add).colorize(noise("noise", 1), Progress.NONE)));
		var known = colorize(knowing, noise("noise", 1), options("RGB", "gray", false));
		assertTrue(isColoured(known));
		assertNull(known.getProp("colorize.unknown"));
		assertNull(known.getProp("colorize.warning"));
		assertNull(known.getStack().getSliceLabel(1));
	}

	/** Of the installed models, "knowing" has no class unknown and so can't tell; the two others have the same weights with the names exchanged. */
	@Test
	public void anInstalledModelThatKnowsTheImageIsNamed() throws IOException {
		TinyModel.write(folder, "sure", "HE", "unknown");
		TinyModel.write(folder, "unsure", "unknown", "HE");
		var before = System.getProperty(Models.FOLDER_PROPERTY);
		System.setProperty(Models.FOLDER_PROPERTY, folder.toString());
		try {
			colorize(lost, noise("noise", 1), options("RGB", "gray", false));
			var named = log.stream().filter(sentence -> sentence.matches("The installed model (un)?sure .*")).toList();
			assertEquals(1, named.size(), log.toString());
			assertTrue(named.get(0).matches("The installed model (un)?sure takes it for class HE \\(probability [01]\\.\\d\\d\\)\\."), named.get(0));
			assertTrue(log.toString().contains("Perhaps another installed model knows such images: knowing, natural."), log.toString());
			log.clear();
			colorize(lost, noise("noise", 1), options("RGB", "colour", false));
			assertFalse(log.toString().contains("The installed model"), "evaluate would open all models for each image");
		}
		finally {
			if (before == null) System.clearProperty(Models.FOLDER_PROPERTY);
			else System.setProperty(Models.FOLDER_PROPERTY, before);
		}
	}

	/** 0.01 µm a pixel, where the model has 0.5. */
	@Test
	public void anImplausibleScaleIsSeenAtTheImage() {
		var image = noise("noise", 2);
		image.getCalibration().setUnit("um");
		image.getCalibration().pixelWidth = image.getCalibration().pixelHeight = 0.01;
		var result = colorize(knowing, image, options("RGB", "gray", false));
		assertEquals("scale 0.02, is the calibration right?", result.getProp("colorize.warning"));
		assertEquals("scale 0.02, is the calibration right? - slice 2", result.getStack().getSliceLabel(2));
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 255 })
	public void theCaptionIsInTheCornerAndCanBeRead(int gray) {
		var ip = new ByteProcessor(300, 200);
		ip.setColor(gray);
		ip.fill();
		ip.set(299, 0, 128);
		var image = new ImagePlus("plain", ip);
		int[] without = pixels(colorize(knowing, image, options("RGB", "gray", false)));
		var result = colorize(knowing, image, options("RGB", "gray", true));
		int black = 0, white = 0, right = 0, top = 200;
		for (int i = 0; i < without.length; i++) {
			int rgb = pixels(result)[i] & 0xffffff;
			if (rgb == (without[i] & 0xffffff)) continue;
			right = Math.max(right, i % 300);
			top = Math.min(top, i / 300);
		}
		var corner = result.getProcessor();
		for (int y = top; y < 200; y++)
			for (int x = 0; x <= right; x++) {
				if ((corner.get(x, y) & 0xffffff) == 0) black++;
				if ((corner.get(x, y) & 0xff) > 200) white++;
			}
		assertTrue(top > 170 && right < 150 && right > 50, right + ", " + top);
		assertTrue(white > 50 && black > white, white + " of the letters, " + black + " behind them");
		assertEquals("predicted colour", result.getProp("colorize.caption"));
	}

	@Test
	public void aCaptionWithoutRgbOrRoomOrColoursIsNone() {
		assertEquals("Caption is true and output Lab; must be output RGB, as a text can't be written into numbers, or caption false.", assertThrows(
			IllegalArgumentException.class, () -> options("Lab", "gray", true)).getMessage());
		var refusal = assertThrows(IllegalArgumentException.class, () -> colorize(knowing, noise("noise", 1), options("RGB", "gray", true)));
		assertTrue(refusal.getMessage().matches("Caption is true and the picture has 40 x 30 pixels; must have at least \\d+ x \\d+ for the text to be read, " +
			"or choose caption false\\."), refusal.getMessage());
		var gray = colorize(lost, noise("noise", 1), options("RGB", "gray", true));
		assertNull(gray.getProp("colorize.caption"), "no colour is predicted");
		assertFalse(isColoured(gray));
	}

	/** Where the input is 0, whatever the network wants; without this a few units of blue would be left. */
	@ParameterizedTest
	@CsvSource({ "1", "1/2" })
	public void blackStaysBlack(String scale) {
		var image = noise("noise", 1);
		for (int i = 0; i < WIDTH * HEIGHT; i += 3)
			image.getProcessor().set(i, 0);
		int[] rgb = pixels(colorize(knowing, image, ColorizeOptions.of("HE", scale, "full range", 0, "RGB", 64)));
		var lab = colorize(knowing, image, ColorizeOptions.of("HE", scale, "full range", 0, "Lab", 64)).getStack();
		for (int i = 0; i < WIDTH * HEIGHT; i += 3) {
			assertEquals(0, rgb[i] & 0xffffff);
			for (int c = 1; c <= 3; c++)
				assertEquals(0, lab.getProcessor(c).getf(i));
		}
		assertTrue(lab.getProcessor(2).getf(1) != 0);
	}

	/** In the file that ImageJ writes, the text is in UTF-16; ImageJ reads it back, and shows it above all else. */
	@ParameterizedTest
	@ValueSource(ints = { 1, 2 })
	public void theInformationBeginsWithTheStatement(int slices) throws IOException {
		var image = noise("noise", slices);
		image.setProperty("Info", "objective: 40x\nstage: 7");
		var file = folder.resolve("information.tif");
		new FileSaver(colorize(knowing, image, options("RGB", "gray", false))).saveAsTiff(file.toString());
		var opened = new Opener().openImage(file.toString());
		var lines = opened.getInfoProperty().lines().toList();
		assertEquals("colorize.statement: " + Provenance.STATEMENT, lines.get(0));
		assertEquals("colorize.model: knowing", lines.get(1));
		assertEquals("colorize.model.sha256: " + knowing.spec().sha256(), lines.get(2));
		assertEquals(List.of("", "objective: 40x", "stage: 7"), lines.subList(lines.size() - 3, lines.size()));
		assertTrue(new ImageInfo().getImageInfo(opened).startsWith("colorize.statement: "), new ImageInfo().getImageInfo(opened));
		assertTrue(contains(Files.readAllBytes(file), "colorize.statement: Colour predicted by a neural network"));
		assertEquals("knowing", opened.getProp("colorize.model"));
		assertEquals("objective: 40x\nstage: 7", image.getInfoProperty());
		// Properties of its own are listed, and then all are, above the text.
		image.setProp("scanner", "of the test");
		assertTrue(new ImageInfo().getImageInfo(colorize(knowing, image, options("RGB", "gray", false))).contains("scanner: of the test"));

		opened.setProp("colorize.caption", "of the first run");
		var again = colorize(knowing, opened, options("RGB", "gray", false));
		assertEquals(lines, again.getInfoProperty().replace("L* of the colours", "full range, 0 to 255").lines().toList());
		assertNull(again.getProp("colorize.caption"), "nothing of the first run");
	}

	@Test
	public void withoutInformationThereIsThatOfTheColours() {
		var once = colorize(knowing, noise("noise", 1), options("RGB", "gray", false));
		assertTrue(once.getInfoProperty().endsWith("\ncolorize.engine: " + knowing.engine() + "\n"), once.getInfoProperty());
		assertEquals(once.getInfoProperty(), colorize(knowing, once, options("RGB", "gray", false)).getInfoProperty().replace("L* of the colours",
			"full range, 0 to 255"));
		assertNull(Provenance.withoutProvenance(once.getInfoProperty()));
		assertNull(Provenance.withoutProvenance(null));
		assertEquals("gain: 3", Provenance.withoutProvenance("gain: 3"));
	}

	/** Looks for the text in both orders of bytes. */
	private static boolean contains(byte[] file, String text) {
		for (var order : List.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN)) {
			var chars = ByteBuffer.allocate(2 * text.length()).order(order);
			chars.asCharBuffer().put(text);
			if (new String(file, StandardCharsets.ISO_8859_1).contains(new String(chars.array(), StandardCharsets.ISO_8859_1))) return true;
		}
		return false;
	}

	private ImagePlus colorize(ColorModel model, ImagePlus image, ColorizeOptions options) {
		return new ImageColorizer(model, options, log::add).colorize(image, Progress.NONE);
	}

	private static ColorizeOptions options(String output, String unknown, boolean caption) {
		return ColorizeOptions.of("auto", "auto", "full range", 0, output, 64).with(Honesty.of(unknown, caption));
	}

	private static int[] pixels(ImagePlus image) {
		return (int[]) image.getProcessor().getPixels();
	}

	private static boolean isColoured(ImagePlus image) {
		for (int rgb : pixels(image))
			if ((rgb & 0xff) != (rgb >> 8 & 0xff)) return true;
		return false;
	}

	private static float largest(ij.process.ImageProcessor ip) {
		float largest = 0;
		for (float value : (float[]) ip.getPixels())
			largest = Math.max(largest, Math.abs(value));
		return largest;
	}

	/** One slice without a label, or several with labels. */
	private static ImagePlus noise(String title, int slices) {
		var stack = new ImageStack(WIDTH, HEIGHT);
		var random = new Random(1);
		for (int n = 1; n <= slices; n++) {
			var pixels = new byte[WIDTH * HEIGHT];
			random.nextBytes(pixels);
			stack.addSlice("slice " + n, new ByteProcessor(WIDTH, HEIGHT, pixels));
		}
		return slices == 1 ? new ImagePlus(title, stack.getProcessor(1)) : new ImagePlus(title, stack);
	}
}
