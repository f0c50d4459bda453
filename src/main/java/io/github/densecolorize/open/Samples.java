package io.github.densecolorize.open;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * One of the samples of each pixel in some rows.
 *
 * @param data the rows, each of which begins with a new byte
 * @param offset of the first row in bytes
 * @param rowBytes from row to row
 * @param stride number of samples from one pixel to the next
 * @param first which of them it is, counted from 0
 * @param bits of a sample: any number of up to 32, or 64
 * @param format {@link TiffTags#UNSIGNED}, {@code SIGNED} or {@code FLOAT}
 * @param order of the bytes, if the bits are whole bytes; others are packed with the highest bit first
 */
record Samples(byte[] data, int offset, int rowBytes, int stride, int first, int bits, int format, ByteOrder order) {

	/** The largest number that the bits can hold; 1 if they are a floating-point number. */
	double max() {
		return format == TiffTags.FLOAT ? 1 : Math.scalb(1.0, format == TiffTags.SIGNED ? bits - 1 : bits) - 1;
	}

	/** The smallest number. */
	double min() {
		return format == TiffTags.SIGNED ? -Math.scalb(1.0, bits - 1) : 0;
	}

	/** Index of a byte of a sample of whole bytes. */
	int at(int x, int y) {
		return offset + y * rowBytes + (first + x * stride) * (bits / 8);
	}

	/** The sample as a number; integers of more than 53 bits are rounded. */
	double number(int x, int y) {
		long raw = raw(x, y);
		if (format == TiffTags.UNSIGNED) return bits == 64 && raw < 0 ? (raw >>> 1) * 2.0 : raw;
		if (format == TiffTags.SIGNED) return raw << 64 - bits >> 64 - bits;
		return switch (bits) {
			case 16 -> half((int) raw);
			// A float with an exponent of 7 bits and a mantissa of 16.
			case 24 -> ofParts((int) raw, 7, 16);
			case 32 -> Float.intBitsToFloat((int) raw);
			default -> Double.longBitsToDouble(raw);
		};
	}

	/** The bits of a sample. */
	private long raw(int x, int y) {
		if (bits == 8) return data[at(x, y)] & 255;
		long value = 0;
		if (bits % 8 == 0) {
			int at = at(x, y), n = bits / 8;
			for (int i = 0; i < n; i++)
				value = value << 8 | data[at + (order == ByteOrder.BIG_ENDIAN ? i : n - 1 - i)] & 255;
			return value;
		}
		long bit = (offset + (long) y * rowBytes) * 8 + (first + (long) x * stride) * bits;
		for (int left = bits; left > 0;) {
			int in = (int) (bit & 7), take = Math.min(left, 8 - in);
			value = value << take | (data[(int) (bit >> 3)] & 255) >> 8 - in - take & (1 << take) - 1;
			left -= take;
			bit += take;
		}
		return value;
	}

	/** IEEE 754, 16 bits. */
	static double half(int raw) {
		return ofParts(raw, 5, 10);
	}

	private static double ofParts(int raw, int exponentBits, int mantissaBits) {
		int mantissa = raw & (1 << mantissaBits) - 1, exponent = raw >> mantissaBits & (1 << exponentBits) - 1;
		int bias = (1 << exponentBits - 1) - 1;
		double size = exponent == (1 << exponentBits) - 1 ? mantissa == 0 ? Double.POSITIVE_INFINITY : Double.NaN : exponent == 0 ? Math.scalb(
			(double) mantissa, 1 - bias - mantissaBits) : Math.scalb(1 + Math.scalb((double) mantissa, -mantissaBits), exponent - bias);
		return (raw >> exponentBits + mantissaBits & 1) == 0 ? size : -size;
	}

	/** Whether samples of this many bits can be copied as they are. */
	boolean isPlain(int ofBits) {
		return bits == ofBits && stride == 1;
	}

	/** A row of 16-bit samples. */
	void copy(int x, int y, short[] to, int at, int n) {
		ByteBuffer.wrap(data).order(order).position(at(x, y)).asShortBuffer().get(to, at, n);
	}

	/** A row of 32-bit floating-point samples. */
	void copy(int x, int y, float[] to, int at, int n) {
		ByteBuffer.wrap(data).order(order).position(at(x, y)).asFloatBuffer().get(to, at, n);
	}
}
