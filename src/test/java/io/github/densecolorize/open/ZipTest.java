package io.github.densecolorize.open;

import static io.github.densecolorize.open.Bytes.open;
import static io.github.densecolorize.open.Bytes.plane;
import static io.github.densecolorize.open.Bytes.refusal;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import org.junit.jupiter.api.Test;

public class ZipTest {

	/** Names end with what is in the file, after a colon. */
	private static byte[] zip(String... entries) throws IOException {
		var bytes = new ByteArrayOutputStream();
		try (var zip = new ZipOutputStream(bytes)) {
			for (var entry : entries) {
				var parts = entry.split(":", 2);
				zip.putNextEntry(new ZipEntry(parts[0]));
				if (parts.length > 1) zip.write(parts[1].getBytes(StandardCharsets.ISO_8859_1));
				zip.closeEntry();
			}
		}
		return bytes.toByteArray();
	}

	@Test
	public void theFirstImageIsTakenAndTheOthersAreNamed() throws IOException {
		var image = open(zip("read.txt:hello", "pictures/", "pictures/a.pgm:P5 2 1 255 AB", "b.pgm:P5 2 1 255 CD"), "a.zip");
		assertArrayEquals(Bytes.of('A', 'B'), (byte[]) plane(image, 0));
		assertEquals(List.of("Of the archive, the first image is taken; left out: read.txt, b.pgm."), image.details().said());
	}

	/** macOS adds what Finder knows of a file under its name. */
	@Test
	public void whatMacOsAddsDoesNotCount() throws IOException {
		var image = open(zip("__MACOSX/._a.pgm:\0\5\26\7", "a.pgm:P5 1 1 255 A", ".DS_Store:x"), "a.zip");
		assertArrayEquals(Bytes.of('A'), (byte[]) plane(image, 0));
		assertEquals(List.of(), image.details().said());
	}

	@Test
	public void whatCannotBeReadIsSaidInASentence() throws IOException {
		var whole = zip("a.pgm:P5 1 1 255 A");
		assertTrue(refusal(Arrays.copyOf(whole, whole.length - 1), "a.zip").contains("bytes, and its directory is missing at the end"));
		assertEquals("is a ZIP file without an image that is read here (1.roi, 2.roi); unpack it, and give the image.", refusal(zip("1.roi:Iout",
			"2.roi:Iout"), "a.zip"));
		assertTrue(refusal(zip("a.pgm:P5 9 9 255 A"), "a.zip").contains("its pixels end at"));
		// Its checksum, in the directory.
		var changed = whole.clone();
		int directory = new String(whole, StandardCharsets.ISO_8859_1).indexOf("PK\1\2");
		changed[directory + 16] ^= 1;
		assertEquals("is damaged: the checksum of a.pgm in it differs; copy it again.", refusal(changed, "a.zip"));
	}
}
