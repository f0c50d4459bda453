package io.github.densecolorize.image;

import java.util.function.Supplier;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.converter.Converter;
import net.imglib2.converter.Converters;
import net.imglib2.type.numeric.ARGBType;
import net.imglib2.type.numeric.real.FloatType;

/**
 * CIE L*a*b* (D65, 2 degree observer) of sRGB (IEC 61966-2-1), in both directions.
 * <p>
 * L* is 0..100; a* and b* of sRGB colours are -86.2..98.2 and -107.9..94.5. The matrix is that of OpenCV and
 * scikit-image. The white point is the colour of sRGB white under this matrix, as in OpenCV, so that every gray has
 * a* = b* = 0 exactly; scikit-image's rounded white (0.95047, 1, 1.08883) tints grays by up to 0.006.
 */
public final class Lab {

	/** Shares of red and blue in X, Y and Z, each divided by the value of white; green has the rest up to 1. */
	private static final double XR = 0.412453 / 0.950456, XB = 0.180423 / 0.950456;
	private static final double YR = 0.212671, YB = 0.072169;
	private static final double ZR = 0.019334 / 1.088754, ZB = 0.950227 / 1.088754;

	/** The way back: linear red = Y + RX (X - Y) + RZ (Z - Y), with X, Y, Z of white = 1; green and blue likewise. */
	public static final double RX, RZ, GX, GZ, BX, BZ;

	/** Up to this value of f the formula of L*a*b* has the straight line t = SLOPE (f - OFFSET) instead of t = f³ (CIE 15:2004). */
	public static final double KNEE = 6.0 / 29, SLOPE = 3 * KNEE * KNEE, OFFSET = 4.0 / 29;

	/** The {@link #cell} of 2^-7, which is the power of two just below that value. */
	private static final int FIRST_CELL = (1023 - 7) << 8;

	/** t^(-1/3) in the middle of each cell up to t = 2: white is 1, and rounding may exceed it. */
	private static final float[] INVERSE_ROOT = new float[8 << 8];

	/** Linear value of an 8-bit sRGB channel. */
	private static final double[] LINEAR = new double[256];

	/** For each 8-bit value v, the linear value from which on a channel is rounded to v + 1 or more. */
	private static final double[] NEXT = new double[256];

	/** 8-bit channel at the start of each cell of linear values; a cell has at most one step, see {@link #NEXT}. */
	private static final byte[] CODE = new byte[4096];

	/** Range of linear values that are rounded to 0..255; a colour with a channel beyond it is outside sRGB. */
	public static final double DARKEST = -linear(0.5 / 255), BRIGHTEST = linear(255.5 / 255);

	/** No sRGB colour has more chroma (blue: 133.8). */
	public static final double MAX_CHROMA = 134;

	/** How often the chroma interval is halved: the last step is MAX_CHROMA / 2^12 = 0.03, a tenth of an 8-bit step. */
	public static final int HALVINGS = 12;

	/** Opaque black, as 8-bit channels: alpha, red, green, blue. */
	public static final int BLACK = 0xff000000;

	/** A value that is not an opaque colour, so it can't be a result. */
	private static final int OUTSIDE = 0;

	static {
		for (int i = 0; i < INVERSE_ROOT.length; i++)
			INVERSE_ROOT[i] = (float) (1 / Math.cbrt(Double.longBitsToDouble((2L * (FIRST_CELL + i) + 1) << 43)));
		for (int v = 0; v < 256; v++) {
			LINEAR[v] = linear(v / 255.0);
			NEXT[v] = linear((v + 0.5) / 255);
		}
		for (int i = 0, v = 0; i < CODE.length; i++) {
			while (i >= NEXT[v] * CODE.length) v++;
			CODE[i] = (byte) v;
		}
		// With p = R - G, q = B - G: X - Y = xp p + xq q and Z - Y = zp p + zq q. Solved for p, q.
		double xp = XR - YR, xq = XB - YB, zp = ZR - YR, zq = ZB - YB, det = xp * zq - xq * zp;
		double px = zq / det, pz = -xq / det, qx = -zp / det, qz = xp / det;
		GX = -YR * px - YB * qx;
		GZ = -YR * pz - YB * qz;
		RX = GX + px;
		RZ = GZ + pz;
		BX = GX + qx;
		BZ = GZ + qz;
	}

	private Lab() {}

	/**
	 * @param v gray, 0..1, sRGB coded
	 * @return L*, 0..100
	 */
	public static float lightness(double v) {
		return lightnessOfY(linear(v));
	}

	/**
	 * @param argb sRGB colour, alpha ignored
	 * @param lab set to L*, a*, b*
	 */
	public static void fromArgb(int argb, float[] lab) {
		double r = LINEAR[argb >> 16 & 255], g = LINEAR[argb >> 8 & 255], b = LINEAR[argb & 255];
		double fy = f(luminance(r, g, b));
		lab[0] = (float) (116 * fy - 16);
		lab[1] = (float) (500 * (f(g + XR * (r - g) + XB * (b - g)) - fy));
		lab[2] = (float) (200 * (fy - f(g + ZR * (r - g) + ZB * (b - g))));
	}

	/**
	 * @param argb n sRGB colours, alpha ignored
	 * @param l set to L*; this and the next two have n elements or more
	 * @param a set to a*
	 * @param b set to b*
	 */
	public static void fromArgb(int[] argb, float[] l, float[] a, float[] b) {
		var lab = new float[3];
		for (int i = 0; i < argb.length; i++) {
			fromArgb(argb[i], lab);
			l[i] = lab[0];
			a[i] = lab[1];
			b[i] = lab[2];
		}
	}

