package io.github.densecolorize.open;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Dimension;
import java.awt.Rectangle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import javax.imageio.stream.FileImageInputStream;

import net.imglib2.type.numeric.ARGBType;
import net.imglib2.type.numeric.RealType;

import ij.ImagePlus;
import ij.process.ImageProcessor;

public class LargeStackTest {

	private static final Path FILES = Path.of("src/test/resources/files");

	/** That whole planes are right is tested elsewhere, by the pixels that other programs read. Blocks of 7 x 5 pixels fit to no tile and no strip. */
	@Test
	public void planesInBlocksAreThoseAtOnce() throws IOException {
		int planes = 0;
		try (var files = Files.list(FILES)) {
			for (var file : files.filter(Files::isRegularFile).toList())
				try (var in = new FileImageInputStream(file.toFile())) {
					var source = Formats.open(in, file.getFileName().toString()).orElse(null);
					if (source == null || (long) source.layout().width() * source.layout().height() > 1 << 16) continue;
					var stack = new LargeStack(source, file.toString(), new Dimension(7, 5), 1000);
					for (int i = 0; i < source.layout().planes(); i++, planes++)
						assertSame(new SourceStack(source, file.toString()).plane(i), stack.plane(i), file + ", plane " + i);
				}
				catch (IOException e) {
					// Other tests say which are refused.
				}
		}
		assertTrue(planes > 100, planes + " planes");
	}

	private static void assertSame(ImageProcessor expected, Plane plane, String what) {
		assertEquals(expected.getNChannels() == 3, plane.colours() != null, what);
		if (plane.colours() != null) {
			var pixels = plane.colours().randomAccess();
			for (int i = 0; i < expected.getPixelCount(); i++)
				assertEquals(expected.get(i), ((ARGBType) pixels.setPositionAndGet(i % expected.getWidth(), i / expected.getWidth())).get(), what);
			return;
		}
		var pixels = plane.gray().randomAccess();
		for (int i = 0; i < expected.getPixelCount(); i++)
			assertEquals(expected.getf(i), ((RealType<?>) pixels.setPositionAndGet(i % expected.getWidth(), i / expected.getWidth())).getRealFloat(), what);
	}

	@ParameterizedTest
	@CsvSource({ "23170, 23170, false, false", "23171, 23171, false, true", "60000, 60000, true, true", "16384, 16384, true, false",
		"16385, 10, true, true", "10, 16385, true, true", "16385, 10, false, false" })
	public void whatIsLarge(long width, long height, boolean tiled, boolean large) {
		assertEquals(large, ImageFiles.isLarge(width, height, tiled));
	}

	/** ImageJ never sees a pixel. */
	@Test
	public void anImageOfAnySizeHasWhatImageJAsksFor() throws IOException {
		for (var type : PixelType.values()) {
			var image = Opened.large(new Empty(new Layout(60_000, 60_000, 1, 3, 1, type), new int[3]), Path.of("slide.tif"), sentence -> {});
			assertArrayEquals(new int[] { 60_000, 60_000, 1, 3, 1 }, image.getDimensions());
			assertEquals(type.bits(), image.getBitDepth());
			assertEquals(type == PixelType.RGB ? 0 : 1, image.getLuts().length);
			assertTrue(ImageFiles.isLarge(image));
			assertThrows(IllegalStateException.class, () -> image.getStack().getPixels(1));
		}
	}

	/** The last pixel is 7; 59,904 is the first column of the last block. */
	@Test
	public void onlyWhatIsLookedAtIsRead() throws IOException {
		var reads = new int[3];
		var stack = new LargeStack(new Empty(new Layout(60_000, 60_000, 1, 3, 1, PixelType.GRAY8), reads), "slide.tif");
		var pixels = stack.plane(1).gray().randomAccess();
		for (int x = 59_904; x < 60_000; x++)
			assertEquals(x == 59_999 ? 7 : 0, ((RealType<?>) pixels.setPositionAndGet(x, 59_999)).getRealFloat());
		assertArrayEquals(new int[] { 0, 1, 0 }, reads);
	}

	/** Two blocks of 65,536 bytes are kept: those that were looked at last. */
	@Test
	public void theBlocksThatWereReadLastAreKept() {
		var reads = new int[1];
		var stack = new LargeStack(new Empty(new Layout(60_000, 60_000, 1, 1, 1, PixelType.GRAY8), reads), "slide.tif", new Dimension(256, 256), 131_072);
		int[] blocks = { 0, 1, 0, 2, 0, 1, 0, 1, 2, 0 }, expected = { 1, 2, 2, 3, 3, 4, 4, 4, 5, 6 };
		for (int i = 0; i < blocks.length; i++) {
			stack.plane(0).gray().randomAccess().setPositionAndGet(256 * blocks[i], 0).getRealFloat();
			assertEquals(expected[i], reads[0], "look " + i);
		}
	}

	/** 0 but for the last pixel of a plane. */
	private record Empty(Layout layout, int[] reads) implements ImageSource {

		@Override
		public Details details() {
			return Details.NONE;
		}

		@Override
		public Dimension block() {
			return new Dimension(256, 256);
		}

		@Override
		public Object read(int plane, Rectangle region) {
			reads[plane]++;
			var pixels = layout.type().array(region.width * region.height);
			if (region.contains(layout.width() - 1, layout.height() - 1)) layout.type().put(pixels, region.width * region.height - 1, 7);
			return pixels;
		}

		@Override
		public void close() {}
	}

	/** The middle strip of three is no Deflate. */
	@Test
	public void damageIsToldWhenItIsMet() throws IOException {
		var source = Bytes.open(Files.readAllBytes(FILES.resolve("deflate-damaged.tif")), "damaged.tif");
		var stack = new LargeStack(source, "slide.tif");
		var error = assertThrows(UncheckedIOException.class, () -> stack.plane(0).gray().forEach(pixel -> {}));
		assertTrue(error.getCause().getMessage().startsWith("File slide.tif is damaged"), error.getCause().getMessage());
	}

	@Test
	public void blocksAreThoseOfTheFile() throws IOException {
		for (var each : Map.of("tiled.tif", true, "strips-reversed.tif", false, "orient5-rgb16-le.tif", false).entrySet()) {
			var source = Bytes.open(Files.readAllBytes(FILES.resolve(each.getKey())), each.getKey());
			assertEquals(each.getValue(), source.block().width < source.layout().width(), each.getKey() + ": " + source.block());
		}
	}
}
