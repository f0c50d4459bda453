package io.github.densecolorize.spark;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import io.github.densecolorize.cli.Main;
import io.github.densecolorize.colorize.Bug;
import io.github.densecolorize.colorize.FileColorizer.Outcome;

/** Works on one file. An error becomes a row of the table, so that Spark's task does not fail and is not repeated. */
final class TaskRows {

	private TaskRows() {}

	/**
	 * @param work that makes rows of a task
	 * @return these rows, or one that says why there are none
	 */
	static Stream<Map<String, Object>> rows(TaskList.Task task, Callable<List<Map<String, Object>>> work) {
		return rows(task, work, failed -> failed);
	}

	/**
	 * The same for rows that have more columns than the table has.
	 *
	 * @param failed turns the row that says why there are none into such a row
	 */
	static Stream<Map<String, Object>> rows(TaskList.Task task, Callable<List<Map<String, Object>>> work, UnaryOperator<Map<String, Object>> failed) {
		long start = System.nanoTime();
		if (task.unread() != null) return Stream.of(failed.apply(RunTable.row(task, Outcome.failed(start, task.unread()), null)));
		try {
			return work.call().stream();
		}
		catch (CancellationException e) {
			// Spark does not need the task any more.
			throw e;
		}
		catch (OutOfMemoryError e) {
			return Stream.of(failed.apply(RunTable.row(task, Outcome.failed(start, "not enough memory; give Spark's executors more."), null)));
		}
		catch (Exception e) {
			return Stream.of(failed.apply(RunTable.row(task, Outcome.failed(start, reason(e)), null)));
		}
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
