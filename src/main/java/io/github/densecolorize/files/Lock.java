package io.github.densecolorize.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/**
 * A lock that only one program can have at a time. The operating system releases it when the program ends, however it ends. (Process numbers would
 * not do, since other containers and machines in the network use the same ones.) On file systems that do not support locks, a lock that is older
 * than a day and was not {@linkplain #touch() touched} is regarded as released.
 */
public final class Lock implements AutoCloseable {

	/** Age from which something is regarded as left over, where locks are not supported. */
	static final Duration DAY = Duration.ofDays(1);

	/** Position of the locked byte, after the text, since on Windows no other program can read what is locked. */
	private static final long LOCKED = Long.MAX_VALUE - 1;

	/**
	 * Locks that this program has, with their holders. Their files must not be opened a second time: on POSIX systems, closing any stream of a file
	 * releases the locks that the program has on it.
	 */
	private static final Map<Path, String> HELD = new HashMap<>();

	/** How a file is locked; throws an exception on file systems without locks. */
	@FunctionalInterface
	interface Locker {

		/** @return null if another program has it */
		FileLock lock(FileChannel channel) throws IOException;
	}

	private final Path file;
	private final FileChannel channel;
	private final boolean certain;

	private Lock(Path file, FileChannel channel, boolean certain) {
		this.file = file;
		this.channel = channel;
		this.certain = certain;
	}

	/**
	 * Locks a file or folder that only one program may write.
	 *
	 * @param target file or folder; it need not exist, but the folder that contains it must
	 * @param what it is, as the beginning of a sentence, such as "Model folder x"
	 * @throws IOException if another program has it, with a sentence that says which one, or if the folder can't be written
	 */
	public static Lock on(Path target, String what) throws IOException {
		var file = file(target);
		var holder = "process " + ProcessHandle.current().pid() + " on " + Host.NAME + " since " + Instant.now().truncatedTo(
			ChronoUnit.SECONDS).toString().replace('T', ' ').replace("Z", " UTC");
		var lock = take(file, holder, Lock::lock);
		if (lock == null) throw new IOException(what + " is being written by " + holder(file) + "; wait until it has ended, or give another name.");
		return lock;
	}

	/** The file of a lock. Its name is possible on any file system, and is the same for targets whose names differ only by capital letters. */
	static Path file(Path target) {
		var absolute = target.toAbsolutePath().normalize();
		var name = UUID.nameUUIDFromBytes(absolute.getFileName().toString().toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8));
		return absolute.resolveSibling(Workspace.PREFIX + name + Workspace.LOCK);
	}

	private static FileLock lock(FileChannel channel) throws IOException {
		return channel.tryLock(LOCKED, 1, false);
	}

	/** @return null if another has it */
	static Lock take(Path file) throws IOException {
		return take(file, "", Lock::lock);
	}

	/** @param holder text that tells other programs who has the lock */
	static Lock take(Path file, String holder, Locker locker) throws IOException {
		var key = file.toAbsolutePath().getParent().toRealPath().resolve(file.getFileName());
		synchronized (HELD) {
			if (HELD.containsKey(key)) return null;
			var lock = takeOfOthers(key, locker);
			if (lock == null) return null;
			HELD.put(key, holder);
			try {
				lock.channel.truncate(0);
				lock.channel.write(ByteBuffer.wrap(holder.getBytes(StandardCharsets.UTF_8)), 0);
			}
			catch (IOException e) {
				// If the disk is full, others can't read who has it.
			}
			return lock;
		}
	}

	private static Lock takeOfOthers(Path file, Locker locker) throws IOException {
		while (true) {
			boolean made = true;
			try {
				Files.createFile(file);
			}
			catch (FileAlreadyExistsException e) {
				made = false;
			}
			try {
				var before = key(file);
				var channel = FileChannel.open(file, StandardOpenOption.WRITE);
				FileLock lock;
				try {
					lock = locker.lock(channel);
				}
				catch (IOException e) {
					if (made || isOld(file)) return new Lock(file, channel, false);
					channel.close();
					return null;
				}
				if (lock == null) {
					channel.close();
					return null;
				}
				// Otherwise the program that had it has removed the file, and another program may have made a new one.
				if (Objects.equals(before, key(file))) return new Lock(file, channel, true);
				channel.close();
			}
			catch (NoSuchFileException e) {
				if (!Files.isDirectory(file.getParent())) throw e;
			}
			catch (AccessDeniedException e) {
				// This is Windows' answer for a file that is about to be removed; on other systems it means that the file belongs to somebody else.
				if (Files.exists(file)) return null;
				throw e;
			}
		}
	}

	/** What distinguishes two files that have had the same name; null on Windows, where an open file keeps its name. */
	private static Object key(Path file) throws IOException {
		return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
	}

	static boolean isOld(Path file) throws IOException {
		return Files.getLastModifiedTime(file).toInstant().isBefore(Instant.now().minus(DAY));
	}

	private static String holder(Path file) throws IOException {
		var key = file.toAbsolutePath().getParent().toRealPath().resolve(file.getFileName());
		String holder;
		synchronized (HELD) {
			holder = HELD.containsKey(key) ? HELD.get(key) : Files.isReadable(key) ? Files.readString(key) : "";
		}
		return holder.isBlank() ? "another program" : holder;
	}

	/** Whether it is certain that no other program has it; never on a file system without locks. */
	boolean isCertain() {
		return certain;
	}

	/** Shows others that it is still used, for file systems without locks. */
	public void touch() {
		try {
			Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
		}
		catch (IOException e) {
			// It is enough if this works the next time.
		}
	}

	/** Releases the lock, but leaves its file as it was found. */
	void leave() throws IOException {
		synchronized (HELD) {
			if (HELD.remove(file) != null) channel.close();
		}
	}

	@Override
	public void close() throws IOException {
		synchronized (HELD) {
			if (HELD.remove(file) == null) return;
			try (channel) {
				Files.deleteIfExists(file);
			}
		}
	}
}
