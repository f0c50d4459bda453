package io.github.densecolorize.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.DeflaterOutputStream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import ij.IJ;
import ij.ImagePlus;
import ij.io.FileSaver;
import ij.process.ByteProcessor;

import io.github.densecolorize.TinyModel;
import io.github.densecolorize.slides.BigTiff;

/** A file of 16,400 x 40 pixels in tiles, written by libtiff, whose gray values are (x + 3 y) mod 256: the smallest kind that counts as large. */
public class LargeImageTest {

	private static final Path WIDE = Path.of("src/test/resources/slides/wide.tif");
	private static final int WIDTH = 16_400, HEIGHT = 40;

	@TempDir
	static Path models;
	private static Path model;

	@TempDir
	Path folder;

	@BeforeAll
	static void writeModel() throws IOException {
		model = TinyModel.write(models, "tiny", "he", "ihc");
	}

	private static Shell colorize(Object... arguments) {
		var line = new ArrayList<Object>(List.of("colorize", "--model", model, "--device", "cpu"));
		line.addAll(List.of(arguments));
		return Shell.run(line.toArray());
	}

	/** The same values, in strips as ImageJ writes them. */
	private Path strips() {
		var ip = new ByteProcessor(WIDTH, HEIGHT);
		for (int i = 0; i < WIDTH * HEIGHT; i++)
			ip.set(i, (i % WIDTH + 3 * (i / WIDTH)) % 256);
		var file = folder.resolve("strips.tif");
		new FileSaver(new ImagePlus("strips", ip)).saveAsTiff(file.toString());
		return file;
	}

	/** 16,400 is halved six times until it fits into a tile of 512. */
	@Test
	public void aSlideBecomesAPyramidOfTheSamePixels() throws IOException {
		Path slide = Files.createDirectory(folder.resolve("slides")).resolve("slide.tif"), plain = folder.resolve("plain.tif");
		var done = colorize(WIDE, "-o", slide);
		assertEquals("", done.err());
		assertEquals(0, colorize(strips(), "-o", plain).status());
		var page = BigTiff.pages(slide).get(0);
		var expected = (int[]) IJ.openImage(plain.toString()).getProcessor().getPixels();
		assertArrayEquals(Arrays.stream(expected).map(argb -> argb & 0xffffff).toArray(), page.pixels());
		assertEquals(6, page.levels().size());
		assertEquals(257, page.levels().get(5).width());
		var text = page.text(270);
		assertTrue(text.contains("\ncolorize.model=tiny\n"), text);
		assertTrue(text.contains("Name=\"wide colorized\""), text);

		var methods = Shell.run("methods", slide);
		assertEquals("", methods.err());
		assertTrue(methods.out().contains("tiny"), methods.out());
		var again = colorize(slide.getParent(), "-o", folder.resolve("out"));
		assertTrue(again.out().contains("is a result of this plugin"), again.out() + again.err());
	}

	/** Without colours the gray values come out. */
	@Test
	public void grayValuesOfASlideStay() throws IOException {
		var done = colorize(WIDE, "-o", folder.resolve("out.tif"), "--strength", "0");
		assertEquals("", done.err());
		var pixels = BigTiff.pages(folder.resolve("out.tif")).get(0).pixels();
		for (int i = 0; i < pixels.length; i++)
			assertEquals((i % WIDTH + 3 * (i / WIDTH)) % 256 * 0x10101, pixels[i]);
	}

