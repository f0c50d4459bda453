package io.github.densecolorize.spark;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import org.apache.hadoop.fs.Path;

import io.github.densecolorize.data.ColorDataSet;

/** The files of a data set in a folder of any file system. */
record SetFiles(Folder folder, String name) {

	/** The files that are there, a set in one file before shards. */
	private List<Path> there() throws IOException {
		var files = new ArrayList<Path>();
		if (folder.files().exists(folder.path(name))) files.add(folder.path(name));
		for (int n = 1; folder.files().exists(shard(n)); n++)
			files.add(shard(n));
		return files;
	}

	private Path shard(int number) {
		return folder.path(ColorDataSet.shard(name, number));
	}

	/**
	 * @param replace whether a set may be there
	 * @throws IOException if there is one that must not be replaced, or a folder of that name
	 */
	void check(boolean replace) throws IOException {
		var there = there();
		if (!there.isEmpty() && !replace) throw new IOException("Data set " + there.get(0) + " exists; choose another name, or overwrite.");
		for (var file : there)
			if (folder.files().getFileStatus(file).isDirectory()) throw new IOException("Data set " + file + " is a folder; give another name.");
	}

	/**
	 * Gives the files of a set their names, in place of those of an old one. The old first shard is removed first and the new one comes last, since
	 * a set without its first shard can't be opened.
	 *
	 * @param made their temporary names
	 * @param replace whether a set may be there
	 * @return the files
	 */
	List<Path> put(List<String> made, boolean replace) throws IOException {
		check(replace);
		for (var old : there())
			folder.files().delete(old, false);
		var files = new ArrayList<Path>();
		for (int n = made.size(); n >= 1; n--) {
			var file = made.size() == 1 ? folder.path(name) : shard(n);
			if (!folder.files().rename(folder.path(made.get(n - 1)), file)) throw new IOException("Data set " + file +
				" can't be written; check the permissions of its folder.");
			files.add(0, file);
		}
		return files;
	}
}
