package io.github.densecolorize.net;

import ai.djl.ndarray.NDArray;

/**
 * The logarithm of each image's mean squared error, as in its PSNR (Chen et al. 2021, HINet, arXiv:2105.06086), plus what it lacks in colourfulness
 * (which Kang et al. 2023, DDColor, arXiv:2212.11613, reward): ln(1 + e / ε) + w max(0, M of the truth - M of the prediction). So images whose
 * colours can be predicted count more than others, and where several colours are likely, their brownish mean is not the best answer. Beyond an error
 * of 40 units of a*b* the loss grows linearly, since the logarithm is so flat there that it would hardly correct very wrong colours. An image whose
 * weights are all 0 does not count.
 */
public final class Colourful implements Loss {

	/** Squared error, in scaled a*b*, that is regarded as noise: 2 units of a* or b*. */
	private static final float NOISE = 4 / (ColorNet.AB_SCALE * ColorNet.AB_SCALE);
	/**
	 * Squared error from which the loss grows linearly: 40 units, more than the error of leaving an image gray, except for the most colourful ones.
	 */
	private static final float RUNAWAY = 1600 / (ColorNet.AB_SCALE * ColorNet.AB_SCALE);
	/** How much a scaled unit of colourfulness counts beside the logarithm of the squared error: one unit of a*b* counts as much as 0.16 dB. */
	private static final float COLOURFULNESS_WORTH = 1.8f;
	/** Share of the mean colour in the colourfulness. */
	private static final float OF_MEAN_COLOUR = 0.37f;
	/** Added under the root, which has no slope at 0; the root of this is far below a unit of a*b*. */
	private static final float ALMOST_ZERO = 1e-6f;

	@Override
	public String name() {
		return "colourful";
	}

	@Override
	public String description() {
		return "PSNR and colourfulness of each crop";
	}

	@Override
	public NDArray of(Prediction prediction, NDArray truth, NDArray weights) {
		var predicted = prediction.ab().mul(weights);
		var original = truth.mul(weights);
		var error = meanOfPixels(predicted.sub(original).square()).sum(new int[] { 1, 2, 3 }).div(2);
		var lack = colourfulness(original).sub(colourfulness(predicted)).maximum(0);
		var bounded = error.minimum(RUNAWAY);
		var logarithm = bounded.div(NOISE).add(1).log().add(error.sub(bounded).div(RUNAWAY + NOISE));
		return logarithm.add(lack.mul(COLOURFULNESS_WORTH)).mean();
	}

	/** M1 of Hasler and Süsstrunk 2003, in scaled a*b*: sqrt(var a + var b) + 0.37 sqrt(mean² a + mean² b); (N, 2, H, W) to (N). */
	private static NDArray colourfulness(NDArray ab) {
		var mean = meanOfPixels(ab);
		var variance = meanOfPixels(ab.sub(mean).square());
		return length(variance).add(length(mean.square()).mul(OF_MEAN_COLOUR));
	}

	/** Root of the sum of both channels, (N, 2, 1, 1) to (N). */
	private static NDArray length(NDArray squares) {
		return squares.sum(new int[] { 1, 2, 3 }).add(ALMOST_ZERO).sqrt();
	}

	/** (N, 2, H, W) to (N, 2, 1, 1). */
	private static NDArray meanOfPixels(NDArray ab) {
		return ab.sum(new int[] { 2, 3 }, true).div(ab.getShape().get(2) * ab.getShape().get(3));
	}
}
