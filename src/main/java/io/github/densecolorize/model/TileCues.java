package io.github.densecolorize.model;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

import io.github.densecolorize.net.Cues;
import io.github.densecolorize.net.OutputChange;

/**
 * What the network is told about a tile beside its L*.
 *
 * @param vector guidance vector
 * @param change of its last layer; null for none
 */
public record TileCues(float[] vector, OutputChange change) {

	/** A guidance vector for the unchanged network. */
	public TileCues(float[] vector) {
		this(vector, null);
	}

	/** What all layers but the last are told, as arrays on the device of the manager, which owns them. */
	Cues on(NDManager manager) {
		return new Cues(manager.create(vector, new Shape(1, vector.length)));
	}
}
