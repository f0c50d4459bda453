package io.github.densecolorize.colorize;

import java.io.Serializable;

/**
 * One of several parts of a stack that have about equally many slices. The number of slices of the stack need not be known yet.
 *
 * @param index counted from 0
 * @param of how many parts there are
 */
public record Part(int index, int of) implements Serializable {

	public static final Part WHOLE = new Part(0, 1);

	/** The first slice, counted from 0. */
	public int from(int slices) {
		return (int) ((long) index * slices / of);
	}

	/** The one after the last. */
	public int to(int slices) {
		return (int) ((index + 1L) * slices / of);
	}
}
