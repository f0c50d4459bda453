package io.github.densecolorize.open;

import java.io.IOException;

import javax.imageio.stream.FileImageInputStream;

/** Reads a file, whose bytes arrive when they are needed. */
final class ArrivingInput extends FileImageInputStream {

	private final Arrival arrival;
	private final long length;

	ArrivingInput(ImageFile file) throws IOException {
		super(file.path().toFile());
		arrival = file.arrival();
		// Not asked for at each read, since that would cost as much as reading a byte.
		length = length();
	}

	@Override
	public int read() throws IOException {
		await(1);
		return super.read();
	}

	@Override
	public int read(byte[] to, int offset, int count) throws IOException {
		await(count);
		return super.read(to, offset, count);
	}

	private void await(int count) throws IOException {
		long wanted = Math.min(count, length - streamPos);
		if (wanted > 0) arrival.await(streamPos, wanted);
	}
}
