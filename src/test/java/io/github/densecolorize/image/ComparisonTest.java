package io.github.densecolorize.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

public class ComparisonTest {

	private static final int RED = 0xff0000, GRAY = 0x777777, WIDTH = 32, HEIGHT = 24;
	private static final Entropy.Kind JOINT = Entropy.Kind.of("2", "joint");

	/** Red or gray, half of the pixels each: a bit in a*, the same in b*, and the same in the pair. */
	@ParameterizedTest
	@CsvSource({ "2, separate, 1, 2", "2, joint, 1, 1", "e, separate, 0.693147, 1.386294", "10, joint, 0.301030, 0.301030" })
	public void twoColoursAreOneBit(String base, String histogram, double ofChannel, double ofImage) {
		var colours = Colours.of(new int[] { RED, GRAY, GRAY, RED }, Entropy.Kind.of(base, histogram));
		assertEquals(ofChannel, colours.inEnA(), 1e-6);
		assertEquals(ofChannel, colours.inEnB(), 1e-6);
		assertEquals(ofImage, colours.inEn(), 1e-6);
	}

	@Test
	public void aConstantImageHasNoInformation() {
		for (var kind : new Entropy.Kind[] { Entropy.Kind.PAPER, JOINT })
			assertEquals(new Colours(0, 0, 0, 0), Colours.of(new int[] { GRAY, GRAY, GRAY }, kind));
	}

	/** 2^m values of a*, each with the same 2^n values of b*: m + n bits, together or apart. */
	@ParameterizedTest
	@CsvSource({ "0, 0", "3, 0", "2, 5", "8, 8" })
	public void uniformOverPowersOfTwo(int m, int n) {
		float[] a = new float[1 << m + n], b = a.clone();
		for (int i = 0; i < a.length; i++) {
			a[i] = (i >> n) - 128;
			b[i] = (i & (1 << n) - 1) - 128;
		}
		for (var kind : new Entropy.Kind[] { Entropy.Kind.PAPER, JOINT }) {
			var entropy = new Entropy(kind);
			entropy.add(a, b);
			assertEquals(m, entropy.ofA(), 1e-9);
			assertEquals(n, entropy.ofB(), 1e-9);
			assertEquals(m + n, entropy.inEn(), 1e-9);
		}
	}

	/** b* = a*: knowing one is knowing the other. */
	@Test
	public void jointEntropyCountsWhatIsSharedOnce() {
		var entropy = new Entropy(JOINT);
		entropy.add(new float[] { 1, 2, 3, 4 }, new float[] { 1, 2, 3, 4 });
		assertEquals(2, entropy.inEn(), 1e-12);
	}

	/** Halves go up, as in the paper's rounding; 128 bins below zero, 127 above. */
	@Test
	public void valuesAreRounded() {
		var entropy = new Entropy();
		entropy.add(new float[] { -0.5f, 0.49999997f, 0.5f, 1.4999999f }, new float[] { -128.4f, -1e9f, 126.5f, 1e9f });
		assertEquals(1, entropy.ofA(), 1e-12);
		assertEquals(1, entropy.ofB(), 1e-12);
	}

	@Test
	public void infoLossIsSymmetric() {
		int[] first = image(1), second = image(5);
		for (var kind : new Entropy.Kind[] { Entropy.Kind.PAPER, JOINT }) {
			double loss = Comparison.of(first, second, WIDTH, null, kind).infoLoss();
			assertTrue(loss > 0);
			assertEquals(loss, Comparison.of(second, first, WIDTH, null, kind).infoLoss());
			assertEquals(0, Comparison.of(first, first, WIDTH, null, kind).infoLoss());
		}
	}

