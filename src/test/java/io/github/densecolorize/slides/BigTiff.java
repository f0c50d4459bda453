package io.github.densecolorize.slides;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Reads small files of tiles of RGB pixels, packed by Deflate with predictor 2, straight from the specification of BigTIFF. */
public final class BigTiff {

	/** A directory: the values of its tags. */
	public final class Page {

		private final Map<Integer, long[]> tags = new HashMap<>();

		/** The values of a tag; for a fraction numerator and denominator, for a text its bytes. */
		public long[] values(int tag) {
			return tags.getOrDefault(tag, new long[0]);
		}

		public int width() {
			return (int) values(256)[0];
		}

		public int height() {
			return (int) values(257)[0];
		}

		public String text(int tag) {
			var text = new StringBuilder();
			for (long letter : values(tag))
				if (letter != 0) text.append((char) letter);
			return text.toString();
		}

		/** The colour of a pixel, 0xRRGGBB. */
		public int[] pixels() throws IOException {
			int side = (int) values(322)[0], across = (width() + side - 1) / side;
			var pixels = new int[width() * height()];
			for (int i = 0; i < values(324).length; i++) {
				byte[] tile = tile(i, side);
				for (int y = 0; y < side; y++)
					for (int x = 0; x < side; x++) {
						int u = i % across * side + x, v = i / across * side + y, at = 3 * (y * side + x);
						if (u < width() && v < height()) pixels[v * width() + u] = (tile[at] & 255) << 16 | (tile[at + 1] & 255) << 8 | tile[at + 2] & 255;
					}
			}
			return pixels;
		}

		private byte[] tile(int i, int side) throws IOException {
			var inflater = new Inflater();
			inflater.setInput(file.array(), (int) values(324)[i], (int) values(325)[i]);
			var tile = new byte[3 * side * side];
			try {
				if (inflater.inflate(tile) != tile.length) throw new IOException("tile " + i + " is too short");
			}
			catch (DataFormatException e) {
				throw new IOException(e);
			}
			for (int at = 0; at < tile.length; at++)
				if (at % (3 * side) >= 3) tile[at] += tile[at - 3];
			return tile;
		}

		/** The smaller copies. */
		public List<Page> levels() {
			var levels = new ArrayList<Page>();
			for (long offset : values(330))
				levels.add(page(offset));
			return levels;
		}
	}

	private final ByteBuffer file;

	private BigTiff(byte[] bytes) {
		file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
	}

	/** The directories of a file, in their order. */
	public static List<Page> pages(Path file) throws IOException {
		var tiff = new BigTiff(Files.readAllBytes(file));
		if (tiff.file.getInt(0) != 0x2b4949 || tiff.file.getInt(4) != 8) throw new IOException("no BigTIFF");
		var pages = new ArrayList<Page>();
		for (long offset = tiff.file.getLong(8); offset != 0;) {
			if (offset % 2 != 0) throw new IOException("a directory begins at an odd byte");
			pages.add(tiff.page(offset));
			offset = tiff.file.getLong((int) (offset + 8 + 20 * tiff.file.getLong((int) offset)));
		}
		return pages;
	}

	private Page page(long offset) {
		var page = new Page();
		int last = 0;
		for (int i = 0; i < file.getLong((int) offset); i++) {
			int at = (int) offset + 8 + 20 * i, tag = file.getShort(at) & 0xffff, type = file.getShort(at + 2);
			if (tag <= last) throw new IllegalStateException("tag " + tag + " comes after " + last);
			last = tag;
			int size = type == 2 ? 1 : type == 3 ? 2 : type == 4 || type == 5 ? 4 : 8, count = (int) file.getLong(at + 4) * (type == 5 ? 2 : 1);
			int from = count * size <= 8 ? at + 12 : (int) file.getLong(at + 12);
			var values = new long[count];
			for (int k = 0; k < count; k++)
				values[k] = size == 1 ? file.get(from + k) & 255 : size == 2 ? file.getShort(from + 2 * k) & 0xffff : size == 4 ? file.getInt(from + 4 * k) &
					0xffffffffL : file.getLong(from + 8 * k);
			page.tags.put(tag, values);
		}
		return page;
	}
}
