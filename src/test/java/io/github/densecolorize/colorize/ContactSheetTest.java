package io.github.densecolorize.colorize;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Point;
import java.awt.Rectangle;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import ij.ImagePlus;
import ij.ImageStack;
import ij.process.ByteProcessor;
import ij.process.ImageProcessor;

import io.github.densecolorize.Progress;
import io.github.densecolorize.TinyModel;
import io.github.densecolorize.colorize.ContactSheet.Pages;
import io.github.densecolorize.image.Lab;
import io.github.densecolorize.model.ColorModel;

public class ContactSheetTest {

	/** Three classes, gray and auto are in three columns of a page of 1240 pixels. */
	private static final int SIDE = 400, COLUMN = 410, LEFT = 10, TOP = 80;

	@TempDir
	static Path folder;
	private static ColorModel model, many;

	@BeforeAll
	static void open() throws IOException {
		model = ColorModel.open(TinyModel.write(folder, "tiny", "one", "unknown", "two", "three"), "cpu");
		many = ColorModel.open(TinyModel.write(folder, "many", IntStream.range(0, 40).mapToObj(i -> "class" + i).toArray(String[]::new)), "cpu");
	}

	@AfterAll
	static void close() {
		model.close();
		many.close();
	}

	/** Stripes and ramps, unlike in each slice. */
	private static ImagePlus image(int width, int height, int slices) {
		var stack = new ImageStack(width, height);
		for (int s = 0; s < slices; s++) {
			var ip = new ByteProcessor(width, height);
			for (int i = 0; i < width * height; i++)
				ip.set(i, (i % width / 7 * (s + 3) + i / width) % 256);
			stack.addSlice(ip);
		}
		return new ImagePlus("cells.tif", stack);
	}

	private static ContactSheet sheet(ColorModel model, ImagePlus image, Rectangle part, int plane, Pages pages) {
		var options = new ColorizeOptions("auto", 0.5, Mapping.FULL_RANGE, 0, Output.RGB, 0);
		return new ContactSheet(model, options, image, part, plane, pages, Progress.NONE);
	}

	private static ImageProcessor colorized(ImagePlus image, String category, double scale) {
		var options = new ColorizeOptions(category, scale, Mapping.FULL_RANGE, 0, Output.RGB, 0);
		return new ImageColorizer(model, options, sentence -> {}).colorize(image, Progress.NONE).getProcessor();
	}

	/** Where the cell of each class begins. */
	private static Map<String, Point> cells(ContactSheet sheet, int page) {
		var cells = new LinkedHashMap<String, Point>();
		for (int y = 0; y < sheet.image().getHeight(); y++)
			for (int x = 0; x < sheet.image().getWidth(); x++) {
				var at = new Point(x, y);
				sheet.category(page, x, y).ifPresent(category -> cells.putIfAbsent(category, at));
			}
		return cells;
	}

	private static int[] picture(ContactSheet sheet, int x, int y, int width, int height) {
		var page = sheet.image().getStack().getProcessor(1);
		page.setRoi(x, y, width, height);
		return (int[]) page.crop().getPixels();
	}

	/** At the size of the pictures: the same pixels as those of the command, and the gray ones of the input. */
	@Test
	public void eachPictureIsWhatColorizingGives() {
		var image = image(SIDE, 300, 1);
		var sheet = sheet(model, image, new Rectangle(SIDE, 300), 0, Pages.SCREEN);
		var cells = cells(sheet, 1);
		assertEquals(new TreeSet<>(List.of("one", "two", "three")), new TreeSet<>(cells.keySet()));
		cells.forEach((category, at) -> assertTrue(Arrays.equals((int[]) colorized(image, category, 0.5).getPixels(), picture(sheet, at.x + 5, at.y, SIDE,
			300)), category));
		assertTrue(Arrays.equals((int[]) image.getProcessor().convertToRGB().getPixels(), picture(sheet, LEFT, TOP, SIDE, 300)), "gray");
		// The first cell of a class is the third one.
		assertEquals(LEFT + 2 * COLUMN - 5, cells.values().iterator().next().x);
	}

	@Test
	public void theMostLikelyComeFirst() {
		var sheet = sheet(model, image(200, 150, 1), new Rectangle(200, 150), 0, Pages.SCREEN);
		var said = sheet.sentence();
		var told = said.replaceAll(".*first: (.*)\\. To choose.*", "$1").split(", ");
		assertEquals(3, told.length, said);
		var probabilities = Arrays.stream(told).mapToDouble(each -> Double.parseDouble(each.split(" ")[1])).toArray();
		assertTrue(probabilities[0] >= probabilities[1] && probabilities[1] >= probabilities[2], said);
		// In reading order.
		assertEquals(Arrays.stream(told).map(each -> each.split(" ")[0]).toList(), List.copyOf(cells(sheet, 1).keySet()));
		assertTrue(said.endsWith(" To choose one, set category to its name."), said);
	}

