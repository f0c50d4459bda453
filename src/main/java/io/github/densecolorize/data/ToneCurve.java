package io.github.densecolorize.data;

import java.util.SplittableRandom;

/**
 * A smooth curve that L* goes through and that never falls, such as another scanner, exposure, stain time or file would put there: with u = L* / 100,
 *
 * <pre>
 * v = u^gamma
 * w = v + bend sin(2 pi v) / (2 pi) + wave sin(4 pi v) / (4 pi)
 * L* = 50 + contrast (100 w - 50) + shift
 * </pre>
 *
 * @param gamma above 0
 * @param bend positive values make the middle grays flatter and the ends steeper, negative ones the other way round; |bend| + |wave| is below 1
 * @param wave likewise with the ends and the middle steeper, and flatter between them
 * @param contrast factor of the differences from the middle gray of L* = 50
 * @param shift in L*
 */
record ToneCurve(double gamma, double bend, double wave, double contrast, double shift) {

	/** The curve that changes nothing. */
	static final ToneCurve NONE = new ToneCurve(1, 0, 0, 1, 0);

	/** Largest changes at strength 1: of the logarithm of gamma and of the contrast, of bend and wave, and of the shift (L*). */
	private static final double GAMMA = 0.4, CONTRAST = 0.2, BEND = 0.6, WAVE = 0.3, SHIFT = 6;
	private static final double WHITE = 100;

	/** @param strength 0 for no change, 1 for one that is as large as may be expected between laboratories */
	static ToneCurve draw(SplittableRandom random, double strength) {
		return new ToneCurve(Math.exp(strength * GAMMA * symmetric(random)), strength * BEND * symmetric(random), strength * WAVE * symmetric(random),
			Math.exp(strength * CONTRAST * symmetric(random)), strength * SHIFT * symmetric(random));
	}

	/** A random number of -1 to 1. */
	private static double symmetric(SplittableRandom random) {
		return 2 * random.nextDouble() - 1;
	}

	/**
	 * @param l L*
	 * @return its tone, which may be below 0 or above 100
	 */
	double of(double l) {
		double v = Math.pow(Math.max(0, l) / WHITE, gamma), angle = 2 * Math.PI * v;
		double w = v + (bend + wave * Math.cos(angle)) * Math.sin(angle) / (2 * Math.PI);
		return WHITE / 2 + contrast * (WHITE * w - WHITE / 2) + shift;
	}
}
