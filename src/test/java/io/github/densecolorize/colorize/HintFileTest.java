package io.github.densecolorize.colorize;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import ij.IJ;
import ij.ImagePlus;
import ij.gui.EllipseRoi;
import ij.gui.ImageRoi;
import ij.gui.Line;
import ij.gui.OvalRoi;
import ij.gui.PointRoi;
import ij.gui.PolygonRoi;
import ij.gui.Roi;
import ij.gui.ShapeRoi;
import ij.gui.TextRoi;
import ij.io.RoiDecoder;
import ij.io.RoiEncoder;
import ij.process.ColorProcessor;

import io.github.densecolorize.Hint;
import io.github.densecolorize.Hint.Run;

public class HintFileTest {

	/** a* and b* of sRGB's red under D65, as tables of L*a*b* have them. */
	private static final float RED_A = 80.09f, RED_B = 67.20f;

	private final ImagePlus image = IJ.createImage("gray", 20, 12, 5, 8);
	private final List<String> said = new ArrayList<>();
	@TempDir
	private Path folder;

	@Test
	public void aTableHasAHintInEachLine() throws IOException {
		var hints = read(write("dots.csv", "x,y,slice,r,g,b\n3,4,2,255,0,0\n\n19,11,0,10,10,10\n"));
		assertEquals(2, hints.size());
		assertEquals(1, hints.get(0).plane());
		assertEquals(RED_A, hints.get(0).a(), 0.02);
		assertEquals(RED_B, hints.get(0).b(), 0.02);
		assertEquals(List.of(new Run(4, 3, 3)), hints.get(0).runs());
		assertEquals("hint in line 2 (dots.csv)", hints.get(0).name());
		assertEquals(new Hint(Hint.ALL, 0, 0, List.of(new Run(11, 19, 19)), "hint in line 4 (dots.csv)"), hints.get(1));
	}

	/** A spreadsheet's mark at the beginning, carriage returns, spaces, quotes, and whole numbers with decimals. */
	@Test
	public void aTableMayComeFromASpreadsheet() throws IOException {
		var hints = read(write("dots.CSV", "\u00ef\u00bb\u00bf\"X\",\"y\", Slice,r,g,B\r\n3.0,4, 5 ,255,0.00,0\r\n"));
		assertEquals(4, hints.get(0).plane());
		assertEquals(List.of(new Run(4, 3, 3)), hints.get(0).runs());
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
		x;y;slice;r;g;b/3;4;2;255;0;0 | begins with the line "x;y;slice;r;g;b"; must begin with x,y,slice,r,g,b.
		3,4,2,255,0,0 | begins with the line "3,4,2,255,0,0"; must begin with x,y,slice,r,g,b.
		x,y,slice,r,g,b | has no hint below its header; add a line for each, or choose hints=none.
		x,y,slice,r,g,b//3,4,2,255,0 | has 5 cells in line 3; must be the 6 of x,y,slice,r,g,b.
		x,y,slice,r,g,b/3,4,2,255,0,0, | has 7 cells in line 2; must be the 6 of x,y,slice,r,g,b.
		x,y,slice,r,g,b/3,four,2,255,0,0 | has y "four" in line 2; must be a whole number from 0 on.
		x,y,slice,r,g,b/3.5,4,2,255,0,0 | has x "3.5" in line 2; must be a whole number from 0 on.
		x,y,slice,r,g,b/-1,4,2,255,0,0 | has x "-1" in line 2; must be a whole number from 0 on.
		x,y,slice,r,g,b/3,4,-1,255,0,0 | has slice "-1" in line 2; must be a whole number from 0 on.
		x,y,slice,r,g,b/99999999999,4,2,255,0,0 | has x "99999999999" in line 2; must be a whole number from 0 on.
		x,y,slice,r,g,b/NaN,4,2,255,0,0 | has x "NaN" in line 2; must be a whole number from 0 on.
		x,y,slice,r,g,b/3,4,2,256,0,0 | has r "256" in line 2; must be a whole number from 0 to 255.
		x,y,slice,r,g,b/3,4,2,255,0, | has b "" in line 2; must be a whole number from 0 to 255.
		""")
	public void aTableThatIsWrittenWrongIsRefused(String text, String why) throws IOException {
		var file = write("dots.csv", text.replace('/', '\n'));
		assertEquals("File " + file + " " + why, assertThrows(IOException.class, () -> read(file)).getMessage());
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
		20,4,2 | lies at x 20, y 4, and the image has 20 x 12 pixels, none of which is covered; move it into the image, or delete it.
		3,4,6 | is on slice 6; the image has 1 to 5, so move it to another slice, or delete it.
		""")
	public void aLineThatDoesNotFitTheImageIsRefused(String place, String why) throws IOException {
		var file = write("dots.csv", "x,y,slice,r,g,b\n" + place + ",255,0,0");
		assertEquals("Hint in line 2 (dots.csv) " + why, assertThrows(IllegalArgumentException.class, () -> read(file)).getMessage());
	}

