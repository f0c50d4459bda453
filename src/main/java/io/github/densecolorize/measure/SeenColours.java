package io.github.densecolorize.measure;

import java.util.stream.IntStream;

import ij.ImagePlus;
import ij.ImageStack;
import ij.process.ColorProcessor;
import ij.process.FloatProcessor;
import ij.process.ImageProcessor;

import io.github.densecolorize.colorize.Region;
import io.github.densecolorize.image.GrayMapping;
import io.github.densecolorize.open.DisplayRange;
import io.github.densecolorize.open.Images;
import io.github.densecolorize.open.Plane;

/** The colours of an image as ImageJ shows them, slice by slice; a gray image has the colours of its look-up table and display range. */
final class SeenColours {

	private final String title;
	private final ImageStack stack;
	private final ImageProcessor shown;
	/** The gray values that are shown as black and as white; null for colours. */
	private final GrayMapping range;

	/** @throws IllegalArgumentException with a sentence for the user if there are no colours or several for a pixel */
	SeenColours(ImagePlus image) {
		title = image.getTitle();
		if (image.getWidth() < 1 || image.getStackSize() < 1) throw new IllegalArgumentException(
			"The image is empty (0 pixels); open an image and choose it.");
		if (image.getNChannels() > 1) throw new IllegalArgumentException(title + " has " + image.getNChannels() +
			" channels; RGB is measured: colorize with output=RGB, or use Image > Type > RGB Color.");
		stack = Images.held(image.getStack());
		shown = image.getProcessor();
		range = shown instanceof ColorProcessor ? null : DisplayRange.of(image, shown.getLut(), slices());
	}

	private Iterable<Plane> slices() {
		return () -> IntStream.rangeClosed(1, stack.size()).mapToObj(n -> Plane.of(stack, n)).iterator();
	}

	int size() {
		return stack.size();
	}

	/**
	 * @param slice counted from 1
	 * @return sRGB pixels of the region's bounds, row by row
	 * @throws IllegalArgumentException if a pixel of the region is NaN
	 */
	int[] argb(int slice, Region region) {
		var ip = stack.getProcessor(slice);
		ip.setRoi(region.bounds());
		var cropped = ip.crop();
		if (cropped instanceof ColorProcessor) return (int[]) cropped.getPixels();
		if (cropped instanceof FloatProcessor) checkThatAllAreNumbers((float[]) cropped.getPixels(), region.inside(), slice);
		cropped.setColorModel(shown.getColorModel());
		cropped.setMinAndMax(range.min(), range.max());
		return (int[]) cropped.convertToRGB().getPixels();
	}

	private void checkThatAllAreNumbers(float[] values, boolean[] inside, int slice) {
		int nans = 0;
		for (int i = 0; i < values.length; i++)
			if (Float.isNaN(values[i]) && (inside == null || inside[i])) nans++;
		if (nans > 0) throw new IllegalArgumentException(title + " has " + nans + (nans == 1 ? " pixel that is" : " pixels that are") +
			" NaN (not a number), which has no colour, in slice " + slice + "; draw a selection that leaves NaN out, or replace it by a number.");
	}
}
