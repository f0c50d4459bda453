package io.github.densecolorize.open;

import java.util.stream.IntStream;

/**
 * Which plane of a file is which plane of the image.
 *
 * @param channels number of channels
 * @param slices in z
 * @param frames in time
 * @param pages for each plane, channels before slices before frames, the position in the file, counted from 0
 */
record Order(int channels, int slices, int frames, int[] pages) {

	/** Pages that are the slices of a stack, in their order. */
	static Order stack(int pages) {
		return of(1, pages, 1);
	}

	/** Planes that are already in ImageJ's order. */
	static Order of(int channels, int slices, int frames) {
		return new Order(channels, slices, frames, IntStream.range(0, channels * slices * frames).toArray());
	}
}
