package io.github.densecolorize.spark;

import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

import org.apache.hadoop.fs.Path;

import io.github.densecolorize.Progress;
import io.github.densecolorize.colorize.FileColorizer;
import io.github.densecolorize.colorize.FileColorizer.Outcome;
import io.github.densecolorize.image.Entropy;
import io.github.densecolorize.measure.ImageMeasurer;
import io.github.densecolorize.open.ImageFiles;

/**
 * The work of executors that measure.
 *
 * @param base of the logarithm, as users type it
 * @param histogram likewise
 * @param lists folder of the list
 * @param list file with the tasks
 */
record MeasureWork(Folder originals, Folder colorized, String base, String histogram, Folder lists, Path list) implements Serializable {

	/** Measures the pairs of a range. */
	Iterator<Map<String, Object>> measure(TaskList.Range range) throws IOException {
		return TaskList.read(lists, list, range).stream().flatMap(task -> TaskRows.rows(task, () -> measure(task))).iterator();
	}

	private List<Map<String, Object>> measure(TaskList.Task task) throws IOException {
		long start = System.nanoTime();
		var result = colorized.path(task.out());
		if (!colorized.files().exists(result)) {
			if (!ImageFiles.isNamedAsImage(java.nio.file.Path.of(task.in()))) return List.of(RunTable.row(task, Outcome.skipped(FileColorizer.NO_IMAGE), null));
			throw new IOException("There is no " + result + "; colorize it first.");
		}
		try (var wanted = LocalCopy.of(originals, originals.path(task.in())); var found = LocalCopy.of(colorized, result)) {
			var said = new ArrayList<String>();
			var image = ImageFiles.open(wanted.file(), said::add);
			// The row describes the original.
			var measured = ImageFiles.open(found.file(), sentence -> said.add(result + ": " + sentence));
			var slices = new ImageMeasurer(Entropy.Kind.of(base, histogram), "", said::add).measure(image, measured, Progress.NONE);
			double seconds = (System.nanoTime() - start) / 1e9 / slices.size();
			return slices.stream().map(slice -> RunTable.row(task, slice, image.getWidth(), image.getHeight(), seconds, said)).toList();
		}
	}
}
