package io.github.densecolorize.open;

import java.io.IOException;
import java.nio.ByteOrder;
import java.util.Arrays;

import javax.imageio.stream.ImageInputStream;

/**
 * What a JPEG file says about itself (ITU T.81, annex B, and Exif).
 *
 * @param bits of a sample
 * @param components 1 for gray, 3 for colours, 4 for printing inks
 * @param process how it is coded: 0 to 15, the number of its "start of frame"
 * @param orientation how it has to be turned or mirrored, 1 to 8
 */
record JpegHeader(int bits, int components, int process, long orientation) {

	private static final int FRAME = 0xc0, HUFFMAN_TABLE = 0xc4, EXTENSION = 0xc8, ARITHMETIC_TABLE = 0xcc, SCAN = 0xda, END = 0xd9, EXIF = 0xe1;

	/** @param in at the beginning of the file */
	static JpegHeader read(ImageInputStream in) throws IOException {
		in.setByteOrder(ByteOrder.BIG_ENDIAN);
		in.seek(2);
		long orientation = 1;
		while (true) {
			int marker = marker(in);
			if (marker == SCAN || marker == END) throw Refusal.damaged("its size is missing");
			long next = in.getStreamPosition() + in.readUnsignedShort();
			if (marker >= FRAME && marker < FRAME + 16 && marker != HUFFMAN_TABLE && marker != EXTENSION && marker != ARITHMETIC_TABLE) {
				int bits = in.readUnsignedByte();
				in.skipBytes(4);
				return new JpegHeader(bits, in.readUnsignedByte(), marker - FRAME, orientation);
			}
			if (marker == EXIF && orientation == 1) orientation = orientation(in, next);
			in.seek(next);
		}
	}

	/** A marker begins with a byte of ones, of which there may be several. */
	private static int marker(ImageInputStream in) throws IOException {
		int marker = in.readUnsignedByte();
		while (marker != 0xff)
			marker = in.readUnsignedByte();
		while (marker == 0xff)
			marker = in.readUnsignedByte();
		return marker;
	}

	private static long orientation(ImageInputStream in, long end) throws IOException {
		var bytes = new byte[(int) Math.max(0, Math.min(end, in.length()) - in.getStreamPosition())];
		in.readFully(bytes);
		boolean exif = bytes.length > 6 && bytes[0] == 'E' && bytes[1] == 'x' && bytes[2] == 'i' && bytes[3] == 'f';
		return exif ? orientation(Arrays.copyOfRange(bytes, 6, bytes.length)) : 1;
	}

	/** The orientation in Exif's data, which are built like a TIFF file; 1 if they are damaged, as the image can be used without them. */
	static long orientation(byte[] exif) {
		try {
			return TiffDirectory.all(new ArrayInput(exif)).get(0).number(TiffTags.ORIENTATION, 1);
		}
		catch (IOException | RuntimeException e) {
			return 1;
		}
	}

	/** Whether it is coded in one of the ways that Java reads: baseline, extended or progressive, 8 bits, Huffman's codes. */
	boolean isUsual() {
		return process <= 2 && bits == 8;
	}
}
