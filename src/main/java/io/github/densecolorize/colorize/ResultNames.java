package io.github.densecolorize.colorize;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** How results are named after the files that they are made of. */
public final class ResultNames {

	/** How many bytes the usual file systems allow for a name, without the ending of a result and its dot. */
	private static final int MOST_BYTES = 255 - 4;
	/** How many bytes are kept of a longer name, before a mark that distinguishes it from others with the same beginning. */
	private static final int KEPT_BYTES = 200;

	private ResultNames() {}

	/**
	 * A name without an ending for each file. No two names are the same, even where capital letters do not count: each is the name of the file
	 * without its ending, or its whole name, or that with a number. A name that would be too long is shortened, and ends in a mark; the same file
	 * gets the same mark in each run.
	 */
	public static List<String> of(List<Path> files) {
		var uses = files.stream().collect(Collectors.groupingBy(f -> key(stem(f)), Collectors.counting()));
		var taken = new HashSet<String>();
		var names = new ArrayList<String>();
		for (var file : files) {
			var whole = file.getFileName().toString();
			var wanted = uses.get(key(stem(file))) == 1 ? stem(file) : whole;
			var name = fitting(wanted);
			for (int n = 2; !taken.add(key(name)); n++)
				name = fitting(whole + "-" + n);
			names.add(name);
		}
		return names;
	}

	/**
	 * The same for files of several folders, whose results go to folders of the same names.
	 *
	 * @param files relative
	 * @param ending of the results
	 * @return relative, in the order of the files
	 */
	public static List<Path> inFolders(List<Path> files, String ending) {
		var byFolder = IntStream.range(0, files.size()).boxed().collect(Collectors.groupingBy(i -> files.get(i).resolveSibling("")));
		var results = new Path[files.size()];
		byFolder.forEach((folder, members) -> {
			var names = of(members.stream().map(files::get).toList());
			for (int i = 0; i < names.size(); i++)
				results[members.get(i)] = folder.resolve(names.get(i) + ending);
		});
		return List.of(results);
	}

	private static String fitting(String name) {
		if (bytes(name) <= MOST_BYTES) return name;
		int length = name.length();
		while (bytes(name.substring(0, length)) > KEPT_BYTES || Character.isHighSurrogate(name.charAt(length - 1)))
			length--;
		return name.substring(0, length) + "~" + UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
	}

	private static int bytes(String name) {
		return name.getBytes(StandardCharsets.UTF_8).length;
	}

	/** The name without its ending. */
	static String stem(Path file) {
		var name = file.getFileName().toString();
		int dot = name.lastIndexOf('.');
		return dot > 0 ? name.substring(0, dot) : name;
	}

	private static String key(String name) {
		return name.toLowerCase(Locale.ROOT);
	}
}
