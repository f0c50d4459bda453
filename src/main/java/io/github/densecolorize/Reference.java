package io.github.densecolorize;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.real.FloatType;

/**
 * A colour image that shows which colours other images should get. The three planes are of one size.
 *
 * @param l L*, 0 to 100
 * @param a a*
 * @param b b*
 * @param pixelSize in micrometres; 0 or NaN if the image has no calibration
 * @param sha256 of its file or its pixels, in lower-case hexadecimal digits
 */
public record Reference(RandomAccessibleInterval<FloatType> l, RandomAccessibleInterval<FloatType> a, RandomAccessibleInterval<FloatType> b,
	double pixelSize, String sha256)
{}
