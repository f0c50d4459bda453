package io.github.densecolorize.dataset;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.IntBinaryOperator;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import ij.CompositeImage;
import ij.IJ;
import ij.ImagePlus;
import ij.ImageStack;
import ij.io.FileSaver;
import ij.process.ByteProcessor;
import ij.process.ColorProcessor;
import ij.process.ShortProcessor;
import io.jhdf.HdfFile;

import io.github.densecolorize.Progress;
import io.github.densecolorize.data.ColorDataSet;
import io.github.densecolorize.data.Holdout;

public class DataSetBuilderTest {

	@TempDir
	private Path folder;
	private final List<String> log = new ArrayList<>();

	private static ColorProcessor image(int width, int height, IntBinaryOperator rgb) {
		var ip = new ColorProcessor(width, height);
		for (int y = 0; y < height; y++)
			for (int x = 0; x < width; x++)
				ip.set(x, y, rgb.applyAsInt(x, y));
		return ip;
	}

	private void save(String name, ImagePlus image) throws IOException {
		var file = folder.resolve("images").resolve(name);
		Files.createDirectories(file.getParent());
		var saver = new FileSaver(image);
		assertTrue(image.getStackSize() > 1 ? saver.saveAsTiffStack(file.toString()) : saver.saveAsTiff(file.toString()));
	}

	private ColorDataSet build(int size, Fit fit, double validation) throws IOException {
		var file = folder.resolve("set.h5");
		new DataSetBuilder(new DataSetBuilder.Spec(file, size, fit, Holdout.share(validation), true), log::add, log::add).build(folder.resolve("images"), Progress.NONE);
		return ColorDataSet.open(file);
	}

	/** 40 x 36 pixels whose red is the column and green the row, with blue against gray. */
	private void saveCoordinates() throws IOException {
		save("cells/a.tif", new ImagePlus("a", image(40, 36, (x, y) -> x << 16 | y << 8 | 200)));
	}

	@Test
	public void cropTakesTheCentre() throws IOException {
		saveCoordinates();
		try (var set = build(16, Fit.CROP, 0.5)) {
			assertEquals(1, set.size());
			assertEquals(0xff000000 | 12 << 16 | 10 << 8 | 200, set.argb(0)[0]);
			assertEquals(0xff000000 | 27 << 16 | 25 << 8 | 200, set.argb(0)[16 * 16 - 1]);
		}
		assertTrue(log.contains("Of 1 images less than half is used; a larger size, or fit=tiles, which takes them in pieces, uses more."),
			log.toString());
	}

	/** Of 40 × 36 pixels, three columns and three rows of 16 reach from end to end; they are one scene. */
	@Test
	public void tilesTakeAllOfTheImage() throws IOException {
		saveCoordinates();
		save("cells/b.tif", new ImagePlus("b", image(16, 16, (x, y) -> 0x2080ff)));
		try (var set = build(16, Fit.TILES, 0.5)) {
			assertEquals(10, set.size());
			assertEquals(List.of(0, 12, 24, 0, 12, 24, 0, 12, 24), IntStream.range(0, 9).mapToObj(i -> argb(set, i) >> 16 & 0xff).toList());
			assertEquals(List.of(0, 0, 0, 10, 10, 10, 20, 20, 20), IntStream.range(0, 9).mapToObj(i -> argb(set, i) >> 8 & 0xff).toList());
			assertEquals(1, IntStream.range(0, 9).mapToObj(set::isValidation).distinct().count());
			assertEquals(0, set.scale(0.5, 0).longSide());
		}
	}

	private static int argb(ColorDataSet set, int i) {
		try {
			return set.argb(i)[0];
		}
		catch (IOException e) {
			throw new AssertionError(e);
		}
	}

	/** Left half red, right half blue: so is the reduced image, whose model sees images of 8 pixels. */
	@Test
	public void resizeTakesTheWholeSquare() throws IOException {
		save("cells/a.tif", new ImagePlus("a", image(72, 64, (x, y) -> x < 36 ? 0xff0000 : 0x0000ff)));
		try (var set = build(16, Fit.RESIZE, 0.5)) {
			var pixels = set.argb(0);
			assertEquals(0xffff0000, pixels[0]);
			assertEquals(0xffff0000, pixels[15 * 16 + 6]);
			assertEquals(0xff0000ff, pixels[15 * 16 + 9]);
			assertEquals(8, set.scale(0.5, 0).longSide());
		}
	}

