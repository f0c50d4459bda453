package io.github.densecolorize.open;

import java.io.EOFException;
import java.io.IOException;

import javax.imageio.stream.ImageInputStream;

/** Numbers that are written as text, with comments from # to the end of a line. */
final class PnmText {

	private static final int AT_ONCE = 1 << 13, LARGEST = Integer.MAX_VALUE;

	private final ImageInputStream in;
	private final byte[] buffer = new byte[AT_ONCE];
	private long start;
	private int at, length;

	/** @param start where to begin, in bytes */
	PnmText(ImageInputStream in, long start) throws IOException {
		this.in = in;
		this.start = start;
		in.seek(start);
	}

	private int read() throws IOException {
		if (at == length) {
			start += length;
			length = Math.max(0, in.read(buffer));
			at = 0;
			if (length == 0) throw new EOFException();
		}
		return buffer[at++] & 0xff;
	}

	/** The first byte that belongs neither to space nor to a comment. */
	private int next() throws IOException {
		int c = read();
		while (Pnm.isSpace(c) || c == '#') {
			if (c == '#') while (c != '\n' && c != '\r')
				c = read();
			c = read();
		}
		return c;
	}

	/** The number after P. */
	int kind() throws IOException {
		read();
		return read() - '0';
	}

	/** A whole number, including the single space after it. */
	int number() throws IOException {
		int c = next();
		long value = 0;
		boolean last = false;
		if (c < '0' || c > '9') throw Refusal.damaged("it has \"" + (char) c + "\" where a number should be");
		while (c >= '0' && c <= '9') {
			value = Math.min(LARGEST, value * 10 + c - '0');
			last = start + at == in.length();
			if (last) break;
			c = read();
		}
		if (!last && c == '#') at--;
		return (int) value;
	}

	/** 0 or 1, which need no space between them. */
	int digit() throws IOException {
		int c = next();
		if (c != '0' && c != '1') throw Refusal.damaged("it has \"" + (char) c + "\" where 0 or 1 should be");
		return c - '0';
	}

	/** Position of the next byte. */
	long position() {
		return start + at;
	}
}
