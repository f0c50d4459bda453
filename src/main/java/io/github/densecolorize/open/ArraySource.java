package io.github.densecolorize.open;

import java.awt.Rectangle;
import java.util.List;

/**
 * An image whose planes were all read at once.
 *
 * @param planes arrays of the type's kind
 */
record ArraySource(Layout layout, Details details, List<Object> planes) implements ImageSource {

	/** A single plane. */
	static ArraySource of(int width, int height, PixelType type, Object pixels, Details details) {
		return new ArraySource(Layout.plane(width, height, type), details, List.of(pixels));
	}

	@Override
	public Object read(int plane, Rectangle region) {
		return cut(planes.get(plane), layout, region);
	}

	/** A region of a plane; if that is the whole plane, it is not copied. */
	static Object cut(Object pixels, Layout layout, Rectangle region) {
		if (region.width == layout.width() && region.height == layout.height()) return pixels;
		var part = layout.type().array(region.width * region.height);
		for (int y = 0; y < region.height; y++)
			System.arraycopy(pixels, (region.y + y) * layout.width() + region.x, part, y * region.width, region.width);
		return part;
	}

	@Override
	public void close() {}
}
