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
 * A hidden folder for files while they are made, beside the place where they will be. Its name can't meet that of another, on whatever
 * machine. It is locked for as long as it is used, so that the next program that writes to that place can tell it from one that was left
 * over, and removes that.
 */
public final class Workspace implements AutoCloseable {

	/** Begin of the names of all that is not to stay. */
	public static final String PREFIX = ".dense-colorize-";
	/** End of the names of locks. */
	static final String LOCK = ".lock";

	private static final String NAME = "\\.dense-colorize-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";
	/** What a folder holds of left-overs is looked at again after this time. */
	private static final long NANOS_BETWEEN_SWEEPS = 3_600_000_000_000L;
	private static final Map<Path, Long> SWEPT = new ConcurrentHashMap<>();
	/** Those in use, for an end by Ctrl-C, which closes nothing. */
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
	 * Makes one.
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
			// Not createTempDirectory: the results would be readable by their owner only.
			var folder = Files.createDirectory(absolute.resolve(PREFIX + UUID.randomUUID()));
			try {
				var lock = Lock.take(folder.resolve(LOCK));
				if (lock == null) continue;
				var workspace = new Workspace(absolute, folder, lock);
				OPEN.add(workspace);
				return workspace;
			}
			catch (NoSuchFileException e) {
				// Somebody who swept has taken the empty folder.
			}
			catch (IOException e) {
				Files.deleteIfExists(folder.resolve(LOCK));
				Files.deleteIfExists(folder);
				throw e;
			}
		}
	}

	/** Whether files for a folder may be made here, and nobody has removed it. */
	boolean isOf(Path other) {
		return place.equals(other.normalize()) && Files.isDirectory(folder);
	}

	/** A file or folder to make, by any name. */
	public Path path(String name) {
		return folder.resolve(name);
	}

	/**
	 * Gives a file or a folder that was made its name, in one step, after its bytes have reached the disk.
	 *
	 * @param made in this workspace
	 * @param target in the place, or in a folder there
	 * @param replace whether a file of this name may be there; a folder may not
	 * @throws FileAlreadyExistsException if one is, and may not
	 */
	public void land(Path made, Path target, boolean replace) throws IOException {
		flush(made);
		if (replace) Files.move(made, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
		else if (Files.isDirectory(made)) Files.move(made, target);
		else landBesideOthers(made, target);
		// The name itself may reach the disk later: until then the old one is there, which is whole as well.
	}

	private static void landBesideOthers(Path made, Path target) throws IOException {
		try {
			// A link to a name that is there fails; to move a file first looks and then moves, and meanwhile another may come.
			Files.createLink(target, made);
		}
		catch (FileAlreadyExistsException e) {
			throw e;
		}
		catch (IOException | UnsupportedOperationException e) {
			// FAT and some network drives have no links.
			Files.move(made, target);
			return;
		}
		Files.delete(made);
	}

	/**
	 * Gives several files their names in place of others, as one: if the program is stopped after the first, the rest follows when the place is
	 * {@linkplain #sweep swept} next.
	 *
	 * @param made files in this workspace with their targets, in this order
	 * @param obsolete files of the place that go
	 */
	public void landAll(Map<Path, Path> made, List<Path> obsolete) throws IOException {
		for (var file : made.keySet())
			flush(file);
		new Landing(place, folder, made, obsolete).write();
		Landing.finish(place, folder);
	}

	/**
	 * Removes what programs left in a folder that are no more, and finishes what they had begun to put in place. What can't be removed stays.
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
					// Another user's, or gone meanwhile.
				}
		}
		catch (IOException | DirectoryIteratorException e) {
			// A folder that can't be listed holds nothing that could be removed.
		}
		return finished;
	}

	/** A lock that its program took with it into its end. */
	private static void free(Path file) throws IOException {
		var lock = Lock.take(file);
		if (lock != null) lock.close();
	}

	private static boolean reclaim(Path place, Path folder) throws IOException {
		try {
			// Without its lock it is about to be used, or was about to go.
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

	/** Whether nothing in it was written to for a day. */
	private static boolean isOld(Path folder) throws IOException {
		try (var files = Files.newDirectoryStream(folder)) {
			for (var file : files)
				if (!Lock.isOld(file)) return false;
		}
		return Lock.isOld(folder);
	}

	/** To the disk, or after a failure of power a file has its name and not its bytes. */
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

	/** The names in a folder; Windows has no such thing. */
	static void flushNames(Path folder) {
		try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
			channel.force(true);
		}
		catch (IOException e) {
			// The files are whole under their old names or the new ones.
		}
	}

	/** Removes all but the lock; what is in folders, too. */
	private static void delete(Path folder) throws IOException {
		for (var file : Trees.deepestFirst(folder))
			if (!file.equals(folder) && !file.equals(folder.resolve(LOCK))) Files.deleteIfExists(file);
	}

	private void discard() {
		try {
			close();
		}
		catch (IOException e) {
			// The next one to write to the place sweeps it.
		}
	}

	/** Removes what has not landed. */
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
