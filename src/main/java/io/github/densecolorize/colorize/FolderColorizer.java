package io.github.densecolorize.colorize;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import io.github.densecolorize.Progress;
import io.github.densecolorize.files.FolderWalk;
import io.github.densecolorize.files.Tally;
import io.github.densecolorize.files.Workspace;
import io.github.densecolorize.image.Choice;
import io.github.densecolorize.model.ColorModel;
import io.github.densecolorize.model.Head;

/**
 * Colorizes all images of a folder and its subfolders. A file that can't be colorized does not stop the others, and a file whose result is there
 * already is skipped, so that a stopped run can be continued by starting it again.
 */
public final class FolderColorizer {

	/**
	 * A file of the folder.
	 *
	 * @param in relative to the folder
	 * @param out likewise, of the output folder; empty if the file could not be looked at
	 */
	public record Row(Path in, Path out, FileColorizer.Outcome outcome) {}

	/** Into how many parts a file is divided for reporting the progress. */
	private static final int STEPS = 100;

	private final FileColorizer colorizer;
	private final FolderHints hints;
	private final String format;

	/**
	 * @param head colours that were fitted to the references; null if there are none
	 * @param format {@code tif} or {@code png}
	 * @param overwrite whether files that are there are replaced, or skipped
	 * @param bugs told of errors of the program itself (bugs)
	 * @throws IllegalArgumentException if there is no such format, or it can't hold the output, or there are no such hints, or files have no such extent, or
	 *           the model has no such category
	 */
	public FolderColorizer(ColorModel model, ColorizeOptions options, Head head, String format, boolean overwrite, Consumer<Throwable> bugs) {
		this.format = checkedFormat(format, options.output());
		options.extent().ofFile();
		hints = FolderHints.of(options.own().hints());
		colorizer = new FileColorizer(model, options, head, overwrite, bugs);
	}

	/** @throws IllegalArgumentException if there is no such format, or it can't hold the output */
	public static String checkedFormat(String format, Output output) {
		var ending = Choice.of("Format", format, List.of("tif", "png"));
		if (ending.equals("png") && output != Output.RGB) throw new IllegalArgumentException("Output " + output +
			" has 32-bit channels, which png can't hold; choose format tif.");
		return ending;
	}

	/**
	 * Goes through the folder in the order of the names. Results have the names of their inputs, in the same subfolders; if two would have the same
	 * name, they keep the endings of their inputs.
	 *
	 * @param out output folder, made if it is not there; if it lies inside the input folder, by whatever link, its files are not taken as input
	 * @param told is given the outcome of each file when it is done
	 * @param progress told of hundredths of files; may throw a {@code CancellationException}
	 * @return a row for each file, and for each folder that could not be read
	 * @throws IOException if the folder can't be read or holds no file
	 */
	public List<Row> colorize(Path folder, Path out, Consumer<Row> told, Progress progress) throws IOException {
		var walk = walk(folder, out, hints);
		var rows = new ArrayList<Row>();
		for (var left : walk.left()) {
			var outcome = left.failed() ? FileColorizer.Outcome.failed(System.nanoTime(), left.why() + ".") : FileColorizer.Outcome.skipped(left.why() +
				".");
			add(new Row(folder.relativize(left.path()), Path.of(""), outcome), rows, told);
		}
		var files = walk.files().stream().map(folder::relativize).toList();
		var outputs = ResultNames.inFolders(files, "." + format);
		outputs.stream().map(output -> out.resolve(output).getParent()).distinct().forEach(Workspace::sweep);
		try (colorizer) {
			for (int i = 0; i < files.size(); i++) {
				long before = STEPS * (long) i, all = STEPS * (long) files.size();
				progress.update(before, all);
				var in = files.get(i);
				add(new Row(in, outputs.get(i), colorizer.colorize(folder.resolve(in), () -> hints.forImage(in), out.resolve(outputs.get(i)), (done, total) -> progress.update(
					before + STEPS * done / Math.max(1, total), all))), rows, told);
			}
		}
		return rows;
	}

	private static void add(Row row, List<Row> rows, Consumer<Row> told) {
		rows.add(row);
		told.accept(row);
	}

	/** How many files were done, skipped, left out and failed. */
	public static Tally tally(List<Row> rows) {
		var tally = new Tally();
		rows.forEach(row -> tally.add(row.outcome().end()));
		return tally;
	}

	/** A sentence that says how many of the colorized images had hints. */
	public static String hinted(List<Row> rows) {
		var done = rows.stream().map(Row::outcome).filter(outcome -> outcome.status() == FileColorizer.Status.COLORIZED).toList();
		return "With hints: " + done.stream().filter(outcome -> outcome.hints() > 0).count() + " of " + done.size() + " colorized.";
	}

	/**
	 * Looks through a folder.
	 *
	 * @param out folder for the results, which is not taken as input if it lies inside the other; need not exist
	 * @param hints whose files are not taken as input either
	 * @throws IOException if one of these is the input folder itself, or the output folder is a file, or the folder can't be read or holds no file
	 */
	public static FolderWalk walk(Path folder, Path out, FolderHints hints) throws IOException {
		if (Files.exists(out) && Files.isDirectory(folder) && Files.isSameFile(folder, out)) throw new IOException(
			"Input and output folder are the same, " + folder + "; choose another output folder.");
		if (Files.exists(out) && !Files.isDirectory(out)) throw new IOException("Output folder " + out + " is a file; choose another.");
		var beside = hints.folder();
		if (beside.isPresent() && Files.isDirectory(folder) && Files.isSameFile(folder, beside.get())) throw new IOException(
			"Input folder and folder of hints are the same, " + folder + "; put the hints into a folder of their own, which may lie in it.");
		return FolderWalk.of(folder, beside.map(path -> new Path[] { out, path }).orElse(new Path[] { out })).requireAny(folder);
	}
}
