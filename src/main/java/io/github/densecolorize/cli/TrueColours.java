package io.github.densecolorize.cli;

import java.io.IOException;
import java.nio.file.Path;

import ij.ImagePlus;

import io.github.densecolorize.colorize.FileColorizer;
import io.github.densecolorize.colorize.Provenance;
import io.github.densecolorize.open.ImageFiles;

/** Opens images whose colours are real, not predicted. */
final class TrueColours {

	private TrueColours() {}

	/**
	 * An RGB image; gray and palette images are turned into the colours that are seen.
	 *
	 * @throws Batch.LeftOut if its colours were predicted
	 */
	static ImagePlus open(Path file, FileBatch batch) throws IOException {
		return check(file, batch.open(file));
	}

	/**
	 * The same for a file of which nothing is to be printed.
	 *
	 * @throws Batch.LeftOut likewise
	 */
	static ImagePlus openQuietly(Path file) throws IOException {
		return check(file, ImageFiles.open(file, sentence -> {}));
	}

	private static ImagePlus check(Path file, ImagePlus image) throws IOException {
		if (Provenance.isIn(image)) throw new FileBatch.LeftOut(FileColorizer.RESULT);
		if (image.getStackSize() > 1) throw new IOException(file + " has " + image.getStackSize() +
			" slices; save them as single RGB images.");
		if (image.getType() != ImagePlus.COLOR_RGB) image.setProcessor(image.getProcessor().convertToRGB());
		return image;
	}
}
