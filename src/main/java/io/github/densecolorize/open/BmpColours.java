package io.github.densecolorize.open;

import java.util.Arrays;

/**
 * BMP files without a palette.
 *
 * @param masks which bits are red, green, blue and opacity
 */
record BmpColours(int width, int height, int bits, boolean topDown, int[] masks) implements Bmp.Pixels {

	@Override
	public ImageSource source(byte[] rows, int rowBytes) {
		var argb = new int[width * height];
		boolean usual = bits >= 24 && masks[0] == 0xff0000 && masks[1] == 0xff00 && masks[2] == 0xff && masks[3] == 0;
		for (int y = 0; y < height; y++) {
			int from = (topDown ? y : height - 1 - y) * rowBytes;
			if (usual) usual(rows, from, argb, y * width);
			else masked(rows, from, argb, y * width);
		}
		if (masks[3] == 0) return ArraySource.of(width, height, PixelType.RGB, argb, Details.NONE);
		// Programs that do not support opacity leave it at 0 everywhere.
		boolean empty = Arrays.stream(argb).allMatch(c -> c >>> 24 == 0), through = !empty && Arrays.stream(argb).anyMatch(c -> c >>> 24 < 255);
		for (int i = 0; i < argb.length; i++)
			argb[i] = empty ? argb[i] | 0xff000000 : Transparency.onWhite(argb[i]);
		return ArraySource.of(width, height, PixelType.RGB, argb, through ? Details.NONE.say(Transparency.SENTENCE) : Details.NONE);
	}

	private void usual(byte[] rows, int from, int[] argb, int to) {
		for (int i = to, at = from; i < to + width; i++, at += bits / 8)
			argb[i] = 0xff000000 | (rows[at + 2] & 255) << 16 | (rows[at + 1] & 255) << 8 | rows[at] & 255;
	}

	private void masked(byte[] rows, int from, int[] argb, int to) {
		int bytes = bits / 8;
		for (int i = to, at = from; i < to + width; i++, at += bytes) {
			int value = 0;
			for (int b = bytes - 1; b >= 0; b--)
				value = value << 8 | rows[at + b] & 255;
			argb[i] = (masks[3] == 0 ? 255 : part(value, masks[3])) << 24 | part(value, masks[0]) << 16 | part(value, masks[1]) << 8 | part(value,
				masks[2]);
		}
	}

	/** The bits of a mask, stretched to 0..255 and rounded down, as in other programs. */
	private static int part(int value, int mask) {
		if (mask == 0) return 0;
		int shift = Integer.numberOfTrailingZeros(mask);
		long max = (mask & 0xffffffffL) >>> shift, part = (value & mask & 0xffffffffL) >>> shift;
		return (int) (part * 255 / max);
	}
}
