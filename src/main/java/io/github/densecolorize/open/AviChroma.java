package io.github.densecolorize.open;

/**
 * Frames of luma and chroma (ITU-R BT.601, luma 16 to 235), in which several pixels share their chroma.
 *
 * @param yStep bytes from one luma to the next in a row
 * @param y of the first pixel: its place in a frame; likewise for u and v
 * @param down number of rows that share their chroma; if it is 2, chroma has planes of its own
 * @param across number of pixels of a row that share their chroma
 * @param cStep bytes from one chroma to the next in a row
 * @param topDown whether the first row is the uppermost
 */
record AviChroma(AviHeader header, int y, int yStep, int yRow, int u, int v, int cStep, int cRow, int across, int down, boolean topDown,
	long fewest) implements AviCodec
{

	/** The format with this name; null if it is not known here. */
	static AviCodec of(AviHeader header) {
		return switch (header.codec()) {
			case "YUY2", "YUNV", "YUYV" -> packed(header, 0, 1, 3, true);
			case "UYVY", "UYNV", "Y422" -> packed(header, 1, 0, 2, true);
			case "CYUV", "V422" -> packed(header, 1, 0, 2, false);
			case "YVYU" -> packed(header, 0, 3, 1, true);
			case "AYUV" -> new AviChroma(header, 2, 4, 4 * header.width(), 1, 0, 4, 4 * header.width(), 1, 1, header.topDown(),
				4L * header.width() * header.height());
			case "I420", "IYUV" -> planar(header, 0, 1, 1);
			case "YV12" -> planar(header, 1, 0, 1);
			case "NV12" -> planar(header, 0, 1, 2);
			case "NV21" -> planar(header, 1, 0, 2);
			default -> null;
		};
	}

	private static AviCodec packed(AviHeader header, int y, int u, int v, boolean topDown) {
		int row = (header.width() + 1) / 2 * 4;
		return new AviChroma(header, y, 2, row, u, v, 4, row, 2, 1, topDown, (long) row * header.height());
	}

	/** @param step 1 for planes of U and of V, 2 for one plane of both in turn */
	private static AviCodec planar(AviHeader header, int u, int v, int step) {
		int width = header.width(), height = header.height(), half = (width + 1) / 2, lumas = width * height;
		int plane = step == 1 ? half * ((height + 1) / 2) : 1;
		return new AviChroma(header, 0, 1, width, lumas + u * plane, lumas + v * plane, step, half * step, 2, 2, true, lumas +
			2L * half * ((height + 1) / 2));
	}

	@Override
	public PixelType type() {
		return PixelType.RGB;
	}

	@Override
	public Object decode(byte[] frame) {
		int width = header.width(), height = header.height();
		var argb = new int[width * height];
		for (int row = 0; row < height; row++)
			for (int x = 0; x < width; x++) {
				int chroma = row / down * cRow + x / across * cStep;
				int to = (topDown ? row : height - 1 - row) * width + x;
				argb[to] = Rgb.ofFilm(frame[y + row * yRow + x * yStep] & 0xff, frame[u + chroma] & 0xff, frame[v + chroma] & 0xff);
			}
		return argb;
	}
}
