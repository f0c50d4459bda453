package io.github.densecolorize.colorize;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.IntUnaryOperator;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import ij.IJ;
import ij.ImagePlus;
import ij.ImageStack;
import ij.io.FileSaver;
import ij.macro.Interpreter;
import ij.process.ColorProcessor;

import io.github.densecolorize.Reference;
import io.github.densecolorize.image.Lab;

public class ReferenceSourceTest {

	private static final int RED = 0xff0000, GRAY = 0x777777;
	private static final IntUnaryOperator HALVES = i -> i % 40 < 20 ? RED : GRAY;

	@TempDir
	private Path folder;
	private final List<Reference> found = new ArrayList<>();
	private final List<String> log = new ArrayList<>();

	private void read(Object... chosen) throws IOException {
		found.clear();
		log.clear();
		ReferenceSource.read(List.of(chosen).stream().map(Object::toString).toList(), found::add, log::add);
	}

	private static ColorProcessor colours(int width, int height, IntUnaryOperator rgb) {
		var ip = new ColorProcessor(width, height);
		for (int i = 0; i < width * height; i++)
			ip.set(i, rgb.applyAsInt(i));
		return ip;
	}

	private Path save(String name, int width, int height, IntUnaryOperator rgb) throws IOException {
		var file = folder.resolve(name);
		Files.createDirectories(file.getParent());
		new FileSaver(new ImagePlus("", colours(width, height, rgb))).saveAsPng(file.toString());
		return file;
	}

	private String refusal(Object chosen) {
		return assertThrows(IllegalArgumentException.class, () -> read(chosen)).getMessage();
	}

	/** sRGB red is L* 53.24, a* 80.09, b* 67.20. */
	@Test
	public void aFileGivesItsColoursSizeAndHash() throws Exception {
		var image = new ImagePlus("", colours(40, 50, HALVES));
		image.getCalibration().setUnit("nm");
		image.getCalibration().pixelWidth = image.getCalibration().pixelHeight = 250;
		var file = folder.resolve("a.tif");
		new FileSaver(image).saveAsTiff(file.toString());
		read(file);
		var reference = found.get(0);
		assertEquals(List.of(40L, 50L), List.of(reference.a().dimension(0), reference.a().dimension(1)));
		assertEquals(53.24, reference.l().getAt(19, 49).get(), 0.01);
		assertEquals(80.09, reference.a().getAt(19, 49).get(), 0.01);
		assertEquals(67.20, reference.b().getAt(19, 49).get(), 0.01);
		assertEquals(0, reference.a().getAt(20, 0).get(), 1e-4);
		assertEquals(0.25, reference.pixelSize(), 1e-9);
		assertEquals(sha256(Files.readAllBytes(file)), reference.sha256());
		assertEquals(List.of(), log);
	}

	private static String sha256(byte[] bytes) throws Exception {
		return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
	}

	@Test
	public void anOpenImageIsFoundByItsTitle() throws Exception {
		var image = new ImagePlus("HE, our lab", colours(40, 32, HALVES));
		Interpreter.batchMode = true;
		Interpreter.addBatchModeImage(image);
		try {
			read("HE, our lab");
			var bytes = new byte[4 * 40 * 32];
			// Alpha, which is 0 here, then red, green and blue.
			for (int i = 0; i < 40 * 32; i++)
				for (int c = 0; c < 3; c++)
					bytes[4 * i + 1 + c] = (byte) (HALVES.applyAsInt(i) >> 8 * (2 - c));
			assertEquals(sha256(bytes), found.get(0).sha256());
		}
		finally {
			Interpreter.removeBatchModeImage(image);
			Interpreter.batchMode = false;
		}
	}

	@Test
	public void severalAreSplitAtCommas() throws IOException {
		assertEquals(List.of(), ReferenceSource.split(" "));
		assertEquals(List.of("a.png", "b c.png"), ReferenceSource.split(" a.png, b c.png ,"));
		var comma = save("x,y.png", 40, 40, HALVES);
		assertEquals(List.of(comma.toString()), ReferenceSource.split(comma.toString()));
	}

