package io.github.densecolorize.cli;

import picocli.CommandLine.Option;

/** Options that say which model colorizes which channel of an image, and what is black and white in it. */
final class ImageChoice {

	@Option(names = "--model", defaultValue = "microscopy", description = "Name of an installed model, or a model folder.")
	String model;
	@Option(names = "--mapping", defaultValue = "display range", description = "Which gray values are black and white: \"display range\", \"full range\" or percentile.")
	String mapping;
	@Option(names = "--channel", defaultValue = "0", description = "Channel to colorize, the first is 1; 0 if the image has only one.")
	int channel;
}
