package io.github.densecolorize.open;

import java.io.IOException;
import java.io.InputStream;

/** Unpacks files that are packed as one piece. */
final class Unpacked {

	/** Largest number of bytes; a small file may unpack to a thousand times its size. */
	private static final int MOST = 1 << 29;

	private Unpacked() {}

	/**
	 * Unpacks into memory.
	 *
	 * @param packed closed at the end
	 * @throws Refusal if it is damaged, or too large
	 */
	static ArrayInput of(InputStream packed) throws IOException {
		return of(packed, MOST);
	}

	static ArrayInput of(InputStream packed, int most) throws IOException {
		byte[] bytes;
		try (packed) {
			bytes = packed.readNBytes(most);
		}
		catch (IOException e) {
			throw Refusal.damaged("its compressed data can't be unpacked", e);
		}
		if (bytes.length == most) throw Refusal.unsupported("unpacks to " + most + " bytes or more, which is not read here", "unpack it first");
		return new ArrayInput(bytes);
	}
}
