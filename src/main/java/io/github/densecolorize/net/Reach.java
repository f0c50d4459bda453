package io.github.densecolorize.net;

import java.util.Arrays;

/**
 * How far the output of a network sees, followed from its pixels back through the layers, the last layer first, along one axis.
 * <pre>{@code
 * new Reach(2).doubled().around(2).halved().halo() // 6: two convolutions at half the size
 * }</pre>
 */
final class Reach {

	private final int stride;
	/** The first and the last pixel that each pixel of a cell of the grid sees so far. */
	private final int[] first, last;

	/** @param stride of the network's grid */
	Reach(int stride) {
		this.stride = stride;
		first = new int[stride];
		Arrays.setAll(first, i -> i);
		last = first.clone();
	}

	/** Back through convolutions that see so many pixels to each side, all together. */
	Reach around(int pixels) {
		Arrays.setAll(first, i -> first[i] - pixels);
		Arrays.setAll(last, i -> last[i] + pixels);
		return this;
	}

	/** Back through a layer that makes two pixels of each. */
	Reach doubled() {
		Arrays.setAll(first, i -> Math.floorDiv(first[i], 2));
		Arrays.setAll(last, i -> Math.floorDiv(last[i], 2));
		return this;
	}

	/** Back through a layer that makes one of two pixels. */
	Reach halved() {
		Arrays.setAll(first, i -> 2 * first[i]);
		Arrays.setAll(last, i -> 2 * last[i] + 1);
		return this;
	}

	/** The farthest of all pixels that are seen, rounded up to the grid. */
	int halo() {
		int farthest = 0;
		for (int i = 0; i < stride; i++)
			farthest = Math.max(farthest, Math.max(i - first[i], last[i] - i));
		return (farthest + stride - 1) / stride * stride;
	}
}
