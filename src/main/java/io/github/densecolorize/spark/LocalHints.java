package io.github.densecolorize.spark;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import io.github.densecolorize.colorize.FolderHints;
import io.github.densecolorize.colorize.HintSource;

/** Where the hints of an image are on this machine. */
final class LocalHints implements AutoCloseable {

	private final List<LocalCopy> copies = new ArrayList<>();

	/**
	 * @param folder with the hints of all images, on any file system
	 * @param image relative to the folder of images, with slashes between names
	 * @return where they are until this is closed
	 */
	HintSource fetch(Folder folder, String image) throws IOException {
		for (var file : FolderHints.files(java.nio.file.Path.of(image))) {
			var names = new ArrayList<String>();
			file.forEach(name -> names.add(name.toString()));
			var path = folder.path(String.join("/", names));
			if (folder.files().exists(path)) copies.add(LocalCopy.of(folder, path));
		}
		return FolderHints.of(copies.stream().map(LocalCopy::file).toList());
	}

	@Override
	public void close() throws IOException {
		for (var copy : copies)
			copy.close();
	}
}
