package io.github.densecolorize.spark;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.stream.Collectors;

import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkException;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

import picocli.CommandLine;
import picocli.CommandLine.ExitCode;

import io.github.densecolorize.files.Lock;
import io.github.densecolorize.files.Workspace;

/** A run of a command on a cluster: what its tasks share, and what is left to do before and after them. */
final class ClusterJob implements AutoCloseable {

	/** Errors that are told one by one; the table has them all. */
	private static final int TOLD = 50;
	/** End of the name of the list of the tasks. */
	private static final String LIST = ".tasks";

	/** What a command lets the cluster do. */
	@FunctionalInterface
	interface Work {

		void run(ClusterJob job) throws Exception;
	}

	private final SparkSession session;
	private final JavaSparkContext context;
	private final Folder written;
	private final boolean nested;
	private final RunTable table;
	private final String prefix;
	/** On the list of the tasks, by which others know that this run goes on; null if the folder that is written to is not local. */
	private Lock lock;

	private ClusterJob(String written, boolean nested, String table) throws IOException {
		session = SparkSession.builder().appName("dense-colorize").getOrCreate();
		context = new JavaSparkContext(session.sparkContext());
		this.nested = nested;
		prefix = Workspace.PREFIX + context.sc().applicationId();
		try {
			this.written = folder(written);
			var time = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString().replace(':', '-');
			this.table = new RunTable(session, folder(table), prefix, time);
		}
		catch (IOException e) {
			session.stop();
			throw e;
		}
	}

	private static void makeFolder(Folder folder) throws IOException {
		String why = "it is a file";
		try {
			if (folder.files().mkdirs(folder.path())) return;
		}
		catch (IOException e) {
			why = e.getMessage();
		}
		throw new IOException("Output folder " + folder + " can't be made (" + why + "); choose another, or change the permissions.");
	}

	/**
	 * Runs a command.
	 *
	 * @param done what it does with files, such as "colorized"
	 * @param written folder that it writes to, made if it is not there
	 * @param nested whether it writes to the folders in it, too
	 * @param table folder of the tables
	 * @return the exit status
	 */
	static int run(CommandLine command, String done, String written, boolean nested, String table, Work work) throws Exception {
		try (var job = new ClusterJob(written, nested, table)) {
			work.run(job);
			job.table.finish();
			return job.tell(done, command.getOut(), command.getErr());
		}
		catch (SparkException e) {
			// The message may go on with stack traces of other machines.
			throw new IOException("Spark gave up: " + rootCause(e).getMessage().lines().limit(2).collect(Collectors.joining(" "))
				.replaceFirst("\\.$", "") + "; the same command goes on from what was done.", e);
		}
	}

	/** What a task threw, if one did. */
	private static Throwable rootCause(Throwable e) {
		return e.getCause() == null ? e : rootCause(e.getCause());
	}

	private int tell(String done, PrintWriter out, PrintWriter err) {
		out.println(table.tally().sentence(done));
		// A stack may have a row for each slice or part.
		var counts = table.counts();
		out.println(counts.entrySet().stream().map(e -> e.getValue() + " " + e.getKey()).collect(Collectors.joining(", ")) + ". RunTable: " + table
			.path());
		out.flush();
		long failed = counts.getOrDefault("failed", 0L);
		if (failed > 0) table.errors(TOLD).forEach(err::println);
		if (failed > TOLD) err.println("and " + (failed - TOLD) + " more, see the table.");
		return failed == 0 ? ExitCode.OK : ExitCode.SOFTWARE;
	}

	/** @throws IOException if it is of no file system that is known here */
	Folder folder(String text) throws IOException {
		return new Folder(context.hadoopConfiguration(), text);
	}

	JavaSparkContext context() {
		return context;
	}

	/** Cores of an executor; 0 if it is not said, and hence all of its machine. */
	int cores() {
		return context.isLocal() ? context.defaultParallelism() : context.getConf().getInt("spark.executor.cores", 0);
	}

	Folder written() {
		return written;
	}

	RunTable table() {
		return table;
	}

	/** Begin of the names of temporary files of this run and of no other. */
	String prefix() {
		return prefix;
	}

	/**
	 * Where the list of the tasks goes; makes the folder that is written to.
	 *
	 * @throws IOException if the folder that is written to can't be made
	 */
	Path list() throws IOException {
		makeFolder(written);
		var list = written.path(prefix + LIST);
		if (written.isLocal()) {
			sweepDead();
			lock = Lock.on(Folder.local(list), "Folder " + written);
		}
		return list;
	}

	/** Removes what runs left that were killed. Of other file systems nobody knows whether a run still goes on. */
	private void sweepDead() throws IOException {
		try (var lists = Files.newDirectoryStream(Folder.local(written.path()), Workspace.PREFIX + "*" + LIST)) {
			for (var list : lists)
				try (var dead = Lock.on(list, "")) {
					var name = list.getFileName().toString();
					sweep(written.path(), name.substring(0, name.length() - LIST.length()));
				}
				catch (IOException e) {
					// It goes on, or is another user's.
				}
		}
	}

	/** Removes what tasks of a run left that were killed. */
	private void sweep(Path folder, String run) throws IOException {
		var files = written.files();
		if (written.isLocal()) Workspace.sweep(Folder.local(folder));
		for (var listed = files.listStatusIterator(folder); listed.hasNext();) {
			var status = listed.next();
			var name = status.getPath().getName();
			if (name.startsWith(run)) files.delete(status.getPath(), true);
			else if (nested && status.isDirectory() && !name.startsWith(".") && !name.startsWith("_")) sweep(status.getPath(), run);
		}
	}

	@Override
	public void close() throws IOException {
		try {
			table.close();
			if (written.files().exists(written.path())) sweep(written.path(), prefix);
			if (lock != null) lock.close();
		}
		finally {
			session.stop();
		}
	}
}