	@Test
	public void twoColoursOnOnePixelAreRefused() throws IOException {
		var file = write("dots.csv", "x,y,slice,r,g,b\n3,4,2,255,0,0\n3,4,1,0,0,255\n3,4,0,0,0,255");
		assertEquals("At x 3, y 4, hint in line 2 (dots.csv) and hint in line 4 (dots.csv) want different colours; move or delete one of them.", assertThrows(
			IllegalArgumentException.class, () -> read(file)).getMessage());
	}

	@Test
	public void aTableWithTooManyLinesIsRefused() throws IOException {
		var file = write("dots.csv", "x,y,slice,r,g,b\n" + "3,4,2,255,0,0\n".repeat(100_001));
		assertEquals("File " + file + " has more than 100000 hints; use fewer.", assertThrows(IOException.class, () -> read(file)).getMessage());
	}

	@ParameterizedTest
	@ValueSource(strings = { "dots.csv", "dots.roi", "dots.zip" })
	public void aFileThatIsMissingOrTooLargeIsRefused(String name) throws IOException {
		var file = folder.resolve(name);
		assertEquals("File " + file + " does not exist; give one with hints, or choose hints=none.", assertThrows(IOException.class, () -> read(file))
			.getMessage());
		try (var large = new RandomAccessFile(file.toFile(), "rw")) {
			large.setLength(67108865);
		}
		assertEquals("File " + file + " has 67108865 bytes; hints must have at most 67108864, so divide it or use fewer hints.", assertThrows(
			IOException.class, () -> read(file)).getMessage());
		Files.delete(file);
		Files.createDirectory(file);
		assertEquals("File " + file + " is no file; give one with hints, or choose hints=none.", assertThrows(IOException.class, () -> read(file))
			.getMessage());
	}

	@Test
	public void aRoiIsReadWithItsColourNameAndSlice() throws IOException {
		var roi = coloured(new PolygonRoi(new float[] { 3, 9 }, new float[] { 7, 7 }, 2, Roi.POLYLINE));
		roi.setStrokeWidth(3);
		roi.setName("rim");
		roi.setPosition(4);
		var hints = read(write("line.roi", RoiEncoder.saveAsByteArray(roi)));
		assertEquals(1, hints.size());
		assertEquals(3, hints.get(0).plane());
		assertEquals(RED_B, hints.get(0).b(), 0.02);
		assertEquals(List.of(new Run(6, 2, 10), new Run(7, 2, 10), new Run(8, 2, 10)), hints.get(0).runs());
		assertEquals("hint 1 \"rim\" (line.roi)", hints.get(0).name());
	}

	@Test
	public void eachPointOfAFileHasItsOwnSlice() throws IOException {
		var points = (PointRoi) coloured(new PointRoi());
		image.setSlice(2);
		points.addPoint(image, 3, 4);
		image.setSlice(5);
		points.addPoint(image, 8, 5);
		assertEquals(List.of(1, 4), read(write("points.roi", RoiEncoder.saveAsByteArray(points))).stream().map(Hint::plane).toList());
	}

