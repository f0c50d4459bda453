package io.github.densecolorize.open;

/**
 * Frames that are rows of gray values, indices or RGB.
 *
 * @param rowBytes from row to row
 * @param topDown whether the first row is the uppermost
 * @param table of the colours of up to 8 bits; null if there is none
 */
record AviPixels(AviHeader header, PixelType type, int rowBytes, boolean topDown, ColorTable table) implements AviCodec {

	/** @param length of a frame in bytes, which tells whether its rows are padded */
	static AviCodec of(AviHeader header, long length) {
		boolean gray = !header.codec().isEmpty();
		int bits = header.bits();
		if (bits != 1 && bits != 4 && bits != 8 && bits != 16 && bits != 24 && bits != 32 || gray && bits != 8 && bits != 16) return null;
		long tight = ((long) header.width() * bits + 7) / 8;
		long row = length < header.padded() * header.height() ? tight : header.padded();
		boolean topDown = header.topDown() || gray && bits == 8;
		var table = bits > 8 || gray ? null : header.palette();
		if (bits < 8 && table == null) return null;
		boolean shown8 = bits <= 8 && (table == null || table.isGray());
		return new AviPixels(header, shown8 ? PixelType.GRAY8 : gray ? PixelType.GRAY16 : PixelType.RGB, (int) row, topDown, table);
	}

	@Override
	public long fewest() {
		return (long) rowBytes * header.height();
	}

	@Override
	public Object decode(byte[] frame) {
		int width = header.width(), height = header.height();
		var pixels = type.array(width * height);
		for (int y = 0; y < height; y++) {
			int row = (topDown ? y : height - 1 - y) * rowBytes;
			for (int x = 0; x < width; x++)
				put(pixels, y * width + x, frame, row, x);
		}
		return pixels;
	}

	private void put(Object pixels, int i, byte[] frame, int row, int x) {
		int bits = header.bits(), at = row + x * (bits / 8);
		if (bits <= 8) {
			int value = frame[row + x * bits / 8] >> 8 - bits - x * bits % 8 & (1 << bits) - 1;
			int shown = table == null ? value : table.argb(value);
			if (pixels instanceof byte[] bytes) bytes[i] = (byte) shown;
			else ((int[]) pixels)[i] = shown;
		}
		else if (bits == 16) {
			int value = frame[at] & 0xff | (frame[at + 1] & 0xff) << 8;
			if (pixels instanceof short[] shorts) shorts[i] = (short) value;
			else ((int[]) pixels)[i] = 0xff000000 | level(value >> 10) << 16 | level(value >> 5) << 8 | level(value);
		}
		else((int[]) pixels)[i] = 0xff000000 | (frame[at + 2] & 0xff) << 16 | (frame[at + 1] & 0xff) << 8 | frame[at] & 0xff;
	}

	/** A value of 5 bits as 8: its first bits are repeated after it, as in other programs. */
	private static int level(int value) {
		int bits = value & 31;
		return bits << 3 | bits >> 2;
	}
}
