package io.github.densecolorize.image;

import java.util.Arrays;

/**
 * A rectangle of values, row by row.
 */
record Block(float[] values, int width, int height) {

	Block times(Block other) {
		var product = new float[width * height];
		for (int i = 0; i < product.length; i++)
			product[i] = values[i] * other.values[i];
		return new Block(product, width, height);
	}

	/** This block without a border. */
	Block inner(int border) {
		int w = width - 2 * border, h = height - 2 * border;
		var inner = new float[w * h];
		for (int y = 0; y < h; y++)
			System.arraycopy(values, (y + border) * width + border, inner, y * w, w);
		return new Block(inner, w, h);
	}

	/**
	 * Means over windows of (2 radius + 1)² values, for the windows that lie within this block: the result is smaller by the radius on every side.
	 * Each window is summed anew, so that a mean depends only on the values in its window and not on where the block starts.
	 */
	Block mean(int radius) {
		int w = width - 2 * radius, h = height - 2 * radius;
		double weight = 1.0 / ((2 * radius + 1) * (2 * radius + 1));
		var means = new float[w * h];
		var columns = new double[width];
		for (int y = 0; y < h; y++) {
			Arrays.fill(columns, 0);
			for (int k = 0; k <= 2 * radius; k++)
				for (int x = 0, i = (y + k) * width; x < width; x++, i++)
					columns[x] += values[i];
			for (int x = 0; x < w; x++) {
				double sum = 0;
				for (int k = 0; k <= 2 * radius; k++)
					sum += columns[x + k];
				means[y * w + x] = (float) (sum * weight);
			}
		}
		return new Block(means, w, h);
	}
}
