package io.github.densecolorize.open;

import java.io.IOException;
import java.nio.ByteOrder;

import javax.imageio.stream.ImageInputStream;

/** BMP of Windows and OS/2. It has a reader of its own, since Java's reader takes gray palettes for linear light. */
final class Bmp implements Format {

	private static final int RLE8 = 1, RLE4 = 2, MASKS = 3, MASKS_WITH_ALPHA = 6;

	@Override
	public boolean recognizes(byte[] head, String name) {
		return head.length > 26 && head[0] == 'B' && head[1] == 'M' && head[15] == 0 && head[16] == 0 && head[17] == 0;
	}

	@Override
	public ImageSource open(ImageInputStream in, String name) throws IOException {
		in.setByteOrder(ByteOrder.LITTLE_ENDIAN);
		in.seek(10);
		long start = in.readUnsignedInt(), header = in.readUnsignedInt();
		boolean old = header == 12;
		long width = old ? in.readUnsignedShort() : in.readInt(), rows = old ? in.readUnsignedShort() : in.readInt();
		in.skipBytes(2);
		int bits = in.readUnsignedShort(), packing = old ? 0 : in.readInt();
		long height = Math.abs(rows);
		if (width < 1 || height < 1 || width * height > Integer.MAX_VALUE - 8) throw Refusal.damaged("it says that it is " + width + " x " + height +
			" pixels");
		boolean packed = packing == RLE8 && bits == 8 || packing == RLE4 && bits == 4;
		if (!packed && packing != 0 && packing != MASKS && packing != MASKS_WITH_ALPHA) throw Refusal.unsupported("is a BMP file packed in a way (" +
			packing + ") that is not read here", "convert it to TIFF");
		long rowBytes = (width * bits + 31) / 32 * 4, end = start + rowBytes * height;
		if (!packed && end > in.length()) throw Refusal.damaged("it has " + in.length() + " bytes, and its pixels end at " + end);
		var pixels = switch (bits) {
			case 1, 2, 4, 8 -> new BmpIndices((int) width, (int) height, bits, rows < 0, table(in, old, bits, start));
			case 16, 24, 32 -> new BmpColours((int) width, (int) height, bits, rows < 0, masks(in, header, bits, packing));
			default -> throw Refusal.damaged("it says that a pixel has " + bits + " bits");
		};
		in.seek(start);
		var bytes = new byte[(int) Math.min(Integer.MAX_VALUE - 8, packed ? in.length() - start : rowBytes * height)];
		in.readFully(bytes);
		in.close();
		return pixels.source(packed ? BmpIndices.unpacked(bytes, (int) width, (int) height, bits, (int) rowBytes) : bytes, (int) rowBytes);
	}

	/** What the pixels of a kind are turned into. */
	interface Pixels {

		ImageSource source(byte[] rows, int rowBytes) throws IOException;
	}

	private static ColorTable table(ImageInputStream in, boolean old, int bits, long start) throws IOException {
		in.seek(46);
		long said = old ? 0 : in.readUnsignedInt();
		long header = 14 + (old ? 12 : headerSize(in));
		int size = old ? 3 : 4, n = (int) Math.min(said == 0 ? 1 << bits : Math.min(said, 1 << bits), Math.max(0, (start - header) / size));
		if (n < 1) throw Refusal.damaged("its palette is missing");
		in.seek(header);
		var argb = new int[n];
		for (int i = 0; i < n; i++) {
			int blue = in.readUnsignedByte(), green = in.readUnsignedByte(), red = in.readUnsignedByte();
			argb[i] = 0xff000000 | red << 16 | green << 8 | blue;
			in.skipBytes(size - 3);
		}
		return new ColorTable(argb);
	}

	private static long headerSize(ImageInputStream in) throws IOException {
		in.seek(14);
		return in.readUnsignedInt();
	}

	/** Which bits are red, green, blue and opacity. */
	private static int[] masks(ImageInputStream in, long header, int bits, int packing) throws IOException {
		if (packing != MASKS && packing != MASKS_WITH_ALPHA) return bits == 16 ? new int[] { 0x7c00, 0x3e0, 0x1f, 0 } : new int[] { 0xff0000, 0xff00,
			0xff, 0 };
		in.seek(54);
		return new int[] { in.readInt(), in.readInt(), in.readInt(), header >= 56 || packing == MASKS_WITH_ALPHA ? in.readInt() : 0 };
	}
}
