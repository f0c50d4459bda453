package io.github.densecolorize.open;

import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Unpacks data that is compressed by Deflate, which PNG, TIFF and ZIP have in common (RFC 1950 and 1951). */
final class Deflate {

	private Deflate() {}

	/**
	 * @param size number of bytes that are wanted; further ones are left out
	 * @param bare whether header and checksum are missing, as in ZIP; if there is a checksum, it is checked
	 * @return these bytes, or fewer if there are not so many
	 * @throws Refusal if it is damaged
	 */
	static byte[] unpack(byte[] packed, int size, boolean bare) throws Refusal {
		var inflater = new Inflater(bare);
		try {
			inflater.setInput(packed);
			var bytes = new byte[size];
			int n = 0;
			for (int more = 1; n < size && more > 0; n += more)
				more = inflater.inflate(bytes, n, size - n);
			// The checksum is at the end.
			var rest = new byte[1 << 12];
			while (n == size && !inflater.finished() && inflater.inflate(rest) > 0) {}
			return n == size ? bytes : Arrays.copyOf(bytes, n);
		}
		catch (DataFormatException e) {
			throw Refusal.damaged("its compressed data can't be unpacked (" + e.getMessage() + ")", e);
		}
		finally {
			inflater.end();
		}
	}
}
