package io.github.densecolorize.open;

import static io.github.densecolorize.open.TiffTags.*;

import java.io.IOException;
import java.util.stream.IntStream;

/**
 * How the samples of a page become pixels.
 *
 * @param channels the samples of each: one gray value, or those of a colour
 * @param alpha number of the sample with the transparency; -1 if there is none, or it does not matter
 * @param painter turns samples into pixels
 * @param lut colours in which the program that wrote the page showed gray values; null for gray
 * @param inverted whether the smallest gray value is white; the pixels are not inverted then
 * @param said what users should know about how the page was read; null if nothing
 */
record TiffPixels(PixelType type, int[][] channels, int alpha, Painter painter, ColorTable lut, boolean inverted, String said) {

	/** Turns samples into pixels. */
	@FunctionalInterface
	interface Painter {

		/**
		 * @param samples of the channel, then the transparency if there is one
		 * @param x first pixel of the row
		 * @param n pixels
		 * @param to array of the type's kind
		 * @param at where the first one is stored
		 */
		void paint(Samples[] samples, int x, int y, int n, Object to, int at);
	}

	/** @param byImageJ whether ImageJ wrote the page; ImageJ shows gray values in colours */
	static TiffPixels of(TiffPage page, boolean byImageJ) throws IOException {
		return switch (page.photometric) {
			case PALETTE -> palette(page, byImageJ);
			case YCBCR -> colours(page, TiffColours.yCbCr(page));
			case CIELAB, ICCLAB -> colours(page, TiffColours.lab(page));
			case RGB -> page.bits <= 8 && page.format != FLOAT ? colours(page, TiffColours.rgb(page)) : gray(page);
			default -> gray(page);
		};
	}

	private static TiffPixels palette(TiffPage page, boolean byImageJ) throws IOException {
		var table = table(page);
		int[][] channels = { { 0 } };
		if (byImageJ && page.bits == 8 && !table.isGray() && table.isRamp()) return new TiffPixels(PixelType.GRAY8, channels, -1, (samples, x, y, n,
			to, at) -> gray8(samples[0], x, y, n, (byte[]) to, at), table, false, null);
		if (table.isGray()) return new TiffPixels(PixelType.GRAY8, channels, -1, (samples, x, y, n, to, at) -> {
			for (int i = 0; i < n; i++)
				((byte[]) to)[at + i] = (byte) table.argb((int) samples[0].number(x + i, y));
		}, null, false, null);
		return new TiffPixels(PixelType.RGB, channels, -1, (samples, x, y, n, to, at) -> {
			for (int i = 0; i < n; i++)
				((int[]) to)[at + i] = table.argb((int) samples[0].number(x + i, y));
		}, null, false, null);
	}

	/** The palette: all red, then all green, then all blue values, of 16 bits, of which some programs use only the lower 8. */
	private static ColorTable table(TiffPage page) throws IOException {
		long[] values = page.directory.numbers(COLOR_MAP);
		int n = 1 << page.bits, shift = IntStream.range(0, 3 * n).allMatch(i -> values[i] < 256) ? 0 : 8;
		return new ColorTable(IntStream.range(0, n).map(i -> 0xff000000 | (int) (values[i] >> shift) << 16 | (int) (values[n + i] >> shift) << 8 |
			(int) (values[2 * n + i] >> shift)).toArray());
	}

	private static TiffPixels colours(TiffPage page, TiffColours.Colour colour) {
		boolean transparent = page.alpha >= 3, plain = page.photometric == RGB && page.bits == 8 && page.format == UNSIGNED && !transparent;
		int more = page.samples - 3 - (transparent ? 1 : 0);
		var said = more == 0 ? null : "Beside red, green and blue there " + (more == 1 ? "is a sample" : "are " + more + " samples") +
			" of unknown meaning, left out.";
		return new TiffPixels(PixelType.RGB, new int[][] { { 0, 1, 2 } }, transparent ? page.alpha : -1, plain ? (samples, x, y, n, to,
			at) -> TiffColours.paintBytes(samples, x, y, n, (int[]) to, at) : (samples, x, y, n, to, at) -> {
				for (int i = 0; i < n; i++)
					((int[]) to)[at + i] = colour.argb(samples, x + i, y);
			}, null, false, said);
	}

