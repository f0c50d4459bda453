package io.github.densecolorize.open;

import java.io.IOException;
import java.nio.ByteOrder;

/** BMP files with a palette. */
record BmpIndices(int width, int height, int bits, boolean topDown, ColorTable table) implements Bmp.Pixels {

	@Override
	public ImageSource source(byte[] rows, int rowBytes) {
		var type = table.isGray() ? PixelType.GRAY8 : PixelType.RGB;
		var pixels = type.array(width * height);
		var indices = new Samples(rows, 0, rowBytes, 1, 0, bits, TiffTags.UNSIGNED, ByteOrder.LITTLE_ENDIAN);
		for (int y = 0, i = 0; y < height; y++)
			for (int x = 0; x < width; x++, i++) {
				int argb = table.argb((int) indices.number(x, topDown ? y : height - 1 - y));
				if (pixels instanceof byte[] gray) gray[i] = (byte) argb;
				else ((int[]) pixels)[i] = argb;
			}
		return ArraySource.of(width, height, type, pixels, Details.NONE);
	}

	/** Unpacks runs of equal pixels and single pixels; pixels that are skipped get index 0. */
	static byte[] unpacked(byte[] packed, int width, int height, int bits, int rowBytes) throws IOException {
		var rows = new byte[rowBytes * height];
		int x = 0, y = 0, at = 0;
		while (true) {
			if (at + 1 >= packed.length) throw Refusal.damaged("it ends before the image does");
			int n = packed[at++] & 255, value = packed[at++] & 255;
			if (n > 0) for (int i = 0; i < n; i++)
				put(rows, rowBytes, bits, width, x++, y, height, bits == 8 ? value : i % 2 == 0 ? value >> 4 : value & 15);
			else if (value == 0) {
				x = 0;
				y++;
			}
			else if (value == 1) return rows;
			else if (value == 2) {
				x += packed[at++] & 255;
				y += packed[at++] & 255;
			}
			else {
				for (int i = 0; i < value; i++) {
					int pair = packed[at + i * bits / 8] & 255;
					put(rows, rowBytes, bits, width, x++, y, height, bits == 8 ? pair : i % 2 == 0 ? pair >> 4 : pair & 15);
				}
				// Each piece has an even number of bytes.
				at += ((value * bits + 7) / 8 + 1) / 2 * 2;
			}
		}
	}

	private static void put(byte[] rows, int rowBytes, int bits, int width, int x, int y, int height, int index) throws IOException {
		if (y >= height) throw Refusal.damaged("it has more pixels than " + width + " x " + height);
		// Some programs add bytes at the end of rows.
		if (x < width) rows[y * rowBytes + x * bits / 8] |= (byte) (index << (bits == 8 || x % 2 == 1 ? 0 : 4));
	}
}
