package io.github.densecolorize.net;

import ai.djl.ndarray.NDArray;

/** A trained network for colorization. Calls may come from several threads. */
public interface FastNet {

	/**
	 * Computes the colours of a tile. Frees all arrays that it makes except the result.
	 *
	 * @param l scaled L* with a halo all around, (1, 1, H, W), in the layout of the network's way; its manager gets the result
	 * @param cues what the network is told of this image beside L*
	 * @return scaled a*b* without the halo, (1, 2, H', W'), with the sides of {@link NetSpec#output}
	 */
	NDArray chroma(NDArray l, Cues cues);
}
