package io.github.densecolorize.colorize;

import java.awt.Rectangle;
import java.util.List;
import java.util.stream.IntStream;

import ij.ImagePlus;
import ij.gui.PointRoi;
import ij.gui.Roi;

import io.github.densecolorize.Hint;

/**
 * Where in an image a hint can be.
 *
 * @param slices along z
 */
record HintedImage(int width, int height, int channels, int slices, int frames) {

	static HintedImage of(ImagePlus image) {
		return new HintedImage(image.getWidth(), image.getHeight(), image.getNChannels(), image.getNSlices(), image.getNFrames());
	}

	/**
	 * @param slice counted from 1, z before t; 0 for all
	 * @param hint what messages call it
	 * @return as {@link Hint#plane} counts
	 * @throws IllegalArgumentException if there is no such slice
	 */
	int plane(int slice, String hint) {
		check("slice", slice, slices * frames, hint);
		return slice == 0 ? Hint.ALL : slice - 1;
	}

	/**
	 * The planes on which a ROI is: one by its number in the stack, or those of a z, a t, or both. The channel does not matter.
	 *
	 * @param point of a ROI with several points, which may have positions of their own; counted from 0
	 * @param hint what messages call it
	 * @return as {@link Hint#plane} counts; {@link Hint#ALL} alone if the ROI has no position
	 * @throws IllegalArgumentException if the image has no such slice
	 */
	List<Integer> planes(Roi roi, int point, String hint) {
		int own = roi instanceof PointRoi points ? points.getPointPosition(point) : 0, position = own > 0 ? own : Math.max(0, roi.getPosition());
		check("slice", position, channels * slices * frames, hint);
		if (position > 0) return List.of((position - 1) / channels);
		if (!roi.hasHyperStackPosition()) return List.of(Hint.ALL);
		int z = roi.getZPosition(), t = roi.getTPosition();
		check("slice", z, slices, hint);
		check("frame", t, frames, hint);
		if (z == 0 && t == 0) return List.of(Hint.ALL);
		return IntStream.range(0, slices * frames).filter(plane -> (z == 0 || plane % slices == z - 1) && (t == 0 || plane / slices == t - 1)).boxed()
			.toList();
	}

	private static void check(String what, int number, int last, String hint) {
		if (number > last) throw new IllegalArgumentException(RoiHints.sentence(hint, "is on " + what + " " + number + "; the image has " + (last == 1
			? "only 1" : "1 to " + last) + ", so move it to another " + what + ", or delete it."));
	}

	/** What to throw for a hint that covers no pixel of the image. */
	IllegalArgumentException outside(String hint, Rectangle bounds) {
		return new IllegalArgumentException(RoiHints.sentence(hint, "lies at x " + range(bounds.x, bounds.width) + ", y " + range(bounds.y, bounds.height) +
			", and the image has " + width + " x " + height + " pixels, none of which is covered; move it into the image, or delete it."));
	}

	private static String range(int first, int length) {
		return length <= 1 ? String.valueOf(first) : first + " to " + (first + length - 1);
	}
}
