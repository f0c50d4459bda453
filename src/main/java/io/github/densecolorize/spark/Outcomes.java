package io.github.densecolorize.spark;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import io.github.densecolorize.colorize.FileColorizer;
import io.github.densecolorize.colorize.FileColorizer.Status;
import io.github.densecolorize.dataset.SourceImage;
import io.github.densecolorize.files.Tally;
import io.github.densecolorize.files.Tally.End;

/** Counts the rows of a run as they come in. It keeps none of them, but for the files that were divided and for the first errors. */
final class Outcomes {

	private static final Set<String> THERE = Set.of(FileColorizer.THERE_ALREADY, SourceImage.Reason.DUPLICATE.toString());

	private final int mostErrors;
	private final Map<String, Long> counts = new TreeMap<>();
	private final TreeSet<String> errors = new TreeSet<>();
	private final Tally tally = new Tally();
	/** Files whose rows come from several tasks, with what has become of them so far; null for nothing yet. */
	private final Map<String, End> divided = new HashMap<>();

	/** @param mostErrors how many errors are kept, those of the files that come first */
	Outcomes(int mostErrors) {
		this.mostErrors = mostErrors;
	}

	/** Says that the rows of these files come from several tasks; those of any other file come from one, one after the other. */
	synchronized void divide(Iterable<String> files) {
		files.forEach(file -> divided.put(file, null));
	}

	/** Counts rows of one task. */
	synchronized void add(List<Map<String, Object>> rows) {
		String file = null;
		End end = null;
		for (var row : rows) {
			counts.merge((String) row.get(TableRow.STATUS), 1L, Long::sum);
			if (row.get(TableRow.ERROR) != null) keep(row.get(TableRow.FILE) + ": " + row.get(TableRow.ERROR));
			if (!row.get(TableRow.FILE).equals(file)) {
				count(file, end);
				file = (String) row.get(TableRow.FILE);
				end = null;
			}
			end = later(end, end(row));
		}
		count(file, end);
	}

	private void keep(String error) {
		errors.add(error);
		if (errors.size() > mostErrors) errors.pollLast();
	}

	private void count(String file, End end) {
		if (file == null) return;
		if (divided.containsKey(file)) divided.merge(file, end, Outcomes::later);
		else tally.add(end);
	}

	private static End later(End a, End b) {
		return a == null || b.compareTo(a) > 0 ? b : a;
	}

	private static End end(Map<String, Object> row) {
		var status = row.get(TableRow.STATUS);
		if (status.equals(Status.FAILED.toString())) return End.FAILED;
		if (!status.equals(Status.SKIPPED.toString())) return End.DONE;
		var why = row.get(TableRow.MESSAGE);
		return why != null && THERE.contains(why) ? End.THERE_ALREADY : End.LEFT_OUT;
	}

	/** How many files were done, skipped and failed; to be called after the last row. */
	synchronized Tally tally() {
		divided.values().stream().filter(Objects::nonNull).forEach(tally::add);
		divided.clear();
		return tally;
	}

	/** How many rows there are of each status. */
	synchronized Map<String, Long> counts() {
		return new TreeMap<>(counts);
	}

	synchronized long failed() {
		return counts.getOrDefault(Status.FAILED.toString(), 0L);
	}

	/** A line for each of the first rows with an error. */
	synchronized List<String> errors() {
		return List.copyOf(errors);
	}
}
