package io.github.densecolorize.spark;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Serializable;
import java.nio.file.Files;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.IntUnaryOperator;
import java.util.stream.Collectors;

import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkException;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;

import picocli.CommandLine;
import picocli.CommandLine.ExitCode;

import io.github.densecolorize.files.Trees;

import scala.Function2;
import scala.collection.Iterator;
import scala.reflect.ClassTag$;
import scala.runtime.AbstractFunction2;
import scala.runtime.BoxedUnit;

/** One run of a command on a cluster: what its tasks have in common, and what has to be done before and after them. */
final class ClusterJob implements AutoCloseable {

	/** Number of errors that are printed one by one; the table has all of them. */
	private static final int TOLD = 50;
	private static final int SECONDS_BETWEEN_WRITES = 60;

	/** What a command lets the cluster do. */
	@FunctionalInterface
	interface Work {

		void run(ClusterJob job) throws Exception;
	}

	/** Takes the rows of the tasks of Spark, in the order in which these end. */
	@FunctionalInterface
	interface Rows {

		/** @param task of Spark, counted from 0 */
		void take(int task, List<Map<String, Object>> rows);
	}

	private final JavaSparkContext context;
	private final Folder written;
	private final RunMark mark;
	private final Outcomes outcomes = new Outcomes(TOLD);
	private final RunTable table;
	private final ProgressLine progress = new ProgressLine();
	private final java.nio.file.Path temporary = Files.createTempDirectory("dense-colorize");
	/** Does what is to be done every second. */
	private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
	private int secondsToWrite = SECONDS_BETWEEN_WRITES;

	private ClusterJob(String written, boolean nested, String table) throws IOException {
		// The driver keeps no results, so that it need not stop when there are many.
		var spark = new SparkConf().setAppName("dense-colorize").setIfMissing("spark.driver.maxResultSize", "0");
		context = JavaSparkContext.fromSparkContext(SparkContext.getOrCreate(spark));
		try {
			this.written = folder(written);
			mark = new RunMark(this.written, nested);
			var time = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString().replace(':', '-');
			this.table = new RunTable(folder(table), time, mark.prefix());
		}
		catch (IOException e) {
			clock.shutdown();
			context.stop();
			Trees.delete(temporary);
			throw e;
		}
	}

	/**
	 * Runs a command.
	 *
	 * @param done what the command does with files, such as "colorized"
	 * @param written output folder, made if it is not there
	 * @param nested whether it writes to its subfolders, too
	 * @param table folder of the tables
	 * @return the exit status
	 */
	static int run(CommandLine command, String done, String written, boolean nested, String table, Work work) throws Exception {
		try (var job = new ClusterJob(written, nested, table)) {
			work.run(job);
			job.endTable();
			return job.tell(done, command.getOut(), command.getErr());
		}
		catch (SparkException e) {
			// The message may continue with stack traces from other machines.
			throw new IOException("Spark gave up: " + rootCause(e).getMessage().lines().limit(2).collect(Collectors.joining(" "))
				.replaceFirst("\\.$", "") + "; the same command goes on from what was done.", e);
		}
	}

	/** The exception that a task threw, if any. */
	private static Throwable rootCause(Throwable e) {
		return e.getCause() == null ? e : rootCause(e.getCause());
	}

	private int tell(String done, PrintWriter out, PrintWriter err) {
		out.println(outcomes.tally().sentence(done));
		// A stack may have a row for each slice or part.
		out.println(outcomes.counts().entrySet().stream().map(e -> e.getValue() + " " + e.getKey()).collect(Collectors.joining(", ")) + ". Table: " +
			table.path());
		out.flush();
		outcomes.errors().forEach(err::println);
		if (outcomes.failed() > TOLD) err.println("and " + (outcomes.failed() - TOLD) + " more, see the table.");
		return outcomes.failed() == 0 ? ExitCode.OK : ExitCode.SOFTWARE;
	}

