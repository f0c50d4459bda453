package io.github.densecolorize.data;

import io.github.densecolorize.image.Lab;

/**
 * What a gray image looks like after it was saved as a baseline JPEG file (ITU-T T.81): the cosine transforms of blocks of 8 x 8 pixels are rounded
 * to multiples of numbers that are larger for finer detail. Only those steps of the codec are done that lose something.
 */
final class JpegLoss {

	private static final int SIDE = 8;
	/** The middle of 8 bits, which is subtracted before the transform. */
	private static final int MIDDLE = 128, WHITE = 255;
	/** Quantizers (the numbers to multiples of which is rounded) for lightness at quality 50 (T.81, table K.1), a row for each vertical frequency. */
	private static final int[] QUANTIZERS = { //
		16, 11, 10, 16, 24, 40, 51, 61, //
		12, 12, 14, 19, 26, 58, 60, 55, //
		14, 13, 16, 24, 40, 57, 69, 56, //
		14, 17, 22, 29, 51, 87, 80, 62, //
		18, 22, 37, 56, 68, 109, 103, 77, //
		24, 35, 55, 64, 81, 104, 113, 92, //
		49, 64, 78, 87, 103, 121, 120, 101, //
		72, 92, 95, 98, 112, 100, 103, 99 };
	/** Orthonormal cosines with a row for each frequency, and the same with a row for each position. */
	private static final float[] FORWARD = new float[SIDE * SIDE], INVERSE = new float[SIDE * SIDE];
	/** L* of an 8-bit gray. */
	private static final float[] LIGHTNESS = new float[WHITE + 1];

	static {
		for (int u = 0; u < SIDE; u++)
			for (int x = 0; x < SIDE; x++)
				FORWARD[u * SIDE + x] = INVERSE[x * SIDE + u] = (float) (Math.sqrt((u == 0 ? 1.0 : 2.0) / SIDE) * Math.cos((2 * x + 1) * u * Math.PI /
					(2 * SIDE)));
		for (int v = 0; v <= WHITE; v++)
			LIGHTNESS[v] = Lab.lightness(v / (double) WHITE);
	}

	private JpegLoss() {}

	/**
	 * @param l L* of a square image, row by row; not changed
	 * @param quality of the compression, 1 to 100, on the scale of the Independent JPEG Group
	 * @return L* of the file, which has 8 bits a pixel
	 */
	static float[] saved(float[] l, int side, double quality) {
		var steps = steps(quality);
		var saved = new float[l.length];
		var block = new float[SIDE * SIDE];
		for (int top = 0; top < side; top += SIDE)
			for (int left = 0; left < side; left += SIDE) {
				for (int i = 0; i < block.length; i++) {
					// Blocks that reach beyond the border are filled up with the border's pixels.
					int x = Math.min(side - 1, left + i % SIDE), y = Math.min(side - 1, top + i / SIDE);
					block[i] = (Lab.toArgb(l[y * side + x], 0, 0) & WHITE) - MIDDLE;
				}
				var frequencies = transformed(block, FORWARD);
				for (int i = 0; i < frequencies.length; i++)
					frequencies[i] = (float) Math.rint(frequencies[i] / steps[i]) * steps[i];
				var decoded = transformed(frequencies, INVERSE);
				for (int y = top; y < Math.min(side, top + SIDE); y++)
					for (int x = left; x < Math.min(side, left + SIDE); x++)
						saved[y * side + x] = LIGHTNESS[Math.max(0, Math.min(WHITE, MIDDLE + Math.round(decoded[(y - top) * SIDE + x - left])))];
			}
		return saved;
	}

	/** Quantizers of a quality, as the Independent JPEG Group's cjpeg takes them: half as large at 75, 1 at 100, 2.5 times as large at 20. */
	private static float[] steps(double quality) {
		double factor = quality < 50 ? 50 / quality : 2 - quality / 50;
		var steps = new float[QUANTIZERS.length];
		for (int i = 0; i < steps.length; i++)
			steps[i] = Math.max(1, Math.min(255, Math.round(QUANTIZERS[i] * factor)));
		return steps;
	}

	/** Transforms the rows and then the columns. */
	private static float[] transformed(float[] block, float[] basis) {
		return rowsTransposed(rowsTransposed(block, basis), basis);
	}

	private static float[] rowsTransposed(float[] block, float[] basis) {
		var transformed = new float[block.length];
		for (int y = 0; y < SIDE; y++)
			for (int k = 0; k < SIDE; k++) {
				float sum = 0;
				for (int x = 0; x < SIDE; x++)
					sum += basis[k * SIDE + x] * block[y * SIDE + x];
				transformed[k * SIDE + y] = sum;
			}
		return transformed;
	}
}
