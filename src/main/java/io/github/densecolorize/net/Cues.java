package io.github.densecolorize.net;

import ai.djl.ndarray.NDArray;

/**
 * What a network is told beside L*.
 *
 * @param vector guidance vector, (N, {@value NetSpec#GUIDANCE}), or (1, {@value NetSpec#GUIDANCE}) for all images
 * @param hints colours that are known, (N, {@value #HINTS}, H, W): scaled a*, scaled b*, and 1 where they are known; 0 elsewhere. Null if none is
 *          known; always null for a network that does not take them
 */
public record Cues(NDArray vector, NDArray hints) {

	/** How many maps tell hints. */
	public static final int HINTS = 3;

	/** The vector alone. */
	public Cues(NDArray vector) {
		this(vector, null);
	}
}
