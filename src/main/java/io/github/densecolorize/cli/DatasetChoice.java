package io.github.densecolorize.cli;

import java.nio.file.Path;
import java.util.Set;

import picocli.CommandLine.Option;

import io.github.densecolorize.data.Holdout;
import io.github.densecolorize.dataset.DataSetBuilder;
import io.github.densecolorize.dataset.Fit;

/** Options that say what a data set is made of, for all commands that make one. */
public final class DatasetChoice {

	@Option(names = "--size", defaultValue = "128", description = "Side of the images in the set, in pixels.")
	private int size;
	@Option(names = "--fit", defaultValue = "crop", description = "How images are brought to the size: crop (the centre at its own scale, as for a microscope), tiles (all of it, in pieces) or resize (the centre square, reduced, as for photographs).")
	private String fit;
	@Option(names = "--validation", defaultValue = "0.05", description = "Share of each class to keep from training, to choose the best weights by.")
	private double validation;
	@Option(names = "--validation-groups", split = ",", paramLabel = "GROUP", description = "Keep all images of these laboratories, too, so that the best weights are chosen by images that are unlike those of the training. A laboratory is what the name of a file begins with, up to the first _; several with commas between. With them --validation may be 0.")
	private Set<String> validationGroups = Set.of();
	@Option(names = "--overwrite", description = "Replace a data set of this name.")
	private boolean overwrite;

	/** @throws IllegalArgumentException with the value and the allowed ones */
	public DataSetBuilder.Spec spec(Path file) {
		return new DataSetBuilder.Spec(file, size, Fit.of(fit), new Holdout(validation, validationGroups), overwrite);
	}
}
