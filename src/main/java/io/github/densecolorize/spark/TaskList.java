package io.github.densecolorize.spark;

import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkFiles;

import com.google.gson.Gson;

import io.github.densecolorize.colorize.Part;
import io.github.densecolorize.colorize.ResultNames;
import io.github.densecolorize.files.FolderWalk;
import io.github.densecolorize.files.NewFile;

/**
 * The list of what is to be done, one line for each task, in a file that Spark gives to all machines. So the driver need not hold the names of a
 * million files, but only those of one folder at a time, and where in the file the tasks of Spark begin.
 *
 * @param name of the list
 * @param ranges the lines of each task of Spark
 * @param files how many files there are
 * @param divided the files that were divided into parts; the parts are counted, not named
 */
record TaskList(String name, List<Range> ranges, long files, List<Task> divided) {

	/**
	 * A file, or a part of one, to be made from another file.
	 *
	 * @param in relative to the input folder
	 * @param out relative to the output folder; also for a part this is the whole file
	 * @param unread why it can't be done, in which case this is its only row; null if it can
	 */
	record Task(String in, String out, Part part, String unread) implements Serializable {

		/** A task that can be done. */
		Task(String in, String out, Part part) {
			this(in, out, part, null);
		}
	}

	/**
	 * The lines that make up one task of Spark.
	 *
	 * @param offset of the first, in bytes
	 */
	record Range(long offset, int lines) implements Serializable {}

	/** More tasks of Spark than this cost its driver more than they are worth; beyond, several lines go together. */
	static final int MOST_RANGES = 10_000;