	/** The gray values of a quarter of the second slice, twice as large: at the corners of four pixels, their mean. */
	@Test
	public void aPartOfASliceIsShown() {
		var image = image(400, 300, 2);
		var sheet = sheet(model, image, new Rectangle(200, 150, 200, 150), 1, Pages.SCREEN);
		var found = picture(sheet, LEFT, TOP, SIDE, 300);
		var slice = image.getStack().getProcessor(2);
		for (int y = 1; y < 149; y += 7)
			for (int x = 1; x < 199; x += 7) {
				// Within a stripe, where two neighbours are alike.
				if ((200 + x) % 7 == 0 || (200 + x) % 7 == 6 || slice.get(200 + x, 150 + y) < 3 || slice.get(200 + x, 150 + y) > 252) continue;
				assertEquals(slice.get(200 + x, 150 + y), found[2 * y * SIDE + 2 * x] & 255, 2);
			}
	}

	/** If the network sees more than a picture has pixels, the mean of the colours is shown. */
	@Test
	public void largeImagesAreAveraged() {
		var image = image(1000, 600, 1);
		var options = new ColorizeOptions("auto", 1, Mapping.FULL_RANGE, 0, Output.RGB, 0);
		var sheet = new ContactSheet(model, options, image, new Rectangle(1000, 600), 0, Pages.SCREEN, Progress.NONE);
		var at = cells(sheet, 1).get("two");
		double[] expected = means((int[]) colorized(image, "two", 1).getPixels()), found = means(picture(sheet, at.x + 5, at.y, SIDE, 240));
		for (int c = 0; c < 3; c++)
			assertEquals(expected[c], found[c], 1, "L* a* b*".split(" ")[c]);
	}

	private static double[] means(int[] argb) {
		var sum = new double[3];
		var lab = new float[3];
		for (int pixel : argb) {
			Lab.fromArgb(pixel, lab);
			for (int c = 0; c < 3; c++)
				sum[c] += lab[c] / argb.length;
		}
		return sum;
	}

	@Test
	public void manyClassesFillSeveralPagesOrOne() {
		var image = image(120, 120, 1);
		var pages = sheet(many, image, new Rectangle(120, 120), 0, Pages.SCREEN);
		// 42 pictures in rows of 6; 3 rows of 195 + 44 + 10 pixels are on a page.
		assertEquals(3, pages.image().getStackSize());
		assertEquals(List.of(16, 18, 6), IntStream.rangeClosed(1, 3).mapToObj(page -> cells(pages, page).size()).toList());
		assertEquals(40, IntStream.rangeClosed(1, 3).mapToObj(page -> cells(pages, page).keySet()).flatMap(Set::stream).distinct().count());
		assertTrue(pages.image().getStack().getSliceLabel(2).matches("page 2 of 3, most likely: category=class\\d+ \\(0\\.\\d+\\)"), pages.image().getStack()
			.getSliceLabel(2));
		var one = sheet(many, image, new Rectangle(120, 120), 0, Pages.ONE);
		assertEquals(1, one.image().getStackSize());
		assertEquals(40, cells(one, 1).size());
		assertEquals(80 + 7 * 249, one.image().getHeight());
	}

	@Test
	public void theSheetSaysThatItsColoursArePredicted() {
		var sheet = sheet(model, image(50, 40, 1), new Rectangle(50, 40), 0, Pages.SCREEN).image();
		assertEquals("All classes of cells.tif", sheet.getTitle());
		assertEquals(Provenance.STATEMENT, sheet.getProp("colorize.statement"));
		assertEquals("tiny", sheet.getProp("colorize.model"));
		assertEquals("each class of the model", sheet.getProp("colorize.category.choice"));
		assertEquals("0.5", sheet.getProp("colorize.scale"));
	}

	/** The same weights with the names of the two classes exchanged: to one of both models the image is unknown. */
	@Test
	public void whatIsUnknownIsSaidAndAutoStaysGray() throws IOException {
		int unknown = 0;
		for (var classes : List.of(List.of("one", "unknown"), List.of("unknown", "one")))
			try (var either = ColorModel.open(TinyModel.write(folder, String.join("-", classes), classes.toArray(String[]::new)), "cpu")) {
				var sheet = sheet(either, image(300, 200, 1), new Rectangle(300, 200), 0, Pages.SCREEN);
				boolean gray = Arrays.equals(picture(sheet, LEFT, TOP, 400, 267), picture(sheet, LEFT + COLUMN, TOP, 400, 267));
				assertEquals(gray, sheet.sentence().startsWith("The image resembles none of the classes (probability of unknown 0."), sheet.sentence());
				assertEquals(gray, sheet.image().getStack().getSliceLabel(1).equals("resembles none of the classes"), sheet.image().getStack().getSliceLabel(1));
				if (gray) unknown++;
			}
		assertEquals(1, unknown);
	}

	@Test
	public void oneGrayIsRefused() {
		var flat = new ImagePlus("flat", new ByteProcessor(20, 20));
		assertEquals("All pixels of flat have the same gray, so there is nothing to colorize; choose another image.", assertThrows(
			IllegalArgumentException.class, () -> sheet(model, flat, new Rectangle(20, 20), 0, Pages.ONE)).getMessage());
	}
}
