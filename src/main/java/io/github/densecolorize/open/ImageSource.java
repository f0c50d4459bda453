package io.github.densecolorize.open;

import java.awt.Rectangle;
import java.io.Closeable;
import java.io.IOException;

/**
 * An image in an open file. Regions of its planes are read when they are asked for, so that the image may be larger than the memory. It must not be
 * used by several threads at once.
 */
public interface ImageSource extends Closeable {

	/** Size and type of the pixels. */
	Layout layout();

	/** What the file says besides the pixels. */
	Details details();

	/**
	 * Reads pixels.
	 *
	 * @param plane counted from 0, below {@code layout().planes()}
	 * @param region within the plane
	 * @return a new array of the type's kind, row by row
	 * @throws Refusal if the file is damaged there
	 * @throws IOException if it can't be read
	 */
	Object read(int plane, Rectangle region) throws IOException;

	/** Closes the file. */
	@Override
	void close() throws IOException;
}
