package io.github.densecolorize.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import ij.ImagePlus;

import picocli.CommandLine.Model.CommandSpec;

import io.github.densecolorize.files.FolderWalk;

/**
 * Colour images of a class.
 *
 * @param name "" if the folder has no classes
 */
record ImageClass(String name, List<Path> files) {

	/** The classes of a folder: its subfolders, or all that is in it. */
	static List<ImageClass> in(Path folder) throws IOException {
		var top = FolderWalk.ofOne(folder);
		if (top.subfolders().isEmpty()) return List.of(of("", top.requireAny(folder)));
		var classes = new ArrayList<ImageClass>();
		for (var f : top.subfolders())
			classes.add(of(f.getFileName().toString(), FolderWalk.ofOne(f).requireAny(f)));
		return classes;
	}

	/** What can't be looked at is tried, and hence told, as the others are. */
	private static ImageClass of(String name, FolderWalk walk) {
		return new ImageClass(name, Stream.concat(walk.files().stream(), walk.failed().stream().map(FolderWalk.Left::path)).toList());
	}

	/** An RGB image; gray and palette images too are what is seen of them. */
	static ImagePlus open(Path file, CommandSpec command, TerminalProgress progress) throws IOException {
		var image = Main.open(file, command, progress);
		if (image.getStackSize() > 1) throw new IOException(file + " has " + image.getStackSize() +
			" slices; save them as single RGB images.");
		if (image.getType() != ImagePlus.COLOR_RGB) image.setProcessor(image.getProcessor().convertToRGB());
		return image;
	}
}
