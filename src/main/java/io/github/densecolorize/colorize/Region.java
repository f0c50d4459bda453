package io.github.densecolorize.colorize;

import java.awt.Rectangle;
import java.util.Locale;

import ij.ImagePlus;
import ij.gui.Roi;

/**
 * The part of an image that is colorized or measured.
 *
 * @param bounds within the image
 * @param inside which pixels of the bounds, row by row; null for all
 */
public record Region(Rectangle bounds, boolean[] inside) {

	/** Whether it has a pixel of the image. */
	boolean has(int x, int y) {
		return bounds.contains(x, y) && (inside == null || inside[(y - bounds.y) * bounds.width + x - bounds.x]);
	}

	/** All of the image. */
	public static Region all(ImagePlus image) {
		return new Region(new Rectangle(image.getWidth(), image.getHeight()), null);
	}

	/**
	 * The selection of an image.
	 *
	 * @param wayOut what users may do if it can't be used, as a sentence ends: "draw another"
	 * @throws IllegalArgumentException if there is none, or it is no area, or it has no pixel in the image
	 */
	public static Region selected(ImagePlus image, String wayOut) {
		Roi roi = image.getRoi();
		if (roi == null) throw new IllegalArgumentException("Image " + image.getTitle() + " has no selection; " + wayOut + ".");
		if (!roi.isArea()) throw new IllegalArgumentException("The selection in " + image.getTitle() + " is a " + roi.getTypeAsString()
			.toLowerCase(Locale.ROOT) + ", which has no area; " + wayOut + ".");
		var drawn = roi.getBounds();
		var bounds = drawn.intersection(new Rectangle(image.getWidth(), image.getHeight()));
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
		if (count == 0) throw new IllegalArgumentException("The selection in " + image.getTitle() + " holds no pixel of the image; " + wayOut + ".");
		return new Region(bounds, inside);
	}
}
