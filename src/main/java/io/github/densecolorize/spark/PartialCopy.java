package io.github.densecolorize.spark;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.util.BitSet;

import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;

import io.github.densecolorize.open.Arrival;

/**
 * A copy of a file that has only the blocks that somebody needed so far. The others take no room, where the disk knows files with holes. Several
 * threads may use it.
 */
final class PartialCopy implements Arrival, Closeable {

	/** Number of bytes that are brought at least. */
	private static final int BLOCK = 1 << 18;
	/** How many blocks are brought at once at most, as each time may cost a request. */
	private static final int AT_ONCE = 16;

	private final Folder folder;
	private final Path path;
	private final long length;
	// Not a channel, which would be closed for all tasks if Spark interrupts one of them.
	private final RandomAccessFile copy;
	private final BitSet there = new BitSet();
	private byte[] buffer = {};
	/** Open from the first block on; null after trouble. */
	private FSDataInputStream in;

	/**
	 * @param copy to be made
	 * @throws TransientException if its length can't be found out now
	 * @throws IOException if it can't be found out at all
	 */
	PartialCopy(Folder folder, Path path, java.nio.file.Path copy) throws IOException {
		this.folder = folder;
		this.path = path;
		length = LocalCopies.reading(path, () -> folder.files().getFileStatus(path).getLen());
		this.copy = new RandomAccessFile(copy.toFile(), "rw");
		this.copy.setLength(length);
	}

	/** @throws IOException as {@link LocalCopies#fetch} */
	@Override
	public void await(long from, long count) throws IOException {
		int first = (int) (from / BLOCK), end = (int) ((from + count + BLOCK - 1) / BLOCK);
		if (isThere(first, end)) return;
		synchronized (copy) {
			for (int block = nextMissing(first); block < end; block = nextMissing(block))
				bring(block, end);
		}
	}

	private boolean isThere(int first, int end) {
		return nextMissing(first) >= end;
	}

	private int nextMissing(int block) {
		synchronized (there) {
			return there.nextClearBit(block);
		}
	}

	/**
	 * Brings blocks from a missing one on: those that are wanted, and, as whoever reads on will read on, as many as lie right before it.
	 *
	 * @param end the one after the last that is wanted
	 */
	private void bring(int block, int end) throws IOException {
		int blocks;
		synchronized (there) {
			int before = block - 1 - there.previousClearBit(block - 1), next = there.nextSetBit(block);
			blocks = Math.min(Math.min(AT_ONCE, Math.max(end - block, before)), next < 0 ? AT_ONCE : next - block);
		}
		long from = (long) block * BLOCK;
		int count = (int) Math.min((long) blocks * BLOCK, length - from);
		if (buffer.length < count) buffer = new byte[count];
		LocalCopies.reading(path, () -> {
			try {
				if (in == null) in = folder.files().open(path);
				in.seek(from);
				in.readFully(buffer, 0, count);
				copy.seek(from);
				copy.write(buffer, 0, count);
				return null;
			}
			catch (IOException | RuntimeException e) {
				closeInput();
				throw e;
			}
		});
		synchronized (there) {
			there.set(block, block + blocks);
		}
	}

	private void closeInput() {
		try {
			if (in != null) in.close();
		}
		catch (IOException e) {
			// Nothing was written to it.
		}
		in = null;
	}

	@Override
	public void close() throws IOException {
		closeInput();
		copy.close();
	}
}
