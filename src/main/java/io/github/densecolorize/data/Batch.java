package io.github.densecolorize.data;

/**
 * Training pairs, as plain arrays in the order (N, C, H, W).
 *
 * @param size number of pairs (N)
 * @param patch side of a crop
 * @param l L* of the crops, N · patch²
 * @param ab a* and b* of the crops, N · 2 · patch²
 * @param fields L* of the whole images at the size of the guidance image, N · G²
 * @param labels index of the class, N
 */
public record Batch(int size, int patch, float[] l, float[] ab, float[] fields, int[] labels) {}