	/** Slices of a stack, one of them gray and one there twice, and an image of two channels. */
	@Test
	public void stacksGiveTheirSlices() throws IOException {
		var stack = new ImageStack(16, 16);
		for (int rgb : new int[] { 0x2080ff, 0x808080, 0x2080ff, 0xff8020 })
			stack.addSlice(image(16, 16, (x, y) -> rgb));
		save("cells/stack.tif", new ImagePlus("stack", stack));
		save("cells/two.tif", new CompositeImage(IJ.createHyperStack("two", 16, 16, 2, 1, 1, 8)));
		try (var set = build(16, Fit.CROP, 0.5)) {
			assertEquals(2, set.size());
			assertEquals(0xffff8020, set.argb(1)[0]);
		}
		var images = folder.resolve("images/cells");
		assertEquals(List.of("Skipped: " + images.resolve("stack.tif") + " slice 2 has no colour.", "Skipped: " + images.resolve("stack.tif") +
			" slice 3 has the same content as another image.", "Skipped: " + images.resolve("two.tif") +
				" has 2 channels; use Image > Type > RGB Color.", "Skipped images: 1 gray, 1 of several channels, not RGB, 1 there already."), log.subList(0,
					4));
	}

	/** Class unknown takes what has no colour: 8 bits as they are, 16 bits as all slices are seen (1000 to 3000: 2000 is 127.5). */
	@Test
	public void grayImagesAreTakenAsUnknownOnly() throws IOException {
		saveCoordinates();
		for (var name : List.of("cells", "unknown")) {
			save(name + "/gray.tif", new ImagePlus("gray", new ByteProcessor(16, 16, gray(16, 77))));
			save(name + "/small.tif", new ImagePlus("small", new ByteProcessor(15, 16, gray(15, 78))));
		}
		var stack = new ImageStack(16, 16);
		for (int value : new int[] { 2000, 1000 }) {
			var slice = new ShortProcessor(16, 16);
			IntStream.range(0, 256).forEach(i -> slice.set(i, i == 0 ? 9000 : value));
			stack.addSlice(slice);
		}
		var deep = new ImagePlus("raw", stack);
		deep.setDisplayRange(1000, 3000);
		save("unknown/raw.tif", deep);
		save("unknown/same.tif", new ImagePlus("same", new ByteProcessor(16, 16, gray(16, 77))));
		try (var set = build(16, Fit.CROP, 0.5)) {
			assertEquals(List.of("cells", "unknown"), set.classes());
			assertEquals(4, set.size());
			assertEquals(List.of(0, 1, 1, 1), IntStream.range(0, 4).mapToObj(set::label).toList());
			assertEquals(0xff4d4d4d, set.argb(1)[5]);
			assertEquals(0xffffffff, set.argb(2)[0]);
			assertEquals(127.5, set.argb(2)[1] & 0xff, 0.5);
			assertEquals(0xff000000 | 0x10101 * (set.argb(2)[1] & 0xff), set.argb(2)[1]);
			assertEquals(0xff000000, set.argb(3)[1]);
		}
		assertTrue(log.contains("Skipped: " + folder.resolve("images/cells/gray.tif") + " has no colour."), log.toString());
		assertTrue(log.contains("Skipped images: 2 gray, 1 too small, 1 there already."), log.toString());
	}

	private static byte[] gray(int width, int value) {
		var pixels = new byte[width * 16];
		Arrays.fill(pixels, (byte) value);
		return pixels;
	}

	/** Colours that were predicted are no truth to learn from. */
	@Test
	public void resultsOfThisPluginAreLeftOut() throws IOException {
		saveCoordinates();
		save("cells/b.tif", new ImagePlus("b", image(40, 36, (x, y) -> y << 16 | x << 8 | 200)));
		var result = new ImagePlus("c", image(40, 36, (x, y) -> 200 << 16 | y << 8 | x));
		result.setProp("colorize.model", "microscopy");
		save("cells/c.tif", result);
		try (var set = build(16, Fit.CROP, 0.5)) {
			assertEquals(2, set.size());
		}
		assertTrue(log.contains("Skipped images: 1 colorized by this plugin."), log.toString());
	}

	@Test
	public void theLaboratoryIsWhatANameBeginsWith() {
		assertEquals(List.of("ham", "ham", "BA", "1", "_x", ".a", "a.b"), List.of("ham_akiec_1.jpg", "ham_2.jpg", "BA.tif", "1", "_x_y.tif", ".a",
			"a.b_c.png").stream().map(ClassFolders::group).toList());
	}

	/** One laboratory has images of both classes. */
	private void saveLaboratories() throws IOException {
		int i = 0;
		for (var name : List.of("cells/bonn_1", "cells/bonn_2", "cells/kiel_1", "cells/kiel_2", "tissue/kiel_1", "tissue/kiel_2"))
			save(name + ".tif", new ImagePlus("a", filled(16, 24, 0x2080a0 + i++)));
	}

	private static ColorProcessor filled(int width, int height, int rgb) {
		return image(width, height, (x, y) -> rgb);
	}

