package io.github.densecolorize.slides;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of noise, which are read by {@link BigTiff}. */
public class PyramidFileTest {

	@TempDir
	Path folder;

	private static int[] noise(int width, int height) {
		return new Random(width).ints((long) width * height).map(argb -> argb & 0xffffff).toArray();
	}

	/** Hands over a plane in squares, in random order if wanted, several at once. */
	private static void put(PyramidTiles tiles, int[] pixels, int width, int height, int side, boolean shuffled) {
		int across = (width + side - 1) / side, down = (height + side - 1) / side;
		var squares = IntStream.range(0, across * down).boxed().collect(java.util.stream.Collectors.toList());
		if (shuffled) Collections.shuffle(squares, new Random(1));
		squares.parallelStream().forEach(i -> {
			int x = i % across * side, y = i / across * side, w = Math.min(side, width - x), h = Math.min(side, height - y);
			tiles.put(x, y, w, h, IntStream.range(0, w * h).map(k -> pixels[(y + k / w) * width + x + k % w] | 0xff000000).toArray());
		});
	}

	private Path write(String name, int width, int height, int side, boolean shuffled, int... planes) throws IOException {
		var file = folder.resolve(name);
		try (var out = new PyramidFile(file, 0.25, 0.5)) {
			for (int ignored : planes)
				put(out.plane(Pyramid.of(width, height, 128)), noise(width, height), width, height, side, shuffled);
			out.finish("about it");
		}
		return file;
	}

	/** The mean of four pixels, rounded; at an odd edge the last ones count twice. */
	private static int[] halved(int[] pixels, int width, int height) {
		int w = (width + 1) / 2, h = (height + 1) / 2;
		return IntStream.range(0, w * h).map(i -> {
			int colour = 0;
			for (int shift = 0; shift < 24; shift += 8) {
				double sum = 0;
				for (int k = 0; k < 4; k++)
					sum += pixels[Math.min(height - 1, i / w * 2 + k / 2) * width + Math.min(width - 1, i % w * 2 + k % 2)] >> shift & 255;
				colour |= (int) Math.floor(sum / 4 + 0.5) << shift;
			}
			return colour;
		}).toArray();
	}

	@Test
	public void eachLevelIsTheMeanOfTheOneBefore() throws IOException {
		var pages = BigTiff.pages(write("a.tif", 601, 499, 100, true, 1));
		assertEquals(1, pages.size());
		var expected = noise(601, 499);
		int width = 601, height = 499;
		var levels = new java.util.ArrayList<>(List.of(pages.get(0)));
		levels.addAll(pages.get(0).levels());
		assertEquals(4, levels.size());
		for (var level : levels) {
			assertEquals(width, level.width());
			assertEquals(height, level.height());
			assertArrayEquals(expected, level.pixels());
			assertArrayEquals(new long[] { level == levels.get(0) ? 0 : 1 }, level.values(254));
			expected = halved(expected, width, height);
			width = (width + 1) / 2;
			height = (height + 1) / 2;
		}
	}

	/** 0.25 µm are 40,000 pixels a centimetre. */
	@Test
	public void tagsSayWhatItIs() throws IOException {
		var page = BigTiff.pages(write("a.tif", 300, 200, 300, false, 1)).get(0);
		assertArrayEquals(new long[] { 8, 8, 8 }, page.values(258));
		for (var tag : new int[][] { { 259, 8 }, { 262, 2 }, { 277, 3 }, { 284, 1 }, { 296, 3 }, { 317, 2 }, { 322, 128 }, { 323, 128 } })
			assertArrayEquals(new long[] { tag[1] }, page.values(tag[0]), "tag " + tag[0]);
		assertEquals(40_000, page.values(282)[0] / (double) page.values(282)[1]);
		assertEquals(20_000, page.values(283)[0] / (double) page.values(283)[1]);
		assertEquals("about it", page.text(270));
	}

	/** Several threads hand over pixels in any order. */
	@Test
	public void theFileDoesNotDependOnTheOrderOfThePixels() throws IOException {
		var one = Files.readAllBytes(write("one.tif", 600, 500, 1000, false, 1));
		assertArrayEquals(one, Files.readAllBytes(write("many.tif", 600, 500, 37, true, 1)));
	}

	@Test
	public void eachPlaneOfAStackIsAPyramid() throws IOException {
		var pages = BigTiff.pages(write("stack.tif", 200, 150, 64, true, 1, 2));
		assertEquals(2, pages.size());
		for (var page : pages) {
			assertArrayEquals(noise(200, 150), page.pixels());
			assertEquals(1, page.levels().size());
		}
		assertEquals("", pages.get(1).text(270));
	}

	@Test
	public void aMissingPixelIsNoticed() throws IOException {
		try (var out = new PyramidFile(folder.resolve("a.tif"), 0, 0)) {
			out.plane(Pyramid.of(20, 20, 16)).put(0, 0, 20, 19, new int[400]);
			assertThrows(IllegalStateException.class, () -> out.finish(""));
		}
	}

	@Test
	public void aFailureToWriteIsToldApart() throws IOException {
		var out = new PyramidFile(folder.resolve("a.tif"), 0, 0);
		var tiles = out.plane(Pyramid.of(20, 20, 16));
		out.close();
		assertThrows(NotWritten.class, () -> tiles.put(0, 0, 20, 20, new int[400]));
	}

	/** The network would try again, and each pixel would count twice. */
	@Test
	public void tooLittleMemoryIsTheEnd() {
		var tiles = new PyramidTiles(Pyramid.of(20, 20, 16), (place, packed) -> {
			throw new OutOfMemoryError();
		});
		assertEquals("there is not enough memory; give Java more", assertThrows(NotWritten.class, () -> tiles.put(0, 0, 20, 20, new int[400])).getCause()
			.getMessage());
	}

	@Test
	public void descriptionIsAscii() {
		var properties = new LinkedHashMap<String, String>();
		properties.put("colorize.mapping", "0 < \u00b5 & \"x\"");
		properties.put("colorize.scale", "0.25");
		var text = OmeText.of("\u00e9 1", Pyramid.of(70, 60), 2, 3, 0.25, 0.5, properties);
		assertTrue(text.chars().allMatch(c -> c < 127), text);
		assertTrue(text.contains("Name=\"&#233; 1\""), text);
		assertTrue(text.contains("<Description>colorize.mapping=0 &#60; &#181; &#38; &#34;x&#34;\ncolorize.scale=0.25</Description>"), text);
		for (var part : List.of("SizeX=\"70\"", "SizeY=\"60\"", "SizeC=\"3\"", "SizeZ=\"2\"", "SizeT=\"3\"", "PhysicalSizeX=\"0.25\"", "PhysicalSizeY=\"0.5\"",
			"PlaneCount=\"6\""))
			assertTrue(text.contains(part), part);
	}
}
