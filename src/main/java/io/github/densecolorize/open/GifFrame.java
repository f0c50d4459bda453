package io.github.densecolorize.open;

import java.awt.Rectangle;
import java.io.IOException;

/**
 * What changes from one picture of a GIF file to the next.
 *
 * @param place where it lies in the picture
 * @param interlaced whether every eighth row comes first
 * @param bits of an index
 * @param disposal what happens to it when the next one comes: 2 removes it, 3 restores what was there before
 * @param transparent index of pixels that show what is behind them; -1 for none
 */
record GifFrame(Rectangle place, ColorTable table, boolean interlaced, int bits, byte[] packed, int disposal, int transparent) {

	static final int TAKE_AWAY = 2, PUT_BACK = 3;
	private static final int CODES = 4096;
	/** First row and steps. */
	private static final int[][] PASSES = { { 0, 8 }, { 4, 8 }, { 2, 4 }, { 1, 2 } };

	/** Indices into the table, row by row. */
	byte[] indices() throws IOException {
		var indices = unpacked(place.width * place.height);
		if (!interlaced) return indices;
		var rows = new byte[indices.length];
		int from = 0;
		for (var pass : PASSES)
			for (int y = pass[0]; y < place.height; y += pass[1], from += place.width)
				System.arraycopy(indices, from, rows, y * place.width, place.width);
		return rows;
	}

	/** LZW (GIF89a, appendix F): codes of up to 12 bits, the lowest bit first. */
	private byte[] unpacked(int size) throws IOException {
		var out = new byte[size];
		int[] starts = new int[CODES], lengths = new int[CODES];
		int clear = 1 << bits, end = clear + 1, next = end + 1, width = bits + 1, before = -1, at = 0, buffer = 0, held = 0, read = 0;
		while (at < size) {
			for (; held < width && read < packed.length; held += 8)
				buffer |= (packed[read++] & 255) << held;
			if (held < width) break;
			int code = buffer & (1 << width) - 1;
			buffer >>>= width;
			held -= width;
			if (code == end) break;
			if (code == clear) {
				next = end + 1;
				width = bits + 1;
				before = -1;
				continue;
			}
			if (before >= 0 && next < CODES) {
				starts[next] = before;
				lengths[next++] = at - before + 1;
				if (next == 1 << width && width < 12) width++;
			}
			if (code >= next || code > end && before < 0) throw Refusal.damaged("its compressed data can't be unpacked");
			int length = code < clear ? 1 : Math.min(lengths[code], size - at);
			if (code < clear) out[at] = (byte) code;
			else for (int i = 0, from = starts[code]; i < length; i++)
				out[at + i] = out[from + i];
			before = at;
			at += length;
		}
		if (at < size) throw Refusal.damaged("a picture has " + at + " pixels instead of " + size);
		return out;
	}
}