	/** @throws IOException if it is of no file system that is known here */
	Folder folder(String text) throws IOException {
		return new Folder(context.hadoopConfiguration(), text);
	}

	JavaSparkContext context() {
		return context;
	}

	/** Number of cores of an executor; 0 if this is not set, so that it has all cores of its machine. */
	int cores() {
		return context.isLocal() ? context.defaultParallelism() : context.getConf().getInt("spark.executor.cores", 0);
	}

	Folder written() {
		return written;
	}

	/** How the names of this run's temporary files begin, and of no other run's. */
	String prefix() {
		return mark.prefix();
	}

	/**
	 * Makes the output folder and the list of tasks, as {@link TaskList#write} does, and gives it to all machines.
	 *
	 * @throws IOException if the output folder can't be made, or the input can't be listed
	 */
	TaskList list(Folder from, List<Path> excluded, long split) throws IOException {
		mark.set();
		clock.scheduleAtFixedRate(this::tick, 1, 1, TimeUnit.SECONDS);
		var file = temporary.resolve("tasks-" + UUID.randomUUID());
		var tasks = TaskList.write(from, excluded, split, file);
		context.addFile(file.toString());
		outcomes.divide(tasks.divided().stream().map(TaskList.Task::in).toList());
		expect(tasks.lines());
		return tasks;
	}

	/** @param tasks of the list, for the line that shows how far the run is */
	void expect(long tasks) {
		progress.expect(tasks);
	}

	private void tick() {
		progress.show(outcomes.failed());
		try {
			mark.renew();
			if (--secondsToWrite > 0 && !table.isLarge()) return;
			secondsToWrite = SECONDS_BETWEEN_WRITES;
			table.write();
		}
		catch (IOException | RuntimeException e) {
			// It is tried again in a minute, and told at the end.
		}
	}

	/**
	 * Computes rows of the table.
	 *
	 * @param tasks how many tasks of the list a task of Spark has, for the line that shows how far the run is
	 */
	void add(JavaRDD<Map<String, Object>> rows, IntUnaryOperator tasks) {
		gather(rows, tasks, (task, some) -> add(some));
	}

	/** Adds rows to the table. */
	void add(List<Map<String, Object>> rows) {
		outcomes.add(rows);
		table.add(rows);
	}

	/** A place for rows that are not to be added as they come in. */
	Shelf shelf(int tasks) throws IOException {
		return new Shelf(temporary.resolve("rows"), tasks);
	}

	/**
	 * Computes rows. Those of a task of Spark arrive once, also if it was tried several times.
	 *
	 * @param tasks as for {@link #add}
	 */
	void gather(JavaRDD<Map<String, Object>> rows, IntUnaryOperator tasks, Rows taker) {
		Function2<Object, ArrayList<Map<String, Object>>, BoxedUnit> handler = (task, some) -> {
			taker.take((Integer) task, some);
			progress.advance(tasks.applyAsInt((Integer) task));
			return BoxedUnit.UNIT;
		};
		context.sc().runJob(rows.rdd(), new Collecting(), handler, ClassTag$.MODULE$.apply(ArrayList.class));
	}

	/** All rows of a task of Spark. */
	private static final class Collecting extends AbstractFunction2<TaskContext, Iterator<Map<String, Object>>, ArrayList<Map<String, Object>>>
		implements Serializable
	{

		private static final long serialVersionUID = 1;

		@Override
		public ArrayList<Map<String, Object>> apply(TaskContext task, Iterator<Map<String, Object>> rows) {
			var all = new ArrayList<Map<String, Object>>();
			while (rows.hasNext())
				all.add(rows.next());
			return all;
		}
	}

	private void endTable() throws IOException {
		clock.shutdown();
		try {
			clock.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
		}
		catch (InterruptedException e) {
			Thread.currentThread().interrupt();
		}
		progress.close();
		table.write();
	}

	@Override
	public void close() throws IOException {
		try {
			endTable();
			mark.close();
			Trees.delete(temporary);
		}
		finally {
			context.stop();
		}
	}
}
