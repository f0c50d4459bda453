package io.github.densecolorize.spark;

import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

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
 * @param list name of the list of tasks
 */
record MeasureWork(Folder originals, Folder colorized, String base, String histogram, String list) implements Serializable {

	/** Measures the pairs of a range. */
	Iterator<Map<String, Object>> measure(TaskList.Range range) throws IOException {
		return TaskList.read(list, range).stream().flatMap(task -> TaskRows.rows(task, copies -> measure(task, copies))).iterator();
	}

	private List<Map<String, Object>> measure(TaskList.Task task, LocalCopies copies) throws IOException {
		long start = System.nanoTime();
		var result = colorized.path(task.out());
		if (!LocalCopies.exists(colorized, result)) {
			if (!ImageFiles.isNamedAsImage(java.nio.file.Path.of(task.in()))) return List.of(TableRow.of(task, Outcome.skipped(FileColorizer.NO_IMAGE), null));
			throw new IOException("There is no " + result + "; colorize it first.");
		}
		var said = new ArrayList<String>();
		var image = ImageFiles.open(copies.fetch(originals, originals.path(task.in())), said::add);
		// The row describes the original.
		var measured = ImageFiles.open(copies.fetch(colorized, result), sentence -> said.add(result + ": " + sentence));
		var slices = new ImageMeasurer(Entropy.Kind.of(base, histogram), "", said::add).measure(image, measured, Progress.NONE);
		double seconds = (System.nanoTime() - start) / 1e9 / slices.size();
		return slices.stream().map(slice -> TableRow.of(task, slice, image.getWidth(), image.getHeight(), seconds, said)).toList();
	}
}
