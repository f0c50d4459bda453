package io.github.densecolorize.imagej;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.github.densecolorize.open.ImageFiles;

/**
 * Originals and what was colorized from them.
 *
 * @param unmatched a sentence for each file without a partner
 */
public record Pairs(List<Pair> matched, List<String> unmatched) {

	/** What the menu's command appends to the title, under which its result is saved. */
	private static final String SUFFIX = " colorized";

	/** @param colorized null if the original is measured alone */
	public record Pair(Path original, Path colorized) {}

	/**
	 * @param original a file, or a folder of them
	 * @param colorized the same, or null: the originals alone
	 * @throws IOException if a folder can't be read or holds nothing
	 * @throws IllegalArgumentException if one is a file and the other a folder
	 */
	public static Pairs of(Path original, Path colorized) throws IOException {
		boolean folder = Files.isDirectory(original);
		if (colorized == null) return new Pairs((folder ? ImageFiles.filesIn(original) : List.of(original)).stream().map(f -> new Pair(f, null))
			.toList(), List.of());
		if (!folder && !Files.isDirectory(colorized)) return new Pairs(List.of(new Pair(original, colorized)), List.of());
		if (folder != Files.isDirectory(colorized)) throw new IllegalArgumentException((folder ? original : colorized) + " is a folder and " +
			(folder ? colorized : original) + " is not; give two images or two folders.");
		return matching(original, colorized);
	}

	/** @throws IllegalArgumentException if no name of one folder is in the other */
	public void requireAny(Path original, Path colorized) {
		if (matched.isEmpty()) throw new IllegalArgumentException("No file of " + colorized + " has the name of one of " + original +
			"; name colorized files as their originals, whatever the ending.");
	}

	/** By the names that {@code colorize} gives: those without ending, if that leaves them different. */
	private static Pairs matching(Path originals, Path colorized) throws IOException {
		var results = byName(colorized);
		var left = new LinkedHashSet<>(results.values());
		var matched = new ArrayList<Pair>();
		var unmatched = new ArrayList<String>();
		byName(originals).forEach((name, original) -> {
			var result = results.getOrDefault(name, results.get(name + SUFFIX));
			if (result == null) unmatched.add(original + " has no partner in " + colorized + ".");
			else matched.add(new Pair(original, result));
			left.remove(result);
		});
		left.forEach(result -> unmatched.add(result + " has no partner in " + originals + "."));
		return new Pairs(matched, unmatched);
	}

	private static Map<String, Path> byName(Path folder) throws IOException {
		var files = ImageFiles.filesIn(folder);
		var names = OutputFile.names(files);
		var byName = new LinkedHashMap<String, Path>();
		for (int i = 0; i < files.size(); i++)
			byName.put(names.get(i).toLowerCase(Locale.ROOT), files.get(i));
		return byName;
	}
}
