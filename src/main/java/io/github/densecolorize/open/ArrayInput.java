package io.github.densecolorize.open;

import javax.imageio.stream.ImageInputStreamImpl;

/** Bytes in memory as the input of a reader: what was unpacked from a file. */
final class ArrayInput extends ImageInputStreamImpl {

	private final byte[] bytes;

	/** @param bytes that are read; not copied */
	ArrayInput(byte[] bytes) {
		this.bytes = bytes;
	}

	@Override
	public int read() {
		bitOffset = 0;
		return streamPos < bytes.length ? bytes[(int) streamPos++] & 0xff : -1;
	}

	@Override
	public int read(byte[] to, int offset, int length) {
		bitOffset = 0;
		if (streamPos >= bytes.length) return -1;
		int n = (int) Math.min(length, bytes.length - streamPos);
		System.arraycopy(bytes, (int) streamPos, to, offset, n);
		streamPos += n;
		return n;
	}

	@Override
	public long length() {
		return bytes.length;
	}
}
