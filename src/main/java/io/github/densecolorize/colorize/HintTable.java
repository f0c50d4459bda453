package io.github.densecolorize.colorize;

import java.awt.Rectangle;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import ij.ImagePlus;

import io.github.densecolorize.Hint;

/**
 * Reads hints that are rows of a table: {@code x,y,slice,r,g,b}. Pixels count from 0, slices from 1, z before t; slice 0 stands for all. Exceptions for
 * the table have a sentence without its subject, the file.
 */
final class HintTable {

	private static final List<String> COLUMNS = List.of("x", "y", "slice", "r", "g", "b");
	private static final String HEADER = String.join(",", COLUMNS);
	/** The mark of UTF-8 as it is read here. */
	private static final String UTF8_MARK = "\u00ef\u00bb\u00bf";

	private final HintedImage image;
	private final String name;

	private HintTable(HintedImage image, String name) {
		this.image = image;
		this.name = name;
	}

	/**
	 * @param name of the file
	 * @throws IOException if it is not such a table
	 * @throws IllegalArgumentException if a hint does not fit the image
	 */
	static List<Hint> read(byte[] bytes, String name, ImagePlus image) throws IOException {
		return new HintTable(HintedImage.of(image), name).read(bytes);
	}

	private List<Hint> read(byte[] bytes) throws IOException {
		// Whatever the encoding, digits and commas have the same bytes.
		var lines = new BufferedReader(new InputStreamReader(new ByteArrayInputStream(bytes), StandardCharsets.ISO_8859_1));
		var header = String.valueOf(lines.readLine());
		if (!plain(header).equalsIgnoreCase(HEADER)) throw new IOException("begins with the line \"" + RoiHints.printable(header) +
			"\"; must begin with " + HEADER + ".");
		var hints = new ArrayList<Hint>();
		int number = 1;
		for (var line = lines.readLine(); line != null; line = lines.readLine()) {
			number++;
			if (line.isBlank()) continue;
			if (hints.size() == RoiHints.MOST) throw new IOException("has more than " + RoiHints.MOST + " hints; use fewer.");
			hints.add(hint(line, number));
		}
		if (hints.isEmpty()) throw new IOException("has no hint below its header; add a line for each, or choose hints=none.");
		return hints;
	}

	/** Spreadsheets write marks before the text and around cells. */
	private static String plain(String line) {
		return line.replace(UTF8_MARK, "").replace("\"", "").replace(" ", "");
	}

	private Hint hint(String line, int number) throws IOException {
		long cells = line.chars().filter(c -> c == ',').count() + 1;
		if (cells != COLUMNS.size()) throw new IOException("has " + cells + " cells in line " + number + "; must be the " + COLUMNS.size() + " of " +
			HEADER + ".");
		var texts = plain(line).split(",", -1);
		var values = new int[texts.length];
		for (int i = 0; i < texts.length; i++)
			values[i] = value(texts[i], i, number);
		var hint = "hint in line " + number + " (" + name + ")";
		int x = values[0], y = values[1];
		var runs = RoiPixels.ofPoint(x, y, image.width(), image.height());
		if (runs.isEmpty()) throw image.outside(hint, new Rectangle(x, y, 1, 1));
		return Hint.of(image.plane(values[2], hint), values[3] << 16 | values[4] << 8 | values[5], runs, hint);
	}

	private static int value(String text, int column, int line) throws IOException {
		boolean colour = column >= COLUMNS.indexOf("r");
		try {
			double value = Double.parseDouble(text);
			if (value == (int) value && value >= 0 && !(colour && value > 255)) return (int) value;
		}
		catch (NumberFormatException e) {
			// Reported below, like a number that is not allowed.
		}
		throw new IOException("has " + COLUMNS.get(column) + " \"" + RoiHints.printable(text) + "\" in line " + line + "; must be a whole number " + (colour
			? "from 0 to 255." : "from 0 on."));
	}
}
