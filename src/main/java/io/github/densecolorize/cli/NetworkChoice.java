package io.github.densecolorize.cli;

import picocli.CommandLine.Option;

/** Options that say how the network is applied, named as in the menu. */
class NetworkChoice {

	@Option(names = "--scale", defaultValue = "auto", description = "Reduction before the network, such as 1, 1/2 or 0.25; auto takes the model's.")
	String scale;
	@Option(names = "--device", defaultValue = "auto", description = "auto, cpu, gpu, gpu:1, ... or mps.")
	String device;
	@Option(names = "--tile", defaultValue = "0", description = "Largest side of a tile in pixels; smaller ones need less memory and give the same picture. 0 takes what suits the device.")
	int tile;
}
