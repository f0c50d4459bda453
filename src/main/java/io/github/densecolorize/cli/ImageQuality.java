package io.github.densecolorize.cli;

import io.github.densecolorize.image.Comparison;

/**
 * How well an image was colorized.
 *
 * @param colours measured on the final 8-bit RGB pixels
 * @param counts whether its colours count: not those of class {@code unknown}, from which no colours are learned, and which may be gray
 * @param classFound 1 if the most likely class is the image's, 0 if not; NaN if the model does not have the image's class
 * @param probability of the most likely class, 0 to 1; NaN if the model did not look for it
 * @param refused 1 if the most likely class is {@code unknown}, 0 if not; NaN if the model did not look for it
 */
record ImageQuality(Comparison colours, boolean counts, double classFound, double probability, double refused) {

	/** An image of which the colours alone are measured. */
	static ImageQuality of(Comparison colours) {
		return new ImageQuality(colours, true, Double.NaN, Double.NaN, Double.NaN);
	}
}
