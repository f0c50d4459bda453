package io.github.densecolorize.image;

import java.util.Arrays;
import java.util.List;

import net.imglib2.img.array.ArrayImgs;

/**
 * How close the colours of a colorized image are to those of the original, measured on the 8-bit RGB pixels that are seen.
 *
 * @param pixels that were compared
 * @param original its colours
 * @param colorized its colours
 * @param infoLoss |InEn of the original - InEn of the colorized|, in the unit of the {@link Entropy.Kind}
 * @param psnr of RGB, dB; infinite if both are equal, see {@link Psnr}
 * @param ssim of RGB, see {@link Ssim}; NaN if the image or region is less than 7 pixels wide or high
 * @param abSquares sum over the pixels of the squared errors of a* and b*
 * @param chromaSquares sum over the pixels of the squares of the original's a* and b*: what {@code abSquares} would be if it had stayed gray
 * @param ciede2000 mean over the pixels, see {@link ColorDifference}
 * @param ciede2000P95 95th percentile: the smallest value that at least 95 % of the pixels do not exceed
 * @param maxDL largest |difference of L*| of a pixel
 */
public record Comparison(long pixels, Colours original, Colours colorized, double infoLoss, double psnr, double ssim, double abSquares,
	double chromaSquares, double ciede2000, double ciede2000P95, double maxDL)
{

	/**
	 * Compares on all cores.
	 *
	 * @param original sRGB pixels in rows, alpha ignored
	 * @param colorized as many
	 * @param width of a row
	 * @param inside which pixels are compared, in the same order; null for all
	 */
	public static Comparison of(int[] original, int[] colorized, int width, boolean[] inside, Entropy.Kind kind) {
		double ssim = Ssim.of(original, colorized, width, inside);
		int[] wanted = inside == null ? original : chosen(original, inside), found = inside == null ? colorized : chosen(colorized, inside);
		var differences = new float[wanted.length];
		var all = new Sums(kind);
		Bands.of(wanted.length, Entropy.BAND, (from, to) -> new Sums(kind).add(wanted, found, from, to, differences)).forEach(all::add);
		return all.comparison(ssim, differences);
	}

	/** Root of the mean squared error of a* and b*, per channel. */
	public double abRmse() {
		return Math.sqrt(abSquares / (2 * pixels));
	}

	/** Whether the colours are farther from the original's than none would be. */
	public boolean isWorseThanGray() {
		return abSquares > chromaSquares;
	}

	/** The pixels that are compared, in their order. */
	public static int[] chosen(int[] pixels, boolean[] inside) {
		var chosen = new int[pixels.length];
		int n = 0;
		for (int i = 0; i < pixels.length; i++)
			if (inside[i]) chosen[n++] = pixels[i];
		return Arrays.copyOf(chosen, n);
	}

	/** What is summed up over pixels. */
	private static final class Sums {

		private final Entropy wantedEntropy, foundEntropy;
		private final Colourfulness wantedColourfulness = new Colourfulness(), foundColourfulness = new Colourfulness();
		private final Psnr psnr = new Psnr();
		private double abSquares, chromaSquares, ciede2000, maxDL;

		Sums(Entropy.Kind kind) {
			wantedEntropy = new Entropy(kind);
			foundEntropy = new Entropy(kind);
		}

		Sums add(int[] wanted, int[] found, int from, int to, float[] differences) {
			float[] l1 = new float[Entropy.BLOCK], a1 = l1.clone(), b1 = l1.clone(), l2 = l1.clone(), a2 = l1.clone(), b2 = l1.clone();
			for (int start = from; start < to; start += Entropy.BLOCK) {
				int n = Math.min(Entropy.BLOCK, to - start);
				int[] original = Arrays.copyOfRange(wanted, start, start + n), result = Arrays.copyOfRange(found, start, start + n);
				Lab.fromArgb(original, l1, a1, b1);
				Lab.fromArgb(result, l2, a2, b2);
				wantedEntropy.add(a1, b1, n);
				foundEntropy.add(a2, b2, n);
				wantedColourfulness.add(original);
				foundColourfulness.add(result);
				psnr.add(original, result);
				for (int i = 0; i < n; i++) {
					double da = a2[i] - a1[i], db = b2[i] - b1[i], difference = ColorDifference.ciede2000(l1[i], a1[i], b1[i], l2[i], a2[i], b2[i]);
					abSquares += da * da + db * db;
					chromaSquares += a1[i] * a1[i] + b1[i] * b1[i];
					ciede2000 += difference;
					differences[start + i] = (float) difference;
					maxDL = Math.max(maxDL, Math.abs(l2[i] - l1[i]));
				}
			}
			return this;
		}

		void add(Sums other) {
			wantedEntropy.add(other.wantedEntropy);
			foundEntropy.add(other.foundEntropy);
			wantedColourfulness.add(other.wantedColourfulness);
			foundColourfulness.add(other.foundColourfulness);
			psnr.add(other.psnr);
			abSquares += other.abSquares;
			chromaSquares += other.chromaSquares;
			ciede2000 += other.ciede2000;
			maxDL = Math.max(maxDL, other.maxDL);
		}

		Comparison comparison(double ssim, float[] differences) {
			int n = differences.length;
			double p95 = n == 0 ? Double.NaN : new Percentiles(List.of(ArrayImgs.floats(differences, n))).at(95)[0];
			return new Comparison(n, Colours.of(wantedEntropy, wantedColourfulness), Colours.of(foundEntropy, foundColourfulness), wantedEntropy
				.infoLoss(foundEntropy), psnr.value(), ssim, abSquares, chromaSquares, ciede2000 / n, p95, maxDL);
		}
	}
}
