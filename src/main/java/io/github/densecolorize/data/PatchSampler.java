package io.github.densecolorize.data;

import java.util.Arrays;
import java.util.HashMap;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

import net.imglib2.FinalInterval;
import net.imglib2.Interval;
import net.imglib2.util.Intervals;

import io.github.densecolorize.image.Turn;
import io.github.densecolorize.model.TrainingSettings;
import io.github.densecolorize.model.TrainingSettings.Augmentation;
import io.github.densecolorize.net.Cues;

/**
 * Draws batches of random crops. A batch depends only on the seed and the step, so that any thread can make any batch, and a resumed run needs no
 * stored state of random numbers.
 */
public final class PatchSampler {

	/**
	 * Smallest part of an image's side that the guidance stream is shown in training, since in use fields of view differ in size by that much; and at
	 * jitter 1.
	 */
	private static final double SMALLEST_FIELD = 0.7, SMALLEST_JITTERED_FIELD = 0.5;
	/** Logarithm of the largest change of a crop's size at jitter 1, as other objectives and scanners have another resolution: half to twice. */
	private static final double ZOOM = Math.log(2);

	private final PatchSet set;
	private final TrainingSettings settings;
	private final ChromaWeights weights;
	private final boolean tellsHints;
	/** For each image, the sum of the weights of all images up to it. */
	private final double[] cumulative;

	/**
	 * @param set at least one image, none smaller than a patch
	 * @param settings seed, batch, patch, both balances, augmentation and jitter
	 * @param weights of the colours
	 * @param tellsHints whether random batches come with simulated hints; all else is the same with and without them
	 */
	public PatchSampler(PatchSet set, TrainingSettings settings, ChromaWeights weights, boolean tellsHints) {
		this.tellsHints = tellsHints;
		this.set = set;
		this.settings = settings;
		this.weights = weights;
		var counts = set.counts();
		var within = withinClass();
		cumulative = new double[set.size()];
		for (int i = 0; i < cumulative.length; i++)
			cumulative[i] = Math.pow(counts[set.label(i)], -settings.balance()) * within[i];
		Arrays.parallelPrefix(cumulative, Double::sum);
	}

	/** How much more often than the mean image of its class each image is to be drawn, so that laboratories count as the settings say. */
	private double[] withinClass() {
		var counts = set.counts();
		var images = new HashMap<Origin, Integer>();
		for (int i = 0; i < set.size(); i++)
			images.merge(origin(i), 1, Integer::sum);
		var factors = new double[set.size()];
		var sums = new double[counts.length];
		for (int i = 0; i < factors.length; i++)
			sums[set.label(i)] += factors[i] = Math.pow(images.get(origin(i)), -settings.laboratoryBalance());
		for (int i = 0; i < factors.length; i++)
			factors[i] *= counts[set.label(i)] / sums[set.label(i)];
		return factors;
	}

	/** A class of a laboratory. */
	private record Origin(int label, int group) {}

	private Origin origin(int i) {
		return new Origin(set.label(i), set.group(i));
	}

	/** The random batch of a step. */
	public Batch draw(long step) {
		// The seed is multiplied, because neighbouring seeds of a SplittableRandom give related numbers at first.
		long seed = (settings.seed() * 0x9E3779B97F4A7C15L + step) * 0xD1342543DE82EF95L;
		var random = new SplittableRandom(seed);
		// Numbers of their own, so that networks with and without hints see the same crops.
		var ofHints = new SplittableRandom(~seed);
		var batch = empty(settings.batch(), tellsHints);
		for (int i = 0; i < batch.size(); i++) {
			var sample = set.get(image(random.nextDouble() * cumulative[cumulative.length - 1]));
			var turn = turn(random, settings.augmentation());
			// Half of the crops are not changed, so that the model does not become worse for images of the laboratories from which it learns.
			double strength = settings.jitter() > 0 && random.nextBoolean() ? settings.jitter() : 0;
			var jitter = LightnessJitter.draw(random, strength);
			double zoom = strength == 0 ? 1 : Math.exp(strength * ZOOM * (2 * random.nextDouble() - 1));
			int side = Math.min(sample.side(), (int) Math.round(settings.patch() * zoom));
			int x = random.nextInt(sample.side() - side + 1), y = random.nextInt(sample.side() - side + 1);
			put(batch, i, sample, FinalInterval.createMinSize(x, y, side, side), turn, jitter);
			double smallest = SMALLEST_FIELD + strength * (SMALLEST_JITTERED_FIELD - SMALLEST_FIELD);
			var field = jitter.apply(field(sample, random, smallest), set.fieldSize(), set.fieldSize() / (double) sample.side());
			System.arraycopy(turn.apply(field, set.fieldSize()), 0, batch.fields(), i * field.length, field.length);
			if (tellsHints && batch.isColoured(i)) tell(ofHints, batch, i);
		}
		return batch;
	}