	/** The contents of text and image are not read, but they are counted. */
	@Test
	public void anArchiveHasAHintForEachRoi() throws IOException {
		var file = zip("rois.zip", "a.roi", RoiEncoder.saveAsByteArray(new TextRoi(1, 1, "10 um")), "b.roi", RoiEncoder.saveAsByteArray(new ImageRoi(0, 0,
			new ColorProcessor(3, 3))), "readme.txt", new byte[10], "c.roi", RoiEncoder.saveAsByteArray(coloured(new Roi(3, 4, 2, 1))));
		assertEquals(List.of("hint 3 \"c\" (rois.zip)"), read(file).stream().map(Hint::name).toList());
		assertEquals(List.of("Texts, arrows, images, angles and scale bars are no hints; 2 of the 3 ROIs (rois.zip) are left out."), said);
	}

	@Test
	public void aSplineIsASplineAgain() throws IOException {
		var spline = new PolygonRoi(new float[] { 1, 5, 9 }, new float[] { 1, 9, 1 }, 3, Roi.POLYLINE);
		spline.fitSpline(100);
		coloured(spline);
		assertEquals(RoiPixels.ofLine(spline, 20, 12), read(write("spline.roi", RoiEncoder.saveAsByteArray(spline))).get(0).runs());
	}

	@Test
	public void filesWithoutHintsAreRefused() throws IOException {
		var text = write("text.roi", RoiEncoder.saveAsByteArray(new TextRoi(1, 1, "10 um")));
		assertEquals("File " + text + " has no ROI that is a hint; add some, or choose hints=none.", assertThrows(IllegalArgumentException.class, () -> read(
			text)).getMessage());
		var empty = zip("empty.zip", "readme.txt", new byte[10]);
		assertEquals("File " + empty + " holds no ROI of ImageJ; save ROIs in it with the ROI Manager (More, Save).", assertThrows(IOException.class,
			() -> read(empty)).getMessage());
	}

	@Test
	public void damagedFilesAreRefused() throws IOException {
		var roi = RoiEncoder.saveAsByteArray(coloured(new Roi(3, 4, 2, 1)));
		var cut = write("cut.roi", Arrays.copyOf(roi, 50));
		assertEquals("File " + cut + " is damaged: cut.roi is no ROI of ImageJ, or not all of one; save it again.", assertThrows(IOException.class,
			() -> read(cut)).getMessage());
		var other = write("other.roi", "x".repeat(200));
		assertThrows(IOException.class, () -> read(other));
		var inside = zip("inside.zip", "a.roi", roi, "b.roi", Arrays.copyOf(roi, 50));
		assertEquals("File " + inside + " is damaged: b.roi is no ROI of ImageJ, or not all of one; save it again.", assertThrows(IOException.class,
			() -> read(inside)).getMessage());
		var whole = Files.readAllBytes(zip("whole.zip", "a.roi", new byte[1000]));
		var archive = write("archive.zip", Arrays.copyOf(whole, 40));
		assertTrue(assertThrows(IOException.class, () -> read(archive)).getMessage().startsWith("File " + archive + " is damaged ("));
	}

	/** 64 MB of zeros are packed into 64 kB. */
	@Test
	public void anArchiveThatUnpacksToTooMuchIsRefused() throws IOException {
		var file = zip("bomb.zip", "a.txt", new byte[40 << 20], "b.txt", new byte[40 << 20]);
		assertEquals("File " + file + " has more than 67108864 bytes when unpacked; use fewer or simpler ROIs.", assertThrows(IOException.class, () -> read(file))
			.getMessage());
	}

