package io.github.densecolorize.colorize;

import java.io.Serializable;

/**
 * One of several parts of a stack, of about as many slices each. How many slices the stack has need not be known.
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
