package io.github.densecolorize.open;

import java.io.IOException;

/**
 * Brings bytes of a file when they are about to be read, so that of a large file that is elsewhere, only what is needed has to come. Bytes that have
 * not arrived look like any others, so whoever reads must wait for them.
 */
@FunctionalInterface
public interface Arrival {

	/** Everything is there. */
	Arrival COMPLETE = (from, count) -> {};

	/**
	 * Returns when bytes are there.
	 *
	 * @param from the first, counted from 0
	 * @param count how many, within the file
	 * @throws IOException if they can't be brought
	 */
	void await(long from, long count) throws IOException;
}
