package io.github.densecolorize.colorize;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import ij.ImagePlus;
import ij.io.FileSaver;
import ij.io.Opener;
import ij.plugin.ImageInfo;
import ij.process.ByteProcessor;
import ij.process.ColorProcessor;

import io.github.densecolorize.Colorizer;
import io.github.densecolorize.Hint;
import io.github.densecolorize.Progress;
import io.github.densecolorize.TinyModel;
import io.github.densecolorize.image.Lab;
import io.github.densecolorize.model.ColorModel;

/** What users know of the colours reaches the result, and the result tells it. */
public class OwnColoursTest {

	@TempDir
	static Path folder;
	private static ColorModel model;
	private static Path slide;

	private final List<String> log = new ArrayList<>();

	/** Dark is red and light is blue. */
	@BeforeAll
	static void prepare() throws IOException {
		model = ColorModel.open(TinyModel.write(folder, "tiny", "HE"), "cpu");
		var ip = new ColorProcessor(64, 64);
		for (int i = 0; i < 64 * 64; i++)
			ip.set(i, i % 64 < 32 ? 0x900000 : 0x8080ff);
		slide = folder.resolve("slide.png");
		new FileSaver(new ImagePlus("slide", ip)).saveAsPng(slide.toString());
	}

	@AfterAll
	static void close() {
		model.close();
	}

	/** Gray 96 has L* 40.7, near that of the red (29.3), and 150 L* 62.2 near that of the blue (57.7). */
	private static ImagePlus gray() {
		var ip = new ByteProcessor(64, 64);
		for (int i = 0; i < 64 * 64; i++)
			ip.set(i, i / 64 < 32 ? 70 : 140);
		return new ImagePlus("gray", ip);
	}

	private static ColorizeOptions options(OwnColours own) {
		return ColorizeOptions.of("auto", "1", "full range", 0, "RGB", 64).with(own);
	}

	private ImagePlus colorized(OwnColours own, Hint... hints) throws IOException {
		log.clear();
		var options = options(own);
		var head = ReferenceSource.fit(own.references(), model, options.colorizer(), log::add);
		return new ImageColorizer(model, options, head, log::add).colorize(gray(), List.of(hints), Progress.NONE);
	}

	private static float[] lab(ImagePlus image, int x, int y) {
		var lab = new float[3];
		Lab.fromArgb(image.getProcessor().getPixel(x, y), lab);
		return lab;
	}

	@Test
	public void theColoursOfAReferenceAreTakenAndTold() throws IOException {
		var plain = colorized(OwnColours.NONE);
		var image = colorized(OwnColours.of(slide.toString(), "1", 1, "none"));
		float[] dark = lab(image, 32, 8), light = lab(image, 32, 56);
		assertTrue(dark[1] > 25 && light[2] < -25, dark[1] + ", " + light[2]);
		assertEquals("1.000", image.getProp("colorize.reference.strength"));
		assertEquals("1.0", image.getProp("colorize.strength"));
		assertEquals("Colour predicted, with 1 reference image, not measured.", image.getProp("colorize.statement"));
		assertEquals(64, image.getProp("colorize.reference").length());
		assertNull(image.getProp("colorize.hints"));
		// Half of the image each, so that the means are those of the two pixels, but for what is near the border.
		var told = log.get(0);
		assertTrue(told.startsWith("References: 1, share of their colours 1.00; they change the colours by a mean CIEDE2000 of "), told);
		var numbers = told.replaceAll(".*mean a\\*, b\\* from (.*) to (.*)\\.$", "$1, $2").split(", ");
		for (int c = 1; c < 3; c++) {
			assertEquals((lab(plain, 32, 8)[c] + lab(plain, 32, 56)[c]) / 2, Double.parseDouble(numbers[c - 1]), 3);
			assertEquals((dark[c] + light[c]) / 2, Double.parseDouble(numbers[c + 1]), 3);
		}
		assertTrue(log.get(1).contains("Model tiny with 1 reference image, class HE"), log.toString());
	}

