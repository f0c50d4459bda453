package io.github.densecolorize.colorize;

import java.awt.Rectangle;

import ij.ImagePlus;

/**
 * What a window shows of an image.
 *
 * @param part visible pixels of the image
 * @param plane visible slice, counted from 0 in the order z before t
 * @param zoom pixels of the screen for a pixel of the image
 */
public record View(Rectangle part, int plane, double zoom) {

	/** What is visible now; all of an image that has no window. */
	public static View of(ImagePlus image) {
		int plane = (image.getT() - 1) * image.getNSlices() + image.getZ() - 1;
		var all = new Rectangle(image.getWidth(), image.getHeight());
		var canvas = image.getCanvas();
		return canvas == null ? new View(all, plane, 1) : new View(canvas.getSrcRect().intersection(all), plane, canvas.getMagnification());
	}
}
