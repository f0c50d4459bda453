package io.github.densecolorize.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.github.densecolorize.files.FolderWalk;
import io.github.densecolorize.imagej.OutputFile;
import io.github.densecolorize.imagej.ResultNames;

/**
 * An image to read and the file to write.
 *
 * @param in what ImageJ opens
 * @param out what {@link OutputFile} writes
 */
record Job(Path in, Path out) {

	/**
	 * One file to a file, anything else to files in a folder.
	 *
	 * @param in files, and folders for the files in them
	 * @param out a file with an ending for an image format, or a folder, which need not exist
	 * @throws IOException if a folder can't be read
	 * @throws IllegalArgumentException if inputs and output do not fit together
	 */
	static List<Job> of(List<Path> in, String out) throws IOException {
		var target = Path.of(out);
		boolean folder = Files.isDirectory(target) || out.endsWith("/") || out.endsWith("\\");
		if (in.size() == 1 && !Files.isDirectory(in.get(0)) && !folder) {
			if (!OutputFile.hasFormat(target)) throw new IllegalArgumentException("Output " + out + " does not end in " + OutputFile.ENDINGS +
				"; add one, or / for a folder.");
			return List.of(new Job(in.get(0), target));
		}
		checkFolder(out);
		var files = files(in);
		var names = ResultNames.of(files);
		var jobs = new ArrayList<Job>();
		for (int i = 0; i < files.size(); i++)
			jobs.add(new Job(files.get(i), target.resolve(names.get(i) + ".tif")));
		return jobs;
	}

	/** What of the folders can't be looked at. */
	static List<FolderWalk.Left> unread(List<Path> in) throws IOException {
		var unread = new ArrayList<FolderWalk.Left>();
		for (var path : in)
			if (Files.isDirectory(path)) unread.addAll(FolderWalk.ofOne(path).failed());
		return unread;
	}

	/** @throws IllegalArgumentException if the output is a file or has the name of one */
	static void checkFolder(String out) {
		var target = Path.of(out);
		if (Files.isDirectory(target)) return;
		if (Files.exists(target)) throw new IllegalArgumentException("Output " + out + " is a file, but several images need a folder; give one.");
		if (!out.endsWith("/") && !out.endsWith("\\") && OutputFile.hasFormat(target)) throw new IllegalArgumentException("Output " + out +
			" is the name of a file, but several images need a folder; give one.");
	}

	/** The files themselves and those in the folders, without hidden ones and subfolders, each once. */
	private static List<Path> files(List<Path> in) throws IOException {
		var files = new ArrayList<Path>();
		for (var path : in)
			if (Files.isDirectory(path)) files.addAll(FolderWalk.ofOne(path).requireAny(path).files());
			else files.add(path);
		return files.stream().map(Path::normalize).distinct().toList();
	}
}
