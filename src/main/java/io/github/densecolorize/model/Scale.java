package io.github.densecolorize.model;

/**
 * The pixel size at which a model recognises structures.
 *
 * @param factor reduction of an image whose pixel size is not known, above 0 and at most 1
 * @param micrometresPerPixel size of a pixel that the network sees; 0 if the model has none
 * @param longSide long side in pixels of the image that the network sees; 0 if the model takes any size
 * @param field side in pixels, at the model's scale, of the images that the guidance stream learned from: a larger plane is shown to it in
 *          several fields of about that size
 */
public record Scale(double factor, double micrometresPerPixel, int longSide, int field) {

	/** An image is never reduced by a smaller factor than this: a calibration that asks for it is probably wrong. */
	public static final double SMALLEST = 1 / 64d;

	/** Largest side in pixels, and largest pixel in micrometres (a metre). */
	private static final int LARGEST = 1_000_000;

	public Scale {
		if (!(factor > 0 && factor <= 1)) throw new IllegalArgumentException("scale.factor is " + factor +
			"; must be above 0 and at most 1");
		if (!(micrometresPerPixel >= 0 && micrometresPerPixel <= LARGEST)) throw new IllegalArgumentException("scale.micrometresPerPixel is " +
			micrometresPerPixel + "; must be 0 to " + LARGEST);
		if (field < 1 || field > LARGEST) throw new IllegalArgumentException("scale.field is " + field + "; must be 1 to " + LARGEST);
		if (longSide < 0 || longSide > LARGEST) throw new IllegalArgumentException("scale.longSide is " + longSide + "; must be 0 to " + LARGEST);
	}

	/**
	 * @param pixelSize of the image in micrometres; 0 or NaN if it has no calibration
	 * @return factor by which the image is reduced before the network, {@value #SMALLEST} to 1: images are never enlarged
	 */
	public double of(long width, long height, double pixelSize) {
		double wanted = factor;
		if (longSide > 0) wanted = longSide / (double) Math.max(width, height);
		else if (micrometresPerPixel > 0 && pixelSize > 0) wanted = pixelSize / micrometresPerPixel;
		return Math.max(SMALLEST, Math.min(1, wanted));
	}
}
