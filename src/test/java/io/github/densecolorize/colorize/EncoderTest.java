package io.github.densecolorize.colorize;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import ij.CompositeImage;
import ij.IJ;
import ij.ImagePlus;
import ij.gui.Overlay;
import ij.gui.Roi;
import ij.io.FileSaver;

public class EncoderTest {

	@TempDir
	private Path folder;

	private Path write(ImagePlus image, String name) throws IOException {
		var file = folder.resolve(name);
		try (var out = new OutputFile(file, false)) {
			out.write(image);
		}
		return file;
	}

	private static ImagePlus image(String type, int slices) {
		var image = IJ.createImage("ramp", type, 30, 20, slices);
		image.setProp("key", "value");
		image.setProperty("Info", "some\ninfo");
		image.getCalibration().setUnit("um");
		image.getCalibration().pixelWidth = image.getCalibration().pixelHeight = 0.5;
		image.setRoi(new Roi(1, 2, 3, 4));
		image.setOverlay(new Overlay(new Roi(5, 6, 7, 8)));
		for (int n = 1; n <= slices; n++)
			image.getStack().setSliceLabel("slice " + n, n);
		return image;
	}

	/** Byte for byte what ImageJ itself writes. */
	@ParameterizedTest
	@ValueSource(strings = { "8-bit ramp", "16-bit ramp", "32-bit ramp", "RGB ramp" })
	public void aTiffIsThatOfImageJ(String type) throws IOException {
		for (int slices : new int[] { 1, 3 }) {
			var wanted = folder.resolve("wanted.tif");
			var saver = new FileSaver(image(type, slices));
			assertTrue(slices > 1 ? saver.saveAsTiffStack(wanted.toString()) : saver.saveAsTiff(wanted.toString()));
			assertArrayEquals(Files.readAllBytes(wanted), Files.readAllBytes(write(image(type, slices), slices + ".tif")));
		}
		if (type.startsWith("RGB")) return;
		var composite = new CompositeImage(IJ.createImage("plain", type, 30, 20, 2), CompositeImage.COLOR);
		new FileSaver(composite).saveAsTiffStack(folder.resolve("composite.tif").toString());
		assertArrayEquals(Files.readAllBytes(folder.resolve("composite.tif")), Files.readAllBytes(write(composite, "c.tif")));
	}

	@Test
	public void aPngIsThatOfImageJ() throws IOException {
		var image = IJ.createImage("ramp", "RGB ramp", 30, 20, 1);
		new FileSaver(image).saveAsPng(folder.resolve("wanted.png").toString());
		assertArrayEquals(Files.readAllBytes(folder.resolve("wanted.png")), Files.readAllBytes(write(image, "a.png")));
	}

	/** ImageJ's reader makes "1" of the Turkish i without a dot, in files as it writes them. */
	@Test
	public void lettersOfAllLanguagesAreKept() throws IOException {
		var image = image("16-bit ramp", 2);
		image.getStack().setSliceLabel("\u0131\u015f\u0131k \u67d3\u8272 \u0645", 1);
		image.setProp("key", "\u03bcm");
		var found = IJ.openImage(write(image, "a.tif").toString());
		assertEquals("\u0131\u015f\u0131k \u67d3\u8272 \u0645", found.getStack().getSliceLabel(1));
		assertEquals("slice 2", found.getStack().getSliceLabel(2));
		assertEquals("\u03bcm", found.getProp("key"));
		assertEquals("some\ninfo", found.getInfoProperty());
		assertArrayEquals((short[]) image.getStack().getPixels(2), (short[]) found.getStack().getPixels(2));
	}

	/** Cut off at any byte, or with a byte changed, a PNG is not taken for a whole one. */
	@Test
	public void halfAPngIsFound() throws IOException {
		var whole = Files.readAllBytes(write(IJ.createImage("ramp", "RGB ramp", 30, 20, 1), "a.png"));
		var file = folder.resolve("half.png");
		for (int length = 0; length < whole.length; length += 7) {
			Files.write(file, Arrays.copyOf(whole, length));
			assertThrows(IOException.class, () -> Encoder.checkPng(file));
			var changed = whole.clone();
			changed[length] ^= 1;
			Files.write(file, changed);
			assertThrows(IOException.class, () -> Encoder.checkPng(file));
		}
		Files.write(file, whole);
		Encoder.checkPng(file);
	}

	@Test
	public void whatCameMeanwhileStays() throws IOException {
		var file = folder.resolve("a.tif");
		try (var out = new OutputFile(file, false)) {
			Files.writeString(file, "sooner");
			var message = assertThrows(IOException.class, () -> out.write(IJ.createImage("ramp", "8-bit ramp", 30, 20, 1))).getMessage();
			assertEquals("Output " + file + " exists; choose overwrite to replace it, or give another name.", message);
		}
		assertEquals("sooner", Files.readString(file));
	}
}