	/** Each of these numbers would make the reader ask for gigabytes. */
	@ParameterizedTest
	@ValueSource(ints = { RoiDecoder.SIZE, RoiDecoder.SHAPE_ROI_SIZE, -RoiDecoder.NAME_LENGTH, -RoiDecoder.ROI_PROPS_LENGTH })
	public void aRoiThatSaysThatItIsHugeIsRefused(int offset) throws IOException {
		var roi = coloured(new PolygonRoi(new float[] { 3, 9, 9 }, new float[] { 7, 7, 9 }, 3, Roi.POLYGON));
		roi.setName("rim");
		roi.setProperty("key", "value");
		var bytes = ByteBuffer.wrap(RoiEncoder.saveAsByteArray(roi));
		if (offset == RoiDecoder.SIZE) bytes.putShort(RoiDecoder.N_COORDINATES, (short) 0);
		bytes.putInt(offset > 0 ? offset : bytes.getInt(RoiDecoder.HEADER2_OFFSET) - offset, 0x40000001);
		var refusal = assertThrows(IOException.class, () -> RoiFile.read(bytes.array(), "huge.roi"));
		assertEquals("It says that it has 1073741825 elements.", refusal.getCause().getMessage());
	}

	@Test
	public void aSplineOfEndlessLengthIsRefused() {
		var spline = new PolygonRoi(new float[] { 1, 5, 9 }, new float[] { 1, 9, 1 }, 3, Roi.POLYLINE);
		spline.fitSpline(100);
		var bytes = ByteBuffer.wrap(RoiEncoder.saveAsByteArray(spline));
		bytes.putFloat(RoiDecoder.COORDINATES + 4 * 3 + 4, 1e30f);
		var refusal = assertThrows(IOException.class, () -> RoiFile.read(bytes.array(), "spline.roi"));
		assertEquals("It is longer than 1000000.0 pixels.", refusal.getCause().getMessage());
	}

	/** Whatever is in a file, the end is a list of hints or a sentence. */
	@Test
	public void noFileEndsInAnotherException() throws IOException {
		var spline = new PolygonRoi(new float[] { 1, 5, 9 }, new float[] { 1, 9, 1 }, 3, Roi.POLYLINE);
		spline.fitSpline(100);
		var shapes = List.of(new Roi(3, 4, 2, 1), new OvalRoi(3, 4, 5, 5), new Line(3, 4, 9, 9), spline, new PointRoi(new int[] { 3, 5 }, new int[] { 4, 5 },
			2), new ShapeRoi(new Roi(1, 1, 9, 5)).not(new ShapeRoi(new Roi(4, 3, 2, 1))), new EllipseRoi(3, 3, 9, 9, 0.5), new TextRoi(1, 1, "10 um"));
		var random = new Random(1);
		int read = 0, refused = 0;
		for (int round = 0; round < 3000; round++) {
			var bytes = RoiEncoder.saveAsByteArray(coloured((Roi) shapes.get(round % shapes.size()).clone()));
			int group = ByteBuffer.wrap(bytes).getInt(RoiDecoder.HEADER2_OFFSET) + RoiDecoder.GROUP;
			for (int i = random.nextInt(4); i >= 0; i--)
				bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
			// For the colour of a group, ImageJ looks for a file, and complains that it is not there.
			bytes[group] = 0;
			var file = write("some.roi", bytes);
			try {
				assertNotNull(read(file));
				read++;
			}
			catch (IOException | IllegalArgumentException e) {
				assertNotNull(e.getMessage());
				refused++;
			}
		}
		assertTrue(read > 300 && refused > 300, read + " read, " + refused + " refused");
	}

	private static Roi coloured(Roi roi) {
		roi.setStrokeColor(Color.RED);
		return roi;
	}

	private List<Hint> read(Path file) throws IOException {
		return HintSource.of(file.toString()).read(image, said::add);
	}

	private Path write(String name, String text) throws IOException {
		return write(name, text.getBytes(StandardCharsets.ISO_8859_1));
	}

	private Path write(String name, byte[] bytes) throws IOException {
		return Files.write(folder.resolve(name), bytes);
	}

	private Path zip(String name, Object... namesAndBytes) throws IOException {
		var file = folder.resolve(name);
		try (var zip = new ZipOutputStream(Files.newOutputStream(file))) {
			for (int i = 0; i < namesAndBytes.length; i += 2) {
				zip.putNextEntry(new ZipEntry((String) namesAndBytes[i]));
				zip.write((byte[]) namesAndBytes[i + 1]);
			}
		}
		return file;
	}
}
