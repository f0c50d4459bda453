package io.github.densecolorize.data;

import java.util.Arrays;
import java.util.SplittableRandom;

import io.github.densecolorize.net.Cues;

/**
 * Hints as a user might give them, drawn for the crops of a training from their true colours as R. Zhang et al. 2017 do (arXiv:1705.02999, section
 * 3.1): so many small squares that the number is geometrically distributed, their sides uniformly, their places normally around the middle. A square
 * tells its mean colour. One crop of a hundred is told completely.
 */
final class SimulatedHints {

	/** How likely it is that no further square follows, and that all is told. */
	private static final double LAST = 1 / 8.0, ALL = 0.01;
	private static final int LARGEST = 9;
	/** Standard deviation of a place, in sides of the crop. */
	private static final double SPREAD = 1 / 4.0;

	private final int side;
	/** True a* of a crop, row by row, and then b*. */
	private final float[] ab;
	private final float[] hints;

	private SimulatedHints(float[] ab) {
		this.ab = ab;
		side = (int) Math.sqrt(ab.length / 2);
		hints = new float[Cues.HINTS * side * side];
	}

	/**
	 * @param ab a* and b* of a square crop
	 * @return a*, b*, and 1 where they are told; 0 elsewhere
	 */
	static float[] draw(SplittableRandom random, float[] ab) {
		var drawn = new SimulatedHints(ab);
		if (random.nextDouble() < ALL) drawn.tellAll();
		else while (random.nextDouble() >= LAST)
			drawn.tell(1 + random.nextInt(LARGEST), drawn.place(random), drawn.place(random));
		return drawn.hints;
	}

	private void tellAll() {
		System.arraycopy(ab, 0, hints, 0, ab.length);
		Arrays.fill(hints, ab.length, hints.length, 1);
	}

	private double place(SplittableRandom random) {
		return side * (0.5 + SPREAD * random.nextGaussian());
	}

	/** Tells the colours of a square; nothing if none of it lies in the crop. */
	private void tell(int size, double x, double y) {
		int left = (int) Math.round(x - size / 2.0), top = (int) Math.round(y - size / 2.0);
		int fromX = Math.max(0, left), toX = Math.min(side, left + size), fromY = Math.max(0, top), toY = Math.min(side, top + size);
		if (toX <= fromX || toY <= fromY) return;
		int pixels = side * side;
		double a = 0, b = 0, count = (toX - fromX) * (toY - fromY);
		for (int row = fromY; row < toY; row++)
			for (int i = row * side + fromX; i < row * side + toX; i++) {
				a += ab[i] / count;
				b += ab[pixels + i] / count;
			}
		for (int row = fromY; row < toY; row++) {
			Arrays.fill(hints, row * side + fromX, row * side + toX, (float) a);
			Arrays.fill(hints, pixels + row * side + fromX, pixels + row * side + toX, (float) b);
			Arrays.fill(hints, 2 * pixels + row * side + fromX, 2 * pixels + row * side + toX, 1);
		}
	}
}
