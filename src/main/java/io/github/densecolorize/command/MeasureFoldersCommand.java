package io.github.densecolorize.command;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.scijava.command.Command;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.widget.FileWidget;

import ij.ImagePlus;

import io.github.densecolorize.Progress;
import io.github.densecolorize.colorize.Bug;
import io.github.densecolorize.files.Tally;
import io.github.densecolorize.image.Entropy;
import io.github.densecolorize.measure.ImageMeasurer;
import io.github.densecolorize.measure.MeasuredSlice;
import io.github.densecolorize.measure.Pairs;
import io.github.densecolorize.open.ImageFiles;
import io.github.densecolorize.open.NoImageException;

/**
 * Measures the images that have the same names in two folders and their subfolders, in the same way as {@link MeasureCommand} measures open images.
 *
 * <pre>{@code
 * run("Measure Info_loss of Folders", "originals=[/data/photos] colorized=[/data/colour] base=2 histogram=separate");
 * }</pre>
 */
@Plugin(type = Command.class, menuPath = "Plugins>Colorize>Measure Info_loss of Folders", headless = true,
	description = "Measures the colorized images of a folder against the originals of another.")
public class MeasureFoldersCommand extends JobCommand {

	@Parameter(label = "Originals", required = false, persist = false, style = FileWidget.DIRECTORY_STYLE,
		description = "Folder of images or stacks with the true colours.")
	private File originals;

	@Parameter(label = "Colorized", required = false, persist = false, style = FileWidget.DIRECTORY_STYLE,
		description = "Folder of what was colorized from them, under the same names; the endings may differ.")
	private File colorized;

	@Parameter(label = "Base of the logarithm", persist = false, choices = { "2", "e", "10" },
		description = "Unit of InEn and Info_loss: bits, nats or hartleys.")
	private String base = "2";

	@Parameter(label = "Histogram", persist = false, choices = { "separate", "joint" },
		description = "Entropies of a* and of b* added up, as in the paper, or the entropy of the pairs (a*, b*).")
	private String histogram = "separate";

	@Parameter(label = "Method", required = false, persist = false,
		description = "What colorized the images, for the last column of the table; empty for the model's name that a result carries.")
	private String method = "";

	@Override
	public void run() {
		attempt().run(() -> measure(attempt()));
	}

	private void measure(Attempt attempt) throws IOException {
		var measurer = new ImageMeasurer(Entropy.Kind.of(base, histogram), method == null ? "" : method, attempt::tell);
		var from = given(originals, "original").toPath();
		var to = given(colorized, "colorized").toPath();
		var pairs = Pairs.of(from, to);
		pairs.left().forEach(left -> attempt.tell(left.toString()));
		var tally = new Tally();
		tally.add(pairs.left());
		var rows = new ArrayList<MeasuredSlice>();
		try (var progress = progress("Measure " + colorized.getName(), "image")) {
			int done = 0;
			for (var pair : pairs.matched()) {
				progress.update(done++, pairs.matched().size());
				tally.add(measure(pair, measurer, rows, attempt), pair.size());
			}
		}
		finally {
			attempt.tell(tally.sentence("measured"));
		}
		pairs.requireAny(from, to);
		if (rows.isEmpty()) throw new IOException("None of the " + pairs.matched().size() + " pairs of images could be measured; see the log.");
		InfoLossTables.append(rows, attempt::tell);
	}

	/** If something goes wrong with a pair, this is reported and the other pairs are measured. */
	private static Tally.End measure(Pairs.Pair pair, ImageMeasurer measurer, List<MeasuredSlice> rows, Attempt attempt) {
		String why;
		try {
			rows.addAll(measurer.measure(open(pair.original(), attempt), open(pair.colorized(), attempt), Progress.NONE));
			return Tally.End.DONE;
		}
		catch (NoImageException e) {
			if (!ImageFiles.isNamedAsImage(pair.colorized())) return Tally.End.LEFT_OUT;
			why = e.getMessage();
		}
		catch (UncheckedIOException e) {
			why = e.getCause().getMessage();
		}
		catch (IOException | IllegalArgumentException e) {
			why = e.getMessage();
		}
		catch (OutOfMemoryError e) {
			why = "not enough memory; give Java more, with Edit > Options > Memory & Threads.";
		}
		catch (RuntimeException | StackOverflowError e) {
			attempt.bug(e);
			why = Bug.sentence(e);
		}
		attempt.tell("Failed: " + pair.colorized() + ": " + why);
		return Tally.End.FAILED;
	}

	private static ImagePlus open(Path file, Attempt attempt) throws IOException {
		return ImageFiles.open(file, sentence -> attempt.tell(file + ": " + sentence));
	}
}
