package io.github.densecolorize.open;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

import javax.imageio.stream.ImageInputStream;

/**
 * Format of the frames of an AVI film.
 *
 * @param height in pixels
 * @param topDown whether the first row is the uppermost
 * @param bits of a pixel
 * @param codec four characters; empty if there is no compression
 * @param palette null if there is none
 */
record AviHeader(int width, int height, boolean topDown, int bits, String codec, ColorTable palette) {

	private static final int BYTES = 40, JPEG = 4, PNG = 5;

	/** Reads the header of a bitmap, which may have a palette after it. */
	static AviHeader read(ImageInputStream in, long start, long length) throws IOException {
		if (length < BYTES) throw Refusal.damaged("its video has a header of " + length + " bytes");
		in.seek(start);
		long size = in.readUnsignedInt();
		int width = in.readInt(), height = in.readInt();
		in.skipBytes(2);
		int bits = in.readUnsignedShort();
		var code = new byte[4];
		in.readFully(code);
		in.skipBytes(12);
		long colours = in.readUnsignedInt();
		if (width < 1 || height == 0 || height == Integer.MIN_VALUE || (long) width * Math.abs(height) > Integer.MAX_VALUE) throw Refusal.damaged(
			"it states " + width + " x " + height + " pixels");
		int inFile = (int) Math.min(256, (length - size) / 4);
		var palette = bits > 8 || inFile < 1 ? null : palette(in, start + size, (int) Math.min(inFile, colours == 0 ? 1L << bits : colours));
		return new AviHeader(width, Math.abs(height), height < 0, bits, codec(code), palette);
	}

	private static String codec(byte[] code) {
		boolean number = code[1] == 0 && code[2] == 0 && code[3] == 0;
		if (number) return switch (code[0]) {
			case 0 -> "";
			case 1, 2 -> "RLE" + (code[0] == 1 ? 8 : 4);
			case JPEG -> "MJPG";
			case PNG -> "PNG ";
			default -> "number " + code[0];
		};
		var text = new String(code, StandardCharsets.ISO_8859_1).toUpperCase(Locale.ROOT);
		return switch (text) {
			case "RGB ", "RAW ", "DIB " -> "";
			default -> text;
		};
	}

	private static ColorTable palette(ImageInputStream in, long start, int n) throws IOException {
		in.seek(start);
		var argb = new int[n];
		for (int i = 0; i < n; i++) {
			int b = in.readUnsignedByte(), g = in.readUnsignedByte(), r = in.readUnsignedByte();
			in.skipBytes(1);
			argb[i] = 0xff000000 | r << 16 | g << 8 | b;
		}
		return new ColorTable(argb);
	}

	/** Number of bytes of a row that is padded to a multiple of 4. */
	long padded() {
		return ((long) width * bits + 31) / 32 * 4;
	}
}
