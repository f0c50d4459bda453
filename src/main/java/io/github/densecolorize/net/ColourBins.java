package io.github.densecolorize.net;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

/**
 * Squares of {@value #SIDE}×{@value #SIDE} units of the a*b* plane in which colours of sRGB lie, as classes of colour (R. Zhang et al. 2016, section
 * 2; there, with another rule for the border, 313 of them). All arrays hold scaled a*b*, see {@link ColorNet#AB_SCALE}.
 */
final class ColourBins {

	/** Spread, in units of a* and b*, of the Gaussian by which a colour belongs to its bins. */
	static final int SPREAD = 5;

	private static final int SIDE = 10;
	/** The lower edge of the first row in a*. */
	private static final int FIRST_A = -90;
	/** For each row of bins, with a* growing by {@link #SIDE}, the lower edge in b* of its first and of its last bin. */
	private static final int[][] ROWS = { { 50, 80 }, { 20, 80 }, { 0, 80 }, { -20, 80 }, { -30, 90 }, { -40, 90 }, { -50, 90 }, { -50, 90 }, { -60,
		90 }, { -70, 80 }, { -80, 80 }, { -80, 80 }, { -90, 70 }, { -100, 70 }, { -100, 70 }, { -110, 70 }, { -110, 60 }, { -110, 60 }, { -80, -30 } };
	/** To how many bins a colour belongs: the nearest. */
	private static final int NEAREST = 5;
	/** Temperature of the annealed mean: 1 would be the mean, 0 the most likely bin. */
	private static final double TEMPERATURE = 0.38;

	/** Middles of the bins, a* and b* of each. */
	private static final float[] MIDDLES = middles();

	/** How many there are. */
	static final int COUNT = MIDDLES.length / 2;

	private ColourBins() {}

	private static float[] middles() {
		int count = 0;
		for (var row : ROWS)
			count += (row[1] - row[0]) / SIDE + 1;
		var middles = new float[2 * count];
		int k = 0;
		for (int i = 0; i < ROWS.length; i++)
			for (int b = ROWS[i][0]; b <= ROWS[i][1]; b += SIDE) {
				middles[k++] = (FIRST_A + i * SIDE + SIDE / 2f) / ColorNet.AB_SCALE;
				middles[k++] = (b + SIDE / 2f) / ColorNet.AB_SCALE;
			}
		return middles;
	}

	/** (bins, 2) */
	static NDArray middles(NDManager manager) {
		return manager.create(MIDDLES, new Shape(COUNT, 2));
	}

	/**
	 * To which bins colours belong: to the nearest five, weighted by a Gaussian of the distance.
	 *
	 * @param ab (N, 2, H, W)
	 * @return shares that add up to 1 for each pixel, (N, bins, H, W)
	 */
	static NDArray encoded(NDArray ab) {
		var distances = ab.transpose(0, 2, 3, 1).expandDims(3).sub(middles(ab.getManager())).square().sum(new int[] { 4 });
		var farthest = distances.topK(NEAREST, 3, false, true).get(0).get("..., " + (NEAREST - 1) + ":");
		double variance = Math.pow(SPREAD / ColorNet.AB_SCALE, 2);
		var shares = distances.div(-2 * variance).exp().mul(distances.lte(farthest).toType(DataType.FLOAT32, false));
		return shares.div(shares.sum(new int[] { 3 }, true)).transpose(0, 3, 1, 2);
	}

	/**
	 * The annealed mean (Eq. 5): of the bins' middles, after the probabilities were made more different.
	 *
	 * @param scores of the bins before softmax, (N, bins, H, W)
	 * @return (N, 2, H, W)
	 */
	static NDArray decoded(NDArray scores) {
		return scores.div(TEMPERATURE).softmax(1).transpose(0, 2, 3, 1).matMul(middles(scores.getManager())).transpose(0, 3, 1, 2);
	}
}
