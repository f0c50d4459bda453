package io.github.densecolorize.open;

import java.nio.file.Path;
import java.util.Optional;

import ij.IJ;
import ij.ImagePlus;
import ij.io.Opener;

/**
 * The readers that File &gt; Open in Fiji uses for files that ImageJ itself does not know: Bio-Formats and others. Outside of Fiji they do not
 * exist.
 */
final class FijiReader {

	private static final String READER = "HandleExtraFileTypes";

	private FijiReader() {}

	/** @return nothing if there is no such reader, or it can't open the file either */
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
		// Any plugin may be called here, so any error may come.
		catch (RuntimeException e) {
			return Optional.empty();
		}
	}
}
