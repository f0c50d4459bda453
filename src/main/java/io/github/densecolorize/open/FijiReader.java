package io.github.densecolorize.open;

import java.nio.file.Path;
import java.util.Optional;

import ij.IJ;
import ij.ImagePlus;
import ij.io.Opener;

/** What File &gt; Open in Fiji asks for files that ImageJ itself does not know: Bio-Formats and others. Elsewhere there is no such class. */
final class FijiReader {

	private static final String READER = "HandleExtraFileTypes";

	private FijiReader() {}

	/** @return nothing if there is no such reader, or it opens no image either */
	static Optional<ImagePlus> open(Path file) {
		try {
			Class.forName(READER, false, IJ.getClassLoader());
		}
		catch (ClassNotFoundException e) {
			return Optional.empty();
		}
		try (var quiet = new QuietErrors()) {
			var image = new Opener().openWithHandleExtraFileTypes(file.toAbsolutePath().toString(), new int[1]);
			if (image != null) ImageFiles.withoutRange(image);
			return Optional.ofNullable(image);
		}
		// Any plugin may be behind it.
		catch (RuntimeException e) {
			return Optional.empty();
		}
	}
}
