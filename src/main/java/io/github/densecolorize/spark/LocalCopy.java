package io.github.densecolorize.spark;

import java.io.IOException;
import java.nio.file.Files;

import org.apache.hadoop.fs.Path;

import io.github.densecolorize.files.Trees;

/** A file on this machine, since ImageJ can open no others: the file itself if it is local, or a copy for as long as it is needed. */
final class LocalCopy implements AutoCloseable {

	private final java.nio.file.Path file, temporary;

	private LocalCopy(java.nio.file.Path file, java.nio.file.Path temporary) {
		this.file = file;
		this.temporary = temporary;
	}

	/**
	 * A file to read.
	 *
	 * @throws IOException if it can't be fetched
	 */
	static LocalCopy of(Folder folder, Path path) throws IOException {
		if (folder.isLocal()) return new LocalCopy(Folder.local(path), null);
		var copy = empty(path);
		try {
			folder.files().copyToLocalFile(false, path, new Path(copy.file.toUri()), true);
			return copy;
		}
		// Hadoop refuses some names with exceptions that are not IOExceptions.
		catch (IOException | RuntimeException e) {
			copy.close();
			throw e;
		}
	}

	/** A place for a file that is to be made and then {@linkplain #bring brought} to its folder, if that is not local. */
	static LocalCopy toMake(Folder folder, Path path) throws IOException {
		return folder.isLocal() ? new LocalCopy(Folder.local(path), null) : empty(path);
	}

	private static LocalCopy empty(Path path) throws IOException {
		var temporary = Files.createTempDirectory("dense-colorize");
		// The copy keeps the name, as messages mention it.
		return new LocalCopy(temporary.resolve(path.getName()), temporary);
	}

	java.nio.file.Path file() {
		return file;
	}

	/**
	 * Moves a file that was made to its final place. It is sent under another name first, so that it appears only when it is complete.
	 *
	 * @param overwrite whether a file that has appeared there meanwhile is replaced or kept
	 * @param hidden temporary name that nobody else uses
	 */
	void bring(Folder folder, Path target, boolean overwrite, String hidden) throws IOException {
		if (temporary == null) return;
		var files = folder.files();
		files.mkdirs(target.getParent());
		var sent = new Path(target.getParent(), hidden);
		files.copyFromLocalFile(true, true, new Path(file.toUri()), sent);
		if (overwrite) files.delete(target, false);
		// Most file systems refuse to rename to a name that is there: another attempt at the same task was sooner.
		if (!files.rename(sent, target)) {
			files.delete(sent, false);
			if (!files.exists(target)) throw new IOException("Output " + target + " can't be written; check the permissions of its folder.");
		}
	}

	@Override
	public void close() throws IOException {
		if (temporary != null) Trees.delete(temporary);
	}
}
