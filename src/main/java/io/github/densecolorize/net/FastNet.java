package io.github.densecolorize.net;

import ai.djl.ndarray.NDArray;

/** A trained network for colorization, as its last layer, which is linear, and all layers before it. Calls may come from several threads. */
public interface FastNet {

	/**
	 * Computes the maps that the last layer sees. Frees all arrays that it makes except the result.
	 *
	 * @param l scaled L* with a halo all around, (1, 1, H, W), in the layout of the network's way; its manager gets the result
	 * @param cues what the network is told of this image beside L*
	 * @return (1, {@link NetSpec#maps}, H' + 2 m, W' + 2 m), where H' and W' are the sides of {@link NetSpec#output} and m is the {@link #margin}
	 */
	NDArray maps(NDArray l, Cues cues);

	/** How far, in pixels, the last layer looks around a pixel. */
	int margin();

	/**
	 * The last layer.
	 *
	 * @param maps that {@link #maps(NDArray, Cues)} gave; not freed
	 * @param change of the layer; null for none
	 * @return scaled a*b* without the halo, (1, 2, H', W')
	 */
	NDArray chroma(NDArray maps, OutputChange change);
}
