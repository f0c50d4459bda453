package io.github.densecolorize.open;

import java.io.IOException;

import io.github.densecolorize.image.Lab;

/** Reads colours that are stored as three samples, and may be transparent. */
final class TiffColours {

	/** The colour of a pixel. */
	@FunctionalInterface
	interface Colour {

		/**
		 * @param samples three, and the transparency if there is one
		 * @return 0xffRRGGBB
		 */
		int argb(Samples[] samples, int x, int y);
	}

	private TiffColours() {}

	/** Red, green and blue of 8 bits, as in most files. */
	static void paintBytes(Samples[] samples, int x, int y, int n, int[] argb, int at) {
		Samples red = samples[0], green = samples[1], blue = samples[2];
		byte[] r = red.data(), g = green.data(), b = blue.data();
		int step = red.stride(), i = red.at(x, y), j = green.at(x, y), k = blue.at(x, y);
		for (int to = at; to < at + n; to++, i += step, j += step, k += step)
			argb[to] = 0xff000000 | (r[i] & 255) << 16 | (g[j] & 255) << 8 | b[k] & 255;
	}

	/** Red, green and blue of up to 8 bits, and transparency. */
	static Colour rgb(TiffPage page) {
		return (samples, x, y) -> {
			double opacity = samples.length > 3 ? samples[3].number(x, y) / samples[3].max() : 1;
			int argb = 0xff;
			for (int i = 0; i < 3; i++) {
				double v = (samples[i].number(x, y) - samples[i].min()) * 255 / (samples[i].max() - samples[i].min());
				argb = argb << 8 | Rgb.level((page.premultiplied ? v : v * opacity) + 255 * (1 - opacity));
			}
			return argb;
		};
	}

	/** TIFF 6.0, section 21. */
	static Colour yCbCr(TiffPage page) throws IOException {
		// JPEG has no other range.
		if (page.compression == TiffTags.JPEG) return (samples, x, y) -> Rgb.ofJpeg(samples[0].number(x, y), samples[1].number(x, y) - 128, samples[2]
			.number(x, y) - 128);
		double[] luma = page.directory.fractions(TiffTags.YCBCR_COEFFICIENTS), range = page.directory.fractions(TiffTags.BLACK_AND_WHITE);
		double lr = luma.length == 3 ? luma[0] : 0.299, lg = luma.length == 3 ? luma[1] : 0.587, lb = luma.length == 3 ? luma[2] : 0.114;
		if (!(lg > 0)) throw Refusal.damaged("it states that green does not contribute to lightness");
		double[] r = range.length == 6 ? range : new double[] { 0, 255, 128, 255, 128, 255 };
		return (samples, x, y) -> {
			double l = (samples[0].number(x, y) - r[0]) * 255 / (r[1] - r[0]), cb = (samples[1].number(x, y) - r[2]) * 127 / (r[3] - r[2]), cr =
				(samples[2].number(x, y) - r[4]) * 127 / (r[5] - r[4]);
			double red = (2 - 2 * lr) * cr, blue = (2 - 2 * lb) * cb;
			return Rgb.of(l + red, l - (lb * blue + lr * red) / lg, l + blue);
		};
	}

	/** CIE L*a*b*, TIFF 6.0, section 23, and as ICC profiles code it. Colours that sRGB can't show lose chroma, not lightness. */
	static Colour lab(TiffPage page) {
		boolean icc = page.photometric == TiffTags.ICCLAB;
		double unit = page.bits == 8 ? 1 : 256, white = page.bits == 8 ? 255 : icc ? 65280 : 65535, zero = page.bits == 8 ? 128 : 32768;
		return (samples, x, y) -> {
			double l = unsigned(samples[0], x, y) * 100 / white, a = unsigned(samples[1], x, y), b = unsigned(samples[2], x, y);
			if (!icc) {
				// They are signed, whatever the sample format says.
				a -= a >= zero ? 2 * zero : 0;
				b -= b >= zero ? 2 * zero : 0;
			}
			else {
				a -= zero;
				b -= zero;
			}
			return Lab.toArgb((float) Math.min(100, l), (float) (a / unit), (float) (b / unit));
		};
	}

	private static double unsigned(Samples samples, int x, int y) {
		double value = samples.number(x, y);
		return value < 0 ? value + Math.scalb(1.0, samples.bits()) : value;
	}
}
