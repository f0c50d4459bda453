package io.github.densecolorize.files;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * A new file, which is either complete or not there. It is written as a draft beside its place. The draft is made before anything is computed, so
 * that a folder without permission to write is noticed at once.
 */
public final class NewFile implements AutoCloseable {

	/** Writes the content of a file. */
	@FunctionalInterface
	public interface Content {

		void writeTo(OutputStream out) throws IOException;
	}

	/** How many links are followed one after the other: as many as on Linux. */
	private static final int MOST_LINKS = 40;

	private final Path file, draft;
	private final Workspace workspace;
	private final boolean own;

	/**
	 * Reserves the place; makes the folder if it is not there.
	 *
	 * @throws IOException if it can't be written
	 */
	public NewFile(Path file) throws IOException {
		this(file, Workspace.in(followed(file).getParent()), true);
	}

	/**
	 * @param workspace for the file's folder, with no draft in it
	 * @param own whether it is closed together with this file
	 */
	NewFile(Path file, Workspace workspace, boolean own) throws IOException {
		this.file = followed(file);
		this.workspace = workspace;
		this.own = own;
		draft = workspace.path("draft");
		try {
			Files.createFile(draft);
		}
		catch (IOException e) {
			close();
			throw e;
		}
	}

	/** Where a link leads, even if there is nothing yet: the link is kept, and the file to which it leads is written. */
	static Path followed(Path file) throws IOException {
		var target = file.toAbsolutePath();
		for (int links = 0; Files.isSymbolicLink(target); links++) {
			if (links == MOST_LINKS) throw new FileSystemException(file.toString(), null, "links lead in a circle");
			target = target.resolveSibling(Files.readSymbolicLink(target)).normalize();
		}
		return target;
	}

	/** The draft to write to; it is empty now. */
	public Path draft() {
		return draft;
	}

	/** Writes the draft. */
	public void write(Content content) throws IOException {
		try (var out = new BufferedOutputStream(Files.newOutputStream(draft), 1 << 16)) {
			content.writeTo(out);
		}
	}

	/**
	 * Gives the draft the file's final name.
	 *
	 * @param replace whether the file may be there
	 * @throws IOException if it is there and may not be replaced, even if it appeared only meanwhile; or if the disk is full
	 */
	public void land(boolean replace) throws IOException {
		try {
			workspace.land(draft, file, replace);
		}
		catch (FileAlreadyExistsException e) {
			throw new IOException("File " + file + " exists; choose another name, or overwrite.", e);
		}
	}

	/**
	 * Writes a file.
	 *
	 * @param replace whether it may be there
	 * @throws IOException if it can't be written, with a sentence for the user; a file that was there is unchanged
	 */
	public static void write(Path file, boolean replace, Content content) throws IOException {
		try (var made = new NewFile(file)) {
			made.write(content);
			made.land(replace);
		}
		catch (FileSystemException e) {
			throw unwritten(file, e);
		}
		catch (IOException e) {
			throw e.getCause() instanceof FileAlreadyExistsException ? e : unwritten(file, e);
		}
	}

	private static IOException unwritten(Path file, IOException e) {
		return new IOException("File " + file + " can't be written (" + reason(e) + "), and a file that was there before is unchanged; make room on the disk, " +
			"or choose another place.", e);
	}

	/** The reason, without the name of the draft, which would mean nothing to the user. */
	public static String reason(IOException e) {
		if (e instanceof FileSystemException f && f.getReason() != null) return f.getReason();
		if (e instanceof AccessDeniedException) return "permission denied";
		if (e instanceof FileAlreadyExistsException) return "a file of this name is there";
		if (e instanceof NoSuchFileException) return "it is not there";
		return e instanceof FileSystemException ? e.getClass().getSimpleName().replace("Exception", "") : String.valueOf(e.getMessage());
	}

	@Override
	public void close() throws IOException {
		if (own) workspace.close();
		else Files.deleteIfExists(draft);
	}
}
