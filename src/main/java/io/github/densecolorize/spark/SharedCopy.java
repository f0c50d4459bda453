package io.github.densecolorize.spark;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;

import org.apache.hadoop.fs.Path;

/**
 * A file of which several tasks need parts. It is fetched once to this program, not once for each of them, and stays until another such file is
 * needed and nobody uses this one, or the program ends.
 */
final class SharedCopy {

	private static final Map<Path, SharedCopy> COPIES = new HashMap<>();

	static {
		Runtime.getRuntime().addShutdownHook(new Thread(() -> COPIES.values().forEach(SharedCopy::remove), "Dense Colorize clean-up of copies"));
	}

	private final Folder folder;
	private final Path path;
	private final LocalCopies copies = new LocalCopies();
	private java.nio.file.Path file;
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
	 * @throws IOException as {@link LocalCopies#fetch}
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
			copy.fetch();
			return copy;
		}
		catch (IOException e) {
			copy.release();
			throw e;
		}
	}

	private synchronized void fetch() throws IOException {
		if (file == null) file = copies.fetch(folder, path);
	}

	java.nio.file.Path file() {
		return file;
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
			copies.close();
		}
		catch (IOException e) {
			// It lies in the folder for temporary files, which somebody will clean.
		}
	}
}
