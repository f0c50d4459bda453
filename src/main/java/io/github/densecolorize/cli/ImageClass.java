package io.github.densecolorize.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import ij.ImagePlus;

import io.github.densecolorize.open.ImageFiles;

/**
 * Colour images of a class.
 *
 * @param name "" if the folder has no classes
 */
record ImageClass(String name, List<Path> files) {

	/** The classes of a folder: its subfolders, or all that is in it. */
	static List<ImageClass> in(Path folder) throws IOException {
		List<Path> folders;
		try (var entries = Files.list(folder)) {
			folders = entries.filter(Files::isDirectory).filter(f -> !f.getFileName().toString().startsWith(".")).sorted().toList();
		}
		if (folders.isEmpty()) return List.of(new ImageClass("", ImageFiles.filesIn(folder)));
		var classes = new ArrayList<ImageClass>();
		for (var f : folders)
			classes.add(new ImageClass(f.getFileName().toString(), ImageFiles.filesIn(f)));
		return classes;
	}

	/** An RGB image; gray and palette images too are what is seen of them. */
	static ImagePlus open(Path file) throws IOException {
		var image = ImageFiles.open(file, sentence -> {});
		if (image.getStackSize() > 1) throw new IOException(file + " has " + image.getStackSize() +
			" slices; save them as single RGB images.");
		if (image.getType() != ImagePlus.COLOR_RGB) image.setProcessor(image.getProcessor().convertToRGB());
		return image;
	}
}
