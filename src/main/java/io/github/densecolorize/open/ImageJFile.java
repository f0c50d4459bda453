package io.github.densecolorize.open;

import java.io.IOException;
import java.nio.file.Path;

import ij.ImagePlus;
import ij.io.Opener;
import ij.plugin.FileInfoVirtualStack;

/** A TIFF file that is just as ImageJ wrote it: its own reader knows all that it keeps there. */
final class ImageJFile {

	private ImageJFile() {}

	/** @param onDisk whether slices are read when they are needed */
	static ImagePlus open(Path file, boolean onDisk) throws IOException {
		// ImageJ takes a relative path as one in the folder that it opened last.
		var path = file.toAbsolutePath().toString();
		var opener = new Opener();
		opener.setSilentMode(true);
		ImagePlus image;
		try (var quiet = new QuietErrors()) {
			image = Refusal.naming(file.toString(), () -> onDisk ? FileInfoVirtualStack.openVirtual(path) : opener.openImage(path));
		}
		if (image == null) throw Refusal.naming(file.toString(), Refusal.damaged("ImageJ can't open what it wrote"));
		var written = image.getOriginalFileInfo();
		boolean ranged = written != null && (written.displayRanges != null || ImageJText.of(written.description).hasRange());
		if (!ranged) ImageFiles.withoutRange(image);
		return image;
	}
}
