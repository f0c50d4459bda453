package io.github.densecolorize.open;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Rectangle;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import ij.IJ;
import ij.ImagePlus;
import ij.ImageStack;
import ij.gui.Overlay;
import ij.gui.Roi;
import ij.io.FileSaver;
import ij.measure.Calibration;
import ij.process.ByteProcessor;
import ij.process.ColorProcessor;

public class ImageFilesTest {

	@TempDir
	Path folder;

	private static ImagePlus open(Path file) throws IOException {
		return ImageFiles.open(file, sentence -> {});
	}

	@ParameterizedTest
	@ValueSource(strings = { "tif", "png", "jpg", "gif", "bmp", "pgm", "fits" })
	public void opensWhatImageJOpens(String extension) throws IOException {
		var ip = new ByteProcessor(5, 3);
		ip.set(2, 1, 200);
		var file = folder.resolve("ein bild µ." + extension);
		var saver = new FileSaver(new ImagePlus("bild", ip));
		assertTrue(switch (extension) {
			case "tif" -> saver.saveAsTiff(file.toString());
			case "png" -> saver.saveAsPng(file.toString());
			case "jpg" -> saver.saveAsJpeg(file.toString());
			case "gif" -> saver.saveAsGif(file.toString());
			case "bmp" -> saver.saveAsBmp(file.toString());
			case "pgm" -> saver.saveAsPgm(file.toString());
			default -> saver.saveAsFits(file.toString());
		});
		var image = open(file);
		assertEquals(5, image.getWidth());
		assertEquals(3, image.getHeight());
	}

	/** ImageJ itself forgets the first three where it leaves the slices on the disk. */
	@ParameterizedTest
	@ValueSource(longs = { 0, Long.MAX_VALUE })
	public void selectionOverlayAndPropertiesAreThereWhereverTheSlicesAre(long inMemory) throws IOException {
		var stack = new ImageStack(20, 10);
		for (int i = 1; i <= 3; i++)
			stack.addSlice("slice " + i, new ByteProcessor(20, 10));
		var written = new ImagePlus("stack", stack);
		written.setRoi(new Roi(2, 3, 4, 5));
		written.setOverlay(new Overlay(new Roi(1, 1, 6, 7)));
		written.setProp("Sample", "liver");
		var file = folder.resolve("stack.tif");
		assertTrue(new FileSaver(written).saveAsTiffStack(file.toString()));
		var image = ImageFiles.open(file, sentence -> {}, inMemory);
		assertEquals(inMemory == 0, image.getStack().isVirtual());
		assertEquals(new Rectangle(2, 3, 4, 5), image.getRoi().getBounds());
		assertEquals(new Rectangle(1, 1, 6, 7), image.getOverlay().get(0).getBounds());
		assertEquals("liver", image.getProp("Sample"));
		assertEquals("slice 2", image.getStack().getSliceLabel(2));
	}

	/** 1,000 zeros, packed to a few bytes. */
	@Test
	public void whatUnpacksToTooMuchIsRefused() throws IOException {
		var packed = new ByteArrayOutputStream();
		try (var out = new DeflaterOutputStream(packed)) {
			out.write(new byte[1000]);
		}
		assertEquals(1000, Unpacked.of(new InflaterInputStream(new ByteArrayInputStream(packed.toByteArray())), 1001).length());
		var refusal = assertThrows(Refusal.class, () -> Unpacked.of(new InflaterInputStream(new ByteArrayInputStream(packed.toByteArray())), 1000));
		assertTrue(refusal.getMessage().contains("unpacks to 1000 bytes or more"), refusal.getMessage());
	}

	/** The faster way of reading JPEG gives what ImageJ's own does. */
	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	public void jpegIsReadAsImageJReadsIt(boolean colour) throws IOException {
		var ip = colour ? new ColorProcessor(24, 16) : new ByteProcessor(24, 16);
		for (int i = 0; i < 24 * 16; i++)
			ip.set(i, colour ? 0x123457 * i : i % 256);
		var file = folder.resolve("photo.jpg");
		new FileSaver(new ImagePlus("photo", ip)).saveAsJpeg(file.toString());
		ImagePlus wanted = IJ.openImage(file.toString()), found = open(file);
		assertEquals(wanted.getTitle(), found.getTitle());
		assertEquals(colour ? ImagePlus.COLOR_RGB : ImagePlus.GRAY8, found.getType());
		assertArrayEquals((int[]) wanted.getProcessor().convertToRGB().getPixels(), (int[]) found.getProcessor().convertToRGB().getPixels());
	}

	@ParameterizedTest
	@ValueSource(longs = { 0, Long.MAX_VALUE })
	public void largeStackStaysOnDisk(long inMemory) throws IOException {
		var stack = new ImageStack(4, 4);
		for (int i = 1; i <= 6; i++) {
			stack.addSlice("slice " + i, new ByteProcessor(4, 4));
			stack.getProcessor(i).set(1, 2, 10 * i);
		}
		var saved = new ImagePlus("stack", stack);
		saved.setDimensions(1, 3, 2);
		saved.setOpenAsHyperStack(true);
		saved.getCalibration().setUnit("nm");
		saved.getCalibration().pixelWidth = 80;
		new FileSaver(saved).saveAsTiffStack(folder.resolve("stack.tif").toString());
		var image = ImageFiles.open(folder.resolve("stack.tif"), sentence -> {}, inMemory);
		assertEquals(inMemory == 0, image.getStack().isVirtual());
		assertArrayEquals(new int[] { 4, 4, 1, 3, 2 }, image.getDimensions());
		assertEquals(60, image.getStack().getProcessor(6).get(1, 2));
		assertEquals("slice 6", image.getStack().getSliceLabel(6));
		assertEquals(0.08, PixelSize.micrometres(image.getCalibration()), 1e-9);
	}

