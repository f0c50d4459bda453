package io.github.densecolorize.colorize;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import io.github.densecolorize.image.Choice;

/** Where the hints of the images of a folder are, as users choose it. An image without hints is coloured without them. */
@FunctionalInterface
public interface FolderHints extends Serializable {

	/**
	 * @param image path of a file relative to the folder of images, whether it is there or not
	 * @return where its hints are
	 * @throws IOException with a sentence if there are several files with hints for it
	 */
	HintSource forImage(Path image) throws IOException;

	/** The folder of the files with hints, none of which is an image; empty if there is none. */
	default Optional<Path> folder() {
		return Optional.empty();
	}

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

	/** The files that may hold the hints of an image, by their names. */
	static List<Path> files(Path image) {
		return HintFile.ENDINGS.stream().map(ending -> image.resolveSibling(ResultNames.stem(image) + ending)).toList();
	}

	/**
	 * @param there those of the {@link #files} of an image that are there
	 * @throws IOException if there are several
	 */
	static HintSource of(List<Path> there) throws IOException {
		if (there.size() > 1) throw new IOException("Both " + there.get(0) + " and " + there.get(1) + " are there; delete one of them.");
		return there.isEmpty() ? new HintSource.None() : new HintSource.OfFile(there.get(0).toString());
	}

	/**
	 * Each image has its hints in a file of its name.
	 *
	 * @param path of the folder
	 */
	record InFolder(String path) implements FolderHints {

		@Override
		public HintSource forImage(Path image) throws IOException {
			return FolderHints.of(files(Path.of(path).resolve(image)).stream().filter(Files::exists).toList());
		}

		@Override
		public Optional<Path> folder() {
			return Optional.of(Path.of(path));
		}
	}

	private static FolderHints inFolder(String text) {
		try {
			if (Files.isDirectory(Path.of(text))) return new InFolder(text);
		}
		catch (InvalidPathException e) {
			// No folder can have such a name; reported below.
		}
		throw new IllegalArgumentException("Hints is \"" + text + "\"" + Choice.meant(text, List.of("none", "overlay")) +
			"; for a folder of images, must be none, overlay, or a folder that is there, " +
			"with a file NAME.zip, NAME.roi or NAME.csv for each image NAME.");
	}
}
