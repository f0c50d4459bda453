package io.github.densecolorize.model;

import io.github.densecolorize.net.ColorNet;
import io.github.densecolorize.net.OutputChange;

/**
 * How wrong a model's colours are to be expected at each pixel: CIEDE2000 between them and the true ones. It is a function of one number, the score, which
 * is linear in the maps that the network's last layer sees and in how sure the model is of the class of the image.
 *
 * @param weights of these maps in the score
 * @param image constant of the score, and weight of the probability of the image's class
 * @param curve least and largest score, to which others are brought; and coefficients of 1, of the score and of its square in the logarithm of the error
 */
public record ErrorMap(double[] weights, double[] image, double[] curve) {

	/** Largest error that is expected; no two colours of one lightness differ more. */
	public static final double MOST = 100;
	/** How many results a last layer has that is changed by {@link #change()}: a*, b*, and the sum of the maps. */
	public static final int RESULTS = 3;
	/** How many numbers concern the image, and the curve. */
	static final int OF_IMAGE = 2, OF_CURVE = 5;

	/** A change of the network's last layer, so that beside a* and b* it gives the weighted sum of the maps that it sees. */
	public OutputChange change() {
		var scaled = new double[RESULTS * weights.length];
		for (int i = 0; i < weights.length; i++)
			scaled[2 * weights.length + i] = weights[i] / ColorNet.AB_SCALE;
		return new OutputChange(new double[] { 1, 0, 0, 1, 0, 0 }, scaled);
	}

	/**
	 * @param sums weighted sum of the maps at each pixel
	 * @param probability of the image's class, 0 to 1
	 * @return expected error of each, 0 to {@value #MOST}
	 */
	public float[] expected(float[] sums, double probability) {
		double ofImage = image[0] + image[1] * probability;
		var expected = new float[sums.length];
		for (int i = 0; i < expected.length; i++)
			expected[i] = (float) at(sums[i] + ofImage);
		return expected;
	}

	/** The error that is expected at a score. */
	public double at(double score) {
		double within = Math.max(curve[0], Math.min(curve[1], score));
		return Math.min(MOST, Math.exp(curve[2] + within * (curve[3] + within * curve[4])));
	}
}
