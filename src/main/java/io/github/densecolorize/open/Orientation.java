package io.github.densecolorize.open;

import java.awt.Dimension;
import java.awt.Rectangle;
import java.io.IOException;

/** An image that is shown turned or mirrored, as a number from 1 to 8 says (Exif and TIFF 6.0: where the first row and column are to be seen). */
final class Orientation implements ImageSource {

	private final ImageSource stored;
	private final int width, height;
	private final boolean swapped, right, below;
	private final int number;

	private Orientation(ImageSource stored, int number) {
		this.stored = stored;
		this.number = number;
		width = stored.layout().width();
		height = stored.layout().height();
		swapped = number >= 5;
		right = number == 2 || number == 3 || number == 7 || number == 8;
		below = number == 3 || number == 4 || number == 6 || number == 7;
	}

	/** @param number 2 to 8; with any other number the image is left as it is */
	static ImageSource of(ImageSource stored, long number) {
		return number >= 2 && number <= 8 ? new Orientation(stored, (int) number) : stored;
	}

	@Override
	public Layout layout() {
		var l = stored.layout();
		return swapped ? new Layout(height, width, l.channels(), l.slices(), l.frames(), l.type()) : l;
	}

	@Override
	public Details details() {
		var details = stored.details();
		var c = details.calibration();
		var turned = swapped ? details.withPixelSize(c.pixelHeight, c.pixelWidth, c.pixelDepth, c.getUnit()) : details;
		return turned.say("Turned as the file says it is to be shown (orientation " + number + ").");
	}

	@Override
	public Dimension block() {
		var block = stored.block();
		return swapped ? new Dimension(block.height, block.width) : block;
	}

	@Override
	public Object read(int plane, Rectangle region) throws IOException {
		var across = swapped ? new Rectangle(region.y, region.x, region.height, region.width) : new Rectangle(region);
		if (right) across.x = width - across.x - across.width;
		if (below) across.y = height - across.y - across.height;
		var from = stored.read(plane, across);
		var to = layout().type().array(region.width * region.height);
		for (int v = 0; v < region.height; v++)
			for (int u = 0; u < region.width; u++) {
				int x = swapped ? v : u, y = swapped ? u : v;
				if (right) x = across.width - 1 - x;
				if (below) y = across.height - 1 - y;
				System.arraycopy(from, y * across.width + x, to, v * region.width + u, 1);
			}
		return to;
	}

	@Override
	public void close() throws IOException {
		stored.close();
	}
}
