package io.github.densecolorize.net;

import ai.djl.nn.Block;

/** A layer that computes in a {@link Way}; at first in {@link Ways#PLANAR}. */
interface InWay {

	/** Sets its way. */
	void use(Way way);

	/** Sets the way of all such layers inside a block. */
	static void use(Way way, Block block) {
		if (block instanceof InWay layer) layer.use(way);
		for (var child : block.getChildren().values())
			use(way, child);
	}
}
