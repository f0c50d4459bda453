package io.github.densecolorize.image;

/**
 * Mean structural similarity (Wang et al. 2004) of sRGB images, as {@code structural_similarity(channel_axis=2, data_range=255)} of
 * scikit-image computes it: windows of 7 × 7 pixels of equal weight (not the Gaussian of the paper), sample covariance, K1 = 0.01, K2 =
 * 0.03, the mean over R, G, B and all windows that lie in the image.
 */
public final class Ssim {

	/** Side of a window in pixels, and pixels in it. */
	static final int SIDE = 7, AREA = SIDE * SIDE;

	private static final double C1 = square(0.01 * 255), C2 = square(0.03 * 255);
	/** Smallest number of rows that is worth a thread of its own, as each band reads six rows more than it has. */
	private static final int BAND = 32;

	private Ssim() {}

	/**
	 * @param original sRGB pixels in rows, alpha ignored
	 * @param result as many
	 * @param width of a row
	 * @param inside which pixels count: windows that contain any other pixel are left out; null for all
	 * @return -1..1, 1 for equal images; NaN if no window fits
	 */
	public static double of(int[] original, int[] result, int width, boolean[] inside) {
		int height = original.length / width;
		if (width < SIDE || height < SIDE) return Double.NaN;
		double sum = 0;
		long count = 0;
		for (var band : Bands.of(height - SIDE + 1, BAND, (from, to) -> new Band(original, result, width, inside, from, to))) {
			sum += band.sum;
			count += band.count;
		}
		return sum / count;
	}

	/**
	 * Computes the windows whose uppermost row lies in the band. The sums over a window are updated as it moves down and to the right; they are
	 * whole numbers, so no error builds up.
	 */
	private static final class Band {

		private double sum;
		private long count;

		private Band(int[] original, int[] result, int width, boolean[] inside, int from, int to) {
			var whole = wholeWindows(width, inside, from, to);
			for (int shift = 0; shift <= 16; shift += 8)
				addChannel(original, result, width, whole, from, to, shift);
		}

		private void addChannel(int[] original, int[] result, int width, boolean[] whole, int from, int to, int shift) {
			// Sums for each column: of both images, of both squares, and of the products.
			int[] x = new int[width], y = new int[width], squares = new int[width], products = new int[width];
			for (int row = from; row < to + SIDE - 1; row++) {
				int above = row - SIDE;
				for (int i = 0; i < width; i++) {
					int p = original[row * width + i] >> shift & 255, q = result[row * width + i] >> shift & 255;
					x[i] += p;
					y[i] += q;
					squares[i] += p * p + q * q;
					products[i] += p * q;
					if (above < from) continue;
					p = original[above * width + i] >> shift & 255;
					q = result[above * width + i] >> shift & 255;
					x[i] -= p;
					y[i] -= q;
					squares[i] -= p * p + q * q;
					products[i] -= p * q;
				}
				int top = row - SIDE + 1;
				if (top >= from) addRow(x, y, squares, products, whole, (top - from) * width);
			}
		}

		private void addRow(int[] x, int[] y, int[] squares, int[] products, boolean[] whole, int start) {
			int sumX = 0, sumY = 0, sumSquares = 0, sumProducts = 0;
			for (int i = 0; i < x.length; i++) {
				sumX += x[i];
				sumY += y[i];
				sumSquares += squares[i];
				sumProducts += products[i];
				int left = i - SIDE + 1;
				if (left < 0) continue;
				if (whole == null || whole[start + left]) {
					sum += similarity(sumX, sumY, sumSquares, sumProducts);
					count++;
				}
				sumX -= x[left];
				sumY -= y[left];
				sumSquares -= squares[left];
				sumProducts -= products[left];
			}
		}
	}

	private static double similarity(double x, double y, double squares, double products) {
		double xy = x * y / AREA, xxyy = (x * x + y * y) / AREA;
		double covariance = (products - xy) / (AREA - 1), variances = (squares - xxyy) / (AREA - 1);
		return (2 * xy / AREA + C1) * (2 * covariance + C2) / ((xxyy / AREA + C1) * (variances + C2));
	}

	/** For each pixel of the rows, whether the window that begins there has only pixels that count; null if all count. */
	private static boolean[] wholeWindows(int width, boolean[] inside, int from, int to) {
		if (inside == null) return null;
		var whole = new boolean[(to - from) * width];
		var column = new int[width];
		for (int row = from; row < to + SIDE - 1; row++) {
			for (int i = 0; i < width; i++) {
				column[i] += inside[row * width + i] ? 1 : 0;
				if (row - SIDE >= from && inside[(row - SIDE) * width + i]) column[i]--;
			}
			int top = row - SIDE + 1;
			for (int i = 0, sum = 0; top >= from && i < width; i++) {
				sum += column[i];
				if (i < SIDE - 1) continue;
				whole[(top - from) * width + i - SIDE + 1] = sum == AREA;
				sum -= column[i - SIDE + 1];
			}
		}
		return whole;
	}

	private static double square(double value) {
		return value * value;
	}
}
