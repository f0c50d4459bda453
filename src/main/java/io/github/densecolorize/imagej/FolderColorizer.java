package io.github.densecolorize.imagej;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import io.github.densecolorize.Progress;
import io.github.densecolorize.imagej.FileColorizer.Status;
import io.github.densecolorize.model.ColorModel;

/**
 * Colorizes all images of a folder and of the folders in it. A file that can't be colorized does not stop the others, and one that was
 * colorized before is skipped, so that a stopped run goes on where it was.
 */
public final class FolderColorizer {

	/**
	 * A file of the folder.
	 *
	 * @param in relative to the folder
	 * @param out likewise, of the output folder
	 */
	public record Row(Path in, Path out, FileColorizer.Outcome outcome) {}

	/** Parts of a file, of which progress is told. */
	private static final int STEPS = 100;

	private final FileColorizer colorizer;
	private final String format;

	/**
	 * @param format {@code tif} or {@code png}
	 * @param overwrite whether files that are there are replaced, or skipped
	 * @throws IllegalArgumentException if the format is none, or can't hold the output, or the model has no such category
	 */
	public FolderColorizer(ColorModel model, ColorizeOptions options, String format, boolean overwrite) {
		this.format = checkedFormat(format, options.output());
		colorizer = new FileColorizer(model, options, overwrite, OutputFile.newTag());
	}

	/** @throws IllegalArgumentException if the format is none, or can't hold the output */
	public static String checkedFormat(String format, Output output) {
		var ending = format.trim().toLowerCase(Locale.ROOT);
		if (!ending.equals("tif") && !ending.equals("png")) throw new IllegalArgumentException("Format is \"" + format + "\"; must be tif or png.");
		if (ending.equals("png") && output != Output.RGB) throw new IllegalArgumentException("Output " + output +
			" has 32-bit channels, which png can't hold; choose format tif.");
		return ending;
	}

	/**
	 * Goes through the folder in the order of the names. Results have the names of their inputs, in the same subfolders; two that would have
	 * the same keep their endings.
	 *
	 * @param out folder, made if it is not there; if it lies in the other one, what is in it is no input
	 * @param told each file when it is done
	 * @param progress told of hundredths of files; may throw a {@code CancellationException}
	 * @return a row for each file
	 * @throws IOException if the folder can't be read or holds no file
	 */
	public List<Row> colorize(Path folder, Path out, Consumer<Row> told, Progress progress) throws IOException {
		var files = files(folder, out);
		var outputs = outputs(files);
		var rows = new ArrayList<Row>();
		for (int i = 0; i < files.size(); i++) {
			long before = STEPS * (long) i, all = STEPS * (long) files.size();
			progress.update(before, all);
			var in = files.get(i);
			var row = new Row(in, outputs.get(i), colorizer.colorize(folder.resolve(in), out.resolve(outputs.get(i)), (done, total) -> progress
				.update(before + STEPS * done / Math.max(1, total), all)));
			rows.add(row);
			told.accept(row);
		}
		return rows;
	}

	/** How many files were colorized, skipped and failed, as a sentence. */
	public static String summary(List<Row> rows) {
		var counts = rows.stream().collect(Collectors.groupingBy(row -> row.outcome().status(), Collectors.counting()));
		return String.format(Locale.ROOT, "%d files: %d colorized, %d skipped, %d failed.", rows.size(), counts.getOrDefault(Status.COLORIZED, 0L),
			counts.getOrDefault(Status.SKIPPED, 0L), counts.getOrDefault(Status.FAILED, 0L));
	}

	/** Relative to the folder. */
	private static List<Path> files(Path folder, Path out) throws IOException {
		if (!Files.isDirectory(folder)) throw new IOException("Folder " + folder + (Files.exists(folder) ? " is a file" : " does not exist") +
			"; give one with images.");
		if (Files.exists(out) && Files.isSameFile(folder, out)) throw new IOException("Input and output folder are the same, " + folder +
			"; choose another output folder.");
		if (Files.exists(out) && !Files.isDirectory(out)) throw new IOException("Output folder " + out + " is a file; choose another.");
		var apart = out.toAbsolutePath().normalize();
		try (var all = Files.walk(folder)) {
			var files = all.filter(Files::isRegularFile).filter(f -> !f.toAbsolutePath().normalize().startsWith(apart)).map(folder::relativize).filter(
				f -> !isHidden(f)).sorted().toList();
			if (files.isEmpty()) throw new IOException("Folder " + folder + " holds no file; choose one with images.");
			return files;
		}
	}

	private static boolean isHidden(Path relative) {
		for (var part : relative)
			if (part.toString().startsWith(".")) return true;
		return false;
	}

	/** Relative to the output folder. */
	private List<Path> outputs(List<Path> files) {
		var byFolder = files.stream().collect(Collectors.groupingBy(f -> f.getParent() == null ? Path.of("") : f.getParent(), TreeMap::new,
			Collectors.toList()));
		var names = new TreeMap<Path, Path>();
		byFolder.forEach((parent, members) -> {
			var unique = OutputFile.names(members);
			for (int i = 0; i < members.size(); i++)
				names.put(members.get(i), parent.resolve(unique.get(i) + "." + format));
		});
		return files.stream().map(names::get).toList();
	}
}