	private static TiffPixels gray(TiffPage page) {
		int[][] channels = IntStream.range(0, page.samples).filter(i -> i != page.alpha).mapToObj(i -> new int[] { i }).toArray(int[][]::new);
		var type = page.format == FLOAT || page.bits > 16 ? PixelType.GRAY32 : page.bits <= 8 ? PixelType.GRAY8 : page.format == SIGNED
			? PixelType.SIGNED16 : PixelType.GRAY16;
		boolean inverted = page.photometric == WHITE_IS_ZERO;
		var said = type == PixelType.GRAY8 && page.format == SIGNED ? "Its values of " + -(1 << page.bits - 1) + " to " + ((1 << page.bits - 1) - 1) +
			" are taken as 0 to 255." : null;
		return new TiffPixels(type, channels, page.alpha, grayPainter(type, inverted, page.premultiplied), null, inverted &&
			type != PixelType.GRAY8, said);
	}

	private static Painter grayPainter(PixelType type, boolean inverted, boolean premultiplied) {
		return switch (type) {
			case GRAY8 -> (samples, x, y, n, to, at) -> {
				var gray = (byte[]) to;
				if (samples.length == 1) gray8(samples[0], x, y, n, gray, at);
				else {
					double min = samples[0].min(), scale = 255 / (samples[0].max() - min);
					for (int i = 0; i < n; i++)
						gray[at + i] = (byte) Math.round((onWhite(samples, x + i, y, inverted, premultiplied) - min) * scale);
				}
				if (inverted) for (int i = at; i < at + n; i++)
					gray[i] = (byte) ~gray[i];
			};
			case GRAY16, SIGNED16 -> (samples, x, y, n, to, at) -> {
				int offset = type == PixelType.SIGNED16 ? PixelType.ZERO : 0;
				var gray = (short[]) to;
				if (samples.length == 1 && samples[0].isPlain(16)) {
					samples[0].copy(x, y, gray, at, n);
					if (offset > 0) for (int i = at; i < at + n; i++)
						gray[i] += (short) offset;
				}
				else for (int i = 0; i < n; i++)
					gray[at + i] = (short) (Math.round(onWhite(samples, x + i, y, inverted, premultiplied)) + offset);
			};
			default -> (samples, x, y, n, to, at) -> {
				var gray = (float[]) to;
				if (samples.length == 1 && samples[0].isPlain(32) && samples[0].format() == FLOAT) samples[0].copy(x, y, gray, at, n);
				else for (int i = 0; i < n; i++)
					gray[at + i] = (float) onWhite(samples, x + i, y, inverted, premultiplied);
			};
		};
	}

	/** Fewer than eight bits are stretched to eight; signed values are shifted to begin at 0. */
	private static void gray8(Samples samples, int x, int y, int n, byte[] to, int at) {
		if (samples.isPlain(8)) {
			System.arraycopy(samples.data(), samples.at(x, y), to, at, n);
			if (samples.format() == SIGNED) for (int i = at; i < at + n; i++)
				to[i] ^= (byte) 0x80;
			return;
		}
		double min = samples.min(), scale = 255 / (samples.max() - min);
		for (int i = 0; i < n; i++)
			to[at + i] = (byte) Math.round((samples.number(x + i, y) - min) * scale);
	}

	private static double onWhite(Samples[] samples, int x, int y, boolean whiteIsZero, boolean premultiplied) {
		double value = samples[0].number(x, y);
		if (samples.length == 1) return value;
		double opacity = samples[1].number(x, y) / samples[1].max(), white = whiteIsZero ? samples[0].min() : samples[0].max();
		return (premultiplied ? value : value * opacity) + white * (1 - opacity);
	}
}
