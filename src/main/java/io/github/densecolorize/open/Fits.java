package io.github.densecolorize.open;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;

import javax.imageio.stream.ImageInputStream;

/** FITS (Pence et al. 2010), plain or packed with gzip. The first unit of the file that holds an image is read. */
final class Fits implements Format {

	private static final int BLOCK = 2880;
	private static final byte[] MAGIC = "SIMPLE  =".getBytes(StandardCharsets.US_ASCII);

	@Override
	public boolean recognizes(byte[] head, String name) {
		boolean packed = head.length > 2 && head[0] == 0x1f && (head[1] & 0xff) == 0x8b && name.matches(".*\\.fi?ts\\.gz");
		return packed || head.length >= MAGIC.length && Arrays.equals(head, 0, MAGIC.length, MAGIC, 0, MAGIC.length);
	}

	@Override
	public ImageSource open(ImageInputStream in, String name) throws IOException {
		in.mark();
		boolean packed = in.read() == 0x1f;
		in.reset();
		if (!packed) return image(in);
		var bytes = new byte[Math.toIntExact(in.length())];
		in.readFully(bytes);
		var source = image(Unpacked.of(new GZIPInputStream(new ByteArrayInputStream(bytes))));
		in.close();
		return source;
	}

	private static ImageSource image(ImageInputStream in) throws IOException {
		FitsHeader image = null;
		int others = 0;
		for (long start = 0; start < in.length();) {
			in.seek(start);
			var header = FitsHeader.read(in);
			if (header == null) break;
			if (header.isImage()) {
				long end = header.start() + header.bytes();
				if (end > in.length()) throw Refusal.damaged("it has " + in.length() + " bytes, and its pixels end at " + end);
				if (image == null) image = header;
				else others++;
			}
			else if (header.isPackedImage() && image == null) throw Refusal.unsupported("is compressed FITS, which is not read here",
				"unpack it, with funpack for one");
			start = (header.start() + header.bytes() + BLOCK - 1) / BLOCK * BLOCK;
		}
		if (image == null) throw Refusal.unsupported("is a FITS file without an image", "leave it out");
		var source = new FitsSource(in, image);
		return others == 0 ? source : new FitsSource(in, image, source.details().say(others + (others == 1 ? " more image of it is"
			: " more images of it are") + " left out."));
	}
}
