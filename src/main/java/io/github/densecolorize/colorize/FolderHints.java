package io.github.densecolorize.colorize;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;

/** Where the hints of the images of a folder are, as users choose it. An image without hints is coloured without them. */
@FunctionalInterface
public interface FolderHints extends Serializable {

	/**
	 * @param image path of a file relative to the folder of images, whether it is there or not
	 * @return where its hints are
	 * @throws IOException with a sentence if there are several files with hints for it
	 */
	HintSource forImage(Path image) throws IOException;

	/**
	 * @param text {@code none}, {@code overlay}, or a folder in which {@code sub/NAME.tif} has its hints in {@code sub/NAME.zip},
	 *          {@code sub/NAME.roi} or {@code sub/NAME.csv}
	 * @throws IllegalArgumentException if it is none of them
	 */
	static FolderHints of(String text) {
		var choice = text.trim();
		switch (choice.toLowerCase(Locale.ROOT)) {
			case "none", "":
				return image -> new HintSource.None();
			case "overlay":
				return image -> new HintSource.OfOverlay(false);
			case "roi manager":
				throw new IllegalArgumentException("Hints is \"" + text +
					"\", which are for one image; for a folder of images, must be none, overlay, or a folder with a file of hints for each image.");
			default:
				return inFolder(choice);
		}
	}

	private static FolderHints inFolder(String text) {
		try {
			if (Files.isDirectory(Path.of(text))) return image -> {
				var there = HintFile.ENDINGS.stream().map(ending -> Path.of(text).resolve(image).resolveSibling(ResultNames.stem(image) + ending)).filter(
					Files::exists).toList();
				if (there.size() > 1) throw new IOException("Both " + there.get(0) + " and " + there.get(1) + " are there; delete one of them.");
				return there.isEmpty() ? new HintSource.None() : new HintSource.OfFile(there.get(0).toString());
			};
		}
		catch (InvalidPathException e) {
			// No folder can have such a name; reported below.
		}
		throw new IllegalArgumentException("Hints is \"" + text + "\"; for a folder of images, must be none, overlay, or a folder that is there, " +
			"with a file NAME.zip, NAME.roi or NAME.csv for each image NAME.");
	}
}
