package io.github.densecolorize.open;

import java.io.IOException;
import java.util.Arrays;

/** Unpacks LZW (TIFF 6.0, section 13): codes of 9 to 12 bits stand for strings that came before. */
final class Lzw {

	private static final int CLEAR = 256, END = 257, FIRST = 258, CODES = 4096;
	/** How many bytes may follow the last string, as some programs add zeros. */
	private static final int FILL = 4;

	private final byte[] packed, out;
	/** Where in {@code out} the string of a code occurred first, and its length. */
	private final int[] starts = new int[CODES], lengths = new int[CODES];
	private int read, buffer, bits;

	private Lzw(byte[] packed, int most) {
		this.packed = packed;
		out = new byte[most];
	}

	/**
	 * @param most largest number of bytes that may come out
	 * @return what came out
	 * @throws Refusal if there are more, or the packed data make no sense
	 */
	static byte[] unpack(byte[] packed, int most) throws IOException {
		// Before TIFF 6.0 the bits of a code were in the opposite order; such a strip is recognised by the code that clears the table at its
		// beginning.
		if (packed.length > 1 && packed[0] == 0 && (packed[1] & 1) == 1) throw Refusal.unsupported("is compressed by a form of LZW that was replaced in 1988",
			"save it again with another compression");
		return new Lzw(packed, most).unpack();
	}

	private byte[] unpack() throws IOException {
		int at = 0, next = FIRST, width = 9, before = -1;
		for (int code = code(width); code != END; code = code(width)) {
			if (code == CLEAR) {
				next = FIRST;
				width = 9;
				before = -1;
				continue;
			}
			if (at == out.length && packed.length - read < FILL) break;
			// A new string: the one before and the first byte of this one, which follows it in the output.
			if (before >= 0 && next < CODES) {
				starts[next] = before;
				lengths[next++] = at - before + 1;
			}
			if (code >= next || code > END && before < 0) throw damaged();
			int length = code < CLEAR ? 1 : lengths[code];
			if (length > out.length - at) throw damaged();
			if (code < CLEAR) out[at] = (byte) code;
			// Copied byte by byte, since a string may overlap with itself.
			else for (int i = 0, from = starts[code]; i < length; i++)
				out[at + i] = out[from + i];
			before = at;
			at += length;
			// This is one code early, as the packing program looks at its table before it adds to it.
			width = next >= 2047 ? 12 : next >= 1023 ? 11 : next >= 511 ? 10 : 9;
		}
		return at == out.length ? out : Arrays.copyOf(out, at);
	}

	/** The next code; the last one may be missing. */
	private int code(int width) {
		while (bits < width) {
			if (read == packed.length) return END;
			buffer = buffer << 8 | packed[read++] & 255;
			bits += 8;
		}
		bits -= width;
		return buffer >>> bits & (1 << width) - 1;
	}

	private static Refusal damaged() {
		return Refusal.damaged("its compressed data can't be unpacked");
	}
}
