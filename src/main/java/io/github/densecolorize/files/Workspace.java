package io.github.densecolorize.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A hidden folder in which files are made, beside their final place. Its name is never the same as that of another, on any machine. It is locked as
 * long as it is used, so that the next program that writes to that place can distinguish it from one that was left over, which it removes.
 */
public final class Workspace implements AutoCloseable {

	/** How the names of all temporary files begin. */
	public static final String PREFIX = ".dense-colorize-";
	/** How the names of locks end. */
	static final String LOCK = ".lock";

	private static final String NAME = "\\.dense-colorize-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";
	/** After this time a folder is searched for left-overs again. */
	private static final long NANOS_BETWEEN_SWEEPS = 3_600_000_000_000L;
	private static final Map<Path, Long> SWEPT = new ConcurrentHashMap<>();
	/** Workspaces in use, which are removed if the program is ended by Ctrl-C, since that closes nothing. */
	private static final Set<Workspace> OPEN = ConcurrentHashMap.newKeySet();

	static {
		Runtime.getRuntime().addShutdownHook(new Thread(() -> OPEN.forEach(Workspace::discard), "Dense Colorize clean-up"));
	}

	private final Path place, folder;
	private final Lock lock;

	private Workspace(Path place, Path folder, Lock lock) {
		this.place = place;
		this.folder = folder;
		this.lock = lock;
	}

	/**
	 * Makes a workspace.
	 *
	 * @param place folder where the files will be, which is made if it is not there
	 * @throws IOException if it can't be written
	 */
	public static Workspace in(Path place) throws IOException {
		var absolute = place.toAbsolutePath().normalize();
		Files.createDirectories(absolute);
		long now = System.nanoTime();
		var last = SWEPT.get(absolute);
		if (last == null || now - last > NANOS_BETWEEN_SWEEPS) {
			SWEPT.put(absolute, now);
			sweep(absolute);
		}
		while (true) {
			// Not createTempDirectory, with which only their owner could read the results.
			var folder = Files.createDirectory(absolute.resolve(PREFIX + UUID.randomUUID()));
			try {
				var lock = Lock.take(folder.resolve(LOCK));
				if (lock == null) continue;
				var workspace = new Workspace(absolute, folder, lock);
				OPEN.add(workspace);
				return workspace;
			}
			catch (NoSuchFileException e) {
				// Another program that removed left-overs has removed the empty folder.
			}
			catch (IOException e) {
				Files.deleteIfExists(folder.resolve(LOCK));
				Files.deleteIfExists(folder);
				throw e;
			}
		}
	}

	/** Whether files for a folder may be made here, and this workspace has not been removed. */
	boolean isOf(Path other) {
		return place.equals(other.normalize()) && Files.isDirectory(folder);
	}

	/** The path of a file or folder to be made here, with any name. */
	public Path path(String name) {
		return folder.resolve(name);
	}

