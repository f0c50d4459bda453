package io.github.densecolorize.model;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

import io.github.densecolorize.net.Cues;

/**
 * What the network is told of a tile beside its L*.
 *
 * @param vector guidance vector
 */
public record TileCues(float[] vector) {

	/** On the device of the manager, which owns the arrays. */
	Cues on(NDManager manager) {
		return new Cues(manager.create(vector, new Shape(1, vector.length)));
	}
}
