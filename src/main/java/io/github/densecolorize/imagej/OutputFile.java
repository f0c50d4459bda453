package io.github.densecolorize.imagej;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

import ij.ImagePlus;
import ij.io.FileSaver;

/**
 * A file for a result. It is there as a whole or not at all: the image goes to a temporary file beside it, which is made before anything
 * is computed, so that a place that can't be written is known at once.
 */
public final class OutputFile implements AutoCloseable {

	/** Begin of the names of temporary files, before the tag. */
	public static final String TEMPORARY = ".dense-colorize-";
	/** Formats that can be written, for messages. */
	public static final String ENDINGS = ".tif or .png";

	private static final AtomicLong TAGS = new AtomicLong();

	private final Path file, temporary;

	/**
	 * Reserves the place; a folder that is not there is made.
	 *
	 * @throws IOException if it can't be written
	 */
	public OutputFile(Path file) throws IOException {
		this(file, newTag());
	}

	/**
	 * The same with a temporary file that can be found if the program is killed.
	 *
	 * @param tag that nobody else has who writes to this folder; ends its name
	 */
	public OutputFile(Path file, String tag) throws IOException {
		this.file = file;
		var folder = folder(file);
		try {
			Files.createDirectories(folder);
			// Not createTempFile: the result would be readable by its owner only.
			temporary = folder.resolve(TEMPORARY + tag + (isPng(file) ? ".png" : ".tif"));
			Files.newOutputStream(temporary).close();
		}
		catch (IOException e) {
			throw new IOException("Output folder " + folder + " can't be written; choose another, or change its permissions.", e);
		}
		// For an end by Ctrl-C, which closes nothing.
		temporary.toFile().deleteOnExit();
	}

	/** A tag that no other program on this machine and no other thread has. */
	static String newTag() {
		return ProcessHandle.current().pid() + "-" + TAGS.incrementAndGet();
	}

	/**
	 * @param in the file that it is made of
	 * @param file to write
	 * @param overwrite whether the output may exist
	 * @throws IOException if it exists and may not, or is a folder, or the input
	 */
	public static void check(Path in, Path file, boolean overwrite) throws IOException {
		if (!Files.exists(file)) return;
		if (Files.isDirectory(file)) throw new IOException("Output " + file + " is a folder; give another name.");
		if (Files.exists(in) && Files.isSameFile(file, in)) throw new IOException("Output " + file +
			" is the input; give another name or folder.");
		if (!overwrite) throw new IOException("Output " + file + " exists; choose overwrite to replace it, or give another name.");
	}

	/** Whether the name says how to write it. */
	public static boolean hasFormat(Path file) {
		return file.getFileName().toString().toLowerCase(Locale.ROOT).matches(".*\\.(tiff?|png)");
	}

	public static boolean isPng(Path file) {
		return file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".png");
	}

	/** A name for each file, none twice even where case does not count: that without the ending, the whole one, or that with a number. */
	public static List<String> names(List<Path> files) {
		var uses = files.stream().collect(Collectors.groupingBy(f -> key(stem(f)), Collectors.counting()));
		var taken = new HashSet<String>();
		var names = new ArrayList<String>();
		for (var file : files) {
			var whole = file.getFileName().toString();
			var name = uses.get(key(stem(file))) == 1 ? stem(file) : whole;
			for (int n = 2; !taken.add(key(name)); n++)
				name = whole + "-" + n;
			names.add(name);
		}
		return names;
	}

	private static String stem(Path file) {
		var name = file.getFileName().toString();
		int dot = name.lastIndexOf('.');
		return dot > 0 ? name.substring(0, dot) : name;
	}

	private static String key(String name) {
		return name.toLowerCase(Locale.ROOT);
	}

	/** Replaces the file. */
	public void write(ImagePlus image) throws IOException {
		var saver = new FileSaver(image);
		var path = temporary.toString();
		boolean written = isPng(file) ? saver.saveAsPng(path) : image.getStackSize() > 1 ? saver.saveAsTiffStack(path) : saver.saveAsTiff(path);
		if (!written) throw new IOException("Output " + file + " could not be written; is the disk full?");
		Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING);
	}

	private static Path folder(Path file) {
		return file.toAbsolutePath().getParent();
	}

	@Override
	public void close() throws IOException {
		Files.deleteIfExists(temporary);
	}
}
