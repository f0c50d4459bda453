package io.github.densecolorize.open;

import static io.github.densecolorize.open.Bytes.open;
import static io.github.densecolorize.open.Bytes.plane;
import static io.github.densecolorize.open.Bytes.refusal;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;

import org.junit.jupiter.api.Test;

public class FitsTest {

	private static final String FIRST = "SIMPLE  =                    T";

	/** A unit of a file: cards of 80 characters in blocks of 2880 bytes. */
	private static Bytes unit(Bytes bytes, String... cards) {
		var text = new StringBuilder();
		for (var card : cards)
			text.append(String.format("%-80s", card));
		text.append(String.format("%-80s", "END"));
		return bytes.text(text.toString()).text(" ".repeat(2880 - text.length()));
	}

	private static Bytes image(int bits, int width, int height, String... more) {
		var cards = new String[4 + more.length];
		cards[0] = FIRST;
		cards[1] = "BITPIX  = " + bits + " / bits";
		cards[2] = "NAXIS   = 2";
		cards[3] = "NAXIS1  = " + width;
		System.arraycopy(more, 0, cards, 4, more.length);
		var all = Arrays.copyOf(cards, cards.length + 1);
		all[cards.length] = "NAXIS2  = " + height;
		return unit(new Bytes(ByteOrder.BIG_ENDIAN), all);
	}

	private static Object pixels(Bytes file) throws IOException {
		return plane(open(file.all(), "a.fits"), 0);
	}

	/** The first row of the file is the lowest one. */
	@Test
	public void rowsBeginBelow() throws IOException {
		assertArrayEquals(Bytes.of(3, 4, 1, 2), (byte[]) pixels(image(8, 2, 2).bytes(Bytes.of(1, 2, 3, 4))));
	}

	@Test
	public void valuesArePhysicalOnes() throws IOException {
		assertArrayEquals(new short[] { 32767, (short) 32769 }, (short[]) pixels(image(16, 2, 1).shorts(-1, 1)));
		// Unsigned ones have a BZERO of 32768.
		assertArrayEquals(new short[] { 0, (short) 65535 }, (short[]) pixels(image(16, 2, 1, "BZERO   =  3.2768E4").shorts(-32768, 32767)));
		assertArrayEquals(new float[] { 95f, -5f }, (float[]) pixels(image(16, 2, 1, "BSCALE  = -2.5D0", "BZERO   = 100",
			"COMMENT / = ").shorts(2, 42)));
		assertArrayEquals(new float[] { Float.NaN, 7 }, (float[]) pixels(image(32, 2, 1, "BLANK   = -99").ints(-99, 7)));
		assertArrayEquals(new float[] { 1.5f, Float.NaN }, (float[]) pixels(image(-32, 2, 1).ints(Float.floatToIntBits(1.5f),
			Float.floatToIntBits(Float.NaN))));
	}

	@Test
	public void theFirstImageOfAllUnitsIsTaken() throws IOException {
		var file = unit(new Bytes(ByteOrder.BIG_ENDIAN), FIRST, "BITPIX  = 8", "NAXIS   = 0");
		for (int value = 1; value <= 2; value++)
			unit(file, "XTENSION= 'IMAGE   '", "BITPIX  = 8", "NAXIS   = 2", "NAXIS1  = 1", "NAXIS2  = 1", "PCOUNT  = 0",
			"GCOUNT  = 1").bytes(Bytes.of(value)).bytes(new byte[2879]);
		var image = open(file.all(), "a.fits");
		assertArrayEquals(Bytes.of(1), (byte[]) plane(image, 0));
		assertEquals(List.of("1 more image of it is left out."), image.details().said());
	}

	@Test
	public void gzipIsUnpacked() throws IOException {
		var packed = new ByteArrayOutputStream();
		try (var gzip = new GZIPOutputStream(packed)) {
			gzip.write(image(8, 2, 1).bytes(Bytes.of(1, 2)).all());
		}
		assertArrayEquals(Bytes.of(1, 2), (byte[]) plane(open(packed.toByteArray(), "a.fits.gz"), 0));
	}

	@Test
	public void whatIsNotWholeIsRefused() {
		var whole = image(16, 2, 2).shorts(1, 2, 3, 4).all();
		assertEquals("is damaged: it has 2887 bytes, and its pixels end at 2888; copy it again.", refusal(Arrays.copyOf(whole, 2887), "a.fits"));
		assertEquals("is damaged: it has 80 bytes, and its header does not end; copy it again.", refusal(Arrays.copyOf(whole, 80), "a.fits"));
		assertTrue(refusal(image(16, 1 << 30, 1 << 30).all(), "a.fits").contains("and its pixels end at"));
		assertTrue(refusal(image(16, 2, 1, "BZERO   = x").shorts(1, 2).all(), "a.fits").contains("its BZERO is \"x\", which is no number"));
		assertTrue(refusal(unit(new Bytes(ByteOrder.BIG_ENDIAN), FIRST, "BITPIX  = 8", "NAXIS   = 0").all(), "a.fits").startsWith(
			"is a FITS file without an image"));
	}
}
