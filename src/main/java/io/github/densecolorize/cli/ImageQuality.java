package io.github.densecolorize.cli;

import io.github.densecolorize.image.ColorDifference;
import io.github.densecolorize.image.Colourfulness;
import io.github.densecolorize.image.Entropy;
import io.github.densecolorize.image.Lab;
import io.github.densecolorize.image.Psnr;

/**
 * How well an image was colorized, measured on the final 8-bit RGB pixels.
 *
 * @param pixels of the image
 * @param abSquares sum over the pixels of the squared errors of a* and b*
 * @param psnr of RGB, dB; infinite if the result is the original
 * @param ciede2000 mean over the pixels
 * @param colourfulness of the result
 * @param colourfulnessOriginal of the original
 * @param inEn of the result, bits
 * @param infoLoss bits
 * @param lightnessError largest |difference of L*| of a pixel
 * @param classFound 1 if the most likely class is the image's, 0 if not; NaN if the model does not know the image's class
 */
record ImageQuality(long pixels, double abSquares, double psnr, double ciede2000, double colourfulness, double colourfulnessOriginal,
	double inEn, double infoLoss, double lightnessError, double classFound)
{

	/**
	 * @param original sRGB pixels
	 * @param result as many, colorized from the original's L*
	 */
	static ImageQuality of(int[] original, int[] result, double classFound) {
		var psnr = new Psnr();
		psnr.add(original, result);
		var wanted = new Pixels(original);
		var found = new Pixels(result);
		double abSquares = 0, ciede2000 = 0, lightnessError = 0;
		for (int i = 0; i < original.length; i++) {
			float l1 = wanted.l[i], a1 = wanted.a[i], b1 = wanted.b[i], l2 = found.l[i], a2 = found.a[i], b2 = found.b[i];
			abSquares += (a2 - a1) * (a2 - a1) + (b2 - b1) * (b2 - b1);
			ciede2000 += ColorDifference.ciede2000(l1, a1, b1, l2, a2, b2);
			lightnessError = Math.max(lightnessError, Math.abs(l2 - l1));
		}
		return new ImageQuality(original.length, abSquares, psnr.value(), ciede2000 / original.length, found.colourfulness(), wanted
			.colourfulness(), found.entropy().inEn(), wanted.entropy().infoLoss(found.entropy()), lightnessError, classFound);
	}

	/** An image's colours, and what is measured on them alone. */
	private static final class Pixels {

		private final int[] argb;
		private final float[] l, a, b;

		Pixels(int[] argb) {
			this.argb = argb;
			l = new float[argb.length];
			a = l.clone();
			b = l.clone();
			Lab.fromArgb(argb, l, a, b);
		}

		double colourfulness() {
			var colourfulness = new Colourfulness();
			colourfulness.add(argb);
			return colourfulness.value();
		}

		Entropy entropy() {
			var entropy = new Entropy();
			entropy.add(a, b);
			return entropy;
		}
	}
}