	/** More pixels than one thread takes, counted in pieces of another size. */
	@Test
	public void threadsCountWhatOneCounts() {
		int[] pixels = new Random(1).ints(300_001, 0, 1 << 24).toArray();
		var whole = Entropy.of(pixels, JOINT);
		var pieces = new Entropy(JOINT);
		float[] l = new float[1000], a = l.clone(), b = l.clone();
		for (int i = 0; i < pixels.length; i += 1000) {
			int n = Math.min(1000, pixels.length - i);
			Lab.fromArgb(Arrays.copyOfRange(pixels, i, i + n), l, a, b);
			pieces.add(a, b, n);
		}
		assertEquals(pieces.inEn(), whole.inEn());
		assertEquals(pieces.ofA(), whole.ofA());
	}

	/**
	 * scikit-image 0.19.3 on these images: structural_similarity(channel_axis=2, data_range=255), peak_signal_noise_ratio, rgb2lab,
	 * deltaE_ciede2000; the percentile is the value of rank ceil(0.95 n). Its white point is another in the fifth digit.
	 */
	@Test
	public void valuesOfScikitImage() {
		var comparison = Comparison.of(image(1), image(2), WIDTH, null, Entropy.Kind.PAPER);
		assertEquals(0.8300711371761773, comparison.ssim(), 1e-9);
		assertEquals(16.73070985998212, comparison.psnr(), 1e-9);
		assertEquals(9.244945420959965, comparison.ciede2000(), 2e-3);
		assertEquals(51.80217055576569, comparison.ciede2000P95(), 2e-3);
		assertEquals(22.515335286985078, comparison.abRmse(), 2e-3);
		assertEquals(68.42478229408854, comparison.maxDL(), 2e-3);
	}

	/** As above, of parts: [4:20, 5:25] and [:7, :7]. */
	@ParameterizedTest
	@CsvSource({ "5, 4, 20, 16, 0.8577533830627649", "0, 0, 7, 7, 0.9066840080201883" })
	public void aRegionIsMeasuredAsIfCutOut(int x, int y, int width, int height, double ssim) {
		var inside = new boolean[WIDTH * HEIGHT];
		int[] first = new int[width * height], second = first.clone();
		for (int i = 0; i < first.length; i++) {
			int at = (y + i / width) * WIDTH + x + i % width;
			inside[at] = true;
			first[i] = image(1)[at];
			second[i] = image(2)[at];
		}
		var region = Comparison.of(image(1), image(2), WIDTH, inside, Entropy.Kind.PAPER);
		assertEquals(Comparison.of(first, second, width, null, Entropy.Kind.PAPER), region);
		assertEquals(ssim, region.ssim(), 1e-9);
	}

	@Test
	public void whereNoWindowFitsThereIsNoSsim() {
		assertEquals(Double.NaN, Ssim.of(new int[6 * 9], new int[6 * 9], 6, null));
		var row = new boolean[WIDTH * HEIGHT];
		Arrays.fill(row, 0, WIDTH, true);
		assertEquals(Double.NaN, Ssim.of(image(1), image(2), WIDTH, row));
		assertEquals(1, Ssim.of(image(1), image(1), WIDTH, null), 1e-12);
	}

	@ParameterizedTest
	@CsvSource({ "3, separate, 'Base is \"3\"; must be one of 2, e, 10.'", "2, both, 'Histogram is \"both\"; must be one of separate, joint.'" })
	public void badChoicesAreAnsweredWithTheAllowedOnes(String base, String histogram, String answer) {
		assertEquals(answer, assertThrows(IllegalArgumentException.class, () -> Entropy.Kind.of(base, histogram)).getMessage());
	}

	/** Whole numbers, so that NumPy makes the same. */
	private static int[] image(int k) {
		var pixels = new int[WIDTH * HEIGHT];
		for (int y = 0; y < HEIGHT; y++)
			for (int x = 0; x < WIDTH; x++) {
				int r = (x * 7 + y * 3 + k * (x * y % 13)) % 256, g = (x * x + y * 5 + k * ((x + 2 * y) % 11) * 3) % 256;
				int b = (128 + x * 3 - y * 2 + k * ((x * 3 + y) % 7) * 4) % 256;
				pixels[y * WIDTH + x] = r << 16 | g << 8 | b;
			}
		return pixels;
	}
}
