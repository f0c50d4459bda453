package io.github.densecolorize.open;

import javax.imageio.stream.ImageInputStreamImpl;

/** Bytes in memory that can be read like a file: a part of a file, or something that was unpacked. Unlike Java's own class, it knows its length. */
final class ArrayInput extends ImageInputStreamImpl {

	private final byte[] bytes;

	ArrayInput(byte[] bytes) {
		this.bytes = bytes;
	}

	@Override
	public long length() {
		return bytes.length;
	}

	@Override
	public int read() {
		bitOffset = 0;
		return streamPos < bytes.length ? bytes[(int) streamPos++] & 255 : -1;
	}

	@Override
	public int read(byte[] to, int from, int length) {
		bitOffset = 0;
		if (streamPos >= bytes.length) return length == 0 ? 0 : -1;
		int n = (int) Math.min(length, bytes.length - streamPos);
		System.arraycopy(bytes, (int) streamPos, to, from, n);
		streamPos += n;
		return n;
	}
}
