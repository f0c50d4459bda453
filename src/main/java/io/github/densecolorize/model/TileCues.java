package io.github.densecolorize.model;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

import io.github.densecolorize.net.Cues;

/**
 * What the network is told about a tile beside its L*.
 *
 * @param vector guidance vector
 */
public record TileCues(float[] vector) {

	/** The same as arrays on the device of the manager, which owns them. */
	Cues on(NDManager manager) {
		return new Cues(manager.create(vector, new Shape(1, vector.length)));
	}
}
