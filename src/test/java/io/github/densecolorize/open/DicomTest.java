package io.github.densecolorize.open;

import static io.github.densecolorize.open.Bytes.open;
import static io.github.densecolorize.open.Bytes.plane;
import static io.github.densecolorize.open.Bytes.refusal;
import static io.github.densecolorize.open.DicomBytes.BIG_ENDIAN;
import static io.github.densecolorize.open.DicomBytes.DEFLATED;
import static io.github.densecolorize.open.DicomBytes.EXPLICIT;
import static io.github.densecolorize.open.DicomBytes.IMPLICIT;
import static io.github.densecolorize.open.DicomBytes.PIXELS;
import static io.github.densecolorize.open.DicomBytes.RUN_LENGTHS;
import static io.github.densecolorize.open.DicomBytes.colours;
import static io.github.densecolorize.open.DicomBytes.pair;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

import javax.imageio.ImageIO;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.densecolorize.image.GrayMapping;

/** Files of two pixels, whose values are worked out by the formulas of the standard. */
public class DicomTest {

	private static final int SLOPE = 0x00281053, INTERCEPT = 0x00281052, CENTER = 0x00281050, WIDTH = 0x00281051, FUNCTION = 0x00281056;

	private static short[] shorts(byte[] file) throws IOException {
		return (short[]) plane(open(file, "a.dcm"), 0);
	}

	@ParameterizedTest
	@ValueSource(strings = { IMPLICIT, EXPLICIT, DEFLATED, BIG_ENDIAN })
	public void everyWayOfWritingGivesTheSameValues(String syntax) throws IOException {
		assertArrayEquals(new short[] { 300, 4095 }, shorts(pair(syntax, 16, 12, 11, 0).words(PIXELS, 300, 4095).file()));
	}

	@Test
	public void aFileWithoutPreambleIsRead() throws IOException {
		var file = new DicomBytes(IMPLICIT).text(0x00080060, "CS", "CT").shorts(0x00280002, 1).text(0x00280004, "CS",
			"MONOCHROME2").shorts(0x00280010, 1)
			.shorts(0x00280011, 2).shorts(0x00280100, 16).shorts(0x00280101, 16).shorts(0x00280102, 15).shorts(0x00280103, 0).words(PIXELS, 7,
			8).bare();
		assertArrayEquals(new short[] { 7, 8 }, shorts(file));
		assertTrue(open(file, "a").details().info().contains("0008,0060  Modality: CT\n0028,0002  Samples per Pixel: 1\n"));
	}

	/** Bits 4 to 15 are the value, an overlay lies below it. */
	@Test
	public void onlyTheStoredBitsCount() throws IOException {
		assertArrayEquals(new short[] { 0x123, 0x456 }, shorts(pair(EXPLICIT, 16, 12, 15, 0).words(PIXELS, 0x123f, 0x4561).file()));
		var signed = open(pair(EXPLICIT, 16, 12, 11, 1).words(PIXELS, 0xf800, 0x07ff).file(), "a.dcm");
		assertEquals(PixelType.SIGNED16, signed.layout().type());
		assertArrayEquals(new short[] { (short) (32768 - 2048), (short) (32768 + 2047) }, (short[]) plane(signed, 0));
		var bits = open(pair(EXPLICIT, 1, 1, 0, 0).element(PIXELS, "OB", Bytes.of(2, 0)).file(), "a.dcm");
		assertArrayEquals(Bytes.of(0, 255), (byte[]) plane(bits, 0));
		assertTrue(refusal(pair(EXPLICIT, 16, 17, 16, 0).words(PIXELS, 1, 2).file(), "a.dcm").contains("it stores 17 bits up to bit 16 in 16"));
	}

