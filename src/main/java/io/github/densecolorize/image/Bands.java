package io.github.densecolorize.image;

import java.util.List;
import java.util.stream.IntStream;

/** Divides the pixels or rows of an image into bands that are worked on in parallel. */
final class Bands {

	/** Largest number of bands: few enough for each to have a histogram of 65536 bins, and enough for the cores of a workstation. */
	private static final int MOST = 64;

	/** Computes the result for one band. */
	@FunctionalInterface
	interface Work<T> {

		/** @param from first pixel or row; {@code to} is the one after the last */
		T of(int from, int to);
	}

	private Bands() {}

	/**
	 * The bands depend on the size alone, and their results come in order, so that sums over them are the same on every machine.
	 *
	 * @param size pixels or rows, 0 or more
	 * @param least size of a band that is worth a thread
	 */
	static <T> List<T> of(int size, int least, Work<T> work) {
		int band = Math.max(least, (size + MOST - 1) / MOST);
		int count = size / band + (size % band > 0 ? 1 : 0);
		return IntStream.range(0, count).parallel().mapToObj(i -> work.of(i * band, Math.min(size, (i + 1) * band))).toList();
	}
}
