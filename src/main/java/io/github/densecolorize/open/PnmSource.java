package io.github.densecolorize.open;

import java.awt.Rectangle;
import java.io.IOException;
import java.util.List;

import javax.imageio.stream.ImageInputStream;

import io.github.densecolorize.open.Pnm.Header;

/**
 * Raw images of a netpbm file.
 *
 * @param planes all of one size and kind
 */
record PnmSource(ImageInputStream in, List<Header> planes, Details details) implements ImageSource {

	@Override
	public Layout layout() {
		var first = planes.get(0);
		return Layout.stack(first.width(), first.height(), planes.size(), first.type());
	}

	@Override
	public Object read(int plane, Rectangle region) throws IOException {
		var header = planes.get(plane);
		var pixels = header.type().array(region.width * region.height);
		for (int y = 0; y < region.height; y++)
			readRow(header, region.x, region.y + y, region.width, pixels, y * region.width);
		return pixels;
	}

	private void readRow(Header header, int x, int y, int n, Object pixels, int at) throws IOException {
		long row = header.start() + y * header.rowBytes();
		if (header.isBitmap()) {
			var bits = bytes(row + x / 8, (x % 8 + n + 7) / 8);
			for (int i = 0; i < n; i++)
				((byte[]) pixels)[at + i] = (byte) ((bits[(x % 8 + i) / 8] >> 7 - (x + i) % 8 & 1) == 0 ? 255 : 0);
			return;
		}
		int size = header.max() > 255 ? 2 : 1, samples = header.samples();
		var bytes = bytes(row + (long) x * samples * size, n * samples * size);
		for (int i = 0; i < n; i++) {
			int first = i * samples;
			if (samples == 3) ((int[]) pixels)[at + i] = argb(value(bytes, first, size), value(bytes, first + 1, size), value(bytes, first + 2,
				size), header.max());
			else if (size == 2) ((short[]) pixels)[at + i] = (short) Math.min(value(bytes, first, size), header.max());
			else ((byte[]) pixels)[at + i] = (byte) level(value(bytes, first, size), header.max());
		}
	}

	private byte[] bytes(long from, int n) throws IOException {
		var bytes = new byte[n];
		in.seek(from);
		in.readFully(bytes);
		return bytes;
	}

	private static int value(byte[] bytes, int i, int size) {
		return size == 1 ? bytes[i] & 0xff : (bytes[2 * i] & 0xff) << 8 | bytes[2 * i + 1] & 0xff;
	}

	/** 0 to 255. */
	static int level(int value, int max) {
		return (int) ((Math.min(value, max) * 510L + max) / (2L * max));
	}

	static int argb(int r, int g, int b, int max) {
		return 0xff000000 | level(r, max) << 16 | level(g, max) << 8 | level(b, max);
	}

	@Override
	public void close() throws IOException {
		in.close();
	}
}
