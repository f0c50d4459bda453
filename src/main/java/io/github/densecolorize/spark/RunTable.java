package io.github.densecolorize.spark;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

import org.apache.hadoop.fs.Path;

import io.github.densecolorize.files.NewFile;

/**
 * The table of a run, in Parquet format: files in a folder {@code run=TIME}, which programs that read the table show as a column. The driver writes
 * what has come in every minute into a file of its own, so that only the rows of the last minute are lost with a run that is killed.
 */
final class RunTable {

	/** Beyond so many rows the driver should not wait for the minute to end, as they are in its memory. */
	private static final int MANY = 50_000;

	private final Folder folder;
	private final Path run;
	private final String hidden;
	/** Two runs that began in the same second have different ones. */
	private final String part = "part-" + UUID.randomUUID().toString().substring(0, 8);
	private List<Map<String, Object>> rows = new ArrayList<>();
	private int files;

	/**
	 * @param folder of all tables
	 * @param time when the run began, for the name
	 * @param hidden temporary name that nobody else uses
	 */
	RunTable(Folder folder, String time, String hidden) {
		this.folder = folder;
		this.hidden = hidden;
		run = folder.path("run=" + time);
	}

	synchronized void add(List<Map<String, Object>> more) {
		rows.addAll(more);
	}

	synchronized boolean isLarge() {
		return rows.size() > MANY;
	}

	/**
	 * Writes the rows that were added since the last time, if there are any.
	 *
	 * @throws IOException if they can't be written; they are kept for the next time
	 */
	void write() throws IOException {
		List<Map<String, Object>> taken;
		synchronized (this) {
			taken = rows;
			rows = new ArrayList<>();
		}
		if (taken.isEmpty()) return;
		try {
			write(taken, new Path(run, String.format(Locale.ROOT, "%s-%05d.parquet", part, files)));
			files++;
		}
		catch (IOException | RuntimeException e) {
			synchronized (this) {
				taken.addAll(rows);
				rows = taken;
			}
			throw e;
		}
	}

	private void write(List<Map<String, Object>> some, Path target) throws IOException {
		if (folder.isLocal()) try (var made = new NewFile(Folder.local(target))) {
			RowsFile.write(some, made.draft());
			made.land(true);
			return;
		}
		try (var copies = new LocalCopies()) {
			var made = copies.toMake(folder, target);
			RowsFile.write(some, made);
			LocalCopies.bring(made, folder, target, true, hidden);
		}
	}

	Path path() {
		return run;
	}
}
