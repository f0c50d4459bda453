package io.github.densecolorize.spark;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;

import org.apache.hadoop.fs.Path;

import io.github.densecolorize.open.Arrival;

/**
 * A file of which several tasks need parts. Each part is fetched once to this program, even if several of them need it, and stays until another
 * such file is needed and nobody uses this one, or the program ends.
 */
final class SharedCopy implements Arrival {

	private static final Map<Path, SharedCopy> COPIES = new HashMap<>();

	static {
		Runtime.getRuntime().addShutdownHook(new Thread(() -> COPIES.values().forEach(SharedCopy::remove), "Dense Colorize clean-up of copies"));
	}

	private final Folder folder;
	private final Path path;
	private final LocalCopies copies = new LocalCopies();
	private java.nio.file.Path file;
	private PartialCopy parts;
	/** How many tasks use it; guarded by the map. */
	private int users;

	private SharedCopy(Folder folder, Path path) {
		this.folder = folder;
		this.path = path;
	}

	/**
	 * The copy of a file, for a task that {@linkplain #release releases} it.
	 *
	 * @param folder that is not local
	 * @throws TransientException if it can't be reached now
	 * @throws IOException if it can't be reached at all
	 */
	static SharedCopy take(Folder folder, Path path) throws IOException {
		var unused = new ArrayList<SharedCopy>();
		SharedCopy copy;
		synchronized (COPIES) {
			copy = COPIES.computeIfAbsent(path, p -> new SharedCopy(folder, p));
			copy.users++;
			COPIES.values().stream().filter(other -> other.users == 0).forEach(unused::add);
			COPIES.values().removeAll(unused);
		}
		unused.forEach(SharedCopy::remove);
		try {
			copy.begin();
			return copy;
		}
		catch (IOException e) {
			copy.release();
			throw e;
		}
	}

	private synchronized void begin() throws IOException {
		if (file == null) file = copies.toMake(folder, path);
		if (parts == null) parts = new PartialCopy(folder, path, file);
	}

	/** The copy; only what was {@linkplain #await awaited} is in it. */
	java.nio.file.Path file() {
		return file;
	}

	@Override
	public void await(long from, long count) throws IOException {
		parts.await(from, count);
	}

	/** The folder of the original. */
	Path origin() {
		return path.getParent();
	}

	void release() {
		synchronized (COPIES) {
			users--;
		}
	}

	private void remove() {
		try {
			if (parts != null) parts.close();
			copies.close();
		}
		catch (IOException e) {
			// It lies in the folder for temporary files, which somebody will clean.
		}
	}
}