	@Test
	public void valuesAreRescaled() throws IOException {
		// Whole and not negative: 3000 - 10 * 100, 3000 - 10 * 200.
		assertArrayEquals(new short[] { 2000, 1000 }, shorts(pair(EXPLICIT, 8, 8, 7, 0).text(INTERCEPT, "DS", "3000").text(SLOPE, "DS",
		"-10").element(PIXELS, "OB", Bytes.of(100, 200)).file()));
		// Hounsfield units, kept as ImageJ keeps signed values.
		assertArrayEquals(new short[] { (short) (32768 - 1024), (short) (32768 + 976) }, shorts(pair(EXPLICIT, 16, 12, 11, 0).text(INTERCEPT,
		"DS", "-1024").text(SLOPE, "DS", "1").words(PIXELS, 0, 2000).file()));
		var fraction = open(pair(EXPLICIT, 16, 16, 15, 0).text(INTERCEPT, "DS", "-100").text(SLOPE, "DS", "2.5").words(PIXELS, 3, 101).file(),
			"a.dcm");
		assertArrayEquals(new float[] { -92.5f, 152.5f }, (float[]) plane(fraction, 0));
		assertNull(fraction.details().range());
		var table = new DicomBytes(EXPLICIT).shorts(0x00283002, 3, 10, 16).words(0x00283006, 500, 700, 60000);
		assertArrayEquals(new short[] { 500, (short) 60000 }, shorts(pair(EXPLICIT, 8, 8, 7, 0).sequence(0x00283000, table).element(PIXELS,
			"OB", Bytes.of(2, 12)).file()));
		assertTrue(refusal(pair(EXPLICIT, 8, 8, 7, 0).text(SLOPE, "DS", "0").element(PIXELS, "OB", Bytes.of(1, 2)).file(), "a.dcm").startsWith(
			"has the rescale slope 0"));
	}

	/** LINEAR is black up to c - 0.5 - (w - 1) / 2, and white from c - 0.5 + (w - 1) / 2 on; LINEAR_EXACT is c - w / 2 to c + w / 2. */
	@ParameterizedTest
	@CsvSource({ "2000\\500, 2000\\100, LINEAR, 1000, 2999", "128, 256, LINEAR, 0, 255", "500, 1000, LINEAR_EXACT, 0, 1000" })
	public void theFirstWindowIsTheRange(String center, String width, String function, double min, double max) throws IOException {
		var file = pair(EXPLICIT, 16, 12, 11, 0).text(CENTER, "DS", center).text(WIDTH, "DS", width).text(FUNCTION, "CS",
			function).words(PIXELS, 1, 2).file();
		assertEquals(GrayMapping.range(min, max), open(file, "a.dcm").details().range());
	}

	/** Of the values, not of the bits that are stored: 32768 more. */
	@Test
	public void theRangeIsThatOfTheValues() throws IOException {
		var file = pair(EXPLICIT, 16, 12, 11, 1).text(CENTER, "DS", "0").text(WIDTH, "DS", "4000").words(PIXELS, 1, 2).file();
		assertEquals(GrayMapping.range(32768 - 2000, 32768 + 1999), open(file, "a.dcm").details().range());
	}

	/** 1 / (1 + e^(-4 (x - c) / w)): a half at the centre, 1 / (1 + e^-4) at c + w. */
	@Test
	public void whatIsNoRangeIsAppliedAndSaid() throws IOException {
		var sigmoid = open(pair(EXPLICIT, 16, 12, 11, 0).text(CENTER, "DS", "2000").text(WIDTH, "DS", "500").text(FUNCTION, "CS",
			"SIGMOID").words(PIXELS, 2000, 2500).file(), "a.dcm");
		assertArrayEquals(new short[] { (short) 32768, (short) Math.round(65535 / (1 + Math.exp(-4))) }, (short[]) plane(sigmoid, 0));
		assertEquals(List.of("The gray values are those that are shown by the window of the function SIGMOID."), sigmoid.details().said());
		var table = new DicomBytes(EXPLICIT).shorts(0x00283002, 4, 100, 8).words(0x00283006, 0, 51, 102, 255);
		var shown = open(pair(EXPLICIT, 16, 12, 11, 0).sequence(0x00283010, table).words(PIXELS, 101, 4000).file(), "a.dcm");
		assertArrayEquals(new short[] { 65535 / 5, (short) 65535 }, (short[]) plane(shown, 0));
		assertEquals(GrayMapping.range(0, 65535), shown.details().range());
	}

