package io.github.densecolorize.open;

import static io.github.densecolorize.open.Bytes.open;
import static io.github.densecolorize.open.Bytes.plane;
import static io.github.densecolorize.open.Bytes.refusal;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Rectangle;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

public class PnmTest {

	private static byte[] file(String header, int... pixels) {
		return new Bytes(ByteOrder.BIG_ENDIAN).text(header).bytes(Bytes.of(pixels)).all();
	}

	private static Object pixels(byte[] file) throws IOException {
		return plane(open(file, "a"), 0);
	}

	/** White is 255, whatever the largest value is: 3 of 15 is a fifth. */
	@Test
	public void grayIsStretchedToWhite() throws IOException {
		var expected = Bytes.of(0, 51, 255, 255);
		assertArrayEquals(expected, (byte[]) pixels(file("P5 4 1 15\n", 0, 3, 15, 15)));
		assertArrayEquals(expected, (byte[]) pixels(file("P2\n# by hand\n4 1\n15\n0 3\n15 # white\n15")));
	}

	@Test
	public void sixteenBitsStayAsTheyAre() throws IOException {
		assertArrayEquals(new short[] { 258, (short) 65535 }, (short[]) pixels(file("P5\n2 1\n65535\n", 1, 2, 255, 255)));
		assertArrayEquals(new short[] { 258, 1023 }, (short[]) pixels(file("P2 2 1 1023 258 1023\n")));
	}

	/** A row begins with a new byte, and 1 is black. */
	@Test
	public void bitmapsAreBlackAndWhite() throws IOException {
		var expected = Bytes.of(0, 255, 255, 255, 255, 255, 255, 255, 0, 255, 0, 0, 0, 0, 0, 0, 0, 255);
		var image = open(file("P4 9 2\n", 0x80, 0x80, 0x7f, 0x00), "a");
		assertArrayEquals(expected, (byte[]) plane(image, 0));
		assertArrayEquals(Bytes.of(255, 0, 0, 255), (byte[]) image.read(0, new Rectangle(7, 0, 2, 2)));
		assertArrayEquals(Bytes.of(0, 255, 255, 0), (byte[]) pixels(file("P1 2 2\n10\n0 1")));
	}

	@Test
	public void coloursAreRgb() throws IOException {
		assertArrayEquals(new int[] { 0xff010203, 0xfffffefd }, (int[]) pixels(file("P6 2 1 255 ", 1, 2, 3, 255, 254, 253)));
		assertArrayEquals(new int[] { 0xff00ff80 }, (int[]) pixels(file("P6 1 1 65535 ", 0, 0, 255, 255, 128, 128)));
		assertArrayEquals(new int[] { 0xff0033ff }, (int[]) pixels(file("P3 1 1 5 0 1 5")));
	}

	@Test
	public void imagesThatFollowAreSlices() throws IOException {
		var image = open(file("P5 1 2 255\n12P5 1 2 255\n34\nP5 1 2 255\n56\n"), "a");
		assertEquals(3, image.layout().slices());
		assertArrayEquals(Bytes.of('5', '6'), (byte[]) plane(image, 2));
		var mixed = open(file("P5 1 2 255\n12P5 1 1 255\n3"), "a");
		assertEquals(1, mixed.layout().slices());
		assertEquals(List.of("1 image of another size or kind is left out."), mixed.details().said());
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
		P5 4 1 255 abc | it has 14 bytes, and its pixels end at 15
		P5 1 2 255 12P5 1 2 255 3 | it has 25 bytes, and its pixels end at 26
		P5 40000 40000 255 a | it has 20 bytes, and its pixels end at 1600000019
		P5 100000 100000 255 a | it states 100000 x 100000 pixels with values up to 255
		P2 99999999999 1 255 1 | too few for 2147483647 x 1 pixels
		P2 2 2 255 1 2 3 | too few for 2 x 2 pixels
		P5 2 2 70000 abcdefgh | with values up to 70000
		P2 2 1 255 1 x | it has "x" where a number should be
		P1 2 1 0 2 | it has "2" where 0 or 1 should be
		""")
	public void whatIsNotWholeIsRefused(String file, String sentence) {
		assertTrue(refusal(file(file), "a").contains(sentence), refusal(file(file), "a"));
	}
}
