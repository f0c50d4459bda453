package io.github.densecolorize.open;

import java.io.IOException;

import javax.imageio.stream.ImageInputStream;

/** A format of image files. {@link Formats} has the list of all. */
interface Format {

	/** Bytes of the beginning that {@link #recognizes} is given. */
	int HEAD = 512;

	/**
	 * @param head the file's first bytes, {@link #HEAD} or all that there are
	 * @param name of the file, in lower case
	 */
	boolean recognizes(byte[] head, String name);

	/**
	 * Opens an image.
	 *
	 * @param in at its beginning, of known length; belongs to the source if there is one, stays open if this fails
	 * @param name of the file
	 * @throws Refusal if it can't be read; exceptions at run time are taken for damage
	 */
	ImageSource open(ImageInputStream in, String name) throws IOException;
}
