package io.github.densecolorize.data;

import java.util.SplittableRandom;

/**
 * A random change of L*, such as another scanner, exposure, focus, laboratory or file would cause for the same specimen. a* and b* stay as they are.
 *
 * @param tone curve that L* goes through
 * @param blur standard deviation of a Gaussian, in pixels that the network sees
 * @param sharpening how often the difference from the image blurred by {@value #HALO} pixels is added to it (unsharp masking)
 * @param noise standard deviation of what is added to each pixel, in L*
 * @param compression 100 less the quality of a JPEG file that the result is saved in; 0 for none
 * @param seed of the noise
 */
record LightnessJitter(ToneCurve tone, double blur, double sharpening, double noise, double compression, long seed) {

	/** A jitter that changes nothing. */
	static final LightnessJitter NONE = new LightnessJitter(ToneCurve.NONE, 0, 0, 0, 0, 0);

	/** Largest changes at strength 1: of the blur (pixels), the sharpening, the noise (L*) and the JPEG quality. */
	private static final double BLUR = 1.5, SHARPENING = 1, NOISE = 2, COMPRESSION = 80;
	/** Standard deviation, in pixels that the network sees, of the Gaussian that images are sharpened by. */
	private static final double HALO = 1;
	/** A Gaussian narrower than this would take time without changing anything. */
	private static final double LEAST_BLUR = 0.2;
	private static final float WHITE = 100;

	/** @param strength 0 for no change, 1 for one that is as large as may be expected between laboratories */
	static LightnessJitter draw(SplittableRandom random, double strength) {
		if (strength == 0) return NONE;
		// Half of the images are less sharp than the original, the others sharper.
		double focus = 2 * random.nextDouble() - 1;
		return new LightnessJitter(ToneCurve.draw(random, strength), strength * BLUR * Math.max(0, focus), strength * SHARPENING * Math.max(0,
			-focus), strength * NOISE * random.nextDouble(), strength * COMPRESSION * mostlySmall(random), random.nextLong());
	}

	/** 0 to 1, with half of the numbers below 1/8, as most files are of good quality. */
	private static double mostlySmall(SplittableRandom random) {
		return Math.pow(random.nextDouble(), 3);
	}

	/**
	 * @param l L* of a square image, row by row; not changed
	 * @param enlarged how many of its pixels make one pixel that the network sees; the blocks of the compression have 8 of its own pixels
	 * @return the changed L*, 0..100
	 */
	float[] apply(float[] l, int side, double enlarged) {
		if (equals(NONE)) return l;
		var changed = new float[l.length];
		var random = new SplittableRandom(seed);
		var focused = sharpening > 0 ? sharpened(l, side, HALO * enlarged) : blurred(l, side, blur * enlarged);
		for (int i = 0; i < l.length; i++) {
			double value = tone.of(focused[i]);
			// Irwin and Hall: the sum of uniform numbers is nearly normal, and three have a variance of 1/4.
			if (noise > 0) value += 2 * noise * (random.nextDouble() + random.nextDouble() + random.nextDouble() - 1.5);
			changed[i] = (float) Math.max(0, Math.min(WHITE, value));
		}
		return compression == 0 ? changed : JpegLoss.saved(changed, side, 100 - compression);
	}

	private float[] sharpened(float[] l, int side, double sigma) {
		var sharp = blurred(l, side, sigma).clone();
		for (int i = 0; i < l.length; i++)
			sharp[i] = (float) (l[i] + sharpening * (l[i] - sharp[i]));
		return sharp;
	}

	/** Blurs first in one direction and then in the other, which for a Gaussian is the same as both at once; border pixels are repeated. */
	private static float[] blurred(float[] l, int side, double sigma) {
		if (sigma < LEAST_BLUR) return l;
		int radius = (int) Math.ceil(3 * sigma);
		var kernel = new float[2 * radius + 1];
		float sum = 0;
		for (int k = -radius; k <= radius; k++)
			sum += kernel[radius + k] = (float) Math.exp(-k * k / (2 * sigma * sigma));
		for (int k = 0; k < kernel.length; k++)
			kernel[k] /= sum;
		return blurredRowsTransposed(blurredRowsTransposed(l, side, kernel), side, kernel);
	}

	private static float[] blurredRowsTransposed(float[] l, int side, float[] kernel) {
		var blurred = new float[l.length];
		int radius = kernel.length / 2;
		for (int y = 0; y < side; y++)
			for (int x = 0; x < side; x++) {
				float sum = 0;
				for (int k = 0; k < kernel.length; k++)
					sum += kernel[k] * l[y * side + Math.max(0, Math.min(side - 1, x + k - radius))];
				blurred[x * side + y] = sum;
			}
		return blurred;
	}
}
