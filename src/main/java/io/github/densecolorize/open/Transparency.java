package io.github.densecolorize.open;

/** How transparent pixels are put on white, and the sentence with which users are told; images that are opaque everywhere are not changed. */
final class Transparency {

	static final String SENTENCE = "Transparent parts of it are shown on white.";

	private Transparency() {}

	/**
	 * @param argb a colour, not multiplied by its opacity
	 * @return the opaque colour that it looks like on white
	 */
	static int onWhite(int argb) {
		int opacity = argb >>> 24, out = 0xff;
		for (int shift = 16; shift >= 0; shift -= 8)
			out = out << 8 | ((argb >> shift & 255) * opacity + 255 * (255 - opacity) + 127) / 255;
		return out;
	}

	/** Whether a pixel is not opaque. */
	static boolean isIn(Samples alpha, int x, int width, int height) {
		for (int y = 0; y < height; y++)
			for (int i = 0; i < width; i++)
				if (alpha.number(x + i, y) < alpha.max()) return true;
		return false;
	}
}
