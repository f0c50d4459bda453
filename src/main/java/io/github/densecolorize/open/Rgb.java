package io.github.densecolorize.open;

/** Turns colours of real numbers into 0xffRRGGBB. */
final class Rgb {

	private Rgb() {}

	/** @param r red, where 255 is the most that can be shown; the same for the others */
	static int of(double r, double g, double b) {
		return 0xff000000 | level(r) << 16 | level(g) << 8 | level(b);
	}

	/** To 0..255. */
	static int level(double value) {
		return (int) Math.max(0, Math.min(255, Math.round(value)));
	}

	/**
	 * The colour of a lightness and two colour differences (ITU-R BT.601).
	 *
	 * @param y 0 to 255
	 * @param cb -128 to 127; the same for cr
	 */
	static int ofYcc(double y, double cb, double cr) {
		return of(y + 1.402 * cr, y - 0.344136 * cb - 0.714136 * cr, y + 1.772 * cb);
	}

	/**
	 * The same in whole numbers, rounded like in the library with which most programs decode JPEG (jdcolor.c), since in dark pixels a difference of
	 * one can be seen.
	 */
	static int ofJpeg(double y, double cb, double cr) {
		return of(y + 91881 * cr / 65536, y - (22554 * cb + 46802 * cr) / 65536, y + 116130 * cb / 65536);
	}

	/**
	 * The same for the range of values that films use.
	 *
	 * @param y 16 to 235
	 * @param cb 16 to 240, without colour 128; the same for cr
	 */
	static int ofFilm(double y, double cb, double cr) {
		return ofYcc((y - 16) * 255 / 219, (cb - 128) * 255 / 224, (cr - 128) * 255 / 224);
	}
}
