package io.github.densecolorize.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Locale;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import ij.ImagePlus;

import io.github.densecolorize.Colorizer;
import io.github.densecolorize.Progress;
import io.github.densecolorize.colorize.ColorizeOptions;
import io.github.densecolorize.colorize.ImageColorizer;
import io.github.densecolorize.colorize.Models;
import io.github.densecolorize.colorize.Provenance;
import io.github.densecolorize.dataset.ClassFolders;
import io.github.densecolorize.image.Comparison;
import io.github.densecolorize.image.Entropy;
import io.github.densecolorize.model.ColorModel;

/** Measures a model on colour images. */
@Command(name = "evaluate", mixinStandardHelpOptions = true, sortOptions = false, showDefaultValues = true, description = {
	"Colorizes the lightness of colour images and measures how far the colours are from theirs.",
	"Whole images, as colorize writes them. ab_rmse: per channel, over all pixels. psnr (of RGB, dB), ciede2000, colourfulness (Hasler and Suesstrunk), inen (InEn, bits) and info_loss: means over the images. class_accuracy: share of the images whose most likely class is their folder." })
final class EvaluateCommand implements Callable<Integer> {

	@Spec
	private CommandSpec spec;

	@Parameters(paramLabel = "MODEL", description = "Name of an installed model, or a model folder.")
	private String model;
	@Parameters(paramLabel = "FOLDER", description = "Colour images, in one subfolder for each class (and folders in these), or all in the folder.")
	private Path folder;
	@Mixin
	private TableFile csv;
	@Mixin
	private ModelChoice choice;

	@Override
	public Integer call() throws Exception {
		var options = ColorizeOptions.of(choice.category, choice.scale, "full range", ColorizeOptions.ONLY_CHANNEL, "RGB", choice.tile);
		csv.check(SetQuality.COLUMNS, folder);
		var classes = ClassFolders.of(folder);
		if (classes.size() == 0 && classes.left().isEmpty()) throw noImage();
		var table = new TextTable(SetQuality.COLUMNS);
		var all = new ArrayList<ImageQuality>();
		var progress = new TerminalProgress("evaluate");
		var batch = new FileBatch(spec, true, progress::erase);
		try (progress; var network = ColorModel.open(Models.folder(model), choice.device)) {
			batch.leave(classes, folder);
			int done = 0;
			var colorizer = new ImageColorizer(network, options, sentence -> {});
			// If the class is given by the user, or the model does not have it, nothing can be said about whether the model finds it.
			boolean asked = options.category().equals(Colorizer.Options.AUTO);
			for (var name : classes.classes().keySet()) {
				boolean known = asked && !classes.flat() && network.spec().classes().contains(name);
				var measured = new ArrayList<ImageQuality>();
				for (var file : classes.classes().get(name)) {
					batch.attempt(file, () -> measured.add(measure(TrueColours.open(file, batch), colorizer, known ? name : null)));
					progress.update(++done, classes.size());
				}
				if (!classes.flat() && !measured.isEmpty()) table.add(SetQuality.of(name, measured).cells());
				all.addAll(measured);
			}
		}
		batch.sumUp("measured");
		if (all.isEmpty()) throw noImage();
		table.add(SetQuality.of("all", all).cells());
		var out = spec.commandLine().getOut();
		out.print(table.aligned());
		out.printf(Locale.ROOT, "Largest difference of L* between result and original: %.3f%n", all.stream().mapToDouble(
			i -> i.colours().maxDL()).max().orElse(0));
		csv.write(table);
		return batch.status();
	}

	private IOException noImage() {
		return new IOException("Folder " + folder + " holds no image that can be evaluated; give one with colour images.");
	}

	/** @param category the image's class; null if it does not matter */
	private static ImageQuality measure(ImagePlus image, ImageColorizer colorizer, String category) {
		var result = colorizer.colorize(image, Progress.NONE);
		double found = category == null ? Double.NaN : category.equals(result.getProp(Provenance.PREFIX + "category")) ? 1 : 0;
		return new ImageQuality(Comparison.of((int[]) image.getProcessor().getPixels(), (int[]) result.getProcessor().getPixels(), image.getWidth(),
			null, Entropy.Kind.PAPER), found);
	}
}
