package io.github.densecolorize.spark;

import java.net.URI;
import java.util.List;

import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

/**
 * Makes the list of tasks for files that exist by name only, and reads it: arguments are how many files, how many of them in a folder, and
 * the list to write. Prints the number of tasks, that of ranges, seconds, and MB of memory in use at the end.
 */
public final class ManyFilesDemo {

	/** A file system of subfolders full of files, at {@code names:///}. */
	public static final class Names extends RawLocalFileSystem {

		private static int files, inAFolder;

		@Override
		public URI getUri() {
			return URI.create("names:///");
		}

		@Override
		public Path getWorkingDirectory() {
			return new Path("names:///");
		}

		@Override
		public FileStatus getFileStatus(Path path) {
			return folder(path);
		}

		private static FileStatus folder(Path path) {
			return new FileStatus(0, true, 1, 1, 0, path);
		}

		@Override
		public FileStatus[] listStatus(Path path) {
			int folders = files / inAFolder;
			var listed = new FileStatus[path.isRoot() ? folders : inAFolder];
			for (int i = 0; i < listed.length; i++)
				listed[i] = path.isRoot() ? folder(new Path(path, "folder-" + i)) : new FileStatus(4_194_304, false, 1, 1, 0, new Path(path, String
					.format("slide-%07d.tif", i)));
			return listed;
		}
	}

	private ManyFilesDemo() {}

	public static void main(String[] args) throws Exception {
		Names.files = Integer.parseInt(args[0]);
		Names.inAFolder = Integer.parseInt(args[1]);
		var hadoop = new Configuration();
		hadoop.set("fs.names.impl", Names.class.getName());
		long start = System.nanoTime();
		var list = java.nio.file.Path.of(args[2]);
		var tasks = TaskList.write(new Folder(hadoop, "names:///"), List.of(new Path("names:///none")), Long.MAX_VALUE, list);
		long read = 0;
		for (var range : tasks.ranges())
			read += TaskList.read(list, range).size();
		double seconds = (System.nanoTime() - start) / 1e9;
		var memory = Runtime.getRuntime();
		System.out.println(read + " " + tasks.ranges().size() + " " + seconds + " " + (memory.totalMemory() - memory.freeMemory()) / 1_000_000);
	}
}
