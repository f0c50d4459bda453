package io.github.densecolorize.spark;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Set;
import java.util.UUID;

import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

import io.github.densecolorize.files.Lock;
import io.github.densecolorize.files.Workspace;

/**
 * A hidden file in the output folder that tells other runs that this one is still going on. Its name begins like those of all temporary files of the
 * run. A run removes what those runs left that were killed: on a local file system, those whose mark is not locked; on others, which have no locks,
 * those whose mark is older than a day, since a run that is going on renews it every hour.
 */
final class RunMark implements AutoCloseable {

	/** How the names of temporary files of any run begin. */
	static final String RUN = Workspace.PREFIX + "run-";
	/** How the names of parts of stacks begin, which are kept for the next run if this one is killed. */
	static final String PART = Workspace.PREFIX + "part-";

	private static final String MARK = ".mark";
	private static final Duration DEAD = Duration.ofDays(1), RENEWED = Duration.ofHours(1);

	private final Folder folder;
	private final boolean nested;
	private final String prefix = RUN + UUID.randomUUID();
	private final Path mark;
	/** Null if the folder is not local. */
	private Lock lock;
	private long renewed;

	/**
	 * @param folder of the output, which need not exist
	 * @param nested whether the run writes to its subfolders, too
	 */
	RunMark(Folder folder, boolean nested) {
		this.folder = folder;
		this.nested = nested;
		mark = folder.path(prefix + MARK);
	}

	/** How the names of this run's temporary files begin, and of no other run's. */
	String prefix() {
		return prefix;
	}

	/** Removes what dead runs left, and makes the mark, with the folder if it is not there. */
	void set() throws IOException {
		try {
			if (folder.isLocal()) Files.createDirectories(Folder.local(folder.path()));
			else if (folder.files().exists(folder.path()) && folder.files().getFileStatus(folder.path()).isFile()) throw new IOException("it is a file");
			if (folder.isLocal()) lock = Lock.on(Folder.local(mark), "Folder " + folder);
			renew();
			removeDead();
		}
		catch (IOException | RuntimeException e) {
			throw Trouble.sentence("Output folder " + folder + " can't be made", e instanceof FileAlreadyExistsException ? new IOException("it is a file", e)
				: e, "choose another, or change the permissions");
		}
	}

	/** Shows others that the run goes on; does something once an hour only. */
	void renew() throws IOException {
		long now = System.nanoTime();
		if (renewed != 0 && now - renewed < RENEWED.toNanos()) return;
		if (!folder.isLocal()) LocalCopies.create(folder, mark).close();
		else if (renewed == 0) Files.createFile(Folder.local(mark));
		renewed = now;
	}

	private void removeDead() throws IOException {
		boolean alive = false;
		var dead = new ArrayList<String>();
		for (var listed = folder.files().listStatusIterator(folder.path()); listed.hasNext();) {
			var status = listed.next();
			var name = status.getPath().getName();
			if (!name.startsWith(RUN) || !name.endsWith(MARK) || name.startsWith(prefix)) continue;
			if (isDead(status)) dead.add(name.substring(0, name.length() - MARK.length()));
			else alive = true;
		}
		if (dead.isEmpty()) return;
		boolean alone = !alive;
		remove(nested, (name, modified) -> dead.stream().anyMatch(name::startsWith) || alone && name.startsWith(PART) && isOld(modified));
	}

	private boolean isDead(FileStatus status) throws IOException {
		if (!folder.isLocal()) return isOld(status.getModificationTime());
		try (var released = Lock.on(Folder.local(status.getPath()), "")) {
			return true;
		}
		catch (IOException e) {
			// The run is still going on, or belongs to another user.
			return false;
		}
	}

	private static boolean isOld(long modified) {
		return System.currentTimeMillis() - modified > DEAD.toMillis();
	}

	/** Which files are to be removed. */
	@FunctionalInterface
	private interface Choice {

		/** @param modified milliseconds since 1970 */
		boolean takes(String name, long modified);
	}

	/** @param deep whether files in subfolders are removed, too */
	private void remove(boolean deep, Choice choice) throws IOException {
		if (folder.isLocal()) Files.walkFileTree(Folder.local(folder.path()), Set.of(), deep ? Integer.MAX_VALUE : 1, new Remover(choice));
		else remove(folder.path(), deep, choice);
	}

	private void remove(Path from, boolean deep, Choice choice) throws IOException {
		var files = folder.files();
		for (var listed = files.listStatusIterator(from); listed.hasNext();) {
			var status = listed.next();
			if (status.isFile() && choice.takes(status.getPath().getName(), status.getModificationTime())) files.delete(status.getPath(), false);
			else if (status.isDirectory() && deep) remove(status.getPath(), true, choice);
		}
	}

	/** Goes through local folders, without following links, which may lead in a circle. */
	private static final class Remover extends SimpleFileVisitor<java.nio.file.Path> {

		private final Choice choice;

		Remover(Choice choice) {
			this.choice = choice;
		}

		@Override
		public FileVisitResult preVisitDirectory(java.nio.file.Path folder, BasicFileAttributes attributes) {
			Workspace.sweep(folder);
			return FileVisitResult.CONTINUE;
		}

		@Override
		public FileVisitResult visitFile(java.nio.file.Path file, BasicFileAttributes attributes) throws IOException {
			// Hadoop writes a checksum beside a file, with one more dot.
			var name = file.getFileName().toString().replaceFirst("^\\.\\.", ".");
			if (choice.takes(name, attributes.lastModifiedTime().toMillis())) Files.deleteIfExists(file);
			return FileVisitResult.CONTINUE;
		}

		@Override
		public FileVisitResult visitFileFailed(java.nio.file.Path file, IOException e) {
			// It belongs to somebody else, or has gone meanwhile.
			return FileVisitResult.CONTINUE;
		}
	}

	/** Removes everything temporary of this run, the mark at last. */
	@Override
	public void close() throws IOException {
		if (renewed == 0) return;
		// In a store only the folder itself has temporary files, as results are sent to their names at once.
		remove(nested && !folder.isStore(), (name, modified) -> name.startsWith(prefix) && !name.equals(mark.getName()));
		folder.files().delete(mark, false);
		if (lock != null) lock.close();
	}
}
