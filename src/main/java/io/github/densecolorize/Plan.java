package io.github.densecolorize;

import java.io.Serializable;

import io.github.densecolorize.model.Guidance;
import io.github.densecolorize.model.TileCues;

/**
 * What is decided once for all planes of an image, so that its slices do not flicker.
 *
 * @param scale reduction before the network, above 0 and at most 1
 * @param guidance the vector that steers the colours, and the class that was found or chosen
 * @param tile largest side of a tile, in pixels that the network sees
 */
public record Plan(double scale, Guidance guidance, int tile) implements Serializable {

	/** What the network is told about each tile beside its L*. */
	public TileCues cues() {
		return new TileCues(guidance.vector());
	}
}
