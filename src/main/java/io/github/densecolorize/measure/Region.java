package io.github.densecolorize.measure;

import java.awt.Rectangle;
import java.util.Locale;

import ij.ImagePlus;
import ij.gui.Roi;

/**
 * The part of an image that is measured.
 *
 * @param bounds within the image
 * @param inside which pixels of the bounds, row by row; null for all
 */
record Region(Rectangle bounds, boolean[] inside) {

	/**
	 * The selection of the image, or all of it.
	 *
	 * @param image in which the selection is drawn
	 * @throws IllegalArgumentException if the selection is no area, or has no pixel in the image
	 */
	static Region of(ImagePlus image) {
		var all = new Rectangle(image.getWidth(), image.getHeight());
		Roi roi = image.getRoi();
		if (roi == null) return new Region(all, null);
		if (!roi.isArea()) throw new IllegalArgumentException("The selection in " + image.getTitle() + " is a " + roi.getTypeAsString()
			.toLowerCase(Locale.ROOT) + ", which has no area; draw another, or use Edit > Selection > Select None.");
		var drawn = roi.getBounds();
		var bounds = drawn.intersection(all);
		var mask = roi.getMask();
		var inside = mask == null || bounds.isEmpty() ? null : new boolean[bounds.width * bounds.height];
		int count = bounds.isEmpty() ? 0 : bounds.width * bounds.height;
		if (inside != null) {
			count = 0;
			for (int i = 0; i < inside.length; i++) {
				inside[i] = mask.get(bounds.x - drawn.x + i % bounds.width, bounds.y - drawn.y + i / bounds.width) != 0;
				if (inside[i]) count++;
			}
		}
		if (count == 0) throw new IllegalArgumentException("The selection in " + image.getTitle() +
			" holds no pixel of the image; draw another, or use Edit > Selection > Select None.");
		return new Region(bounds, inside);
	}
}
