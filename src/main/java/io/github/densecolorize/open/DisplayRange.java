package io.github.densecolorize.open;

import net.imglib2.type.numeric.RealType;

import ij.ImagePlus;
import ij.process.LUT;

import io.github.densecolorize.image.GrayMapping;

/** Which gray values are seen as black and white. */
public final class DisplayRange {

	private DisplayRange() {}

	/**
	 * What the user sees of an open image. If the file states no range, or infinite values determine it, it is that from the smallest to the largest
	 * finite value of all slices; ImageJ would take that of the first slice.
	 *
	 * @param lut of the image or channel, with its range
	 * @param slices gray values, which are read once if they are needed
	 */
	public static GrayMapping of(ImagePlus image, LUT lut, Iterable<Plane> slices) {
		boolean chosen = image.getBitDepth() == 8 || ImageFiles.hasRange(image);
		if (chosen && Double.isFinite(lut.min) && Double.isFinite(lut.max)) return GrayMapping.range(lut.min, lut.max);
		float min = Float.POSITIVE_INFINITY, max = Float.NEGATIVE_INFINITY;
		for (var slice : slices)
			for (RealType<?> pixel : slice.gray()) {
				float value = pixel.getRealFloat();
				if (value < min && value > Float.NEGATIVE_INFINITY) min = value;
				if (value > max && value < Float.POSITIVE_INFINITY) max = value;
			}
		return min <= max ? GrayMapping.range(min, max) : GrayMapping.range(0, 0);
	}
}
