package io.github.densecolorize.net;

/**
 * Takes down, one after the other, the operations of a trained network, so that they can be written for other programs. Numbers that a network
 * merges in use are merged here too.
 *
 * @param <V> stands for an array
 */
public interface Operations<V> {

	/** Convolution with zeros around, (N, in, H, W) to (N, out, H, W). */
	V convolution(Filter filter, V x);

	/** Matrix product, (N, in) to (N, out). */
	V linear(Filter filter, V x);

	/** scale · x + shift of each map; what the norm says of a ReLU is left to {@link #relu}. */
	V normalized(Norm norm, V x);

	/** The larger of x and 0. */
	V relu(V x);

	/** The maps of both, x first: (N, C, H, W) and (N, D, H, W) to (N, C + D, H, W). */
	V joined(V x, V y);

	/** Sum of two arrays of the same shape. */
	V sum(V x, V y);

	/** Adds a number to each map: (N, C, H, W) and (N, C) to (N, C, H, W). */
	V sumOfMaps(V x, V numbers);

	/** Maximum of each 2 × 2 pixels, without an odd last row or column. */
	V halved(V x);

	/** Mean of each map, (N, C, H, W) to (N, C). */
	V mean(V x);

	/** All numbers of an image, map after map: (N, C, H, W) to (N, C · H · W). */
	V flat(V x);
}
