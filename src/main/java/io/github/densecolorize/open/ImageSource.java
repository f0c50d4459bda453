package io.github.densecolorize.open;

import java.awt.Dimension;
import java.awt.Rectangle;
import java.io.Closeable;
import java.io.IOException;

/**
 * An image in an open file. Regions of its planes are read when they are asked for, so that the image may be larger than the memory. It must not be
 * used by several threads at once.
 */
public interface ImageSource extends Closeable {

	/** About how many pixels the rows have that are read together. */
	int ROWS = 1 << 18;

	/** Size and type of the pixels. */
	Layout layout();

	/** What the file says besides the pixels. */
	Details details();

	/**
	 * Size of the blocks in which a plane is read best, beginning at its first pixel, since what is stored together is unpacked together: a tile of the
	 * file, or whole rows. The last ones may be cut off.
	 */
	default Dimension block() {
		return new Dimension(layout().width(), Math.max(1, ROWS / layout().width()));
	}

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
