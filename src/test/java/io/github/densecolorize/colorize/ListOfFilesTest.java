package io.github.densecolorize.colorize;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import javax.imageio.ImageIO;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import net.imglib2.view.Views;

import ij.ImagePlus;

import io.github.densecolorize.open.ImageFiles;

/**
 * Files of kinds that ImageJ's own readers take for something else. {@code list.txt} says of each how large it is and what is said of it, or
 * why it is refused. {@code expected} has L* of the others as Pillow, tifffile, GDAL and pydicom read them, 655.35 times, the planes of the
 * first channel one below the other, then those of the next: made outside of the build, and read here by Java.
 */
public class ListOfFilesTest {

	private static final Path FILES = Path.of("src/test/resources/files");
	/** What docs/colorize.md promises. */
	private static final double TOLERANCE = 0.3;

	static Stream<String> lines() throws IOException {
		return Files.lines(FILES.resolve("list.txt"));
	}

	@ParameterizedTest
	@MethodSource("lines")
	public void isReadRightOrRefused(String line) throws IOException {
		var parts = List.of(line.split(" \\| "));
		var file = FILES.resolve(parts.get(0));
		if (parts.get(1).equals("refused")) {
			var refusal = assertThrows(IOException.class, () -> ImageFiles.open(file, sentence -> {})).getMessage();
			assertEquals("File " + file + " " + parts.get(2), refusal);
			return;
		}
		var said = new ArrayList<String>();
		var image = ImageFiles.open(file, said::add);
		assertEquals(parts.get(1), size(image));
		assertEquals(parts.size() > 2 ? parts.get(2) : "", String.join(" ", said));
		var expected = ImageIO.read(FILES.resolve("expected/" + parts.get(0) + ".png").toFile()).getRaster();
		int top = 0;
		double worst = 0;
		for (int channel = 1; channel <= image.getNChannels(); channel++) {
			var slices = new ChannelSlices(image, channel, () -> {});
			var planes = slices.lightness(slices.mapping(Mapping.DISPLAY_RANGE));
			for (int plane = 0; plane < planes.size(); plane++, top += image.getHeight()) {
				var l = planes.get(plane);
				for (var cursor = Views.iterable(l).localizingCursor(); cursor.hasNext();) {
					double found = cursor.next().get();
					worst = Math.max(worst, Math.abs(found - expected.getSample(cursor.getIntPosition(0), top + cursor.getIntPosition(1), 0) / 655.35));
				}
			}
		}
		assertEquals(expected.getHeight(), top);
		assertTrue(worst <= TOLERANCE, "largest difference of L* " + worst);
	}

	private static String size(ImagePlus image) {
		return image.getWidth() + "x" + image.getHeight() + part(" c", image.getNChannels()) + part(" z", image.getNSlices()) + part(" t", image
			.getNFrames());
	}

	private static String part(String name, int n) {
		return n == 1 ? "" : name + n;
	}
}