	@Test
	public void everyFrameHasItsOwnSlope() throws IOException {
		var groups = new DicomBytes[3];
		for (int i = 0; i < 3; i++)
			groups[i] = new DicomBytes(EXPLICIT).sequence(0x00289145, new DicomBytes(EXPLICIT).text(INTERCEPT, "DS", "0").text(SLOPE, "DS", "" +
			(i + 1)));
		var file = new DicomBytes(EXPLICIT).shorts(0x00280002, 1).text(0x00280004, "CS", "MONOCHROME2").text(0x00280008, "IS",
			"3").shorts(0x00280010, 1)
			.shorts(0x00280011, 2).shorts(0x00280100, 16).shorts(0x00280101, 12).shorts(0x00280102, 11).shorts(0x00280103, 0).sequence(0x52009230,
			groups).words(PIXELS, 10, 20, 10, 20, 10, 20).file();
		var image = open(file, "a.dcm");
		assertEquals(3, image.layout().slices());
		for (int i = 0; i < 3; i++)
			assertArrayEquals(new short[] { (short) (10 * (i + 1)), (short) (20 * (i + 1)) }, (short[]) plane(image, i));
	}

	/** What is the smallest is white; the shape of the presentation says more than the interpretation. */
	@ParameterizedTest
	@CsvSource({ "MONOCHROME1, , true", "MONOCHROME2, , false", "MONOCHROME2, INVERSE, true", "MONOCHROME1, IDENTITY, false",
		"MONOCHROME1, INVERSE, true" })
	public void itIsSaidWhatIsWhite(String photometric, String shape, boolean inverted) throws IOException {
		var file = new DicomBytes(EXPLICIT).shorts(0x00280002, 1).text(0x00280004, "CS", photometric).shorts(0x00280010, 1).shorts(0x00280011,
			2).shorts(0x00280100, 8).shorts(0x00280101, 8).shorts(0x00280102, 7).shorts(0x00280103, 0);
		if (shape != null) file.text(0x20500020, "CS", shape);
		var image = open(file.element(PIXELS, "OB", Bytes.of(3, 200)).file(), "a.dcm");
		assertArrayEquals(Bytes.of(3, 200), (byte[]) plane(image, 0));
		if (inverted) assertNotNull(image.details().lut());
		else assertNull(image.details().lut());
	}

	@Test
	public void coloursAreThoseOfTheInterpretation() throws IOException {
		var rgb = new int[] { 0xff010203, 0xff040506 };
		assertArrayEquals(rgb, (int[]) plane(open(colours("RGB", 3, 0).element(PIXELS, "OB", Bytes.of(1, 2, 3, 4, 5, 6)).file(), "a.dcm"), 0));
		assertArrayEquals(rgb, (int[]) plane(open(colours("RGB", 3, 1).element(PIXELS, "OB", Bytes.of(1, 4, 2, 5, 3, 6)).file(), "a.dcm"), 0));
		// Red has Y 76, Cb 85, Cr 255 (JFIF), which is 254, 0, 0.
		assertArrayEquals(new int[] { 0xfffe0000, 0xff808080 }, (int[]) plane(open(colours("YBR_FULL", 3, 0).element(PIXELS, "OB", Bytes.of(76,
		85, 255, 128, 128, 128)).file(), "a.dcm"), 0));
		// The second pixel has Y 0 and the chroma of the first: 1.402 * 127 = 178 red, the others below 0.
		assertArrayEquals(new int[] { 0xfffe0000, 0xffb20000 }, (int[]) plane(open(colours("YBR_FULL_422", 3, 0).element(PIXELS, "OB",
		Bytes.of(76, 0, 85, 255)).file(), "a.dcm"), 0));
	}

