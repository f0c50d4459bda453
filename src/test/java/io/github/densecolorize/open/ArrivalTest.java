package io.github.densecolorize.open;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import ij.CompositeImage;
import ij.IJ;
import ij.ImagePlus;
import ij.gui.Overlay;
import ij.gui.Roi;
import ij.io.FileSaver;
import ij.process.LUT;

/** Files of which bytes arrive when they are needed. */
public class ArrivalTest {

	private static final int WIDTH = 50, HEIGHT = 40, SLICES = 6;

	@TempDir
	Path folder;

	private static ImagePlus open(ImageFile file) throws IOException {
		return ImageFiles.openByRegions(file, sentence -> {});
	}

	/** Two channels, three frames, everything that ImageJ stores beside the pixels; the last slice begins with 6, 6 + 1, ... */
	private Path hyperstack() throws IOException {
		var image = IJ.createImage("", "16-bit black", WIDTH, HEIGHT, SLICES);
		for (int n = 1; n <= SLICES; n++) {
			for (int i = 0; i < WIDTH * HEIGHT; i++)
				image.getStack().getProcessor(n).set(i, n + i);
			image.getStack().setSliceLabel("slice " + n, n);
		}
		image.setDimensions(2, 1, 3);
		var composite = new CompositeImage(image, CompositeImage.COLOR);
		composite.setLuts(new LUT[] { LUT.createLutFromColor(java.awt.Color.CYAN), LUT.createLutFromColor(java.awt.Color.RED) });
		composite.setC(2);
		composite.setDisplayRange(20, 900);
		composite.setRoi(new Roi(2, 3, 4, 5));
		composite.setOverlay(new Overlay(new Roi(1, 1, 6, 7)));
		composite.setProp("Sample", "liver");
		composite.getCalibration().setUnit("um");
		composite.getCalibration().pixelWidth = 0.5;
		var file = folder.resolve("stack.tif");
		assertTrue(new FileSaver(composite).saveAsTiffStack(file.toString()));
		return file;
	}

	/** The slices are in the middle of the file: those that are not looked at don't arrive, but for the first. */
	@Test
	public void ofAStackOfImageJsOnlyTheSlicesArriveThatAreLookedAt() throws IOException {
		var file = hyperstack();
		var arriving = new ArrivingFile(file);
		var image = open(arriving.file());
		int plane = 2 * WIDTH * HEIGHT, first = image.getOriginalFileInfo().offset;
		var slice = image.getStack().getProcessor(5);
		assertArrayEquals(IntStream.range(5, 5 + WIDTH).toArray(), IntStream.range(0, WIDTH).map(slice::get).toArray());
		assertEquals(List.of(plane, 0, 0, 0, plane, 0), IntStream.range(0, SLICES).mapToObj(i -> arriving.arrived(first + i * plane, first + (i + 1) * plane))
			.toList());
	}

	@Test
	public void aStackOfImageJsIsTheSameAsIfItWereAllThere() throws IOException {
		var file = hyperstack();
		var expected = ImageFiles.open(file, sentence -> {}, Long.MAX_VALUE);
		var image = open(ArrivingFile.of(file));
		assertArrayEquals(expected.getDimensions(), image.getDimensions());
		assertEquals(expected.getTitle(), image.getTitle());
		assertEquals(expected.isHyperStack(), image.isHyperStack());
		assertEquals(expected.getBitDepth(), image.getBitDepth());
		assertTrue(expected.getCalibration().equals(image.getCalibration()));
		assertEquals(expected.getRoi(), image.getRoi());
		assertEquals(expected.getOverlay().get(0), image.getOverlay().get(0));
		assertEquals("liver", image.getProp("Sample"));
		assertEquals(ImageFiles.hasRange(expected), ImageFiles.hasRange(image));
		for (int c = 0; c < 2; c++) {
			assertEquals(Arrays.toString(expected.getLuts()[c].getBytes()), Arrays.toString(image.getLuts()[c].getBytes()));
			assertEquals(expected.getLuts()[c].min, image.getLuts()[c].min);
			assertEquals(expected.getLuts()[c].max, image.getLuts()[c].max);
		}
		for (int n = 1; n <= SLICES; n++) {
			assertEquals("slice " + n, image.getStack().getSliceLabel(n));
			assertArrayEquals((short[]) expected.getStack().getPixels(n), (short[]) image.getStack().getPixels(n));
		}
	}

	/** A stack in FITS: the slices follow a header of 2,880 bytes. ImageJ looks at the first one of any stack. */
	@Test
	public void ofOtherFilesTheBytesArriveThatAreRead() throws IOException {
		var bytes = new byte[2880 + 3 * WIDTH * HEIGHT];
		Arrays.fill(bytes, 0, 2880, (byte) ' ');
		var cards = List.of("SIMPLE  = T", "BITPIX  = 8", "NAXIS   = 3", "NAXIS1  = " + WIDTH, "NAXIS2  = " + HEIGHT, "NAXIS3  = 3", "END");
		for (int i = 0; i < cards.size(); i++)
			System.arraycopy(cards.get(i).getBytes(), 0, bytes, 80 * i, cards.get(i).length());
		Arrays.fill(bytes, 2880 + WIDTH * HEIGHT, 2880 + 2 * WIDTH * HEIGHT, (byte) 7);
		var file = Files.write(folder.resolve("stack.fits"), bytes);
		var arriving = new ArrivingFile(file);
		assertEquals(7, open(arriving.file()).getStack().getProcessor(2).get(3, 4));
		assertEquals(WIDTH * HEIGHT, arriving.arrived(2880 + WIDTH * HEIGHT, 2880 + 2 * WIDTH * HEIGHT));
		assertEquals(0, arriving.arrived(2880 + 2 * WIDTH * HEIGHT, bytes.length));
	}

	@Test
	public void whatDoesNotArriveIsNotTakenForPixels() throws IOException {
		var arriving = new ArrivingFile(hyperstack()).file();
		var broken = new boolean[1];
		var image = open(new ImageFile(arriving.path(), (from, count) -> {
			if (broken[0]) throw new IOException("the cable is out");
			arriving.arrival().await(from, count);
		}));
		broken[0] = true;
		var error = assertThrows(UncheckedIOException.class, () -> image.getStack().getProcessor(2));
		assertEquals("the cable is out", error.getCause().getMessage());
		assertTrue(assertThrows(IOException.class, () -> open(new ImageFile(arriving.path(), (from, count) -> {
			throw new IOException("the cable is out");
		}))).getMessage().contains("the cable is out"));
	}
}
