package io.github.densecolorize.open;

import static io.github.densecolorize.open.TiffTags.*;

import java.awt.image.DataBufferByte;
import java.io.IOException;
import java.util.Arrays;

/** How strips and tiles of a TIFF file are unpacked. */
final class TiffCompression {

	private static final String WAY_OUT = "convert it with \"tiffcp -c zip IN OUT\" or another program to TIFF without compression, LZW or Deflate";

	private TiffCompression() {}

	/** @throws Refusal if it can't be read here */
	static void check(int compression, int bits) throws Refusal {
		var name = switch (compression) {
			case NONE, LZW, DEFLATE, OLD_DEFLATE, PACKBITS -> "";
			case HUFFMAN, GROUP3, GROUP4 -> bits == 1 ? "" : "as a fax, with " + bits + " bits";
			case JPEG -> bits == 8 ? "" : "as JPEG of " + bits + " bits";
			case 6 -> "as JPEG in a form that was replaced in 1995";
			case 33003, 33004, 33005, 34712 -> "as JPEG 2000";
			case 34887 -> "by LERC";
			case 34925 -> "by LZMA";
			case 34661 -> "by JBIG";
			case 34933 -> "as PNG";
			case 50000, 34926 -> "by Zstandard";
			case 50001, 34927 -> "as WebP";
			case 50002, 52546 -> "as JPEG XL";
			case 22610, 34892, 34934 -> "as JPEG XR";
			default -> "in a way (number " + compression + ")";
		};
		if (!name.isEmpty()) throw Refusal.unsupported("is compressed " + name + ", which is not read here", WAY_OUT);
	}

	/** Whether it is for data of any kind. */
	static boolean isGeneral(int compression) {
		return compression == LZW || compression == DEFLATE || compression == OLD_DEFLATE || compression == PACKBITS;
	}

	/**
	 * @param packed a strip or tile
	 * @param rows of it
	 * @param size number of bytes when it is unpacked
	 * @return these
	 * @throws Refusal if it is damaged
	 */
	static byte[] unpack(TiffPage page, byte[] packed, int rows, int size) throws IOException {
		// The last strip may be as high as the others, with rows that do not belong to the image.
		int most = (int) Math.min(Integer.MAX_VALUE - 8L, Math.max(size, page.chunkHeight * page.rowBytes()));
		var unpacked = switch (page.compression) {
			case LZW -> Lzw.unpack(packed, most);
			case DEFLATE, OLD_DEFLATE -> Deflate.unpack(packed, size, false);
			case PACKBITS -> unpackedBits(packed, most);
			case JPEG -> TiffJpeg.unpack(page, packed, rows);
			case HUFFMAN, GROUP3, GROUP4 -> fax(page, packed, rows);
			default -> packed;
		};
		if (unpacked.length != size && unpacked.length != most) throw Refusal.damaged("a strip or tile has " + unpacked.length +
			" bytes when it is unpacked, instead of " + size);
		return unpacked;
	}

	/** PackBits: TIFF 6.0, section 9. */
	private static byte[] unpackedBits(byte[] packed, int most) {
		var bytes = new byte[most];
		int from = 0, to = 0;
		while (from < packed.length && to < most) {
			int n = packed[from++];
			if (n == -128) continue;
			int length = Math.min(most - to, n < 0 ? 1 - n : n + 1);
			if (n < 0) {
				if (from == packed.length) break;
				Arrays.fill(bytes, to, to + length, packed[from++]);
			}
			else {
				length = Math.min(length, packed.length - from);
				System.arraycopy(packed, from, bytes, to, length);
				from += length;
			}
			to += length;
		}
		return to == most ? bytes : Arrays.copyOf(bytes, to);
	}

	/** Unpacks by Java's reader, from a TIFF file that has this strip only. */
	private static byte[] fax(TiffPage page, byte[] packed, int rows) throws IOException {
		var directory = page.directory;
		int options = page.compression == GROUP4 ? T6_OPTIONS : T4_OPTIONS;
		int[][] entries = { { WIDTH, page.chunkWidth }, { HEIGHT, rows }, { BITS, 1 }, { COMPRESSION, page.compression }, { PHOTOMETRIC,
			BLACK_IS_ZERO }, { STRIP_OFFSETS, 0 }, { SAMPLES, 1 }, { ROWS_PER_STRIP, rows }, { STRIP_COUNTS, packed.length }, { options,
				(int) directory.number(options, 0) } };
		var decoded = JavaTiff.read(entries, packed);
		return ((DataBufferByte) decoded.getDataBuffer()).getData();
	}
}
