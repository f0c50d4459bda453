package io.github.densecolorize.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import ij.IJ;
import ij.ImagePlus;
import ij.ImageStack;
import ij.io.FileSaver;
import ij.process.ByteProcessor;

import io.github.densecolorize.TinyModel;

public class ContactSheetCommandTest {

	@TempDir
	private Path folder;

	/** 42 pictures in rows of 6, of 195 + 54 pixels each below a heading of 80. */
	@Test
	public void aPngIsOnePageAndATiffHasSeveral() throws IOException {
		var model = TinyModel.write(folder, "tiny", IntStream.range(0, 40).mapToObj(i -> "class" + i).toArray(String[]::new));
		var in = Shell.grayStack(folder.resolve("ramp.tif"), 60, 60, 1);
		var png = folder.resolve("sheet.png");
		var done = Shell.run("contact-sheet", in, "-o", png, "--model", model, "--device", "cpu");
		assertEquals(0, done.status(), done.err());
		assertTrue(done.out().startsWith(in + " -> " + png + ": Classes of model tiny, the most likely first: class"), done.out());
		var sheet = IJ.openImage(png.toString());
		assertEquals(1240, sheet.getWidth());
		assertEquals(80 + 7 * 249, sheet.getHeight());
		var tiff = folder.resolve("sheet.tif");
		assertEquals(0, Shell.run("contact-sheet", in, "-o", tiff, "--model", model, "--device", "cpu").status());
		var pages = IJ.openImage(tiff.toString());
		assertEquals(3, pages.getStackSize());
		assertEquals("Colour predicted by a neural network, not measured; L* as in the input.", pages.getProp("colorize.statement"));

		var again = Shell.run("contact-sheet", in, "-o", tiff, "--model", model);
		assertEquals(1, again.status());
		assertEquals("Output " + tiff + " exists; choose overwrite to replace it, or give another name.", again.errors().get(0));
		assertEquals(0, Shell.run("contact-sheet", in, "-o", tiff, "--model", model, "--overwrite", "--device", "cpu").status());
	}

	/** Of slices of one gray each. The first picture, gray, begins at (10, 80). */
	@Test
	public void theMiddleSliceOfAStackIsShown() throws IOException {
		var model = TinyModel.write(folder, "tiny", "one");
		var stack = new ImageStack(30, 30);
		for (int gray : new int[] { 10, 50, 90 }) {
			var ip = new ByteProcessor(30, 30);
			ip.set(gray);
			stack.addSlice(ip);
		}
		var in = folder.resolve("stack.tif");
		new FileSaver(new ImagePlus("stack", stack)).saveAsTiff(in.toString());
		var out = folder.resolve("sheet.png");
		var done = Shell.run("contact-sheet", in, "-o", out, "--model", model, "--device", "cpu", "--mapping", "full range", "--scale", "1");
		assertEquals(0, done.status(), done.err());
		assertEquals(50 * 0x10101, IJ.openImage(out.toString()).getProcessor().get(20, 90) & 0xffffff);
	}

	@Test
	public void badOutputsAreSaid() {
		var in = Shell.grayStack(folder.resolve("ramp.tif"), 10, 10, 1);
		var done = Shell.run("contact-sheet", in, "-o", folder.resolve("sheet.jpg"));
		assertEquals(1, done.status());
		assertEquals("Output " + folder.resolve("sheet.jpg") + " does not end in .tif or .png; add one.", done.errors().get(0));
		assertEquals(2, Shell.run("contact-sheet", in, "-o", folder.resolve("sheet.png"), "--category", "he").status());
		assertTrue(Files.notExists(folder.resolve("sheet.png")));
	}
}
