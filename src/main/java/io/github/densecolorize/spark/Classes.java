package io.github.densecolorize.spark;

import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

import org.apache.hadoop.fs.Path;

/**
 * The classes of a folder of images: its subfolders, or itself if it has none.
 *
 * @param flat whether the folder itself is the only one
 * @param loose number of files that have no class, as they lie beside the subfolders
 */
record Classes(List<String> names, boolean flat, long loose) implements Serializable {

	/** Label of files without a class. */
	static final int NONE = -1;

	/** @param excluded folder that does not belong to the images */
	static Classes of(Folder in, Path excluded) throws IOException {
		var names = new ArrayList<String>();
		long files = 0;
		for (var listed = in.files().listStatusIterator(in.path()); listed.hasNext();) {
			var status = listed.next();
			if (!TaskList.isListed(status, List.of(excluded))) continue;
			if (status.isDirectory()) names.add(status.getPath().getName());
			else files++;
		}
		names.sort(TaskList.ORDER);
		return names.isEmpty() ? new Classes(List.of(in.path().getName()), true, 0) : new Classes(List.copyOf(names), false, files);
	}

	/**
	 * @param file relative to the folder
	 * @return index of its class, or {@link #NONE}
	 */
	int label(String file) {
		return flat ? 0 : names.indexOf(file.substring(0, Math.max(0, file.indexOf('/'))));
	}
}
