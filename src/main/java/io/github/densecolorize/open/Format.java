package io.github.densecolorize.open;

import java.io.IOException;

import javax.imageio.stream.ImageInputStream;

/** A format of image files. {@link Formats} has the list of all. */
interface Format {

	/** How many bytes of the file's beginning {@link #recognizes} is given. */
	int HEAD = 512;

	/**
	 * @param head the file's first bytes, {@link #HEAD} or all that there are
	 * @param name of the file, in lower case
	 */
	boolean recognizes(byte[] head, String name);

	/**
	 * Opens an image.
	 *
	 * @param in file at its beginning, of known length; closed by the source that is returned, but left open if this fails
	 * @param name of the file
	 * @throws Refusal if it can't be read; runtime exceptions are taken to mean that the file is damaged
	 */
	ImageSource open(ImageInputStream in, String name) throws IOException;
}
