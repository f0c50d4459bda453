package io.github.densecolorize.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSDataOutputStreamBuilder;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.StreamCapabilities;
import org.apache.hadoop.util.functional.CallableRaisingIOE;

import io.github.densecolorize.files.Trees;
import io.github.densecolorize.open.ImageFile;

/**
 * The files of a task on this machine, since images are read and written only here: the files themselves if they are local, or copies for as long
 * as they are needed.
 */
final class LocalCopies implements AutoCloseable {

	/** Option of S3A: to send a file, and not to ask before whether there is a folder of this name. Other file systems don't mind it. */
	private static final String AT_ONCE = "fs.s3a.create.performance";

	/** Temporary folders, each with the folder of the file of which it holds the copy. */
	private final Map<java.nio.file.Path, Path> origins = new LinkedHashMap<>();
	private final List<SharedCopy> shared = new ArrayList<>();
	/** Why bytes of a file did not come; null if all did. Images are read by several threads. */
	private volatile IOException missed;

	/**
	 * A file to read.
	 *
	 * @throws TransientException if it can't be fetched now
	 * @throws IOException if it can't be fetched at all
	 */
	java.nio.file.Path fetch(Folder folder, Path path) throws IOException {
		if (folder.isLocal()) return Folder.local(path);
		var copy = empty(path);
		return reading(path, () -> {
			try (var in = folder.files().open(path)) {
				Files.copy(in, copy);
			}
			return copy;
		});
	}

	/**
	 * @throws TransientException if it can't be read now
	 * @throws IOException if it can't be read at all
	 */
	static <T> T reading(Path path, CallableRaisingIOE<T> reading) throws IOException {
		try {
			return reading.apply();
		}
		// Hadoop refuses some names with exceptions that are not IOExceptions.
		catch (IOException | RuntimeException e) {
			throw failed("File " + path + " can't be read", e, "check its name and its server");
		}
	}

	/**
	 * A file to read of which this task needs a part, and other tasks on this machine other parts. Its bytes come when they are read; whoever has read
	 * must see to it that they {@linkplain #requireArrived came}.
	 *
	 * @throws IOException as {@link #fetch}
	 */
	ImageFile fetchParts(Folder folder, Path path) throws IOException {
		if (folder.isLocal()) return ImageFile.of(Folder.local(path));
		var copy = SharedCopy.take(folder, path);
		shared.add(copy);
		return new ImageFile(copy.file(), (from, count) -> {
			try {
				copy.await(from, count);
			}
			catch (IOException e) {
				missed = e;
				throw e;
			}
		});
	}

	/**
	 * Checks that all bytes came that were asked for, as readers of images make anything of an error, also a row of the table.
	 *
	 * @throws IOException as {@link #fetch}
	 */
	void requireArrived() throws IOException {
		if (missed != null) throw missed;
	}

	/**
	 * Whether a file is there.
	 *
	 * @throws TransientException if that can't be found out now
	 * @throws IOException if it can't be found out at all
	 */
	static boolean exists(Folder folder, Path path) throws IOException {
		try {
			return folder.files().exists(path);
		}
		catch (IOException | RuntimeException e) {
			throw failed("File " + path + " can't be looked for", e, "check its name and its server");
		}
	}

	/** A place for a file that is to be made and then {@linkplain #bring brought} to its folder, if that is not local. */
	java.nio.file.Path toMake(Folder folder, Path path) throws IOException {
		return folder.isLocal() ? Folder.local(path) : empty(path);
	}

	private java.nio.file.Path empty(Path path) throws IOException {
		var temporary = Files.createTempDirectory("dense-colorize");
		origins.put(temporary, path.getParent());
		// The copy keeps the name, as messages and results mention it.
		return temporary.resolve(path.getName());
	}

	/**
	 * Brings a file that was made to its final place, where it appears only when it is complete. A file that has appeared there meanwhile comes from
	 * another attempt at the same task: either of them may stay.
	 *
	 * @param made as {@link #toMake} has given it
	 * @param overwrite whether a file that is there is to be replaced
	 * @param hidden temporary name that nobody else uses
	 * @throws TransientException if it can't be sent now
	 * @throws IOException if it can't be sent at all
	 */
	static void bring(java.nio.file.Path made, Folder folder, Path target, boolean overwrite, String hidden) throws IOException {
		if (folder.isLocal()) return;
		try {
			if (folder.isStore()) send(made, folder, target);
			else sendAndRename(made, folder, target, overwrite, new Path(target.getParent(), hidden));
		}
		catch (IOException | RuntimeException e) {
			throw failed("Output " + target + " can't be written", e, "check its folder and its server");
		}
	}

	private static void sendAndRename(java.nio.file.Path made, Folder folder, Path target, boolean overwrite, Path sent) throws IOException {
		var files = folder.files();
		try {
			send(made, folder, sent);
			if (overwrite) files.delete(target, false);
			if (files.rename(sent, target)) return;
		}
		catch (IOException | RuntimeException e) {
			files.delete(sent, false);
			throw e;
		}
		// Most file systems refuse to rename to a name that is there.
		files.delete(sent, false);
		if (!files.exists(target)) throw new IOException("it can't get its name");
	}

	/** Sends a file; the folder is made if it is not there. */
	private static void send(java.nio.file.Path made, Folder folder, Path to) throws IOException {
		var out = create(folder, to);
		try {
			Files.copy(made, out);
		}
		catch (IOException | RuntimeException e) {
			abandon(out);
			throw e;
		}
		out.close();
	}

	/** A new file, or one in place of another. */
	static FSDataOutputStream create(Folder folder, Path path) throws IOException {
		return ((FSDataOutputStreamBuilder<?, ?>) folder.files().createFile(path)).overwrite(true).recursive().opt(AT_ONCE, true).build();
	}

	/** Ends writing so that in a store nothing appears. */
	private static void abandon(FSDataOutputStream out) throws IOException {
		if (out.hasCapability(StreamCapabilities.ABORTABLE_STREAM)) out.abort();
		out.close();
	}

	private static IOException failed(String what, Exception e, String wayOut) {
		var sentence = Trouble.sentence(what, e, wayOut);
		return Trouble.mayPass(e) ? new TransientException(sentence.getMessage(), e) : sentence;
	}

	/** A sentence about a copy, so that it is about the file itself. */
	String named(String sentence) {
		var named = sentence;
		for (var origin : origins.entrySet())
			named = named.replace(origin.getKey() + "/", origin.getValue() + "/");
		for (var copy : shared)
			named = named.replace(copy.file().getParent() + "/", copy.origin() + "/");
		return named;
	}

	@Override
	public void close() throws IOException {
		shared.forEach(SharedCopy::release);
		for (var temporary : origins.keySet())
			Trees.delete(temporary);
	}
}
