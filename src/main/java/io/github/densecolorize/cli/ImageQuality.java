package io.github.densecolorize.cli;

import io.github.densecolorize.image.Comparison;

/**
 * How well an image was colorized.
 *
 * @param colours measured on the final 8-bit RGB pixels
 * @param classFound 1 if the most likely class is the image's, 0 if not; NaN if the model does not have the image's class
 */
record ImageQuality(Comparison colours, double classFound) {}
