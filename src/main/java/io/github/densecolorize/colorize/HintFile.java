package io.github.densecolorize.colorize;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

import ij.ImagePlus;

import io.github.densecolorize.Hint;
import io.github.densecolorize.files.NewFile;
import io.github.densecolorize.image.Choice;

/** A file with hints: a ROI, an archive of ROIs, or a table, told apart by the ending of its name. */
final class HintFile {

	/** Those that there are, in small letters. */
	static final List<String> ENDINGS = List.of(".zip", ".roi", ".csv");
	/** Largest file in bytes, and largest content of an archive. */
	static final int MOST_BYTES = 64 << 20;

	private HintFile() {}

	/**
	 * The path that the text of a user names.
	 *
	 * @throws IllegalArgumentException if it can't be that of a hint file
	 */
	static Path named(String text) {
		try {
			var path = Path.of(text);
			if (ending(path) != null) return path;
		}
		catch (InvalidPathException e) {
			// No file can have such a name; reported below.
		}
		throw new IllegalArgumentException("Hints is \"" + text + "\"" + Choice.meant(text, HintSource.NAMES) +
			"; must be none, overlay, roi manager, or a file that ends in .roi, .zip or .csv.");
	}

	/** @throws IOException if the file can't be read, or is broken, or holds no hint */
	static List<Hint> read(Path file, ImagePlus image, Consumer<String> log) throws IOException {
		var bytes = bytes(file);
		try {
			var name = file.getFileName().toString();
			return switch (ending(file)) {
				case ".csv" -> HintTable.read(bytes, name, image);
				case ".roi" -> RoiHints.of(List.of(RoiFile.read(bytes, name)), name, image, log);
				default -> RoiHints.of(RoiFile.readAll(new ByteArrayInputStream(bytes)), name, image, log);
			};
		}
		catch (IOException e) {
			throw new IOException("File " + file + " " + e.getMessage(), e);
		}
	}

	/** The one of the endings that the name has; null if it has none of them. */
	private static String ending(Path file) {
		var name = file.toString().toLowerCase(Locale.ROOT);
		return ENDINGS.stream().filter(name::endsWith).findFirst().orElse(null);
	}

	private static byte[] bytes(Path file) throws IOException {
		if (!Files.isRegularFile(file)) throw new IOException("File " + file + (Files.exists(file) ? " is no file" : " does not exist") +
			"; give one with hints, or choose hints=none.");
		try (var in = Files.newInputStream(file)) {
			var bytes = in.readNBytes(MOST_BYTES + 1);
			if (bytes.length <= MOST_BYTES) return bytes;
		}
		catch (IOException e) {
			throw new IOException("File " + file + " can't be read (" + NewFile.reason(e) + "); check the disk or the network.", e);
		}
		throw new IOException("File " + file + " has " + Files.size(file) + " bytes; hints must have at most " + MOST_BYTES +
			", so divide it or use fewer hints.");
	}
}
