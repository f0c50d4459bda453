package io.github.densecolorize.open;

import java.awt.Rectangle;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

import javax.imageio.stream.ImageInputStream;

/** GIF (GIF89a), frame by frame. */
final class Gif implements Format {

	private static final int EXTENSION = 0x21, IMAGE = 0x2c, END = 0x3b, CONTROL = 0xf9;
	/** A code of 12 bits stands for 4096 pixels at most. */
	private static final int MOST_PACKED = 4096;

	@Override
	public boolean recognizes(byte[] head, String name) {
		return head.length > 12 && head[0] == 'G' && head[1] == 'I' && head[2] == 'F' && head[3] == '8';
	}

	@Override
	public ImageSource open(ImageInputStream in, String name) throws IOException {
		in.setByteOrder(ByteOrder.LITTLE_ENDIAN);
		in.seek(6);
		int width = in.readUnsignedShort(), height = in.readUnsignedShort(), flags = in.readUnsignedByte();
		if (width == 0 || height == 0) throw Refusal.damaged("it says that it is " + width + " x " + height + " pixels");
		in.skipBytes(2);
		var global = table(in, flags);
		var frames = new ArrayList<GifFrame>();
		int disposal = 0, transparent = -1;
		for (int block = in.readUnsignedByte(); block != END; block = in.readUnsignedByte()) {
			if (block == IMAGE) {
				frames.add(frame(in, global, disposal, transparent));
				disposal = 0;
				transparent = -1;
			}
			else if (block == EXTENSION) {
				int kind = in.readUnsignedByte();
				var data = blocks(in);
				if (kind == CONTROL && data.length >= 4) {
					disposal = data[0] >> 2 & 7;
					transparent = (data[0] & 1) == 1 ? data[3] & 255 : -1;
				}
			}
			// Some programs add zeros at the end.
			else if (block != 0) throw Refusal.damaged("it has a block of no known kind (" + block + ")");
			// The last byte may be missing.
			if (in.getStreamPosition() == in.length()) break;
		}
		if (frames.isEmpty()) throw Refusal.damaged("it has no picture");
		in.close();
		return new GifSource(width, height, List.copyOf(frames));
	}

	private static ColorTable table(ImageInputStream in, int flags) throws IOException {
		if ((flags & 0x80) == 0) return null;
		var argb = new int[2 << (flags & 7)];
		for (int i = 0; i < argb.length; i++)
			argb[i] = 0xff000000 | in.readUnsignedByte() << 16 | in.readUnsignedByte() << 8 | in.readUnsignedByte();
		return new ColorTable(argb);
	}

	private static GifFrame frame(ImageInputStream in, ColorTable global, int disposal, int transparent) throws IOException {
		var place = new Rectangle(in.readUnsignedShort(), in.readUnsignedShort(), in.readUnsignedShort(), in.readUnsignedShort());
		int flags = in.readUnsignedByte();
		var local = table(in, flags);
		int bits = in.readUnsignedByte();
		if (local == null && global == null) throw Refusal.damaged("it has no colours");
		if (bits < 1 || bits > 11) throw Refusal.damaged("it says that its codes have " + bits + " bits");
		var packed = blocks(in);
		if ((long) place.width * place.height / MOST_PACKED > packed.length) throw Refusal.damaged("a picture has " + packed.length +
			" bytes, which can't hold " + place.width + " x " + place.height + " pixels");
		return new GifFrame(place, local == null ? global : local, (flags & 0x40) != 0, bits, packed, disposal, transparent);
	}

	/** Joins blocks of up to 255 bytes. */
	private static byte[] blocks(ImageInputStream in) throws IOException {
		var bytes = new ByteArrayOutputStream();
		var block = new byte[255];
		for (int n = in.readUnsignedByte(); n > 0; n = in.readUnsignedByte()) {
			in.readFully(block, 0, n);
			bytes.write(block, 0, n);
		}
		return bytes.toByteArray();
	}
}