	@Test
	public void aSetRemembersLaboratories() throws IOException {
		saveLaboratories();
		try (var set = build(16, Fit.TILES, 0.5)) {
			assertEquals(List.of(0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1), IntStream.range(0, 12).mapToObj(set::group).toList());
		}
		try (var hdf = new HdfFile(folder.resolve("set.h5"))) {
			assertArrayEquals(new String[] { "bonn", "kiel" }, (String[]) hdf.getDatasetByPath("groups").getData());
			assertArrayEquals(new int[] { 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1 }, (int[]) hdf.getDatasetByPath("group").getData());
		}
	}

	/** All of kiel is for validation, and of the four parts of bonn's two images the half; tissue has none left. */
	@Test
	public void wholeLaboratoriesAreKeptForValidation() throws IOException {
		saveLaboratories();
		for (double share : new double[] { 0.5, 0 }) {
			log.clear();
			new DataSetBuilder(new DataSetBuilder.Spec(folder.resolve("set.h5"), 16, Fit.TILES, new Holdout(share, Set.of("KIEL")), true), log::add,
				log::add).build(folder.resolve("images"), Progress.NONE);
			try (var set = ColorDataSet.open(folder.resolve("set.h5"))) {
				assertEquals(share == 0 ? List.of(false, false, false, false) : List.of(true, true, false, false), IntStream.range(0, 4).mapToObj(
					set::isValidation).toList());
				assertTrue(IntStream.range(4, 12).allMatch(set::isValidation));
			}
			assertTrue(log.contains("Class tissue has no image for training: all are of laboratories that are kept for validation."), log.toString());
		}
	}

	@Test
	public void laboratoriesThatAreNotThereAreRefused() throws IOException {
		saveLaboratories();
		var wanted = new DataSetBuilder.Spec(folder.resolve("set.h5"), 16, Fit.TILES, new Holdout(0.1, Set.of("kieel")), true);
		assertEquals("Validation group is \"kieel\" (did you mean kiel?); the names of the images begin with bonn, kiel.", assertThrows(
			IllegalArgumentException.class, () -> new DataSetBuilder(wanted, log::add, log::add).build(folder.resolve("images"), Progress.NONE))
				.getMessage());
		assertFalse(Files.exists(folder.resolve("set.h5")));
		var many = IntStream.range(10, 40).mapToObj(String::valueOf).toList();
		assertTrue(assertThrows(IllegalArgumentException.class, () -> new Holdout(0, Set.of("x")).among(many)).getMessage().endsWith(
			"begin with 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25 and 14 others."));
	}

	@Test
	public void somethingIsForValidation() {
		for (double share : new double[] { 0, 0.6, Double.NaN })
			assertEquals("validation is " + share + "; must be above 0 and at most 0.5.", assertThrows(IllegalArgumentException.class,
				() -> new DataSetBuilder.Spec(folder.resolve("set.h5"), 16, Fit.TILES, Holdout.share(share), true)).getMessage());
	}

	@Test
	public void oddClassesAreSaid() throws IOException {
		save("one/a.tif", new ImagePlus("a", image(16, 16, (x, y) -> 0x2080ff)));
		save("two/a.tif", new ImagePlus("a", image(16, 20, (x, y) -> 0x2080f0)));
		save("two/b.tif", new ImagePlus("b", image(16, 16, (x, y) -> 0x2080e0)));
		save("loose.tif", new ImagePlus("loose", image(16, 16, (x, y) -> 0x2080d0)));
		Files.createDirectories(folder.resolve("images/none"));
		build(16, Fit.CROP, 0.05).close();
		assertEquals(List.of("1 file lies beside the subfolders of " + folder.resolve("images") + " and has no class; it is left out.",
			"Class none has no image.", "Class one has one image, which is used for training; add more, to see how well it is learned.",
			"Class two: 1 images for training, 1 for validation.",
			"The images were 16 x 16 to 16 x 20 pixels; squares of 16 were cut from them at their own scale.", "3 images of 16 pixels in 3 classes: " +
				folder.resolve("set.h5") + ".", "4 files: 3 used, 0 there already, 1 left out, 0 failed."), log);
	}

	@Test
	public void stoppingLeavesNothing() throws IOException {
		for (int i = 0; i < 5; i++) {
			int blue = i;
			save("cells/" + i + ".tif", new ImagePlus("a", image(16, 16, (x, y) -> 0x2080a0 + blue)));
		}
		var builder = new DataSetBuilder(new DataSetBuilder.Spec(folder.resolve("set.h5"), 16, Fit.CROP, Holdout.share(0.5), false), log::add, log::add);
		assertThrows(CancellationException.class, () -> builder.build(folder.resolve("images"), (done, total) -> {
			assertEquals(5, total);
			if (done == 3) throw new CancellationException();
		}));
		try (var left = Files.list(folder)) {
			assertArrayEquals(new Object[] { "images" }, left.map(f -> f.getFileName().toString()).toArray());
		}
	}
}
