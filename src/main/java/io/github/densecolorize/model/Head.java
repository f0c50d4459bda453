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
 * @param mean of each map in the references
 * @param spread of each map about it, above 0
 * @param error of the network's own colours on the references: root of the mean squared error of a* and b*, per channel
 * @param probabilities of the model's classes, mean over the references
 * @param references SHA-256 of the files or pixels of the references
 */
public record Head(LightnessCurve a, LightnessCurve b, double[] own, double[] weights, double[] mean, double[] spread, double error, float[] probabilities,
	List<String> references) implements Serializable
{

	/** How many knots the curves have. */
	public static final int KNOTS = 11;

	/** The network's own colours always have some part, since the mean of two guesses is better than each. */
	private static final double MOST_TRUST = 0.9;
	/** Error of a*b* on images that the network knows, and the power of the probability of the class from which on it does. */
	private static final double KNOWN_ERROR = 8, SURE = 20;
	/** Distance of the mean maps, in spreads, at which half of the trust is lost. */
	private static final double FAR = 3;
	/** Probability of the class {@value ModelSpec#UNKNOWN} from which on references are not used, and up to which they are. */
	private static final double STRANGE = 0.7, FAMILIAR = 0.3;
	/** Cosine of the angle between the probabilities, from which on images may be of one class. */
	private static final double SAME_CLASS = 0.2;

	/** The network with a share of this head. */
	public record Blend(OutputChange change, LightnessCurve a, LightnessCurve b) implements Serializable {}

	/**
	 * How far these colours are to be trusted in an image. If the network is sure of the image's class, it knows such images, and the fitted colours
	 * count the more, the larger the error of its own was on the references. They count less if the image looks different from the references, and
	 * not at all if it is clearly of another class, or if the references resemble no class of the model. The numbers were chosen on images of
	 * laboratories that the model had seen and had not seen (docs/your-colours.md).
	 *
	 * @param image what the guidance stream says about the image
	 * @param maps mean of each map in the image
	 * @return share of the fitted colours, 0 to {@value #MOST_TRUST}
	 */
	public double trust(Guidance image, double[] maps) {
		double sure = image.probability(), squares = 0;
		for (int i = 0; i < maps.length; i++)
			squares += Math.pow((maps[i] - mean[i]) / spread[i], 2) / maps.length;
		double known = KNOWN_ERROR * Math.pow(sure, SURE);
		double needed = error == 0 ? 0 : error * error / (error * error + known * known);
		return MOST_TRUST * needed / (1 + squares / (FAR * FAR)) * Math.min(1, cosine(image.probabilities(), probabilities) / SAME_CLASS) * known(image
			.classes());
	}

	/** 1 if the references resemble a class of the model, 0 if they do not. */
	private double known(List<String> classes) {
		int unknown = classes.indexOf(ModelSpec.UNKNOWN);
		return unknown < 0 ? 1 : Math.min(1, Math.max(0, (STRANGE - probabilities[unknown]) / (STRANGE - FAMILIAR)));
	}

	private static double cosine(float[] x, float[] y) {
		double xy = 0, xx = 0, yy = 0;
		for (int i = 0; i < x.length; i++) {
			xy += x[i] * y[i];
			xx += x[i] * x[i];
			yy += y[i] * y[i];
		}
		return xy / Math.sqrt(xx * yy);
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
