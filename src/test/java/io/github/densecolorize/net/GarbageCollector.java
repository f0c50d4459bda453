package io.github.densecolorize.net;

import java.nio.ByteBuffer;
import java.util.ArrayList;

/** Shows whether native code uses memory that Java has freed. */
final class GarbageCollector {

	private static final int ROUNDS = 20, BUFFERS = 20;
	private static final long MILLIS = 5;

	private GarbageCollector() {}

	/** Lets Java free the direct buffers that it does not need any more, and writes on what was freed. */
	static void overwriteFreed(int bytes) {
		var buffers = new ArrayList<ByteBuffer>();
		for (int round = 0; round < ROUNDS; round++) {
			System.gc();
			try {
				// Another thread frees the memory.
				Thread.sleep(MILLIS);
			}
			catch (InterruptedException e) {
				throw new IllegalStateException(e);
			}
			for (int i = 0; i < BUFFERS; i++) {
				var buffer = ByteBuffer.allocateDirect(bytes);
				while (buffer.hasRemaining())
					buffer.put((byte) 1);
				buffers.add(buffer);
			}
		}
	}
}
