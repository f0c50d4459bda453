package io.github.densecolorize.spark;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Rows that the driver keeps on its disk: they come in as the tasks of Spark end, and are read in the order of the tasks. */
final class Shelf implements AutoCloseable {

	/** Takes rows. */
	@FunctionalInterface
	interface Taker {

		void take(List<Map<String, Object>> rows) throws IOException;
	}

	private final RandomAccessFile file;
	private final long[] offsets;
	private final int[] lengths;
	private long end;

	/**
	 * @param file that is not there
	 * @param tasks how many tasks of Spark there are
	 */
	Shelf(Path file, int tasks) throws IOException {
		this.file = new RandomAccessFile(file.toFile(), "rw");
		offsets = new long[tasks];
		lengths = new int[tasks];
	}

	/** Keeps the rows of a task. */
	void put(int task, List<Map<String, Object>> rows) {
		var bytes = new ByteArrayOutputStream();
		try {
			try (var out = new ObjectOutputStream(bytes)) {
				out.writeObject(rows);
			}
			file.seek(end);
			file.write(bytes.toByteArray());
		}
		catch (IOException e) {
			throw new UncheckedIOException(e);
		}
		offsets[task] = end;
		lengths[task] = bytes.size();
		end += bytes.size();
	}

	/** Reads the rows of all tasks; to be called when all have come in. */
	void forEachTask(Taker taker) throws IOException {
		for (int task = 0; task < offsets.length; task++) {
			var bytes = new byte[lengths[task]];
			file.seek(offsets[task]);
			file.readFully(bytes);
			try (var in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
				@SuppressWarnings("unchecked")
				var rows = (List<Map<String, Object>>) in.readObject();
				taker.take(rows);
			}
			catch (ClassNotFoundException e) {
				throw new IllegalStateException("rows hold values of Java only", e);
			}
		}
	}

	@Override
	public void close() throws IOException {
		file.close();
	}
}
