package io.github.densecolorize.image;

import java.util.Arrays;
import java.util.Locale;

/**
 * Information in the colours of an image, InEn, and the Info_loss of a colorization (Zhang et al. 2019, Eq. 6 and 7). InEn of a channel is -Σ p log
 * p over 256 bins: values are rounded to the integers -128..127, and those outside count in the first or last bin. InEn of the image is InEn(a*) +
 * InEn(b*), or that of the pairs (a*, b*). The pixels are added piece by piece, so the image may have any size.
 */
public final class Entropy {

	/** Pixels converted at a time, so that their L*a*b* stay in the processor's cache. */
	static final int BLOCK = 2048;
	/** Smallest number of pixels that is worth a thread of its own. */
	static final int BAND = 1 << 15;

	private static final int BINS = 256;

	/** Base of the logarithm, which determines the unit. The paper does not say which one it used. */
	public enum Base {
		/** Bits. */
		TWO("2", 2),
		/** Nats; 1 bit is 0.693. */
		E("e", Math.E),
		/** Hartleys; 1 bit is 0.301. */
		TEN("10", 10);

		private final String label;
		private final double logarithm;

		Base(String label, double value) {
			this.label = label;
			logarithm = Math.log(value);
		}

		/**
		 * @param label what the user typed
		 * @throws IllegalArgumentException with the list of bases if it is none
		 */
		public static Base of(String label) {
			return Choice.of("Base", label, values());
		}

		/** The name that users type. */
		@Override
		public String toString() {
			return label;
		}
	}

	/** Which histograms InEn of an image is computed from. */
	public enum Histogram {
		/** One histogram of a* and one of b*, whose entropies are added, as in the paper: 0..16 bits. */
		SEPARATE,
		/** One histogram of the pairs (a*, b*): 0..16 bits, at most that of SEPARATE, and less if a* and b* depend on each other. */
		JOINT;

		/**
		 * @param label what the user typed
		 * @throws IllegalArgumentException with the list of histograms if it is none
		 */
		public static Histogram of(String label) {
			return Choice.of("Histogram", label, values());
		}

		/** The name that users type. */
		@Override
		public String toString() {
			return name().toLowerCase(Locale.ROOT);
		}
	}

	/** How InEn is computed. */
	public record Kind(Base base, Histogram histogram) {

		/** As in the paper, in bits. */
		public static final Kind PAPER = new Kind(Base.TWO, Histogram.SEPARATE);

		/**
		 * The choices as they are typed in a macro or a shell.
		 *
		 * @throws IllegalArgumentException with the value and the allowed ones
		 */
		public static Kind of(String base, String histogram) {
			return new Kind(Base.of(base), Histogram.of(histogram));
		}
	}

	private final Kind kind;
	private final long[] histogramA = new long[BINS], histogramB = new long[BINS];
	/** Counts of pairs, with a* in the upper half of the index; null if pairs are not counted. */
	private final int[] pairs;

	/** InEn in bits, as in the paper. */
	public Entropy() {
		this(Kind.PAPER);
	}

	public Entropy(Kind kind) {
		this.kind = kind;
		pairs = kind.histogram() == Histogram.JOINT ? new int[BINS * BINS] : null;
	}

	/**
	 * The entropy of an image, counted on all cores.
	 *
	 * @param argb sRGB pixels, alpha ignored
	 */
	public static Entropy of(int[] argb, Kind kind) {
		var all = new Entropy(kind);
		Bands.of(argb.length, BAND, (from, to) -> {
			var band = new Entropy(kind);
			float[] l = new float[BLOCK], a = l.clone(), b = l.clone();
			for (int start = from; start < to; start += BLOCK) {
				int n = Math.min(BLOCK, to - start);
				Lab.fromArgb(Arrays.copyOfRange(argb, start, start + n), l, a, b);
				band.add(a, b, n);
			}
			return band;
		}).forEach(all::add);
		return all;
	}

	/**
	 * @param a a* of n pixels
	 * @param b b* of the same
	 */
	public void add(float[] a, float[] b) {
		add(a, b, a.length);
	}

	/** Adds the first n pixels. */
	void add(float[] a, float[] b, int n) {
		for (int i = 0; i < n; i++) {
			int binA = bin(a[i]), binB = bin(b[i]);
			histogramA[binA]++;
			histogramB[binB]++;
			if (pairs != null) pairs[binA * BINS + binB]++;
		}
	}

	/** Adds the pixels that another instance of the same kind has counted. */
	void add(Entropy other) {
		Arrays.setAll(histogramA, i -> histogramA[i] + other.histogramA[i]);
		Arrays.setAll(histogramB, i -> histogramB[i] + other.histogramB[i]);
		if (pairs != null) Arrays.setAll(pairs, i -> pairs[i] + other.pairs[i]);
	}

	/** InEn of a*, per pixel in the unit of the base; 0..8 bits. */
	public double ofA() {
		return of(histogramA);
	}

	/** InEn of b*, as that of a*. */
	public double ofB() {
		return of(histogramB);
	}

	/** InEn of the image per pixel in the unit of the base; 0..16 bits. */
	public double inEn() {
		return pairs == null ? ofA() + ofB() : of(Arrays.stream(pairs).filter(n -> n > 0).asLongStream().toArray());
	}

	/**
	 * Info_loss in the unit of the base; 0..16 bits: the difference of both InEn. 0 says that the colours are as varied as in the original,
	 * not that they are the same.
	 *
	 * @param colorized colours made for the image whose own colours are counted here
	 */
	public double infoLoss(Entropy colorized) {
		return Math.abs(inEn() - colorized.inEn());
	}

	/** The nearest integer, and for a half the one above: the same as Math.round, but faster. */
	private static int bin(float value) {
		return Math.max(0, Math.min(BINS - 1, (int) (value + 128.5)));
	}

	private double of(long[] histogram) {
		long total = Arrays.stream(histogram).sum();
		double nats = 0;
		for (long n : histogram)
			if (n > 0) nats += n * Math.log((double) total / n);
		return total == 0 ? 0 : nats / total / kind.base().logarithm;
	}
}
