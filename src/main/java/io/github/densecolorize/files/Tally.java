package io.github.densecolorize.files;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Counts what has become of the files of a folder. Each file is counted once, so that the numbers add up to all files. */
public final class Tally {

	/** What has become of a file; if its parts ended differently, the one that comes last in this order counts. */
	public enum End {
		LEFT_OUT, THERE_ALREADY, DONE, FAILED
	}

	private final Map<End, Long> files = new EnumMap<>(End.class);

	/** Counts a file. */
	public void add(End end) {
		add(end, 1);
	}

	/** @param number of files that ended in the same way */
	public void add(End end, long number) {
		files.merge(end, number, Long::sum);
	}

	/** Counts what could not be used while going through a folder. */
	public void add(List<FolderWalk.Left> left) {
		left.forEach(each -> add(each.failed() ? End.FAILED : End.LEFT_OUT));
	}

	/** How many files ended in this way. */
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
