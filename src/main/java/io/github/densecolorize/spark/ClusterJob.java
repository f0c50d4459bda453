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

/** One run of a command on a cluster: what its tasks have in common, and what has to be done before and after them. */
final class ClusterJob implements AutoCloseable {

	/** Number of errors that are printed one by one; the table has all of them. */
	private static final int TOLD = 50;
	/** How the name of the list of tasks ends. */
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
	/** Lock on the list of tasks, which tells other programs that this run is still going on; null if the output folder is not local. */
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
	 * @param done what the command does with files, such as "colorized"
	 * @param written output folder, made if it is not there
	 * @param nested whether it writes to its subfolders, too
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

	/** Number of cores of an executor; 0 if this is not set, so that it has all cores of its machine. */
	int cores() {
		return context.isLocal() ? context.defaultParallelism() : context.getConf().getInt("spark.executor.cores", 0);
	}

	Folder written() {
		return written;
	}

	RunTable table() {
		return table;
	}

	/** How the names of this run's temporary files begin, and of no other run's. */
	String prefix() {
		return prefix;
	}

	/**
	 * Where the list of tasks is written; makes the output folder.
	 *
	 * @throws IOException if the output folder can't be made
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

	/** Removes what killed runs left behind, on local file systems only: on others nobody can know whether a run is still going on. */
	private void sweepDead() throws IOException {
		try (var lists = Files.newDirectoryStream(Folder.local(written.path()), Workspace.PREFIX + "*" + LIST)) {
			for (var list : lists)
				try (var dead = Lock.on(list, "")) {
					var name = list.getFileName().toString();
					sweep(written.path(), name.substring(0, name.length() - LIST.length()));
				}
				catch (IOException e) {
					// The run is still going on, or belongs to another user.
				}
		}
	}

	/** Removes what killed tasks of a run left behind. */
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