	@Test
	public void paletteEntriesAreColours() throws IOException {
		var file = colours("PALETTE COLOR", 1, 0);
		for (int i = 0; i < 3; i++)
			file.shorts(0x00281101 + i, 3, 5, 16);
		for (int i = 0; i < 3; i++)
			file.words(0x00281201 + i, 0x1000 + (i << 8), 0x2000, 0xff00);
		assertArrayEquals(new int[] { 0xff101112, 0xffffffff }, (int[]) plane(open(file.element(PIXELS, "OB", Bytes.of(4, 9)).file(), "a.dcm"),
			0));
	}

	/** One segment a byte of the value, the higher one first: 0x01, 0x01 as a run of two, 0x2c, 0x2d as they are. */
	@Test
	public void runLengthsAreUnpacked() throws IOException {
		var frame = new Bytes(ByteOrder.LITTLE_ENDIAN).ints(2, 64, 66).bytes(new byte[52]).bytes(Bytes.of(-1, 1, 1, 0x2c, 0x2d, 0)).all();
		assertArrayEquals(new short[] { 0x12c, 0x12d }, shorts(pair(RUN_LENGTHS, 16, 16, 15, 0).parts(frame).file()));
		frame[0] = 3;
		assertTrue(refusal(pair(RUN_LENGTHS, 16, 16, 15, 0).parts(frame).file(), "a.dcm").contains("has not the 2 run-length segments"));
	}

	@Test
	public void baselineJpegIsUnpacked() throws IOException {
		var gray = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_GRAY);
		gray.getRaster().setPixels(0, 0, 2, 1, new int[] { 200, 200 });
		var jpeg = new ByteArrayOutputStream();
		ImageIO.write(gray, "jpeg", jpeg);
		var file = pair("1.2.840.10008.1.2.4.50", 8, 8, 7, 0).parts(jpeg.toByteArray()).file();
		var pixels = (byte[]) plane(open(file, "a.dcm"), 0);
		assertEquals(200, pixels[0] & 255, 2);
	}

	@Test
	public void thePixelSpacingIsTheCalibration() throws IOException {
		var file = new DicomBytes(EXPLICIT).shorts(0x00280002, 1).text(0x00280004, "CS", "MONOCHROME2").shorts(0x00280010,
			1).shorts(0x00280011, 2).text(
			0x00280030, "DS", "0.5\\0.25").shorts(0x00280100, 8).shorts(0x00280101, 8).shorts(0x00280102, 7).shorts(0x00280103, 0).element(PIXELS,
			"OB", Bytes.of(3, 200)).file();
		var calibration = open(file, "a.dcm").details().calibration();
		assertEquals(0.25, calibration.pixelWidth);
		assertEquals(0.5, calibration.pixelHeight);
		assertEquals("mm", calibration.getUnit());
	}

	@Test
	public void whatCannotBeReadIsSaidInASentence() {
		var whole = pair(EXPLICIT, 16, 12, 11, 0).words(PIXELS, 1, 2).file();
		int n = whole.length;
		assertEquals("is damaged: it has " + (n - 1) + " bytes, and its pixels end at " + n + "; copy it again.", refusal(Arrays.copyOf(whole,
			n - 1), "a.dcm"));
		assertTrue(refusal(Arrays.copyOf(whole, n - 16), "a.dcm").contains("ends before its pixels"));
		assertTrue(refusal(pair("1.2.840.10008.1.2.4.90", 8, 8, 7, 0).parts(new byte[4]).file(), "a.dcm").startsWith(
			"is compressed DICOM (JPEG 2000), which is not read here; decompress it"));
		assertTrue(refusal(new DicomBytes(EXPLICIT).text(0x00080060, "CS", "SR").file(), "a.dcm").startsWith("is a DICOM file without an image"));
		assertTrue(refusal(colours("HSV", 3, 0).element(PIXELS, "OB", new byte[6]).file(), "a.dcm").contains("the photometric interpretation \"HSV\""));
	}
}