	@ParameterizedTest
	@CsvSource({ "31, 40, has 31 x 40 pixels; must have 32 x 32 or more.", "40, 10, has 40 x 10 pixels; must have 32 x 32 or more." })
	public void smallOnesAreRefused(int width, int height, String why) throws IOException {
		var file = save("small.png", width, height, HALVES);
		assertEquals("Reference " + file + " " + why, refusal(file));
	}

	@Test
	public void imagesWithoutColourAreRefused() throws IOException {
		var constant = save("constant.png", 40, 40, i -> RED);
		assertEquals("Reference " + constant + " has the same colour everywhere; give an image that shows something.", refusal(constant));
		// One pixel of 1600 is red; two of them are more than one in a thousand.
		var gray = save("gray.png", 40, 40, i -> i == 5 ? RED : i % 200 * 0x10101);
		assertEquals("Reference " + gray + " is gray, with a chroma below 3 almost everywhere; give an image with colours.", refusal(gray));
		read(save("coloured.png", 40, 40, i -> i == 5 || i == 6 ? RED : i % 200 * 0x10101));
		assertEquals(1, found.size());
		var plain = folder.resolve("plain.tif");
		new FileSaver(IJ.createImage("", "16-bit ramp", 40, 40, 1)).saveAsTiff(plain.toString());
		assertEquals("Reference " + plain + " is a gray image of 16 bits; must be RGB or have a palette.", refusal(plain));
	}

	@Test
	public void whatIsNotThereIsRefused() {
		assertEquals("Reference is \"nothing.png\"; must be the title of an open RGB image, or the path of a file or folder that is there.", refusal(
			"nothing.png"));
	}

	@Test
	public void predictedColoursAreRefused() throws IOException {
		var image = new ImagePlus("", colours(40, 40, HALVES));
		image.setProp(Provenance.PREFIX + "model", "tiny");
		var file = folder.resolve("predicted.tif");
		new FileSaver(image).saveAsTiff(file.toString());
		assertEquals("Reference " + file + " has colours that were predicted by this plugin; give an image with real ones.", refusal(file));
	}

	/** 40 slices are 16 parts of 2.5 slices; the middle of the first is in slice 2 (counted from 1), of the last in slice 39. */
	@Test
	public void ofAStackSlicesAreTakenEvenly() throws IOException {
		var stack = new ImageStack(40, 40);
		for (int n = 1; n <= 40; n++) {
			int slice = n;
			stack.addSlice(colours(40, 40, i -> i % 40 < 20 ? RED : slice));
		}
		var file = folder.resolve("stack.tif");
		new FileSaver(new ImagePlus("", stack)).saveAsTiffStack(file.toString());
		read(file);
		assertEquals(16, found.size());
		assertEquals(List.of("Reference " + file + " has 40 slices; 16 of them, evenly spread, are taken."), log);
		// Blue of n / 255 is darker the smaller n is.
		assertEquals(lightnessOfBlue(2), found.get(0).l().getAt(39, 0).get(), 1e-4);
		assertEquals(lightnessOfBlue(39), found.get(15).l().getAt(39, 0).get(), 1e-4);
	}

	private static float lightnessOfBlue(int blue) {
		var lab = new float[3];
		Lab.fromArgb(blue, lab);
		return lab[0];
	}

	@Test
	public void ofAFolderBadOnesAreLeftOutAndTold() throws IOException {
		save("slides/a.png", 40, 40, HALVES);
		save("slides/more/b.png", 40, 40, HALVES);
		var constant = save("slides/c.png", 40, 40, i -> RED);
		Files.writeString(folder.resolve("slides/notes.txt"), "no image");
		read(folder.resolve("slides"));
		assertEquals(2, found.size());
		assertEquals(List.of("Reference " + constant + " has the same colour everywhere; give an image that shows something. It was left out."), log);

		save("bad/c.png", 40, 40, i -> RED);
		assertEquals("Folder " + folder.resolve("bad") + " holds no image that can be a reference; give one with colour images.", refusal(folder.resolve(
			"bad")));
	}

	@Test
	public void ofALargeFolderSixteenAreTaken() throws IOException {
		for (int n = 10; n < 30; n++)
			save("many/" + n + ".png", 40, 40, HALVES);
		read(folder.resolve("many"));
		assertEquals(16, found.size());
		assertTrue(log.get(0).contains("has 20 images; 16 of them"), log.toString());
	}
}
