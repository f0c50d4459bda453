package io.github.densecolorize.image;

/**
 * Change of scale along one axis: which input pixels make up an output pixel, and with which weights. If there are fewer output than input pixels,
 * output pixel i is the mean over [i in/out, (i + 1) in/out), in which border pixels count by the part that is covered. If there are more, values
 * are interpolated linearly between pixel centres.
 *
 * @param in input pixels
 * @param out output pixels
 */
record Axis(long in, long out) {

	/** Input pixels first .. first + weights.length - 1; the weights sum to 1. */
	record Window(long first, double[] weights) {

		long last() {
			return first + weights.length - 1;
		}
	}

	Window window(long i) {
		return in >= out ? mean(i) : between(i);
	}

	/** Where the centre of an input pixel lies, in output pixels. */
	double position(long inputPixel) {
		return (inputPixel + 0.5) * out / in - 0.5;
	}

	/** The first of the input pixels whose centre lies in output pixel i. */
	long start(long i) {
		// Smallest x with x + 1/2 >= i in/out.
		return Math.floorDiv(2 * i * in + out - 1, 2 * out);
	}

	/** The output pixel that lies at i if the axis is continued by its mirror image. */
	long mirrored(long i) {
		long j = Math.floorMod(i, 2 * out);
		return j < out ? j : 2 * out - 1 - j;
	}

	private Window mean(long i) {
		// Measured in units of 1/out input pixels, all positions are integers.
		long from = i * in, to = from + in, first = from / out;
		var weights = new double[(int) ((to - 1) / out - first + 1)];
		for (int k = 0; k < weights.length; k++) {
			long x = (first + k) * out;
			weights[k] = (double) (Math.min(x + out, to) - Math.max(x, from)) / in;
		}
		return new Window(first, weights);
	}

	private Window between(long i) {
		double position = (i + 0.5) * in / out - 0.5;
		long first = (long) Math.floor(position);
		if (first < 0) return new Window(0, new double[] { 1 });
		if (first >= in - 1) return new Window(in - 1, new double[] { 1 });
		double second = position - first;
		return new Window(first, new double[] { 1 - second, second });
	}
}
