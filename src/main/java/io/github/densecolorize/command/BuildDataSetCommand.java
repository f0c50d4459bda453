package io.github.densecolorize.command;

import java.io.File;
import java.io.IOException;
import java.util.List;

import org.scijava.command.Command;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.widget.FileWidget;

import ij.ImagePlus;

import io.github.densecolorize.data.Holdout;
import io.github.densecolorize.dataset.DataSetBuilder;
import io.github.densecolorize.dataset.Fit;
import io.github.densecolorize.dialog.Form;
import io.github.densecolorize.dialog.Option;

/**
 * Makes an HDF5 data set from a folder of colour images, or from the slices of an RGB stack.
 *
 * <pre>{@code
 * run("Build Colorizer Data Set", "folder=[/images/stains] file=[/images/stains.h5] size=128 fit=crop validation=0.05 overwrite=false");
 * }</pre>
 */
@Plugin(type = Command.class, menuPath = "Plugins>Colorize>Build Colorizer Data Set", headless = true,
	description = "Makes a data set for training from a folder of colour images.")
public class BuildDataSetCommand extends JobCommand implements Form {

	@Parameter(label = "Folder", required = false, persist = false, style = FileWidget.DIRECTORY_STYLE,
		description = "Colour images, in one subfolder for each class (and folders in these), or all in the folder. Empty: the slices of the image.")
	private File folder;

	@Parameter(label = "Image", required = false, persist = false, description = "RGB stack whose slices become one class, if no folder is given.")
	private ImagePlus image;

	@Parameter(label = "Data set", required = false, persist = false, style = FileWidget.SAVE_STYLE, description = "File to write, ending in .h5.")
	private File file;

	@Parameter(label = "Size (px)", persist = false, min = "16", max = "4096", stepSize = "16",
		description = "Side of the images in the set. Smaller images are skipped.")
	private int size = 128;

	@Parameter(label = "Fit", persist = false, choices = { "crop", "tiles", "resize" },
		description = "How images are brought to the size: crop (the centre at its own scale, as for a microscope), tiles (all of it, in pieces) " +
			"or resize (the centre square, reduced, as for photographs).")
	private String fit = "crop";

	@Parameter(label = "Validation share", persist = false, min = "0.01", max = "0.5", stepSize = "0.01",
		description = "Share of each class that is kept from training, to choose the best weights by.")
	private double validation = 0.05;

	@Parameter(label = "Overwrite", persist = false, description = "Replace a data set of this name.")
	private boolean overwrite = false;

	@Override
	public void run() {
		attempt().run(this::build);
	}

	private void requireFile() {
		if (file == null || file.getPath().isBlank()) throw new IllegalArgumentException(
			"No file for the data set was given; choose one that ends in .h5.");
	}

	@Override
	public String page() {
		return "train-your-own.md#2-data-set";
	}

	@Override
	public List<Option> options(String input) {
		return input.equals("fit") ? List.of(Option.of("crop", "The centre at its own scale, as for a microscope."), Option.of("tiles",
			"All of it, in pieces at its own scale."), Option.of("resize", "The centre square, reduced, as for photographs.")) : List.of();
	}

	@Override
	public void check(String input) throws IOException {
		switch (input) {
			case "folder" -> {
				boolean fromImage = folder == null || folder.getPath().isBlank();
				if (fromImage) OpenImages.require(image, "an RGB stack, or choose a folder of colour images");
				else requireFolder(folder, "input");
			}
			case "file" -> {
				requireFile();
				if (file.exists() && !overwrite) throw new IOException("File " + file + " exists; choose another name, or overwrite.");
			}
			default -> {}
		}
	}

	private void build() throws IOException {
		requireFile();
		boolean fromFolder = folder != null && !folder.getPath().isBlank();
		if (!fromFolder) OpenImages.require(image, "an RGB stack, or choose a folder of colour images");
		var spec = new DataSetBuilder.Spec(file.toPath(), size, Fit.of(fit), Holdout.share(validation), overwrite);
		var builder = new DataSetBuilder(spec, attempt()::tell, attempt()::tell);
		try (var progress = progress("Build data set " + file.getName(), fromFolder ? "file" : "slice")) {
			if (fromFolder) builder.build(folder.toPath(), progress);
			else builder.build(image, progress);
		}
	}
}
