package io.github.densecolorize.spark;

import java.io.IOException;
import java.io.Serializable;
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

	/** Makes files of the set, on all machines. */
	@FunctionalInterface
	interface Writer {

		/**
		 * @param shards each with the name that its file gets
		 * @return these names
		 */
		List<String> write(List<Named> shards);
	}

	/**
	 * A file of the set, and how it is called when it is written: in a store by its final name, elsewhere by a temporary one.
	 *
	 * @param name null for a temporary name
	 */
	record Named(SetPlan.Shard shard, String name) implements Serializable {}

	/**
	 * Writes the files of a set in place of those of an old one. The old first file is removed before and the new one comes last, since a set without
	 * its first file can't be opened.
	 *
	 * @param shards in their order
	 * @param replace whether a set may be there
	 * @return the files
	 */
	List<Path> write(List<SetPlan.Shard> shards, boolean replace, Writer writer) throws IOException {
		var names = new ArrayList<Path>();
		for (int n = 1; n <= shards.size(); n++)
			names.add(shards.size() == 1 ? folder.path(name) : shard(n));
		if (!folder.isStore()) return put(writer.write(shards.stream().map(shard -> new Named(shard, null)).toList()), names, replace);
		check(replace);
		var old = there();
		// A single file replaces another one of its name in one step.
		old.removeAll(shards.size() == 1 ? names : List.of());
		delete(old);
		var named = new ArrayList<Named>();
		for (int i = 0; i < shards.size(); i++)
			named.add(new Named(shards.get(i), names.get(i).getName()));
		if (named.size() > 1) writer.write(named.subList(1, named.size()));
		writer.write(named.subList(0, 1));
		return names;
	}

	/** @param made temporary names */
	private List<Path> put(List<String> made, List<Path> names, boolean replace) throws IOException {
		check(replace);
		delete(there());
		for (int i = made.size() - 1; i >= 0; i--)
			if (!folder.files().rename(folder.path(made.get(i)), names.get(i))) throw new IOException("Data set " + names.get(i) +
				" can't be written; check the permissions of its folder.");
		return names;
	}

	private void delete(List<Path> files) throws IOException {
		for (var file : files)
			folder.files().delete(file, false);
	}
}