	/**
	 * Moves a finished file or folder to its final name, in one step, after its bytes have reached the disk.
	 *
	 * @param made in this workspace
	 * @param target in the folder of this workspace, or in a subfolder of it
	 * @param replace whether a file of this name may be there; a folder may not
	 * @throws FileAlreadyExistsException if there is one and it may not be replaced
	 */
	public void land(Path made, Path target, boolean replace) throws IOException {
		flush(made);
		if (replace) Files.move(made, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
		else if (Files.isDirectory(made)) Files.move(made, target);
		else landBesideOthers(made, target);
		// The new name may reach the disk later; until then the old file is there, which is complete as well.
	}

	private static void landBesideOthers(Path made, Path target) throws IOException {
		try {
			// Making a hard link fails if the name exists. Moving the file would first check and then move, and another file could appear in
			// between.
			Files.createLink(target, made);
		}
		catch (FileAlreadyExistsException e) {
			throw e;
		}
		catch (IOException | UnsupportedOperationException e) {
			// FAT and some network drives do not support hard links.
			Files.move(made, target);
			return;
		}
		Files.delete(made);
	}

	/**
	 * Moves several files to their final names, all together: if the program is stopped after the first, the others follow when left-overs are
	 * {@linkplain #sweep removed} the next time.
	 *
	 * @param made files in this workspace with their targets, in this order
	 * @param obsolete files in that folder that are to be removed
	 */
	public void landAll(Map<Path, Path> made, List<Path> obsolete) throws IOException {
		for (var file : made.keySet())
			flush(file);
		new Landing(place, folder, made, obsolete).write();
		Landing.finish(place, folder);
	}

	/**
	 * Removes what programs left in a folder that no longer run, and finishes moving their files if they had begun to. What can't be removed is
	 * left.
	 *
	 * @return whether something was finished
	 */
	public static boolean sweep(Path place) {
		boolean finished = false;
		try (var entries = Files.newDirectoryStream(place, PREFIX + "*")) {
			for (var entry : entries)
				try {
					if (entry.getFileName().toString().matches(NAME)) finished |= reclaim(place, entry);
					else if (entry.getFileName().toString().matches(NAME + "\\.lock")) free(entry);
				}
				catch (IOException e) {
					// It belongs to another user, or has gone meanwhile.
				}
		}
		catch (IOException | DirectoryIteratorException e) {
			// In a folder that can't be listed nothing can be removed.
		}
		return finished;
	}

	/** Removes a lock whose program has ended. */
	private static void free(Path file) throws IOException {
		var lock = Lock.take(file);
		if (lock != null) lock.close();
	}

	private static boolean reclaim(Path place, Path folder) throws IOException {
		try {
			// Without a lock it is either about to be used or was about to be removed.
			Files.delete(folder);
			return false;
		}
		catch (DirectoryNotEmptyException e) {
			if (!Files.exists(folder.resolve(LOCK))) return false;
		}
		var lock = Lock.take(folder.resolve(LOCK));
		if (lock == null) return false;
		if (!lock.isCertain() && !isOld(folder)) {
			lock.leave();
			return false;
		}
		try (lock) {
			boolean landed = Landing.finish(place, folder);
			delete(folder);
			return landed;
		}
		finally {
			Files.deleteIfExists(folder);
		}
	}

	/** Whether nothing in it was written for a day. */
	private static boolean isOld(Path folder) throws IOException {
		try (var files = Files.newDirectoryStream(folder)) {
			for (var file : files)
				if (!Lock.isOld(file)) return false;
		}
		return Lock.isOld(folder);
	}

	/** Flushes a file to the disk; otherwise, after a power failure, it might have its name but not its bytes. */
	private static void flush(Path made) throws IOException {
		if (!Files.isDirectory(made)) {
			try (var channel = FileChannel.open(made, StandardOpenOption.WRITE)) {
				channel.force(true);
			}
			return;
		}
		try (var files = Files.newDirectoryStream(made)) {
			for (var file : files)
				flush(file);
		}
		flushNames(made);
	}

	/** Flushes the names in a folder, which is not possible on Windows. */
	static void flushNames(Path folder) {
		try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
			channel.force(true);
		}
		catch (IOException e) {
			// The files are complete, under their old names or the new ones.
		}
	}

	/** Removes everything except the lock, also in subfolders. */
	private static void delete(Path folder) throws IOException {
		for (var file : Trees.deepestFirst(folder))
			if (!file.equals(folder) && !file.equals(folder.resolve(LOCK))) Files.deleteIfExists(file);
	}

	private void discard() {
		try {
			close();
		}
		catch (IOException e) {
			// The next program that writes to this folder removes it.
		}
	}

	/** Removes everything that was not moved to its final name. */
	@Override
	public void close() throws IOException {
		if (!OPEN.remove(this)) return;
		try {
			delete(folder);
		}
		finally {
			lock.close();
			Files.deleteIfExists(folder);
		}
	}
}
