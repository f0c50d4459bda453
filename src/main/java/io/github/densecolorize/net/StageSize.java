package io.github.densecolorize.net;

import java.util.List;

/**
 * The numbers of a {@link Layers#stage}.
 *
 * @param in maps that it takes
 * @param maps that it makes
 * @param convolutions how many
 * @param step how many pixels of the image lie side by side in one of its pixels
 */
record StageSize(long in, long maps, int convolutions, int step) {

	/** How many numbers a batch norm has for each map: weight, bias, running mean and variance. */
	private static final int NORM = 4;
	private static final int WINDOW = 9;

	/** Numbers of all parameters of some stages. */
	static long weights(List<StageSize> stages) {
		return stages.stream().mapToLong(stage -> stage.products() + NORM * stage.maps * stage.convolutions).sum();
	}

	/** Floating-point operations of some stages for each pixel of the image. */
	static long flops(List<StageSize> stages) {
		return Math.round(stages.stream().mapToDouble(stage -> 2.0 * stage.products() / stage.step / stage.step).sum());
	}

	/** Numbers of the filters. */
	private long products() {
		return WINDOW * (in * maps + (convolutions - 1) * maps * maps);
	}
}
