package io.github.densecolorize.command;

import org.scijava.ItemIO;
import org.scijava.command.Command;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

import ij.ImagePlus;
import ij.WindowManager;

import io.github.densecolorize.image.Entropy;
import io.github.densecolorize.measure.ImageMeasurer;
import io.github.densecolorize.measure.Montage;

/**
 * Puts gray, result and original side by side, with their numbers under each; a page for each slice.
 *
 * <pre>{@code
 * run("Montage of Colorization", "original=[photo.tif] colorized=[photo colorized]");
 * selectImage("Montage of photo colorized");
 * }</pre>
 */
@Plugin(type = Command.class, menuPath = "Plugins>Colorize>Montage of Colorization", headless = true, initializer = "checkImages",
	description = "Puts gray image, colorized image and original side by side with their figures.")
public class MontageCommand extends JobCommand {

	@Parameter(label = "Original", required = false, persist = false, description = "Image or stack with the true colours.")
	private ImagePlus original;

	@Parameter(label = "Colorized", required = false, persist = false, description = "What was colorized from it.")
	private ImagePlus colorized;

	@Parameter(label = "Montage", type = ItemIO.OUTPUT)
	private ImagePlus montage;

	@Override
	public void run() {
		attempt().run(() -> {
			OpenImages.require(original, "the original and the colorized image");
			OpenImages.require(colorized, "the colorized image");
			try (var progress = progress("Montage of " + colorized.getTitle(), "slice")) {
				var rows = new ImageMeasurer(Entropy.Kind.PAPER, "", attempt()::tell).measure(original, colorized, progress);
				montage = Montage.of(original, colorized, rows);
			}
			montage.setTitle(WindowManager.makeUniqueName(montage.getTitle()));
			MacroRun.show(montage);
		});
	}

	/** Called by SciJava before the dialog, so that nobody fills it in for nothing if there is no image. */
	@SuppressWarnings("unused")
	private void checkImages() {
		if (original == null) attempt().run(() -> OpenImages.requireAny("the original and the colorized image"));
	}
}
