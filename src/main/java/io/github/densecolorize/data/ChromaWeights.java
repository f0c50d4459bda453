package io.github.densecolorize.data;

import java.util.Arrays;

/**
 * How much a colour counts in the loss. The mean of all colours that a gray value could stand for is brownish, and there are so many grayish pixels
 * that a network learns little else. So rare, saturated colours count more here (R. Zhang et al. 2016, arXiv:1603.08511, Eq. 4): with the share p of
 * a colour in the training images and Q colours that occur,
 *
 * <pre>
 * w ~ 1 / (p / 2 + 1 / (2 Q)),  mean of w over all pixels 1
 * </pre>
 *
 * where p may be smoothed by a Gaussian before.
 */
public final class ChromaWeights {

	/** All colours count alike. */
	public static final ChromaWeights EQUAL = new ChromaWeights(null);

	/** Side of a cell of the a*b* plane, and cells along an axis: -110 to 110, in which sRGB lies. */
	private static final int CELL = 10, CELLS = 22;
	/** Number of images in which the shares are counted, evenly spread over the set. */
	private static final int IMAGES = 1000;

	private final float[] weights;

	private ChromaWeights(float[] weights) {
		this.weights = weights;
	}

	/**
	 * Weights for the colours of a set, counted in the images whose colours are to be learned.
	 *
	 * @param smoothing spread of the Gaussian, in units of a* and b*; 0 for none
	 * @throws java.io.UncheckedIOException if an image can't be read
	 */
	public static ChromaWeights of(PatchSet set, double smoothing) {
		var counts = new double[CELLS * CELLS];
		var images = set.coloured();
		int n = Math.min(IMAGES, images.length);
		for (int i = 0; i < n; i++) {
			var sample = set.get(images[(int) ((long) i * images.length / n)]);
			for (int k = 0; k < sample.a().length; k++)
				counts[cell(ColorSample.value(sample.a()[k]), ColorSample.value(sample.b()[k]))]++;
		}
		return of(counts, smoothing);
	}

	/** @param counts how often the colours of each cell occur */
	static ChromaWeights of(double[] counts, double smoothing) {
		double all = Arrays.stream(counts).sum();
		long occurring = Arrays.stream(counts).filter(c -> c > 0).count();
		var smoothed = smoothing == 0 ? counts : smoothed(counts, smoothing / CELL);
		var weights = new float[counts.length];
		double mean = 0;
		for (int i = 0; i < counts.length; i++) {
			weights[i] = (float) (1 / (smoothed[i] / all / 2 + 0.5 / occurring));
			mean += counts[i] / all * weights[i];
		}
		for (int i = 0; i < weights.length; i++)
			weights[i] /= (float) mean;
		return new ChromaWeights(weights);
	}

	/** @param spread of the Gaussian in cells */
	private static double[] smoothed(double[] counts, double spread) {
		var kernel = new double[2 * CELLS - 1];
		Arrays.setAll(kernel, i -> Math.exp(-0.5 * Math.pow((i - CELLS + 1) / spread, 2)));
		double sum = Arrays.stream(kernel).sum();
		var smoothed = new double[counts.length];
		for (int i = 0; i < counts.length; i++)
			for (int k = 0; k < counts.length; k++)
				smoothed[i] += counts[k] * kernel[i / CELLS - k / CELLS + CELLS - 1] * kernel[i % CELLS - k % CELLS + CELLS - 1] / sum / sum;
		return smoothed;
	}

	/** Weight of a colour. */
	public float of(float a, float b) {
		return weights == null ? 1 : weights[cell(a, b)];
	}

	static int cell(float a, float b) {
		return index(b) * CELLS + index(a);
	}

	private static int index(float value) {
		return Math.max(0, Math.min(CELLS - 1, (int) Math.floor(value / CELL) + CELLS / 2));
	}
}
