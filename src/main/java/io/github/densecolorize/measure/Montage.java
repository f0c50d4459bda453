package io.github.densecolorize.measure;

import java.awt.Color;
import java.awt.Font;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import ij.ImagePlus;
import ij.ImageStack;
import ij.process.ColorProcessor;

import io.github.densecolorize.colorize.Region;
import io.github.densecolorize.image.Lab;

/** Gray image, result and original side by side, with the numbers under each, to look at and for figures. */
public final class Montage {

	private static final int GAP = 8, LEAST_FONT = 12;
	/** How many lines of text are under an image, and which width they need, in units of the font size. */
	private static final int LINES = 7, LINE_WIDTH = 13;

	private Montage() {}

	/**
	 * @param rows what {@link ImageMeasurer} measured of both
	 * @return an RGB image that is not shown, a slice for each of the rows
	 */
	public static ImagePlus of(ImagePlus original, ImagePlus colorized, List<MeasuredSlice> rows) {
		SeenColours wanted = new SeenColours(original), found = new SeenColours(colorized);
		int width = original.getWidth(), height = original.getHeight();
		var whole = Region.all(original);
		int font = Math.max(LEAST_FONT, width / 30), column = Math.max(width, LINE_WIDTH * font) + GAP;
		var stack = new ImageStack(3 * column + GAP, height + 2 * GAP + (LINES * 3 * font) / 2);
		for (var row : rows) {
			var page = new ColorProcessor(stack.getWidth(), stack.getHeight());
			page.setColor(Color.WHITE);
			page.fill();
			page.setColor(Color.BLACK);
			page.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, font));
			page.setAntialiasedText(true);
			int[] before = wanted.argb(row.slice(), whole), after = found.argb(row.slice(), whole);
			var panels = List.of(new Panel(gray(before), List.of("Gray", row.image(), "slice " + row.slice())), new Panel(after, result(row)),
				new Panel(before, numbers(row, "Original", Quantity.IN_EN_ORIGINAL, Quantity.COLOURFULNESS_ORIGINAL)));
			for (int i = 0; i < panels.size(); i++)
				panels.get(i).draw(page, GAP + i * column, width, font);
			stack.addSlice(row.image() + " " + row.slice(), page);
		}
		return new ImagePlus("Montage of " + colorized.getTitle(), stack);
	}

	private static List<String> result(MeasuredSlice row) {
		return numbers(row, row.method().isEmpty() ? "Result" : row.method(), Quantity.IN_EN, Quantity.COLOURFULNESS, Quantity.INFO_LOSS,
			Quantity.PSNR, Quantity.SSIM, Quantity.CIEDE2000_MEAN);
	}

	private static List<String> numbers(MeasuredSlice row, String heading, Quantity... quantities) {
		return Stream.concat(Stream.of(heading), Arrays.stream(quantities).map(q -> q + " " + String.format(Locale.ROOT, "%.2f", q.of(row))))
			.toList();
	}

	private static int[] gray(int[] argb) {
		var lab = new float[3];
		return Arrays.stream(argb).map(pixel -> {
			Lab.fromArgb(pixel, lab);
			return Lab.toArgb(lab[0], 0, 0);
		}).toArray();
	}

	/** A picture and the lines under it. */
	private record Panel(int[] argb, List<String> lines) {

		void draw(ColorProcessor page, int x, int width, int font) {
			page.insert(new ColorProcessor(width, argb.length / width, argb), x, GAP);
			int y = GAP + argb.length / width;
			for (var line : lines)
				page.drawString(line, x, y += font * 3 / 2);
		}
	}
}