	private static void tell(SplittableRandom random, Batch batch, int i) {
		int values = 2 * batch.patch() * batch.patch();
		var hints = SimulatedHints.draw(random, Arrays.copyOfRange(batch.ab(), i * values, (i + 1) * values));
		System.arraycopy(hints, 0, batch.hints(), i * hints.length, hints.length);
	}

	/**
	 * The central crops of given images, neither turned nor mirrored.
	 *
	 * @param images their indices
	 */
	public Batch centres(int... images) {
		var batch = empty(images.length, false);
		IntStream.range(0, images.length).parallel().forEach(i -> {
			var sample = set.get(images[i]);
			int margin = (sample.side() - settings.patch()) / 2;
			put(batch, i, sample, FinalInterval.createMinSize(margin, margin, settings.patch(), settings.patch()), Turn.NONE, LightnessJitter.NONE);
			var field = sample.wholeField(set.fieldSize());
			System.arraycopy(field, 0, batch.fields(), i * field.length, field.length);
		});
		return batch;
	}

	private Batch empty(int size, boolean hints) {
		int patch = settings.patch(), field = set.fieldSize();
		return new Batch(size, patch, new float[size * patch * patch], new float[size * 2 * patch * patch], new float[size * patch * patch],
			new float[size * field * field], new int[size], new float[hints ? size * Cues.HINTS * patch * patch : 0]);
	}

	private int image(double weight) {
		int found = Arrays.binarySearch(cumulative, weight);
		return Math.min(found < 0 ? -found - 1 : found + 1, cumulative.length - 1);
	}

	/** @param part of the image that becomes the crop, square */
	private void put(Batch batch, int i, ColorSample sample, Interval part, Turn turn, LightnessJitter jitter) {
		int patch = settings.patch(), pixels = patch * patch;
		var l = jitter.apply(sample.crop(sample.l(), part, patch), patch, 1);
		float[] a = sample.crop(sample.a(), part, patch), b = sample.crop(sample.b(), part, patch);
		boolean coloured = set.isColoured(sample.label());
		for (int y = 0; y < patch; y++)
			for (int x = 0; x < patch; x++) {
				int from = y * patch + x, to = turn.index(x, y, patch);
				batch.l()[i * pixels + to] = l[from];
				batch.ab()[2 * i * pixels + to] = a[from];
				batch.ab()[(2 * i + 1) * pixels + to] = b[from];
				batch.weights()[i * pixels + to] = coloured ? weights.of(a[from], b[from]) : 0;
			}
		batch.labels()[i] = sample.label();
	}

	/**
	 * The guidance image of a random part.
	 *
	 * @param smallest share of the image's side
	 */
	private float[] field(ColorSample sample, SplittableRandom random, double smallest) {
		int size = sample.fieldDetail(), width = part(random, size, smallest), height = part(random, size, smallest);
		return sample.field(Intervals.createMinSize(random.nextInt(size - width + 1), random.nextInt(size - height + 1), width, height), set
			.fieldSize());
	}

	private static int part(SplittableRandom random, int size, double smallest) {
		return (int) Math.round(size * (smallest + (1 - smallest) * random.nextDouble()));
	}

	private static Turn turn(SplittableRandom random, Augmentation augmentation) {
		int turn = 0;
		for (int bit = 1; bit < augmentation.turns(); bit *= 2)
			if (random.nextBoolean()) turn += bit;
		return Turn.of(turn);
	}
}
