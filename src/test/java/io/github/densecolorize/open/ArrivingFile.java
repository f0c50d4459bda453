package io.github.densecolorize.open;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;

/** A copy of a file in which only those bytes arrive that are asked for; the others are zeros. */
public final class ArrivingFile {

	private final byte[] all;
	private final Path copy;
	private final BitSet arrived = new BitSet();

	public ArrivingFile(Path original) throws IOException {
		all = Files.readAllBytes(original);
		copy = Files.createTempDirectory(original.getParent(), "copy").resolve(original.getFileName());
		Files.write(copy, new byte[all.length]);
	}

	/** A new copy as it is opened. */
	public static ImageFile of(Path original) throws IOException {
		return new ArrivingFile(original).file();
	}

	ImageFile file() {
		return new ImageFile(copy, this::bring);
	}

	private void bring(long from, long count) throws IOException {
		arrived.set((int) from, Math.toIntExact(from + count));
		try (var out = new RandomAccessFile(copy.toFile(), "rw")) {
			out.seek(from);
			out.write(all, (int) from, (int) count);
		}
	}

	/** How many bytes of a range have arrived. */
	int arrived(int from, int to) {
		return arrived.get(from, to).cardinality();
	}
}