	/**
	 * The sRGB colour of this lightness, hue and chroma, or with as much of the chroma as sRGB has.
	 * <p>
	 * Colours outside sRGB lose chroma, never lightness: L* of the result is {@code l} within 0.3 whatever a* and b*
	 * (rounding each channel to 8 bit takes up to 0.26, at dark grays). A gray (a* = b* = 0) comes out as a gray.
	 * Black (L* = 0) comes out as black: rounding would leave up to 6 of blue. At the yellow corner (L* 96..98), where sRGB is not convex, more chroma may be lost than needed.
	 *
	 * @param l L*, 0..100; values outside are clipped
	 * @param a a*
	 * @param b b*
	 * @return opaque sRGB colour
	 */
	public static int toArgb(float l, float a, float b) {
		if (!(l > 0)) return BLACK;
		double fy = (Math.min(l, 100) + 16.0) / 116;
		double y = inverse(fy), u = a * (1.0 / 500), w = b * (-1.0 / 200);
		int argb = encode(fy, y, u, w);
		return argb != OUTSIDE ? argb : reduceChroma(fy, y, u, w, Math.hypot(a, b));
	}

	/**
	 * {@link #toArgb(float, float, float)} for n pixels.
	 *
	 * @param l L*; this and the next two have n elements or more
	 * @param a a*
	 * @param b b*
	 * @param argb set to n opaque sRGB colours
	 */
	public static void toArgb(float[] l, float[] a, float[] b, int[] argb) {
		for (int i = 0; i < argb.length; i++)
			argb[i] = toArgb(l[i], a[i], b[i]);
	}

	/**
	 * @param rgb sRGB image
	 * @return its L*, 0..100, computed when read
	 */
	public static RandomAccessibleInterval<FloatType> lightness(RandomAccessibleInterval<ARGBType> rgb) {
		Converter<ARGBType, FloatType> lightness = (in, out) -> out.set(lightnessOfArgb(in.get()));
		return Converters.convert(rgb, lightness, new FloatType());
	}

	/**
	 * @param rgb sRGB image
	 * @return its a*, computed when read
	 */
	public static RandomAccessibleInterval<FloatType> a(RandomAccessibleInterval<ARGBType> rgb) {
		return component(rgb, 1);
	}

	/**
	 * @param rgb sRGB image
	 * @return its b*, computed when read
	 */
	public static RandomAccessibleInterval<FloatType> b(RandomAccessibleInterval<ARGBType> rgb) {
		return component(rgb, 2);
	}

	private static RandomAccessibleInterval<FloatType> component(RandomAccessibleInterval<ARGBType> rgb, int index) {
		// Each thread has an array of its own.
		Supplier<Converter<? super ARGBType, ? super FloatType>> converters = () -> {
			var lab = new float[3];
			return (in, out) -> {
				fromArgb(in.get(), lab);
				out.set(lab[index]);
			};
		};
		return Converters.convert(rgb, converters, new FloatType());
	}

	private static float lightnessOfArgb(int argb) {
		return lightnessOfY(luminance(LINEAR[argb >> 16 & 255], LINEAR[argb >> 8 & 255], LINEAR[argb & 255]));
	}

	private static float lightnessOfY(double y) {
		return (float) (116 * f(y) - 16);
	}

	// Computed as the difference from green, so that three equal channels give exactly their own value.
	private static double luminance(double r, double g, double b) {
		return g + YR * (r - g) + YB * (b - g);
	}

	private static double linear(double v) {
		return v <= 0.04045 ? v / 12.92 : Math.pow((v + 0.055) / 1.055, 2.4);
	}

	private static double f(double t) {
		return t > KNEE * KNEE * KNEE ? cubeRoot(t) : t / SLOPE + OFFSET;
	}

	/**
	 * t · (t^(-1/3))², the inverse root by one step of the third order from a guess in a table: only products, and an error below 2e-9. Four times
	 * as fast as Math.cbrt, on which the conversion of colours spends most of its time.
	 */
	private static double cubeRoot(double t) {
		double r = INVERSE_ROOT[cell(t)], h = 1 - t * r * r * r;
		r += r * h * (1.0 / 3 + h * (2.0 / 9));
		return t * r * r;
	}

	/** The exponent of a number and the first eight bits after it. */
	private static int cell(double t) {
		return (int) (Double.doubleToRawLongBits(t) >>> 44) - FIRST_CELL;
	}

	private static double inverse(double f) {
		return f > KNEE ? f * f * f : SLOPE * (f - OFFSET);
	}

	private static int reduceChroma(double fy, double y, double u, double w, double chroma) {
		int best = encode(fy, y, 0, 0);
		double inside = 0, outside = Math.min(1, MAX_CHROMA / chroma);
		for (int i = 0; i < HALVINGS; i++) {
			double middle = (inside + outside) / 2;
			int argb = encode(fy, y, middle * u, middle * w);
			if (argb == OUTSIDE) outside = middle;
			else {
				inside = middle;
				best = argb;
			}
		}
		return best;
	}

	private static int encode(double fy, double y, double u, double w) {
		double x = inverse(fy + u) - y, z = inverse(fy + w) - y;
		double r = y + RX * x + RZ * z, g = y + GX * x + GZ * z, b = y + BX * x + BZ * z;
		if (isInside(r) && isInside(g) && isInside(b)) return 255 << 24 | code(r) << 16 | code(g) << 8 | code(b);
		return OUTSIDE;
	}

	private static boolean isInside(double linear) {
		return linear > DARKEST && linear < BRIGHTEST;
	}

	private static int code(double linear) {
		if (linear <= 0) return 0;
		if (linear >= 1) return 255;
		int v = CODE[(int) (linear * CODE.length)] & 255;
		return linear < NEXT[v] ? v : v + 1;
	}
}
