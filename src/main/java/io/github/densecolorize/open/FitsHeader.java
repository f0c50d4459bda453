package io.github.densecolorize.open;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

import javax.imageio.stream.ImageInputStream;

/**
 * The header of a unit of a FITS file.
 *
 * @param cards values by keyword
 * @param text all of it, a line for each card
 * @param start of the data in bytes
 */
record FitsHeader(Map<String, String> cards, String text, long start) {

	private static final int CARD = 80, BLOCK = 2880, MOST_AXES = 999;

	/**
	 * Reads the header at the input's position.
	 *
	 * @return null if there is no header, but something else that was added to the file
	 * @throws Refusal if it has no end
	 */
	static FitsHeader read(ImageInputStream in) throws IOException {
		long begin = in.getStreamPosition();
		var cards = new HashMap<String, String>();
		var text = new StringBuilder();
		var card = new byte[CARD];
		while (true) {
			if (in.length() - in.getStreamPosition() < CARD) {
				if (begin > 0) return null;
				throw Refusal.damaged("it has " + in.length() + " bytes, and its header does not end");
			}
			in.readFully(card);
			var line = new String(card, StandardCharsets.ISO_8859_1);
			if (cards.isEmpty() && begin > 0 && !line.startsWith("XTENSION")) return null;
			text.append(line).append('\n');
			var key = line.substring(0, 8).trim();
			if (key.equals("END")) break;
			if (line.startsWith("= ", 8)) cards.putIfAbsent(key, value(line.substring(10)));
		}
		long length = in.getStreamPosition() - begin;
		return new FitsHeader(Map.copyOf(cards), text.toString(), begin + (length + BLOCK - 1) / BLOCK * BLOCK);
	}

	/** A value without its comment and, if it is text, without its quotes. */
	private static String value(String field) {
		var text = field.trim();
		if (text.startsWith("'")) return text.substring(1, Math.max(1, text.indexOf('\'', 1))).trim();
		int comment = text.indexOf('/');
		return (comment < 0 ? text : text.substring(0, comment)).trim();
	}

	/** @throws Refusal if it is not a number */
	double number(String key, double missing) throws Refusal {
		var value = cards.get(key);
		if (value == null || value.isEmpty()) return missing;
		try {
			// Fortran writes the exponent of double precision with D.
			return Double.parseDouble(value.replace('D', 'E').replace('d', 'e'));
		}
		catch (NumberFormatException e) {
			throw Refusal.damaged("its " + key + " is \"" + value + "\", which is no number", e);
		}
	}

	/** Length of an axis, counted from 1; 1 beyond the last. */
	long axis(int n) throws Refusal {
		return (long) number("NAXIS" + n, 1);
	}

	int axes() throws Refusal {
		int axes = (int) number("NAXIS", 0);
		if (axes < 0 || axes > MOST_AXES) throw Refusal.damaged("it has " + axes + " axes");
		return axes;
	}

	int bits() throws Refusal {
		return (int) number("BITPIX", 8);
	}

	/** Whether its data are an image, of two axes at least. */
	boolean isImage() throws Refusal {
		var kind = cards.get("XTENSION");
		return (kind == null || kind.equals("IMAGE")) && axes() >= 2 && bytes() > 0 && !"T".equals(cards.get("GROUPS"));
	}

	/** Whether its data are an image within a table of packed tiles. */
	boolean isPackedImage() {
		return "T".equals(cards.get("ZIMAGE"));
	}

	/** Length of the data. */
	long bytes() throws Refusal {
		int axes = axes();
		if (axes == 0) return 0;
		boolean groups = "T".equals(cards.get("GROUPS"));
		long values = 1;
		try {
			for (int i = groups ? 2 : 1; i <= axes; i++) {
				if (axis(i) < 0) throw Refusal.damaged("its axis " + i + " has the length " + axis(i));
				values = Math.multiplyExact(values, axis(i));
			}
			values = Math.multiplyExact(values + (long) number("PCOUNT", 0), Math.max(1, (long) number("GCOUNT", 1)));
			return Math.multiplyExact(values, Math.abs(bits()) / 8);
		}
		catch (ArithmeticException e) {
			throw Refusal.damaged("it states more pixels than any file holds", e);
		}
	}
}
