package io.github.densecolorize.colorize;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Supplier;

import ij.ImagePlus;

import io.github.densecolorize.files.NewFile;
import io.github.densecolorize.files.Workplace;

/**
 * A file for a result, which is either complete or not there. The image is written to a draft beside it. The draft is made before anything is
 * computed, so that a folder without permission to write is noticed at once, and it is checked before it gets the file's name.
 */
public final class OutputFile implements AutoCloseable {

	/** Formats that can be written, for messages. */
	public static final String ENDINGS = ".tif or .png";

	private final Path file;
	private final boolean replace;
	private final NewFile made;

	/**
	 * Reserves the place; a folder that is not there is made.
	 *
	 * @param replace whether the file may be there when it is written
	 * @throws IOException if it can't be written
	 */
	public OutputFile(Path file, boolean replace) throws IOException {
		this(file, replace, NewFile::new);
	}

	/**
	 * The same, for one of many files.
	 *
	 * @param workplace where they are made one after the other
	 */
	public OutputFile(Path file, boolean replace, Workplace workplace) throws IOException {
		this(file, replace, workplace::file);
	}

	/** Reserves the place of a file. */
	@FunctionalInterface
	private interface Maker {

		NewFile make(Path file) throws IOException;
	}

	private OutputFile(Path file, boolean replace, Maker maker) throws IOException {
		this.file = file;
		this.replace = replace;
		try {
			made = maker.make(file);
		}
		catch (IOException e) {
			throw new IOException("Output folder " + file.toAbsolutePath().getParent() + " can't be written (" + NewFile.reason(e) +
				"); choose another, or change its permissions.", e);
		}
	}

	/**
	 * @param in the file that it is made of
	 * @param file to write
	 * @param overwrite whether the output may exist
	 * @throws IOException if it exists and may not be replaced, or is a folder, or is the input itself
	 */
	public static void check(Path in, Path file, boolean overwrite) throws IOException {
		if (!Files.exists(file)) return;
		if (Files.isDirectory(file)) throw new IOException("Output " + file + " is a folder; give another name.");
		if (Files.exists(in) && Files.isSameFile(file, in)) throw new IOException("Output " + file +
			" is the input; give another name or folder.");
		if (!overwrite) throw exists(file);
	}

	private static IOException exists(Path file) {
		return new IOException("Output " + file + " exists; choose overwrite to replace it, or give another name.");
	}

	/** Whether the name has an ending that says in which format to write. */
	public static boolean hasFormat(Path file) {
		return file.getFileName().toString().toLowerCase(Locale.ROOT).matches(".*\\.(tiff?|png)");
	}

	public static boolean isPng(Path file) {
		return file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".png");
	}

	/** Whether it is a PNG file. */
	boolean isPng() {
		return isPng(file);
	}

	/** Writes the content of a file. */
	@FunctionalInterface
	interface Content {

		/** @param draft empty file; it is complete afterwards */
		void writeTo(NewFile draft) throws IOException;
	}

	/**
	 * Writes the image and gives the file its name.
	 *
	 * @throws IOException if the disk is full, or a file has appeared meanwhile that must not be replaced; a file that was there before is unchanged
	 */
	public void write(ImagePlus image) throws IOException {
		write(image, null);
	}

	/**
	 * The same for an image whose expected error is known only when all pixels are.
	 *
	 * @param expectedError asked for when the pixels are written, and takes the place of the text, as long as it, that the image has; null if it has none
	 */
	void write(ImagePlus image, Supplier<String> expectedError) throws IOException {
		write(draft -> {
			if (isPng()) Encoder.png(image, draft);
			else Encoder.tiff(image, draft, expectedError);
		});
	}

	/** The same for any content. */
	void write(Content content) throws IOException {
		try {
			content.writeTo(made);
			made.land(replace);
		}
		catch (IOException e) {
			if (e.getCause() instanceof FileAlreadyExistsException) throw exists(file);
			throw new IOException("Output " + file + " could not be written (" + NewFile.reason(e) +
				"), and a file that was there before is unchanged; make room on the disk, or choose another folder.", e);
		}
	}

	@Override
	public void close() throws IOException {
		made.close();
	}
}
