package io.github.densecolorize.open;

import java.io.IOException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

import javax.imageio.stream.ImageInputStream;

/** PBM, PGM and PPM (netpbm), plain and raw; raw files may hold several images one after the other. */
final class Pnm implements Format {

	/**
	 * An image of a file.
	 *
	 * @param kind its number, 1 to 6
	 * @param max value that is white
	 * @param start of the pixels in bytes
	 */
	record Header(int kind, int width, int height, int max, long start) {

		boolean isPlain() {
			return kind <= 3;
		}

		boolean isBitmap() {
			return kind == 1 || kind == 4;
		}

		int samples() {
			return kind == 3 || kind == 6 ? 3 : 1;
		}

		/** Number of bytes of a raw row. */
		long rowBytes() {
			return isBitmap() ? (width + 7) / 8 : (long) width * samples() * (max > 255 ? 2 : 1);
		}

		/** Whether another image can be a plane of the same stack. */
		boolean isLike(Header other) {
			return kind == other.kind && width == other.width && height == other.height && max == other.max;
		}

		PixelType type() {
			return samples() == 3 ? PixelType.RGB : max > 255 ? PixelType.GRAY16 : PixelType.GRAY8;
		}
	}

	@Override
	public boolean recognizes(byte[] head, String name) {
		return head.length > 2 && head[0] == 'P' && head[1] >= '1' && head[1] <= '6' && (isSpace(head[2]) || head[2] == '#');
	}

	@Override
	public ImageSource open(ImageInputStream in, String name) throws IOException {
		in.setByteOrder(ByteOrder.BIG_ENDIAN);
		var first = header(in);
		if (first.isPlain()) return plain(in, first);
		var headers = new ArrayList<Header>();
		int others = 0;
		for (var next = first; next != null; next = following(in, next)) {
			long end = next.start + next.rowBytes() * next.height;
			if (end > in.length()) throw Refusal.damaged("it has " + in.length() + " bytes, and its pixels end at " + end);
			if (next.isLike(first)) headers.add(next);
			else others++;
		}
		var details = others == 0 ? Details.NONE : Details.NONE.say(others + (others == 1 ? " image of another size or kind is"
			: " images of another size or kind are") + " left out.");
		return new PnmSource(in, List.copyOf(headers), details);
	}

	/** The pixels of a plain image are read all at once, since the position of each is known only when those before it have been read. */
	private static ImageSource plain(ImageInputStream in, Header header) throws IOException {
		long samples = (long) header.width * header.height * header.samples(), left = in.length() - header.start;
		// Each pixel has at least one digit, and a space after it unless it can have only one.
		if (samples > (header.isBitmap() ? left : (left + 1) / 2)) throw Refusal.damaged("it has " + in.length() + " bytes, too few for " +
		header.width + " x " + header.height + " pixels");
		var text = new PnmText(in, header.start);
		var pixels = header.type().array(header.width * header.height);
		for (int i = 0; i < header.width * header.height; i++) {
			int a = header.isBitmap() ? text.digit() : text.number();
			if (header.samples() == 3) ((int[]) pixels)[i] = PnmSource.argb(a, text.number(), text.number(), header.max);
			else if (header.type() == PixelType.GRAY16) ((short[]) pixels)[i] = (short) Math.min(a, header.max);
			else ((byte[]) pixels)[i] = (byte) PnmSource.level(header.isBitmap() ? 1 - a : a, header.max);
		}
		in.close();
		return ArraySource.of(header.width, header.height, header.type(), pixels, Details.NONE);
	}

	/** The header at the input's position. */
	private static Header header(ImageInputStream in) throws IOException {
		var text = new PnmText(in, in.getStreamPosition());
		int kind = text.kind(), width = text.number(), height = text.number(), max = kind == 1 || kind == 4 ? 1 : text.number();
		if (width < 1 || height < 1 || (long) width * height > Integer.MAX_VALUE || max < 1 ||
			max > 65535) throw Refusal.damaged("it states " + width + " x " + height + " pixels with values up to " + max);
		return new Header(kind, width, height, max, text.position());
	}

	/** The header of the next image; null if there is none, whatever else there may be. */
	private static Header following(ImageInputStream in, Header before) throws IOException {
		long end = before.start + before.rowBytes() * before.height;
		in.seek(end);
		int c = in.read();
		while (c >= 0 && isSpace(c))
			c = in.read();
		int kind = in.read(), space = in.read();
		if (c != 'P' || kind < '4' || kind > '6' || !isSpace(space)) return null;
		in.seek(in.getStreamPosition() - 3);
		return header(in);
	}

	static boolean isSpace(int c) {
		return c == ' ' || c >= '\t' && c <= '\r';
	}
}
