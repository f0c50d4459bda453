package io.github.densecolorize.model;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

import io.github.densecolorize.net.ColorNet;
import io.github.densecolorize.net.Cues;
import io.github.densecolorize.net.NetSpec;
import io.github.densecolorize.net.OutputChange;
import io.github.densecolorize.net.Way;

/**
 * What the network is told about a tile beside its L*.
 *
 * @param vector guidance vector
 * @param change of its last layer; null for none
 * @param hints colours that are known, for a network that {@link NetSpec#takesHints takes} them: a* of the tile and its halo row by row, then b*,
 *          then 1 where they are known; 0 elsewhere. Empty for none
 */
public record TileCues(float[] vector, OutputChange change, float[] hints) {

	/** Cues without hints. */
	public TileCues(float[] vector, OutputChange change) {
		this(vector, change, new float[0]);
	}

	/** A guidance vector for the unchanged network. */
	public TileCues(float[] vector) {
		this(vector, null);
	}

	/** These cues with hints. */
	public TileCues with(float[] known) {
		return new TileCues(vector, change, known);
	}

	/**
	 * What all layers but the last are told, as arrays on the device of the manager, which owns them.
	 *
	 * @param way of the network
	 * @param height of the tile with its halo
	 * @param width likewise
	 */
	Cues on(Way way, NDManager manager, int height, int width) {
		return new Cues(manager.create(vector, new Shape(1, vector.length)), ColorNet.hints(way, manager, hints, height, width));
	}
}
