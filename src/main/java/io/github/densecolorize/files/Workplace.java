package io.github.densecolorize.files;

import java.io.IOException;
import java.nio.file.Path;

/**
 * For files that are made one after the other, most of them for the same folder: they share a {@link Workspace} for it, since making one takes
 * longer than writing a small file.
 */
public final class Workplace implements AutoCloseable {

	private Workspace workspace;

	/**
	 * Reserves the place of a file; the file before must be closed.
	 *
	 * @throws IOException if it can't be written
	 */
	public NewFile file(Path file) throws IOException {
		var place = NewFile.followed(file).getParent();
		if (workspace == null || !workspace.isOf(place)) {
			close();
			workspace = Workspace.in(place);
		}
		return new NewFile(file, workspace, false);
	}

	@Override
	public void close() throws IOException {
		if (workspace != null) workspace.close();
		workspace = null;
	}
}
