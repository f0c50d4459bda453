package io.github.densecolorize.slides;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.densecolorize.slides.Pyramid.Rows;

/** Two planes of noise, of 50 x 300 pixels in tiles of 16, each in three bands of 128 rows and less; the last of six levels are made of all bands. */
public class BandFileTest {

	private static final Pyramid PYRAMID = Pyramid.of(50, 300, 16);
	private static final int BANDS = 3;

	@TempDir
	Path folder;
	private Path whole;

	private static int[] noise(int plane, Rows rows) {
		var all = new Random(plane).ints(50 * 300).toArray();
		return Arrays.copyOfRange(all, 50 * rows.top(), 50 * (rows.top() + rows.count()));
	}

	@BeforeEach
	void writeWhole() throws IOException {
		whole = folder.resolve("whole.tif");
		try (var file = new PyramidFile(whole, 0, 0)) {
			for (int plane = 0; plane < 2; plane++)
				file.plane(PYRAMID).put(0, 0, 50, 300, noise(plane, PYRAMID.rows()));
			file.finish("text");
		}
	}

	/** @param bands counted over both planes */
	private Path part(int from, int to) throws IOException {
		var part = folder.resolve("part-" + from + "-" + to);
		try (var file = new BandFile(part)) {
			for (int plane = from / BANDS; plane * BANDS < to; plane++) {
				var rows = PYRAMID.rows(Math.max(0, from - plane * BANDS), Math.min(BANDS, to - plane * BANDS));
				file.rows(PYRAMID, plane, rows).put(0, 0, 50, rows.count(), noise(plane, rows));
			}
		}
		return part;
	}

	private byte[] assembled(Path... parts) throws IOException {
		var assembled = folder.resolve("assembled.tif");
		try (var file = new PyramidFile(assembled, 0, 0)) {
			BandFile.assemble(List.of(parts), PYRAMID, 2, file);
			file.finish("text");
		}
		return Files.readAllBytes(assembled);
	}

	@Test
	public void bandsAreDividedAtTilesOfTheFourthLevel() {
		assertEquals(6, PYRAMID.levels());
		assertEquals(BANDS, PYRAMID.bands());
		assertEquals(new Rows(128, 172), PYRAMID.rows(1, 3));
	}

	@Test
	public void theFileIsThatOfASingleProgram() throws IOException {
		assertArrayEquals(Files.readAllBytes(whole), assembled(part(0, 6)));
		assertArrayEquals(Files.readAllBytes(whole), assembled(part(0, 2), part(2, 4), part(4, 5), part(5, 6)));
	}

	@Test
	public void aMissingPartIsNamed() throws IOException {
		Path first = part(0, 2), second = part(2, 4), third = part(4, 6);
		assertEquals("the part with row 257 of slice 1 is missing", assertThrows(IOException.class, () -> assembled(first, third)).getMessage());
		assertEquals("the part with row 129 of slice 2 is missing", assertThrows(IOException.class, () -> assembled(first, second)).getMessage());
	}

	@Test
	public void aPartThatIsCutOffIsNoticed() throws IOException {
		var part = part(0, 6);
		Files.write(part, Arrays.copyOf(Files.readAllBytes(part), (int) Files.size(part) - 1));
		assertEquals("a part of it ends too soon", assertThrows(IOException.class, () -> assembled(part)).getMessage());
	}
}
