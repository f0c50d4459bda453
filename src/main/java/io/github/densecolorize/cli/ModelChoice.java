package io.github.densecolorize.cli;

import picocli.CommandLine.Option;

/** Options of all commands that apply a model to a class of images. */
final class ModelChoice extends NetworkChoice {

	@Option(names = "--category", defaultValue = "auto", description = "Class of the images, such as the stain; auto lets the model tell.")
	String category;
}
