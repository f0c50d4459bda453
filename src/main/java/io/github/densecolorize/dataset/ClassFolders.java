package io.github.densecolorize.dataset;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.densecolorize.files.FolderWalk;

/**
 * A folder of colour images. Each subfolder is a class, including the folders inside it; a folder without subfolders is one class.
 *
 * @param classes files of each class, by its name
 * @param flat whether there is one class only, which has the name of the folder
 * @param loose number of files that lie beside the subfolders and so have no class
 * @param left files and folders that can't be used
 */
public record ClassFolders(Map<String, List<Path>> classes, boolean flat, int loose, List<FolderWalk.Left> left) {

	/** @throws IOException if the folder can't be read; but not if a folder in it can't be read */
	public static ClassFolders of(Path folder) throws IOException {
		var walk = FolderWalk.of(folder);
		var classes = new LinkedHashMap<String, List<Path>>();
		if (walk.subfolders().isEmpty()) {
			classes.put(folder.toRealPath().getFileName().toString(), walk.files());
			return new ClassFolders(classes, true, 0, walk.left());
		}
		walk.subfolders().forEach(each -> classes.put(each.getFileName().toString(), new ArrayList<>()));
		int loose = 0;
		for (var file : walk.files()) {
			var relative = folder.relativize(file);
			if (relative.getNameCount() == 1) loose++;
			else classes.get(relative.getName(0).toString()).add(file);
		}
		return new ClassFolders(classes, false, loose, walk.left());
	}

	/**
	 * The laboratory, or other origin, that an image names: its file's name up to the first {@code _}, if it does not begin with that; without the
	 * ending if there is none.
	 *
	 * @param name of the file, without its folder
	 */
	public static String group(String name) {
		return name.replaceFirst("(?<=.)\\.[^.]*$", "").split("(?<=.)_", 2)[0];
	}

	/** Files of all classes. */
	public int size() {
		return classes.values().stream().mapToInt(List::size).sum();
	}

	/** The laboratories of all files, each as often as it has files. */
	public List<String> groups() {
		return classes.values().stream().flatMap(List::stream).map(file -> group(file.getFileName().toString())).toList();
	}

	/**
	 * The sentence about files that have no class.
	 *
	 * @param loose how many, not 0
	 * @param folder that they are in, beside the folders of the classes
	 */
	public static String told(long loose, String folder) {
		return loose + (loose == 1 ? " file lies" : " files lie") + " beside the subfolders of " + folder +
			" and has no class; it is left out.";
	}
}
