package io.github.densecolorize.data;

import java.util.Arrays;

/**
 * Training pairs (gray crops and their true colours), as plain arrays in the order (N, C, H, W).
 *
 * @param size number of pairs (N)
 * @param patch side of a crop
 * @param l L* of the crops, N · patch²
 * @param ab a* and b* of the crops, N · 2 · patch²
 * @param weights of the crops' colours in the loss, N · patch²; 0 in all of a crop whose colours are not to be learned
 * @param fields L* of the whole images at the size of the guidance image, N · G²
 * @param labels index of the class, N
 * @param hints colours that the network is told: a* of the crop, b*, and 1 where they are told, 0 elsewhere, N · 3 · patch²; empty if none is
 */
public record Batch(int size, int patch, float[] l, float[] ab, float[] weights, float[] fields, int[] labels, float[] hints) {

	/** Whether the colours of a crop count. */
	public boolean isColoured(int i) {
		return weights[i * patch * patch] > 0;
	}

	/** The pairs from one index up to, but not including, another. */
	public Batch part(int from, int to) {
		if (from == 0 && to == size) return this;
		int pixels = patch * patch, field = fields.length / size, told = hints.length / size;
		return new Batch(to - from, patch, Arrays.copyOfRange(l, from * pixels, to * pixels), Arrays.copyOfRange(ab, 2 * from * pixels, 2 * to *
			pixels), Arrays.copyOfRange(weights, from * pixels, to * pixels), Arrays.copyOfRange(fields, from * field, to * field), Arrays
				.copyOfRange(labels, from, to), Arrays.copyOfRange(hints, from * told, to * told));
	}
}
