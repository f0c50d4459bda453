package io.github.densecolorize.open;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;

import javax.imageio.stream.ImageInputStream;

/**
 * PNG (ISO 15948). It has a reader of its own, since Java's reader takes gray with transparency for linear light, and indices of few bits for gray
 * values. Values are those of the file: gamma and colour profiles are ignored, as in ImageJ.
 */
final class Png implements Format {

	private static final byte[] SIGNATURE = { (byte) 137, 'P', 'N', 'G', 13, 10, 26, 10 };
	/** Deflate reduces uniform data to no less than a thousandth. */
	private static final long MOST_PACKED = 1100;

	@Override
	public boolean recognizes(byte[] head, String name) {
		return head.length >= 8 && Arrays.equals(head, 0, 8, SIGNATURE, 0, 8);
	}

	@Override
	public ImageSource open(ImageInputStream in, String name) throws IOException {
		in.setByteOrder(ByteOrder.BIG_ENDIAN);
		in.seek(8);
		var packed = new ByteArrayOutputStream((int) Math.min(in.length(), Integer.MAX_VALUE - 8));
		var chunks = new HashMap<String, byte[]>();
		String type;
		do {
			if (in.length() - in.getStreamPosition() < 12) throw Refusal.damaged("it ends before the image does");
			long length = in.readUnsignedInt();
			type = type(in);
			if (length > in.length() - in.getStreamPosition() - 4) throw Refusal.damaged("it ends before the image does");
			if (type.equals("IDAT") || type.matches("IHDR|PLTE|tRNS|eXIf|acTL")) {
				var data = new byte[(int) length];
				in.readFully(data);
				if (type.equals("IDAT")) packed.write(data);
				else chunks.putIfAbsent(type, data);
				in.skipBytes(4);
			}
			else in.seek(in.getStreamPosition() + length + 4);
		}
		while (!type.equals("IEND"));
		var image = new PngImage(chunks);
		if (image.bytes() / MOST_PACKED > packed.size()) throw Refusal.damaged("it has " + packed.size() + " bytes for its pixels, which can't hold " + image
			.bytes());
		var bytes = Deflate.unpack(packed.toByteArray(), Math.toIntExact(image.bytes()), false);
		if (bytes.length < image.bytes()) throw Refusal.damaged("its pixels have " + bytes.length + " bytes instead of " + image.bytes());
		var source = image.source(bytes);
		in.close();
		return chunks.containsKey("eXIf") ? Orientation.of(source, JpegHeader.orientation(chunks.get("eXIf"))) : source;
	}

	private static String type(ImageInputStream in) throws IOException {
		var type = new byte[4];
		in.readFully(type);
		return new String(type, StandardCharsets.ISO_8859_1);
	}
}