	/** The order of files by the bytes of their names, as on a single machine. */
	static final Comparator<String> ORDER = (a, b) -> Arrays.compareUnsigned(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));

	private static final Gson GSON = new Gson();

	/**
	 * Lists a folder and the folders in it, without hidden files and folders, whose names begin with a dot or, as usual in Hadoop, a line below.
	 * The files of each folder in the folder are in the order of their paths. Results have the names of their inputs, in the same subfolders; two
	 * that would have the same keep their endings.
	 *
	 * @param excluded folders that are no input if they lie in the other: first that of the output, then that of hints if there is one
	 * @param split bytes of a file of which each part has about as many; a stack that is no larger is one part
	 * @param file to write
	 * @throws IOException if a folder can't be read or there is no file
	 */
	static TaskList write(Folder in, List<Path> excluded, long split, java.nio.file.Path file) throws IOException {
		in.requireFolder("images");
		if (in.path().equals(excluded.get(0))) throw new IOException("Input and output folder are the same, " + in + "; choose another output folder.");
		if (excluded.contains(in.path())) throw new IOException("Input folder and folder of hints are the same, " + in +
			"; put the hints into a folder of their own, which may lie in it.");
		try (var writer = new Writer(in, excluded, split, file)) {
			writer.addFolder("");
			if (writer.files == 0) throw new IOException("Folder " + in + " holds no file; choose one with images.");
			return new TaskList(file.getFileName().toString(), List.copyOf(writer.ranges), writer.files, List.copyOf(writer.divided));
		}
	}

	/** Whether a file or folder is none of the hidden ones, and not an excluded one. */
	static boolean isListed(FileStatus status, List<Path> excluded) {
		return isListed(status.getPath().getName()) && !excluded.contains(status.getPath());
	}

	private static boolean isListed(String name) {
		return !FolderWalk.isPassedOver(name) && !name.startsWith("_");
	}

	/**
	 * The tasks of a range.
	 *
	 * @param file the list on this machine
	 */
	static List<Task> read(java.nio.file.Path file, Range range) throws IOException {
		var tasks = new ArrayList<Task>();
		try (var in = Files.newInputStream(file)) {
			in.skipNBytes(range.offset);
			var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
			for (int i = 0; i < range.lines; i++)
				tasks.add(GSON.fromJson(lines.readLine(), Task.class));
		}
		return tasks;
	}

	/** The tasks of a range, in a task of Spark, to which Spark has given the list. */
	static List<Task> read(String name, Range range) throws IOException {
		return read(java.nio.file.Path.of(SparkFiles.get(name)), range);
	}

	/** How many lines there are. */
	long lines() {
		return ranges.stream().mapToLong(Range::lines).sum();
	}

	/** A file or folder in a folder. */
	private record Entry(String name, long bytes, boolean folder) {

		/** By which the files of a folder and of the folders in it come in the order of their paths. */
		String key() {
			return folder ? name + "/" : name;
		}
	}

	private static final class Writer implements AutoCloseable {

		private final Folder in;
		private final List<Path> excluded;
		private final long split;
		private final OutputStream out;
		private long position;
		private final List<Task> divided = new ArrayList<>();
		private List<Range> ranges = new ArrayList<>();
		private int linesARange = 1;
		private long files;
		/** Real places of the folders that lead to where it is. */
		private final Set<String> way = new HashSet<>();

		Writer(Folder in, List<Path> excluded, long split, java.nio.file.Path file) throws IOException {
			this.in = in;
			this.excluded = excluded;
			this.split = split;
			out = new BufferedOutputStream(Files.newOutputStream(file));
			if (in.isLocal()) way.add(Folder.local(in.path()).toRealPath().toString());
		}

		/** @param prefix of the names in the folder, relative, with a slash at its end */
		void addFolder(String prefix) throws IOException {
			var folder = prefix.isEmpty() ? in.path() : in.path(prefix);
			var entries = new ArrayList<Entry>();
			for (var listed = in.files().listStatusIterator(folder); listed.hasNext();) {
				var status = listed.next();
				if (isListed(status, excluded)) entries.add(new Entry(status.getPath().getName(), status.getLen(), status.isDirectory()));
			}
			// The folders in the folder may be classes, which have the order of their names.
			entries.sort(prefix.isEmpty() ? Comparator.comparing(Entry::folder).thenComparing(Entry::name, ORDER) : Comparator.comparing(Entry::key,
				ORDER));
			var files = entries.stream().filter(entry -> !entry.folder).toList();
			var names = ResultNames.of(files.stream().map(entry -> java.nio.file.Path.of(entry.name)).toList()).iterator();
			for (var entry : entries)
				if (entry.folder) enter(prefix + entry.name);
				else add(prefix + entry.name, prefix + names.next() + ".tif", entry.bytes);
			if (in.isLocal()) addInexpressible(Folder.local(folder), prefix);
		}

		/** Adds what Hadoop passes over without a word, since its name can't be turned into text and back. */
		private void addInexpressible(java.nio.file.Path folder, String prefix) throws IOException {
			try (var entries = Files.newDirectoryStream(folder)) {
				for (var entry : entries) {
					var name = entry.getFileName().toString();
					if (isListed(name) && !FolderWalk.isExpressible(entry)) leave(prefix + name, FolderWalk.INEXPRESSIBLE + ".");
				}
			}
		}

		/** Adds a line that says why there is nothing to be done. */
		private void leave(String name, String why) throws IOException {
			files++;
			addLine(new Task(name, "", Part.WHOLE, why));
		}

		private void enter(String folder) throws IOException {
			try {
				enterUnlessOnTheWay(folder);
			}
			catch (IOException e) {
				// The others have nothing to do with it.
				leave(folder, "Folder " + in.path(folder) + " can't be read (" + NewFile.reason(e) + ").");
			}
		}

		/** Links may lead in a circle. */
		private void enterUnlessOnTheWay(String folder) throws IOException {
			var real = in.isLocal() ? Folder.local(in.path(folder)).toRealPath().toString() : folder;
			if (!way.add(real)) return;
			addFolder(folder + "/");
			way.remove(real);
		}

		private void add(String file, String result, long bytes) throws IOException {
			files++;
			int parts = (int) Math.max(1, Math.min(MOST_RANGES, (bytes + split - 1) / split));
			if (parts > 1) divided.add(new Task(file, result, new Part(0, parts)));
			for (int i = 0; i < parts; i++)
				addLine(new Task(file, result, new Part(i, parts)));
		}

		private void addLine(Task task) throws IOException {
			int last = ranges.size() - 1;
			if (last >= 0 && ranges.get(last).lines < linesARange) ranges.set(last, new Range(ranges.get(last).offset, ranges.get(last).lines + 1));
			else {
				if (ranges.size() == MOST_RANGES) joinPairs();
				ranges.add(new Range(position, 1));
			}
			var line = (GSON.toJson(task) + "\n").getBytes(StandardCharsets.UTF_8);
			out.write(line);
			position += line.length;
		}

		private void joinPairs() {
			var joined = new ArrayList<Range>();
			for (int i = 0; i < ranges.size(); i += 2)
				joined.add(new Range(ranges.get(i).offset, ranges.get(i).lines + ranges.get(i + 1).lines));
			ranges = joined;
			linesARange *= 2;
		}

		@Override
		public void close() throws IOException {
			out.close();
		}
	}
}
