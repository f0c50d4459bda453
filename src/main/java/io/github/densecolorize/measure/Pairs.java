package io.github.densecolorize.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.github.densecolorize.colorize.ResultNames;
import io.github.densecolorize.files.FolderWalk;
import io.github.densecolorize.files.FolderWalk.Left;
import io.github.densecolorize.open.ImageFiles;

/**
 * Originals, each with the image that was colorized from it.
 *
 * @param left files without a partner, and files that can't be used
 */
public record Pairs(List<Pair> matched, List<Left> left) {

	/** What the menu's command appends to the title of an image; its result is saved under that name. */
	private static final String SUFFIX = " colorized";

	/** @param colorized null if the original is measured without a partner */
	public record Pair(Path original, Path colorized) {

		/** How many files this is. */
		public int size() {
			return colorized == null ? 1 : 2;
		}
	}

	/**
	 * @param original a file, or a folder of them and of folders
	 * @param colorized the same, or null: the originals alone
	 * @throws IOException if a folder can't be read or holds nothing
	 * @throws IllegalArgumentException if one is a file and the other a folder
	 */
	public static Pairs of(Path original, Path colorized) throws IOException {
		boolean folder = Files.isDirectory(original);
		if (colorized == null) {
			if (!folder) return new Pairs(List.of(new Pair(original, null)), List.of());
			var walk = FolderWalk.of(original).requireAny(original);
			return new Pairs(walk.files().stream().map(f -> new Pair(f, null)).toList(), walk.left());
		}
		if (!folder && !Files.isDirectory(colorized)) return new Pairs(List.of(new Pair(original, colorized)), List.of());
		if (folder != Files.isDirectory(colorized)) throw new IllegalArgumentException((folder ? original : colorized) + " is a folder and " +
			(folder ? colorized : original) + " is not; give two images or two folders.");
		return matching(original, colorized);
	}

	/** @throws IllegalArgumentException if no name of one folder is in the other */
	public void requireAny(Path original, Path colorized) {
		if (matched.isEmpty()) throw new IllegalArgumentException(colorized == null ? "Folder " + original + " holds no file that can be read."
			: "No file of " + colorized + " has the name of one of " + original + "; name colorized files as their originals, whatever the ending.");
	}

	/**
	 * Finds partners by the names and subfolders that {@code colorize} gives to results: names without their endings, as long as these are
	 * different.
	 */
	private static Pairs matching(Path originals, Path colorized) throws IOException {
		var left = new ArrayList<Left>();
		var results = byName(colorized, originals, left);
		var alone = new LinkedHashSet<>(results.values());
		var matched = new ArrayList<Pair>();
		for (var original : byName(originals, colorized, left).entrySet()) {
			var result = results.getOrDefault(original.getKey(), results.get(original.getKey() + SUFFIX));
			if (result == null) left.add(alone(original.getValue(), colorized));
			else matched.add(new Pair(original.getValue(), result));
			alone.remove(result);
		}
		alone.forEach(result -> left.add(alone(result, originals)));
		return new Pairs(matched, left);
	}

	private static Left alone(Path file, Path others) {
		return new Left(file, ImageFiles.isImage(file), "it has no partner in " + others);
	}

	/** @param other folder that is left out if it lies in this one */
	private static Map<String, Path> byName(Path folder, Path other, List<Left> left) throws IOException {
		var walk = FolderWalk.of(folder, other).requireAny(folder);
		left.addAll(walk.left());
		var names = ResultNames.inFolders(walk.files().stream().map(folder::relativize).toList(), "");
		var byName = new LinkedHashMap<String, Path>();
		for (int i = 0; i < names.size(); i++)
			byName.put(names.get(i).toString().toLowerCase(Locale.ROOT), walk.files().get(i));
		return byName;
	}
}
