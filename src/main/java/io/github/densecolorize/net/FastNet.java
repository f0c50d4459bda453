package io.github.densecolorize.net;

import ai.djl.ndarray.NDArray;

/**
 * A trained network for colorization, in three parts: what sees only L*, what the cues steer, and the last layer, which is linear. The first part is
 * most of the work, and does for any cues. Calls may come from several threads. Each part frees all arrays that it makes except its result.
 */
public interface FastNet {

	/**
	 * Computes what does not depend on the cues.
	 *
	 * @param l scaled L* with a halo all around, (1, 1, H, W), in the layout of the network's way; its manager gets the results of all parts
	 * @return for {@link #maps}; l itself if nothing can be computed without the cues
	 */
	NDArray features(NDArray l);

	/**
	 * Computes the maps that the last layer sees.
	 *
	 * @param features that {@link #features} gave; neither changed nor freed
	 * @param cues what the network is told of this image beside L*
	 * @return (1, {@link NetSpec#lastMaps}, H' + 2 m, W' + 2 m), where H' and W' are the sides of {@link NetSpec#output} and m is the {@link #margin}
	 */
	NDArray maps(NDArray features, Cues cues);

	/** How far, in pixels, the last layer looks around a pixel. */
	int margin();

	/**
	 * The last layer.
	 *
	 * @param maps that {@link #maps} gave; not freed
	 * @param change of the layer; null for none
	 * @return scaled a*b*, or all results of the change, without the halo, (1, 2, H', W') or (1, results, H', W')
	 */
	NDArray chroma(NDArray maps, OutputChange change);
}
