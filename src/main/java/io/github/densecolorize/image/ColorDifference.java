package io.github.densecolorize.image;

import static java.lang.Math.abs;
import static java.lang.Math.cos;
import static java.lang.Math.exp;
import static java.lang.Math.hypot;
import static java.lang.Math.pow;
import static java.lang.Math.sin;
import static java.lang.Math.sqrt;
import static java.lang.Math.toRadians;

/** How different two colours look. */
public final class ColorDifference {

	/** Degrees; a little more, so that rounding does not decide between two ways round for opposite hues. */
	private static final double HALF_TURN = 180 + 1e-9;

	private ColorDifference() {}

	/**
	 * CIEDE2000 with kL = kC = kH = 1, in the notation of Sharma, Wu and Dalal 2005 (Color Research and Application 30,
	 * 21-30). About 1 is just noticeable.
	 *
	 * @param l1 L* of one colour; then its a*, b* and those of the other
	 * @return difference, 0 or more; symmetric
	 */
	public static double ciede2000(double l1, double a1, double b1, double l2, double a2, double b2) {
		double g = 0.5 * (1 - shareAbove25((hypot(a1, b1) + hypot(a2, b2)) / 2));
		double c1 = hypot((1 + g) * a1, b1), c2 = hypot((1 + g) * a2, b2);
		double h1 = hue((1 + g) * a1, b1), h2 = hue((1 + g) * a2, b2);
		boolean gray = c1 * c2 == 0;

		double dh = gray ? 0 : h2 - h1;
		if (dh > HALF_TURN) dh -= 360;
		else if (dh < -HALF_TURN) dh += 360;
		double dL = l2 - l1, dC = c2 - c1, dH = 2 * sqrt(c1 * c2) * sin(toRadians(dh / 2));

		double l = (l1 + l2) / 2, c = (c1 + c2) / 2, h = gray ? h1 + h2 : meanHue(h1, h2);
		double t = 1 - 0.17 * cos(toRadians(h - 30)) + 0.24 * cos(toRadians(2 * h)) +
			0.32 * cos(toRadians(3 * h + 6)) - 0.20 * cos(toRadians(4 * h - 63));
		double fromMiddle = (l - 50) * (l - 50);
		double sL = 1 + 0.015 * fromMiddle / sqrt(20 + fromMiddle), sC = 1 + 0.045 * c, sH = 1 + 0.015 * c * t;
		double rotation = 30 * exp(-pow((h - 275) / 25, 2));
		double rT = -2 * shareAbove25(c) * sin(toRadians(2 * rotation));
		return sqrt(pow(dL / sL, 2) + pow(dC / sC, 2) + pow(dH / sH, 2) + rT * (dC / sC) * (dH / sH));
	}

	private static double shareAbove25(double chroma) {
		double c7 = pow(chroma, 7);
		return sqrt(c7 / (c7 + pow(25, 7)));
	}

	/** Degrees, 0..360; 0 for gray. */
	private static double hue(double a, double b) {
		double h = Math.toDegrees(Math.atan2(b, a));
		return h < 0 ? h + 360 : h;
	}

	private static double meanHue(double h1, double h2) {
		if (abs(h1 - h2) <= HALF_TURN) return (h1 + h2) / 2;
		return h1 + h2 < 360 ? (h1 + h2 + 360) / 2 : (h1 + h2 - 360) / 2;
	}
}
