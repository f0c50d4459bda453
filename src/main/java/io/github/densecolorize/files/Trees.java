package io.github.densecolorize.files;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/** Removes and lists folders with everything in them. */
public final class Trees {

	private Trees() {}

	/** Removes a folder with everything in it, if it is there; if it is a link, only the link is removed. */
	public static void delete(Path folder) throws IOException {
		for (var file : deepestFirst(folder))
			Files.deleteIfExists(file);
	}

	/** Everything in a folder, and the folder itself as the last entry; empty if it is not there. */
	static List<Path> deepestFirst(Path folder) throws IOException {
		var files = new ArrayList<Path>();
		Files.walkFileTree(folder, new SimpleFileVisitor<>() {

			@Override
			public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
				files.add(file);
				return FileVisitResult.CONTINUE;
			}

			@Override
			public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
				// What is gone already need not be removed.
				if (Files.exists(file)) throw e;
				return FileVisitResult.CONTINUE;
			}

			@Override
			public FileVisitResult postVisitDirectory(Path each, IOException e) {
				files.add(each);
				return FileVisitResult.CONTINUE;
			}
		});
		return files;
	}
}
