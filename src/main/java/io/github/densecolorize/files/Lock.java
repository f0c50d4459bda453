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
 * What one program at a time has. The operating system takes it back when the program ends, however it ends: numbers of processes say
 * nothing, since containers and machines of a network share them. Where a file system knows no locks, one that is older than a day and was
 * not {@linkplain #touch() touched} counts as given up.
 */
public final class Lock implements AutoCloseable {

	/** Age from which what can't be locked counts as left over. */
	static final Duration DAY = Duration.ofDays(1);

	/** Behind the text: on Windows nobody else can read what is locked. */
	private static final long LOCKED = Long.MAX_VALUE - 1;

	/**
	 * Locks of this program with their holders. Their files are not opened a second time: on POSIX systems closing any stream of a file gives
	 * up the locks that the program has on it.
	 */
	private static final Map<Path, String> HELD = new HashMap<>();

	/** How to lock; file systems without locks throw. */
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
	 * Locks something that only one may write.
	 *
	 * @param target file or folder that need not be there; its folder must
	 * @param what it is, as a sentence begins, such as "Model folder x"
	 * @throws IOException if another has it, with a sentence that says who, or if its folder can't be written
	 */
	public static Lock on(Path target, String what) throws IOException {
		var file = file(target);
		var holder = "process " + ProcessHandle.current().pid() + " on " + Host.NAME + " since " + Instant.now().truncatedTo(
			ChronoUnit.SECONDS).toString().replace('T', ' ').replace("Z", " UTC");
		var lock = take(file, holder, Lock::lock);
		if (lock == null) throw new IOException(what + " is being written by " + holder(file) + "; wait until it has ended, or give another name.");
		return lock;
	}

	/** The file of a lock, of a name that fits any file system; the same for names that differ in case only. */
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

	/** @param holder for the others to read */
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
				// On a full disk nobody can read who has it.
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
				// Else who had it has removed it, and another may have made it anew.
				if (Objects.equals(before, key(file))) return new Lock(file, channel, true);
				channel.close();
			}
			catch (NoSuchFileException e) {
				if (!Files.isDirectory(file.getParent())) throw e;
			}
			catch (AccessDeniedException e) {
				// So Windows answers for a file that is about to go; anywhere else it is somebody's for good.
				if (Files.exists(file)) return null;
				throw e;
			}
		}
	}

	/** What tells files of one name apart; null on Windows, where a file that is open keeps its name. */
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

	/** Whether nobody else can have it; not on a file system without locks. */
	boolean isCertain() {
		return certain;
	}

	/** Says that it is still in use, for file systems without locks. */
	public void touch() {
		try {
			Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
		}
		catch (IOException e) {
			// The next time will do.
		}
	}

	/** Gives it back as it was found. */
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
