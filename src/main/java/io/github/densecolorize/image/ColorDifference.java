package io.github.densecolorize.image;

import static java.lang.Math.abs;
import static java.lang.Math.atan2;
import static java.lang.Math.cos;
import static java.lang.Math.exp;
import static java.lang.Math.sin;
import static java.lang.Math.sqrt;
import static java.lang.Math.toDegrees;
import static java.lang.Math.toRadians;


/** How different two colours look. */
public final class ColorDifference {

	/** Half a turn in degrees, and a little more, so that for opposite hues rounding does not decide which way round the mean is taken. */
	private static final double HALF_TURN = 180 + 1e-9;

	/** Cosine of the hue difference from which on hues are computed as angles, since the mean direction of opposite hues is ill-defined. */
	private static final double NEARLY_OPPOSITE = -0.99;

	/** Cosine of 161 degrees: hues from 0 to there are so far from 275 degrees that the rotation for blue is less than 1e-9 of its largest value. */
	private static final double COS_NOT_BLUE = cos(toRadians(161));

	private static final double SEVENTH_POWER_OF_25 = 6103515625.0;

	private static final double COS_30 = cos(toRadians(30)), SIN_30 = sin(toRadians(30)), COS_6 = cos(toRadians(6)), SIN_6 = sin(
		toRadians(6)), COS_63 = cos(toRadians(63)), SIN_63 = sin(toRadians(63));

	private ColorDifference() {}

	/**
	 * CIEDE2000 with kL = kC = kH = 1, in the notation of Sharma, Wu and Dalal 2005 (Color Research and Application 30, 21-30). About 1 is just
	 * noticeable. Hues are computed as directions, not as angles: that takes a quarter of the time, and the result is the same to 1e-7.
	 *
	 * @param l1 L* of one colour; then its a*, b* and those of the other
	 * @return difference, 0 or more; symmetric
	 */
	public static double ciede2000(double l1, double a1, double b1, double l2, double a2, double b2) {
		double stretch = 1.5 - 0.5 * shareAbove25((length(a1, b1) + length(a2, b2)) / 2), x1 = stretch * a1, x2 = stretch * a2;
		double c1 = length(x1, b1), c2 = length(x2, b2), c1c2 = c1 * c2;
		double l = (l1 + l2) / 2, fromMiddle = (l - 50) * (l - 50), sL = 1 + 0.015 * fromMiddle / sqrt(20 + fromMiddle);
		double c = (c1 + c2) / 2, sC = 1 + 0.045 * c;
		double dL = (l2 - l1) / sL, dC = (c2 - c1) / sC;
		// A gray has no hue that could differ.
		if (c1c2 == 0) return sqrt(dL * dL + dC * dC);

		// Direction of the mean hue, and ΔH'.
		double cos, sin, dH;
		double cosOfDifference = (x1 * x2 + b1 * b2) / c1c2;
		if (cosOfDifference > NEARLY_OPPOSITE) {
			double cosOfHalf = sqrt((1 + cosOfDifference) / 2);
			cos = (x1 / c1 + x2 / c2) / (2 * cosOfHalf);
			sin = (b1 / c1 + b2 / c2) / (2 * cosOfHalf);
			dH = (x1 * b2 - x2 * b1) / (sqrt(c1c2) * cosOfHalf);
		}
		else {
			double h1 = hue(x1, b1), h2 = hue(x2, b2), h = toRadians(meanHue(h1, h2)), dh = h2 - h1;
			if (dh > HALF_TURN) dh -= 360;
			else if (dh < -HALF_TURN) dh += 360;
			cos = cos(h);
			sin = sin(h);
			dH = 2 * sqrt(c1c2) * sin(toRadians(dh / 2));
		}

		double cos2 = 2 * cos * cos - 1, sin2 = 2 * sin * cos, cos3 = cos2 * cos - sin2 * sin, sin3 = sin2 * cos + cos2 * sin;
		double cos4 = 2 * cos2 * cos2 - 1, sin4 = 2 * sin2 * cos2;
		// T: cosines of h - 30, 2h, 3h + 6 and 4h - 63 degrees.
		double t = 1 - 0.17 * (cos * COS_30 + sin * SIN_30) + 0.24 * cos2 + 0.32 * (cos3 * COS_6 - sin3 * SIN_6) - 0.20 * (cos4 * COS_63 +
			sin4 * SIN_63);
		dH /= 1 + 0.015 * c * t;
		return sqrt(dL * dL + dC * dC + dH * dH + rotation(cos, sin, c) * dC * dH);
	}

	/** R_T, which rotates the ellipses of equal difference around blue. */
	private static double rotation(double cos, double sin, double c) {
		if (sin >= 0 && cos > COS_NOT_BLUE) return 0;
		double fromBlue = (hue(cos, sin) - 275) / 25;
		return -2 * shareAbove25(c) * sin(toRadians(60 * exp(-fromBlue * fromBlue)));
	}

	private static double shareAbove25(double chroma) {
		double c3 = chroma * chroma * chroma, c7 = c3 * c3 * chroma;
		return sqrt(c7 / (c7 + SEVENTH_POWER_OF_25));
	}

	/** Math.hypot guards against overflow, which takes long. */
	private static double length(double x, double y) {
		return sqrt(x * x + y * y);
	}

	/** Degrees, 0..360. */
	private static double hue(double a, double b) {
		double h = toDegrees(atan2(b, a));
		return h < 0 ? h + 360 : h;
	}

	private static double meanHue(double h1, double h2) {
		if (abs(h1 - h2) <= HALF_TURN) return (h1 + h2) / 2;
		return h1 + h2 < 360 ? (h1 + h2 + 360) / 2 : (h1 + h2 - 360) / 2;
	}
}
