package io.github.densecolorize.open;

import java.awt.Rectangle;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;

import javax.imageio.plugins.jpeg.JPEGHuffmanTable;

/**
 * Frames that are JPEG or PNG images.
 *
 * @param type of the first of them
 */
record AviImages(AviHeader header, PixelType type) implements AviCodec {

	private static final int MARKER = 0xff, START = 0xd8, SCAN = 0xda, HUFFMAN = 0xc4;

	static AviCodec of(AviHeader header, byte[] first) throws IOException {
		try (var image = open(first)) {
			// The first picture of a colour film may be black, and so gray.
			boolean colour = isJpeg(first) && JpegHeader.read(new ArrayInput(first)).components() == 3;
			return new AviImages(header, colour ? PixelType.RGB : image.layout().type());
		}
	}

	@Override
	public long fewest() {
		return 1;
	}

	private static ImageSource open(byte[] frame) throws IOException {
		return Formats.open(new ArrayInput(withTables(frame)), "frame").orElseThrow(() -> Refusal.damaged("a frame of it is no image"));
	}

	@Override
	public Object decode(byte[] frame) throws IOException {
		try (var image = open(frame)) {
			var layout = image.layout();
			if (layout.width() != header.width() || layout.height() != header.height()) throw Refusal.unsupported("has a frame of " +
				layout.width() + " x " +
				layout.height() + " pixels in a film of " + header.width() + " x " + header.height() + ", which is not read here",
				"convert it to uncompressed AVI");
			var pixels = image.read(0, new Rectangle(layout.width(), layout.height()));
			if (layout.type() == type) return pixels;
			// A colour film may have gray frames.
			if (type == PixelType.RGB && pixels instanceof byte[] gray) return argb(gray);
			throw Refusal.unsupported("has frames of several kinds, which are not read here", "convert it to uncompressed AVI");
		}
	}

	private static int[] argb(byte[] gray) {
		var argb = new int[gray.length];
		for (int i = 0; i < argb.length; i++)
			argb[i] = 0xff000000 | (gray[i] & 0xff) * 0x010101;
		return argb;
	}

	private static boolean isJpeg(byte[] frame) {
		return frame.length > 4 && (frame[0] & 0xff) == MARKER && (frame[1] & 0xff) == START;
	}

	/** JPEG images in films leave out their Huffman tables if they are those of the standard. */
	private static byte[] withTables(byte[] frame) {
		int at = 2;
		boolean jpeg = isJpeg(frame);
		while (jpeg && at + 4 <= frame.length && (frame[at] & 0xff) == MARKER && (frame[at + 1] & 0xff) != SCAN) {
			if ((frame[at + 1] & 0xff) == HUFFMAN) return frame;
			at += 2 + ((frame[at + 2] & 0xff) << 8 | frame[at + 3] & 0xff);
		}
		if (!jpeg || at + 4 > frame.length) return frame;
		var out = new ByteArrayOutputStream();
		out.write(frame, 0, at);
		var tables = List.of(JPEGHuffmanTable.StdDCLuminance, JPEGHuffmanTable.StdACLuminance, JPEGHuffmanTable.StdDCChrominance,
			JPEGHuffmanTable.StdACChrominance);
		for (int i = 0; i < tables.size(); i++) {
			var table = tables.get(i);
			int length = 19 + table.getValues().length;
			out.write(MARKER);
			out.write(HUFFMAN);
			out.write(length >> 8);
			out.write(length);
			// The table's class (0: DC, 1: AC) and number.
			out.write(i % 2 << 4 | i / 2);
			for (int k = 0; k < 16; k++)
				out.write(k < table.getLengths().length ? table.getLengths()[k] : 0);
			for (int value : table.getValues())
				out.write(value);
		}
		out.write(frame, at, frame.length - at);
		return out.toByteArray();
	}
}
