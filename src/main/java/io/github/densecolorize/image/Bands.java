package io.github.densecolorize.image;

import java.util.List;
import java.util.stream.IntStream;

/** Work on the pixels or rows of an image, cut into bands that are done in parallel. */
final class Bands {

	/** So few that each may have a histogram of 65536 bins, enough for the cores of a workstation. */
	private static final int MOST = 64;

	/** What is made of one band. */
	@FunctionalInterface
	interface Work<T> {

		/** @param from first pixel or row; {@code to} is behind the last */
		T of(int from, int to);
	}

	private Bands() {}

	/**
	 * The bands depend on the size alone and come in order, so that sums of them are the same on every machine.
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