	@Test
	public void withoutShareAReferenceChangesNothingButWhatIsTold() throws IOException {
		var plain = colorized(OwnColours.NONE);
		assertNull(plain.getProp("colorize.reference"));
		assertNull(plain.getProp("colorize.strength"));
		assertEquals(Provenance.STATEMENT, plain.getProp("colorize.statement"));
		var image = colorized(OwnColours.of(slide.toString(), "0", 1, "none"));
		assertArrayEquals((int[]) plain.getProcessor().getPixels(), (int[]) image.getProcessor().getPixels());
		assertTrue(log.get(0).contains("share of their colours 0.00; they change the colours by a mean CIEDE2000 of 0.0"), log.toString());
	}

	@Test
	public void strengthZeroIsGray() throws IOException {
		var image = colorized(new OwnColours(List.of(), Colorizer.Options.AUTO_STRENGTH, 0, "none"));
		assertEquals(0x464646, image.getProcessor().getPixel(20, 20) & 0xffffff);
		assertEquals("0.0", image.getProp("colorize.strength"));
		assertEquals(Provenance.STATEMENT, image.getProp("colorize.statement"));
	}

	/** Also where the model would find nothing to colorize. */
	@Test
	public void aHintHoldsAndIsCounted() throws IOException {
		var hints = List.of(Hint.of(Hint.ALL, 0x707000, List.of(new Hint.Run(8, 8, 8)), "hint 1"), Hint.of(0, 0x707000, List.of(new Hint.Run(9, 9, 9)),
			"hint 2"));
		var image = colorized(OwnColours.of(slide.toString(), "0.5", 1, "overlay"), hints.toArray(Hint[]::new));
		var wanted = new float[3];
		Lab.fromArgb(0x707000, wanted);
		// sRGB can show about this colour at L* 29 too.
		assertEquals(Math.atan2(wanted[2], wanted[1]), Math.atan2(lab(image, 8, 8)[2], lab(image, 8, 8)[1]), 0.15);
		assertEquals("2", image.getProp("colorize.hints"));
		assertEquals("Colour predicted, with 1 reference image / 2 hints, not measured.", image.getProp("colorize.statement"));
		var constant = new ImagePlus("constant", new ByteProcessor(64, 64));
		constant.getProcessor().add(100);
		var coloured = new ImageColorizer(model, options(OwnColours.NONE), log::add).colorize(constant, hints, Progress.NONE);
		assertTrue(lab(coloured, 8, 8)[2] > 20);
	}

	@ParameterizedTest
	@ValueSource(strings = { "-0.1", "1.1", "much", "" })
	public void otherReferenceStrengthsAreRefused(String text) {
		assertEquals("Reference strength is \"" + text + "\"; must be auto, or 0 (the model's colours) to 1 (those of the references).", assertThrows(
			IllegalArgumentException.class, () -> OwnColours.of("", text, 1, "none")).getMessage());
	}

	@ParameterizedTest
	@ValueSource(doubles = { -1, 2.1, Double.NaN })
	public void otherStrengthsAreRefused(double strength) {
		assertThrows(IllegalArgumentException.class, () -> options(OwnColours.of("", "Auto", strength, "none")));
	}

	/** ImageJ's Show Info leaves out values of 80 characters or more. */
	@Test
	public void theLongestStatementIsShown() throws IOException {
		var known = new Provenance.Known(Collections.nCopies(999, "0".repeat(64)), 0.5, 100_000, 1);
		var image = gray();
		new Provenance("m", "0", "HE", Provenance.Choice.FOUND, 1, "", 1, "full range", "cpu", "engine", known, Provenance.Seen.ALL).attachTo(image);
		var file = folder.resolve("statement.tif").toString();
		new FileSaver(image).saveAsTiff(file);
		var opened = new Opener().openImage(file);
		assertTrue(new ImageInfo().getImageInfo(opened).contains("Colour predicted, with 999 reference images / 100000 hints, not measured."));
		assertEquals(64, opened.getProp("colorize.reference").length());
		assertFalse(OwnColours.NONE.hasHints());
		assertTrue(OwnColours.of("", "auto", 1, "overlay").hasHints());
	}
}
