package io.github.densecolorize.open;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a class of the name that ImageJ asks for what it does not know; in Fiji that is Bio-Formats and others. */
public class FijiReaderTest {

	@TempDir
	Path folder;

	/** A page of 2 x 1 pixels, compressed by Zstandard, it says. */
	private Path zstandard(String name) throws IOException {
		var tiff = ByteBuffer.allocate(8 + 2 + 8 * 12 + 4 + 2).order(ByteOrder.LITTLE_ENDIAN).put("II*\0".getBytes()).putInt(8).putShort((short) 8);
		int[][] entries = { { 256, 2 }, { 257, 1 }, { 258, 8 }, { 259, 50000 }, { 262, 1 }, { 273, 110 }, { 278, 1 }, { 279, 2 } };
		for (var entry : entries)
			tiff.putShort((short) entry[0]).putShort((short) 4).putInt(1).putInt(entry[1]);
		return Files.write(folder.resolve(name), tiff.array());
	}

	@Test
	public void whatIsNotReadHereIsOpenedAsFileOpenDoes() throws IOException {
		var kinds = new Path[] { zstandard("for-fiji.tif"), Files.writeString(folder.resolve("for-fiji.czi"), "ZISRAWFILE"), Files.writeString(folder
			.resolve("for-fiji"), "something that is known to a plugin alone") };
		for (var file : kinds) {
			var image = ImageFiles.open(file, sentence -> {});
			assertEquals(99, image.getProcessor().get(3, 2), file.toString());
		}
	}

	@Test
	public void elsewhereItIsSaidWhatToDo() throws IOException {
		var file = zstandard("other.tif");
		assertEquals("File " + file + " is compressed by Zstandard, which is not read here; convert it with \"tiffcp -c zip IN OUT\" or another " +
			"program to TIFF without compression, LZW or Deflate.", assertThrows(IOException.class, () -> ImageFiles.open(file, sentence -> {}))
				.getMessage());
	}

	/** Another reader would take what is there for all of it. */
	@Test
	public void whatIsDamagedIsNotGivenToIt() throws IOException {
		var file = Files.writeString(folder.resolve("for-fiji-half.tif"), "II*\0\b\0\0\0");
		assertTrue(assertThrows(IOException.class, () -> ImageFiles.open(file, sentence -> {})).getMessage().contains("is damaged"));
	}
}
