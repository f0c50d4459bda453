package io.github.densecolorize.command;

import java.util.List;

import org.scijava.command.Command;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

import ij.ImagePlus;

import io.github.densecolorize.image.Entropy;
import io.github.densecolorize.measure.ImageMeasurer;
import io.github.densecolorize.measure.MeasuredSlice;

/**
 * Measures how much colour information a colorization lost, and how far its colours are from the original's. A row for each slice goes to
 * the Results table, where a macro finds it:
 *
 * <pre>{@code
 * run("Measure Info_loss", "original=[photo.tif] colorized=[photo colorized] base=2 histogram=separate method=dense");
 * loss = getResult("Info_loss", nResults - 1);
 * }</pre>
 *
 * Without {@code colorized}, only the entropies of the original are measured. If there is a selection in the original, or else in the colorized
 * image, only the pixels in it are measured.
 */
@Plugin(type = Command.class, menuPath = "Plugins>Colorize>Measure Info_loss", headless = true, initializer = "checkImages",
	description = "Measures how far the colours of a colorized image are from those of its original.")
public class MeasureCommand extends JobCommand {

	// Not declared as required, so that this command reports a missing image and not SciJava, which without a window reports nothing.
	@Parameter(label = "Original", required = false, persist = false,
		description = "Image or stack with the true colours. A selection in it limits the measurement.")
	private ImagePlus original;

	@Parameter(label = "Colorized", required = false, persist = false,
		description = "What was colorized from it; the original again if only its own colours are of interest.")
	private ImagePlus colorized;

	@Parameter(label = "Base of the logarithm", persist = false, choices = { "2", "e", "10" },
		description = "Unit of InEn and Info_loss: bits, nats or hartleys.")
	private String base = "2";

	@Parameter(label = "Histogram", persist = false, choices = { "separate", "joint" },
		description = "Entropies of a* and of b* added up, as in the paper, or the entropy of the pairs (a*, b*).")
	private String histogram = "separate";

	@Parameter(label = "Method", required = false, persist = false,
		description = "What colorized the image, for the last column of the table; empty for the model's name that the result carries.")
	private String method = "";

	@Override
	public void run() {
		attempt().run(() -> {
			var rows = measure();
			InfoLossTables.append(rows, attempt()::tell);
		});
	}

	private List<MeasuredSlice> measure() {
		OpenImages.require(original, "the original and the colorized image");
		// If two images have the same title, ImageJ finds only the first.
		if (colorized == original) attempt().tell("Original and colorized are the same image, " + original.getTitle() +
			"; if there are two of this title, rename one.");
		var measurer = new ImageMeasurer(Entropy.Kind.of(base, histogram), method == null ? "" : method, attempt()::tell);
		try (var progress = progress("Measure " + original.getTitle(), "slice")) {
			return colorized == null ? measurer.measure(original, progress) : measurer.measure(original, colorized, progress);
		}
	}

	/** Called by SciJava before the dialog, so that nobody fills it in for nothing if there is no image. */
	@SuppressWarnings("unused")
	private void checkImages() {
		if (original == null) attempt().run(() -> OpenImages.requireAny("the original and the colorized image"));
	}
}