	/**
	 * A TIFF file of strips of 500 rows, or tiles of 2,000 x 500 pixels, which are all the same and hold zeros.
	 *
	 * @param samples 1 for gray, 3 for RGB
	 */
	private static Path black(Path file, int side, int samples, boolean tiled) throws IOException {
		Files.createDirectories(file.getParent());
		int width = tiled ? 2000 : side, count = side / width * (side / 500);
		var packed = new ByteArrayOutputStream();
		try (var out = new DeflaterOutputStream(packed)) {
			var row = new byte[width * samples];
			for (int y = 0; y < 500; y++)
				out.write(row);
		}
		int[][] tags = tiled ? new int[][] { { 256, side }, { 257, side }, { 258, 8 }, { 259, 8 }, { 262, samples == 3 ? 2 : 1 }, { 277, samples }, { 322,
			width }, { 323, 500 }, { 324, 0 }, { 325, 0 } } : new int[][] { { 256, side }, { 257, side }, { 258, 8 }, { 259, 8 }, { 262, samples == 3 ? 2 : 1 }, {
				273, 0 }, { 277, samples }, { 278, 500 }, { 279, 0 } };
		int values = 8 + 2 + 12 * tags.length + 4, strip = values + 8 * count;
		var bytes = ByteBuffer.allocate(strip + packed.size()).order(ByteOrder.LITTLE_ENDIAN).put("II*\0".getBytes()).putInt(8).putShort(
			(short) tags.length);
		for (int[] tag : tags) {
			boolean offsets = tag[0] == 273 || tag[0] == 324, counts = tag[0] == 279 || tag[0] == 325;
			bytes.putShort((short) tag[0]).putShort((short) 4).putInt(offsets || counts ? count : 1).putInt(offsets ? values : counts ? values + 4 * count
				: tag[1]);
		}
		bytes.putInt(0);
		for (int i = 0; i < 2 * count; i++)
			bytes.putInt(i < count ? strip : packed.size());
		bytes.put(packed.toByteArray());
		return Files.write(file, bytes.array());
	}

	/** 60,000 x 60,000 pixels are more than an array can have; RGB of 46,000 x 46,000 needs 8,072 MB. */
	@ParameterizedTest
	@CsvSource({ "60000, 1, false", "60000, 1, true", "46000, 3, false", "46000, 3, true" })
	public void commandsThatNeedAllPixelsSayThatTheyAreTooMany(int side, int samples, boolean tiled) throws IOException {
		assumeTrue(samples == 1 || Runtime.getRuntime().maxMemory() >> 20 < 8071, "Java has more memory");
		var file = black(folder.resolve("set/a/black.tif"), side, samples, tiled);
		var why = "File " + file + " is " + side + " x " + side + " pixels, " + (samples == 1 ? "more than ImageJ can hold in a plane; cut it into parts."
			: "which need 8071 MB of memory, and Java has ");
		for (var done : List.of(Shell.run("measure", file), Shell.run("evaluate", model, folder.resolve("set")), Shell.run("dataset", folder.resolve("set"), "-o",
			folder.resolve("set.h5"), "--size", "32"), Shell.run("adapt", model, file, "-o", folder.resolve("adapted"))))
		{
			assertEquals(1, done.status());
			assertTrue(done.err().contains(why), done.err());
			assertFalse(done.err().contains("\tat "), done.err());
		}
	}

	@Test
	public void aSheetOfClassesIsMadeOfALargeImageToo() {
		var sheet = Shell.run("contact-sheet", WIDE, "-o", folder.resolve("sheet.png"), "--model", model, "--device", "cpu");
		assertEquals("", sheet.err());
		assertEquals(0, sheet.status());
	}

	@ParameterizedTest
	@CsvSource({ "out.png, --category, he, 'which PNG can''t hold; write to a .tif file.'",
		"out.tif, --output, Lab, 'and output is Lab; large results can only be RGB: choose output RGB, or cut out a part of the image.'",
		"out.tif, --caption, true, 'and caption is true; a caption is for pictures that are seen as a whole: choose caption false.'",
		"out.tif, --area, crop, 'has no selection; draw an area (a rectangle, for example), or choose area=image.'" })
	public void whatALargeResultCantBeIsSaid(String out, String option, String value, String why) {
		var done = option.equals("--caption") ? colorize(WIDE, "-o", folder.resolve(out), option) : colorize(WIDE, "-o", folder.resolve(out), option, value);
		assertEquals(1, done.status());
		assertEquals(1, done.errors().size(), done.err());
		assertTrue(done.err().contains(why), done.err());
		assertFalse(Files.exists(folder.resolve(out)));
	}
}
