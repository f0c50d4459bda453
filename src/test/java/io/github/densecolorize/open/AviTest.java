package io.github.densecolorize.open;

import static io.github.densecolorize.open.Bytes.open;
import static io.github.densecolorize.open.Bytes.plane;
import static io.github.densecolorize.open.Bytes.refusal;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteOrder;
import java.util.Arrays;

import org.junit.jupiter.api.Test;

/** Films of frames of two by two pixels. */
public class AviTest {

	private static Bytes bytes() {
		return new Bytes(ByteOrder.LITTLE_ENDIAN);
	}

	private static byte[] chunk(String type, byte[] data) {
		return bytes().text(type).ints(data.length).bytes(data).bytes(new byte[data.length % 2]).all();
	}

	private static byte[] list(String outer, String type, byte[]... chunks) {
		var all = bytes().text(type);
		for (var chunk : chunks)
			all.bytes(chunk);
		return chunk(outer, all.all());
	}

	private static byte[] film(int bits, int height, String codec, int[] palette, byte[]... frames) {
		var format = bytes().ints(40, 2, height).shorts(1, bits).text(codec).ints(0, 0, 0, palette.length, 0).ints(palette).all();
		var chunks = new byte[frames.length][];
		for (int i = 0; i < frames.length; i++)
			chunks[i] = chunk("00db", frames[i]);
		return list("RIFF", "AVI ", list("LIST", "hdrl", list("LIST", "strl", chunk("strh", bytes().text("vids").bytes(new byte[52]).all()),
			chunk("strf", format))), chunk("JUNK", new byte[9]), list("LIST", "movi", chunks));
	}

	private static final String NONE = "\0\0\0\0";

	/** Rows are padded to four bytes, and begin below unless the height is negative. */
	@Test
	public void paletteEntriesAreColours() throws IOException {
		var file = film(8, 2, NONE, new int[] { 0x102030, 0x405060 }, Bytes.of(0, 1, 9, 9, 1, 1, 9, 9));
		var image = open(file, "a.avi");
		assertArrayEquals(new int[] { 0xff405060, 0xff405060, 0xff102030, 0xff405060 }, (int[]) plane(image, 0));
		var gray = film(8, -2, NONE, new int[] { 0x808080, 0x101010 }, Bytes.of(0, 1, 9, 9, 1, 1, 9, 9), new byte[0], Bytes.of(1, 1, 9, 9, 0,
			0, 9, 9));
		var shown = open(gray, "a.avi");
		assertEquals(2, shown.layout().slices());
		assertArrayEquals(Bytes.of(0x80, 0x10, 0x10, 0x10), (byte[]) plane(shown, 0));
		assertArrayEquals(Bytes.of(0x10, 0x10, 0x80, 0x80), (byte[]) plane(shown, 1));
	}

	@Test
	public void rgbIsRead() throws IOException {
		assertArrayEquals(new int[] { 0xff030201, 0xff060504, 0xff090807, 0xff0c0b0a }, (int[]) plane(open(film(24, -2, NONE, new int[0],
			Bytes.of(1, 2, 3, 4, 5, 6, 0, 0, 7, 8, 9, 10, 11, 12, 0, 0)), "a.avi"), 0));
		// Five bits each: red 31, green 0, blue 0, then white; 00011 becomes 00011 000.
		assertArrayEquals(new int[] { 0xffff0000, 0xffffffff, 0xff181818, 0xff000000 }, (int[]) plane(open(film(16, -2, NONE, new int[0],
			Bytes.of(0, 0x7c, 0xff, 0x7f, 0x63, 0x0c, 0, 0)), "a.avi"), 0));
	}

	@Test
	public void grayIsRead() throws IOException {
		assertArrayEquals(Bytes.of(1, 2, 3, 4), (byte[]) plane(open(film(8, 2, "Y800", new int[0], Bytes.of(1, 2, 3, 4)), "a.avi"), 0));
		assertArrayEquals(new short[] { 0x103, 0x104, 0x101, 0x102 }, (short[]) plane(open(film(16, 2, "Y16 ", new int[0], Bytes.of(1, 1, 2, 1,
			3, 1, 4, 1)), "a.avi"), 0));
	}

	/** Luma 16 is black and 235 white; without chroma there is no colour. */
	@Test
	public void lumaAndChromaAreRead() throws IOException {
		var expected = new int[] { 0xff000000, 0xffffffff, 0xff808080, 0xff000000 };
		// 126: 110 / 219 of 255.
		assertArrayEquals(expected, (int[]) plane(open(film(16, 2, "YUY2", new int[0], Bytes.of(16, 128, 235, 128, 126, 128, 16, 128)),
		"a.avi"), 0));
		assertArrayEquals(expected, (int[]) plane(open(film(12, 2, "I420", new int[0], Bytes.of(16, 235, 126, 16, 128, 128)), "a.avi"), 0));
	}

	/** Cb 28, Cr -67 of 224 steps for 255: G = 0.71414 * 76.272 - 0.34414 * 31.875 = 43.4996, B = 1.772 * 31.875 = 56.48. */
	@Test
	public void coloursAreThoseOfTheStandard() throws IOException {
		assertEquals(0xff002b38, ((int[]) plane(open(film(16, 2, "YUY2", new int[0], Bytes.of(16, 156, 16, 61, 16, 128, 16, 128)), "a.avi"), 0))[0]);
	}

	@Test
	public void whatCannotBeReadIsSaidInASentence() {
		var whole = film(8, 2, "Y800", new int[0], Bytes.of(1, 2, 3, 4), Bytes.of(1, 2, 3, 4));
		assertEquals("is damaged: it has " + (whole.length - 3) + " bytes, and its part RIFF ends at " + whole.length + "; copy it again.",
			refusal(Arrays.copyOf(whole, whole.length - 3), "a.avi"));
		assertEquals("is damaged: a frame of it has 3 bytes instead of 4; copy it again.", refusal(film(8, 2, "Y800", new int[0], Bytes.of(1,
			2, 3, 4), Bytes.of(1, 2, 3)), "a.avi"));
		assertTrue(refusal(film(24, 2, "XVID", new int[0], new byte[9]), "a.avi").startsWith(
			"is a film of 24 bits a pixel in the format XVID, which is not read here; convert it to uncompressed AVI"));
		assertTrue(refusal(film(8, 2, NONE, new int[256]), "a.avi").contains("and no frame in them"));
	}
}
