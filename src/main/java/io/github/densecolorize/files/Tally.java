package io.github.densecolorize.files;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How the files of a folder ended, counted. Each has one end, so that the numbers add up to all that were seen. */
public final class Tally {

	/** How a file ended; if its parts ended in several ways, in the last of them in this order. */
	public enum End {
		LEFT_OUT, THERE_ALREADY, DONE, FAILED
	}

	private final Map<End, Long> files = new EnumMap<>(End.class);

	/** Counts a file. */
	public void add(End end) {
		add(end, 1);
	}

	/** @param number of files that ended alike */
	public void add(End end, long number) {
		files.merge(end, number, Long::sum);
	}

	/** Counts what a walk could not use. */
	public void add(List<FolderWalk.Left> left) {
		left.forEach(each -> add(each.failed() ? End.FAILED : End.LEFT_OUT));
	}

	/** How many files ended so. */
	public long count(End end) {
		return files.getOrDefault(end, 0L);
	}

	/**
	 * All numbers, as a sentence.
	 *
	 * @param done what was done with the files, such as "colorized"
	 */
	public String sentence(String done) {
		return String.format(Locale.ROOT, "%d files: %d %s, %d there already, %d left out, %d failed.", files.values().stream().mapToLong(n -> n)
			.sum(), count(End.DONE), done, count(End.THERE_ALREADY), count(End.LEFT_OUT), count(End.FAILED));
	}
}
