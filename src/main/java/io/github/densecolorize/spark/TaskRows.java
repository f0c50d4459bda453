package io.github.densecolorize.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;

import io.github.densecolorize.cli.Main;
import io.github.densecolorize.colorize.Bug;
import io.github.densecolorize.colorize.FileColorizer.Outcome;

/**
 * Works on one file. An error becomes a row of the table, so that Spark's task does not fail and is not repeated; but one that may pass is left to
 * Spark, which tries again, perhaps on another machine, unless it is the last time.
 */
final class TaskRows {

	/** The work on a file. */
	@FunctionalInterface
	interface Work {

		/** @param copies for the files that it needs on this machine; sentences about them are told about the files themselves */
		List<Map<String, Object>> run(LocalCopies copies) throws Exception;
	}

	/** Master of Spark on one machine that tries more than once, with how often. */
	private static final Pattern LOCAL_AGAIN = Pattern.compile("local\\[.*,\\s*(\\d+)]");

	private TaskRows() {}

	/**
	 * @param work that makes rows of a task
	 * @return these rows, or one that says why there are none
	 */
	static Stream<Map<String, Object>> rows(TaskList.Task task, Work work) {
		return rows(task, work, failed -> failed);
	}

	/**
	 * The same for rows that have more columns than the table has.
	 *
	 * @param failed turns the row that says why there are none into such a row
	 */
	static Stream<Map<String, Object>> rows(TaskList.Task task, Work work, UnaryOperator<Map<String, Object>> failed) {
		long start = System.nanoTime();
		var why = task.unread();
		if (why == null) try (var copies = new LocalCopies()) {
			try {
				var rows = work.run(copies);
				for (var row : rows)
					for (var column : List.of(TableRow.MESSAGE, TableRow.ERROR))
						row.computeIfPresent(column, (name, sentence) -> copies.named((String) sentence));
				return rows.stream();
			}
			catch (CancellationException e) {
				// Spark does not need the task any more.
				throw e;
			}
			catch (TransientException e) {
				if (!isLastAttempt()) throw new UncheckedIOException(e);
				why = e.getMessage();
			}
			catch (OutOfMemoryError e) {
				why = "not enough memory; give Spark's executors more.";
			}
			catch (Exception e) {
				why = copies.named(reason(e));
			}
		}
		catch (IOException e) {
			why = e.getMessage();
		}
		return Stream.of(failed.apply(TableRow.of(task, Outcome.failed(start, why), null)));
	}

	private static boolean isLastAttempt() {
		var conf = SparkEnv.get().conf();
		return TaskContext.get().attemptNumber() + 1 >= attempts(conf.get("spark.master", ""), conf.getInt("spark.task.maxFailures", 4));
	}

	/**
	 * How often Spark tries a task before it gives up the whole run.
	 *
	 * @param failures that are set for clusters
	 */
	static int attempts(String master, int failures) {
		var again = LOCAL_AGAIN.matcher(master);
		if (again.matches()) return Integer.parseInt(again.group(1));
		return master.startsWith("local[") || master.equals("local") ? 1 : failures;
	}

	/** Readers of damaged files may throw any exception. */
	private static String reason(Exception e) {
		try {
			return Main.sentence(e);
		}
		catch (Exception bug) {
			bug(bug);
			return Bug.sentence(bug);
		}
	}

	/** Writes it to the log of the executor. */
	static void bug(Throwable e) {
		System.err.println(Bug.trace(e));
	}
}
