package io.github.densecolorize.open;

import java.awt.Dimension;
import java.awt.Rectangle;
import java.io.IOException;

/**
 * An image of an archive.
 *
 * @param image unpacked
 * @param left what was left out of the archive, for the log
 */
record ZipSource(ImageSource image, String left) implements ImageSource {

	@Override
	public Layout layout() {
		return image.layout();
	}

	@Override
	public Details details() {
		return image.details().say(left);
	}

	@Override
	public Dimension block() {
		return image.block();
	}

	@Override
	public Object read(int plane, Rectangle region) throws IOException {
		return image.read(plane, region);
	}

	@Override
	public void close() throws IOException {
		image.close();
	}
}
