package io.github.densecolorize.open;

import ij.ImagePlus;
import ij.process.ImageProcessor;
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
	 * @param slices slices, which are read once if they are needed
	 */
	public static GrayMapping of(ImagePlus image, LUT lut, Iterable<ImageProcessor> slices) {
		boolean chosen = image.getBitDepth() == 8 || ImageFiles.hasRange(image);
		if (chosen && Double.isFinite(lut.min) && Double.isFinite(lut.max)) return GrayMapping.range(lut.min, lut.max);
		double min = Double.POSITIVE_INFINITY, max = Double.NEGATIVE_INFINITY;
		for (var slice : slices) {
			double[] range = slice.getPixels() instanceof short[] values ? range(values) : range((float[]) slice.getPixels());
			min = Math.min(min, range[0]);
			max = Math.max(max, range[1]);
		}
		return min <= max ? GrayMapping.range(min, max) : GrayMapping.range(0, 0);
	}

	private static double[] range(short[] values) {
		int min = 0xffff, max = 0;
		for (short value : values) {
			min = Math.min(min, value & 0xffff);
			max = Math.max(max, value & 0xffff);
		}
		return new double[] { min, max };
	}

	private static double[] range(float[] values) {
		float min = Float.POSITIVE_INFINITY, max = Float.NEGATIVE_INFINITY;
		for (float value : values) {
			if (value < min && value > Float.NEGATIVE_INFINITY) min = value;
			if (value > max && value < Float.POSITIVE_INFINITY) max = value;
		}
		return new double[] { min, max };
	}
}
