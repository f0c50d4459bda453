package io.github.densecolorize.net;

import ai.djl.ndarray.NDArray;

/** A trained network for colorization. Calls may come from several threads. */
public interface FastNet {

	/**
	 * Frees all that it makes but the result.
	 *
	 * @param l scaled L* with a halo all around, (1, 1, H, W), in the layout of the network's way; its manager gets the result
	 * @param cues what else the network is told, for this image
	 * @return scaled a*b* without the halo, (1, 2, H', W'), with the sides of {@link NetSpec#output}
	 */
	NDArray chroma(NDArray l, Cues cues);
}
