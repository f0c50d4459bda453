package io.github.densecolorize.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import io.github.densecolorize.colorize.FolderColorizer;
import io.github.densecolorize.colorize.FolderHints;
import io.github.densecolorize.colorize.OutputFile;
import io.github.densecolorize.colorize.ResultNames;
import io.github.densecolorize.files.FolderWalk;

/**
 * An image to read, and the file to write from it.
 *
 * @param in what ImageJ opens
 * @param name its path in the folder that the user named, or its name
 * @param out what {@link OutputFile} writes
 * @param named whether the user named the file itself, not just a folder that it lies in
 */
record FileJob(Path in, Path name, Path out, boolean named) {

	/**
	 * Assigns outputs to inputs: a single file to a file, anything else to files in a folder.
	 *
	 * @param in files, and folders for the files in them and in their subfolders
	 * @param out a file with an ending for an image format, or a folder, which need not exist
	 * @param hints whose files are not taken as input
	 * @param left takes whatever in the folders can't be used
	 * @throws IOException if a folder can't be read
	 * @throws IllegalArgumentException if inputs and output do not fit together
	 */
	static List<FileJob> of(List<Path> in, String out, FolderHints hints, Consumer<List<FolderWalk.Left>> left) throws IOException {
		var target = Path.of(out);
		boolean folder = Files.isDirectory(target) || out.endsWith("/") || out.endsWith("\\");
		if (in.size() == 1 && !Files.isDirectory(in.get(0)) && !folder) {
			if (!OutputFile.hasFormat(target)) throw new IllegalArgumentException("Output " + out + " does not end in " + OutputFile.ENDINGS +
				"; add one, or / for a folder.");
			return List.of(new FileJob(in.get(0), in.get(0).getFileName(), target, true));
		}
		checkFolder(out);
		// A file that was named and also lies in one of the folders counts as named, and only once.
		var relative = new LinkedHashMap<Path, Path>();
		var named = new HashSet<Path>();
		for (var path : in) {
			if (!Files.isDirectory(path)) {
				named.add(path.normalize());
				relative.put(path.normalize(), path.getFileName());
				continue;
			}
			var walk = FolderColorizer.walk(path, target, hints);
			left.accept(walk.left());
			walk.files().forEach(file -> relative.putIfAbsent(file.normalize(), path.relativize(file)));
		}
		var files = List.copyOf(relative.keySet());
		var names = List.copyOf(relative.values());
		var results = ResultNames.inFolders(names, ".tif");
		return IntStream.range(0, files.size()).mapToObj(i -> new FileJob(files.get(i), names.get(i), target.resolve(results.get(i)), named.contains(files
			.get(i)))).toList();
	}

	/** @throws IllegalArgumentException if the output is a file or has the name of one */
	static void checkFolder(String out) {
		var target = Path.of(out);
		if (Files.isDirectory(target)) return;
		if (Files.exists(target)) throw new IllegalArgumentException("Output " + out + " is a file, but several images need a folder; give one.");
		if (!out.endsWith("/") && !out.endsWith("\\") && OutputFile.hasFormat(target)) throw new IllegalArgumentException("Output " + out +
			" is the name of a file, but several images need a folder; give one.");
	}
}
