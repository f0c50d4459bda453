package io.github.densecolorize.files;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/** Folders with all that is in them. */
public final class Trees {

	private Trees() {}

	/** Removes a folder with all that is in it, if it is there; of a link, the link. */
	public static void delete(Path folder) throws IOException {
		for (var file : deepestFirst(folder))
			Files.deleteIfExists(file);
	}

	/** The folder last; empty if it is not there. */
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
				// What is gone needs no removal.
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