	/** Twelve planes that ImageJ did not write itself. */
	@Test
	public void whatStaysOnDiskIsTheSame() throws IOException {
		var file = Path.of("src/test/resources/files/ij-cp-zip2.tif");
		ImagePlus there = ImageFiles.open(file, sentence -> {}, 0), here = open(file);
		assertTrue(there.getStack().isVirtual() && !here.getStack().isVirtual());
		assertArrayEquals(here.getDimensions(), there.getDimensions());
		for (int n = 1; n <= 12; n++)
			assertArrayEquals((byte[]) here.getStack().getPixels(n), (byte[]) there.getStack().getPixels(n));
	}

	@ParameterizedTest
	@CsvSource({ "notes.txt, hello", "table.csv, 'a,b'", "empty.tif, ''", "broken.tif, II*", "broken.png, nonsense", "broken.dcm, x",
		"noextension, text", "regions.roi, Iout" })
	public void refusesWhatIsNoImage(String name, String content) throws IOException {
		var file = Files.writeString(folder.resolve(name), content);
		var refusal = assertThrows(IOException.class, () -> open(file));
		assertTrue(refusal.getMessage().contains(file.toString()), refusal.getMessage());
	}

	/** ImageJ opens some of these, with black for what is missing. */
	@ParameterizedTest
	@ValueSource(strings = { "plane.tif", "stack.tif", "photo.jpg", "photo.png" })
	public void refusesHalfAFile(String name) throws IOException {
		var whole = folder.resolve("whole-" + name);
		var saver = new FileSaver(IJ.createImage("noise", name.startsWith("photo") ? "RGB noise" : "16-bit noise", 64, 48, name.startsWith(
			"stack") ? 4 : 1));
		assertTrue(name.endsWith("jpg") ? saver.saveAsJpeg(whole.toString()) : name.endsWith("png") ? saver.saveAsPng(whole.toString()) : name
			.startsWith("stack") ? saver.saveAsTiffStack(whole.toString()) : saver.saveAsTiff(whole.toString()));
		assertEquals(64, open(whole).getWidth());
		var bytes = Files.readAllBytes(whole);
		var half = Files.write(folder.resolve(name), Arrays.copyOf(bytes, bytes.length * 6 / 10));
		var refusal = assertThrows(IOException.class, () -> open(half));
		assertTrue(refusal.getMessage().contains(half.toString()), refusal.getMessage());
	}

	/** In the file a pixel has one bit, and in ImageJ's memory a byte. */
	@Test
	public void opensOneBitAPixel() throws IOException {
		var tiff = ByteBuffer.allocate(8 + 2 + 8 * 12 + 4 + 6).order(ByteOrder.LITTLE_ENDIAN).put("II*\0".getBytes()).putInt(8);
		// Width, height, bits, no compression, black is 0, where the pixels are, rows, bytes.
		int[][] entries = { { 256, 16 }, { 257, 3 }, { 258, 1 }, { 259, 1 }, { 262, 1 }, { 273, 110 }, { 278, 3 }, { 279, 6 } };
		tiff.putShort((short) entries.length);
		for (var entry : entries)
			tiff.putShort((short) entry[0]).putShort((short) 4).putInt(1).putInt(entry[1]);
		tiff.putInt(0).put(new byte[] { 0, 0, (byte) 0x80, 1, 0, 0 });
		var image = open(Files.write(folder.resolve("bits.tif"), tiff.array()));
		assertArrayEquals(new int[] { 255, 0, 255 }, new int[] { image.getProcessor().get(0, 1), image.getProcessor().get(1, 1), image
			.getProcessor().get(15, 1) });
		assertThrows(IOException.class, () -> open(Files.write(folder.resolve("half.tif"), Arrays.copyOf(tiff.array(), 113))));
	}

	@Test
	public void refusesWhatIsNotThere() {
		assertTrue(assertThrows(IOException.class, () -> open(folder.resolve("none.tif"))).getMessage().contains("does not exist"));
		assertTrue(assertThrows(IOException.class, () -> open(folder)).getMessage().contains("is a folder"));
	}

	@ParameterizedTest
	@CsvSource({ "nm, 250, 0.25", "um, 2, 2", "µm, 2, 2", "\u03bcm, 2, 2", "micron, 2, 2", "microns, 2, 2", "mm, 0.5, 500", "cm, 0.00847, 0",
		"cm, 0.0001, 1", "inch, 0.00001, 0.254", "m, 1, 1000000", "pixel, 1, 0", "inch, 0.01, 0", "parsec, 3, 0", "um, 0, 0", "um, NaN, 0" })
	public void pixelSizeIsInMicrometres(String unit, double width, double micrometres) {
		var calibration = new Calibration();
		calibration.setUnit(unit);
		calibration.pixelWidth = width;
		assertEquals(micrometres, PixelSize.micrometres(calibration), 1e-9 * micrometres);
	}
}
