package io.github.densecolorize.open;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Undoes predictors: differences from pixel to pixel, which can be packed better than the pixels themselves (TIFF 6.0, section 14, and Adobe's
 * Technical Note 3 of 2005).
 */
final class TiffPredictor {

	private TiffPredictor() {}

	/** Whether differences are stored; with other compressions than these two the tag is ignored. */
	static boolean isUsed(int compression, int predictor) {
		return predictor > 1 && (compression == TiffTags.LZW || compression == TiffTags.DEFLATE || compression == TiffTags.OLD_DEFLATE);
	}

	/** Replaces the differences by the samples. */
	static void undo(TiffPage page, byte[] data, int rows, ByteOrder order) {
		int rowBytes = (int) page.rowBytes(), stride = page.interleaved(), n = page.chunkWidth * stride;
		for (int y = 0; y < rows; y++) {
			if (page.predictor == 2) addUp(ByteBuffer.wrap(data, y * rowBytes, rowBytes).slice().order(order), n, stride, page.bits);
			else floats(data, y * rowBytes, n, stride, page.bits / 8, order);
		}
	}

	private static void addUp(ByteBuffer row, int n, int stride, int bits) {
		for (int i = stride; i < n; i++)
			switch (bits) {
				case 8 -> row.put(i, (byte) (row.get(i) + row.get(i - stride)));
				case 16 -> row.putShort(2 * i, (short) (row.getShort(2 * i) + row.getShort(2 * (i - stride))));
				case 32 -> row.putInt(4 * i, row.getInt(4 * i) + row.getInt(4 * (i - stride)));
				default -> row.putLong(8 * i, row.getLong(8 * i) + row.getLong(8 * (i - stride)));
			}
	}

	/** The row's highest bytes come first, then the next ones and so on, as differences. */
	private static void floats(byte[] data, int start, int n, int stride, int size, ByteOrder order) {
		var bytes = new byte[n * size];
		System.arraycopy(data, start, bytes, 0, bytes.length);
		for (int i = stride; i < bytes.length; i++)
			bytes[i] += bytes[i - stride];
		for (int i = 0; i < n; i++)
			for (int b = 0; b < size; b++)
				data[start + i * size + (order == ByteOrder.BIG_ENDIAN ? b : size - 1 - b)] = bytes[b * n + i];
	}
}
