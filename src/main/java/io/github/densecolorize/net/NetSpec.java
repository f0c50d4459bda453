package io.github.densecolorize.net;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Size of a colorization network, in the letters of Huang et al. 2017, section 3. The structure is that of Zhang et al. 2019; the numbers
 * of layers are ours, since the paper's table is not available.
 *
 * @param unit what the four blocks are made of
 * @param growthRate feature maps that every dense layer adds (<i>k</i>); the first convolution makes 2<i>k</i> of them, the fusion
 *          4<i>k</i>. Residual blocks are 2<i>k</i> maps wide throughout.
 * @param layers units in each of the four blocks; the fourth stands behind the fusion
 * @param vgg the class guidance stream
 */
public record NetSpec(Unit unit, int growthRate, List<Integer> layers, Vgg vgg) {

	/** What a block repeats. */
	public enum Unit {
		/** BN-ReLU-conv 1×1 to 4k, BN-ReLU-conv 3×3 to k, appended to all maps before it (Huang et al. 2017). */
		DENSE(1),
		/** Twice BN-ReLU-conv 3×3, added to its input (He et al. 2016), as in Qin et al. 2017. */
		RESIDUAL(2);

		private final int convolutions;

		Unit(int convolutions) {
			this.convolutions = convolutions;
		}
	}

	/**
	 * The guidance stream: stages of 3×3 convolutions, each stage closed by a 2×2 maximum pooling, then fully connected layers.
	 *
	 * @param imageSize side of the square image it sees, in pixels (<i>G</i>)
	 * @param widths feature maps of each stage
	 * @param convolutions convolutions in each stage
	 * @param batchNorm whether a batch norm follows each convolution (VGG-16 of 2014 had none)
	 * @param globalPool whether the last maps are averaged to one number each before the fully connected layers
	 * @param fc units of the fully connected layers before the guidance vector (fc1, fc2)
	 */
	public record Vgg(int imageSize, List<Integer> widths, List<Integer> convolutions, boolean batchNorm, boolean globalPool,
		List<Integer> fc)
	{

		public Vgg {
			widths = List.copyOf(widths);
			convolutions = List.copyOf(convolutions);
			fc = List.copyOf(fc);
			check("vgg.widths", widths, MOST_STAGES, MOST_MAPS);
			check("vgg.convolutions", convolutions, MOST_STAGES, MOST_LAYERS);
			check("vgg.fc", fc, MOST_STAGES, MOST_UNITS);
			if (widths.isEmpty()) throw new IllegalArgumentException("vgg.widths is empty; must hold at least one stage");
			if (convolutions.size() != widths.size()) throw new IllegalArgumentException("vgg.convolutions has " + convolutions.size() +
				" stages; must have as many as vgg.widths, " + widths.size());
			if (imageSize < 1 << widths.size()) throw new IllegalArgumentException("vgg.imageSize is " + imageSize + "; must be at least " +
				(1 << widths.size()) + " to be halved " + widths.size() + " times");
			if (imageSize > LARGEST_IMAGE) throw new IllegalArgumentException("vgg.imageSize is " + imageSize + "; must be at most " +
				LARGEST_IMAGE + ", as 16 images at a time must fit into memory");
			double operations = Cost.operations(imageSize, widths, convolutions), bytes = Cost.mapBytes(imageSize, widths, convolutions);
			if (operations > MOST_OPERATIONS || bytes > MOST_BYTES) throw new IllegalArgumentException(String.format(Locale.ROOT,
				"the numbers of vgg make %.1e operations an image and maps of %.1f GB; must be at most %.0e and %.0f GB, or no machine can compute them",
				operations, bytes / 1e9, MOST_OPERATIONS, MOST_BYTES / 1e9));
		}
	}

	/** Bounds that leave room for every network that could be of use, and none for one that stops the program. */
	private static final int MOST_LAYERS = 64, MOST_STAGES = 16, MOST_MAPS = 4096, MOST_UNITS = 1 << 16, LARGEST_IMAGE = 1024;
	/** Floating-point operations a megapixel, and bytes of the weights. */
	private static final double MOST_OPERATIONS = 1e13, MOST_BYTES = 64e9;

	/** Length of the guidance vector. */
	public static final int GUIDANCE = 64;

	private static final Vgg NARROW_VGG = new Vgg(96, List.of(16, 32, 64, 96), List.of(2, 2, 2, 2), true, true, List.of(128, 128));

	private static final Vgg WIDE_VGG = new Vgg(96, List.of(32, 64, 128, 192), List.of(2, 2, 2, 2), true, true, List.of(256, 256));

	/** VGG-16 (Simonyan and Zisserman 2014, column D). */
	private static final Vgg VGG_16 = new Vgg(224, List.of(64, 128, 256, 512, 512), List.of(2, 2, 3, 3, 3), false, false, List.of(4096,
		4096));

	private static final Map<String, NetSpec> PRESETS = new TreeMap<>(Map.of( //
		"compact", new NetSpec(Unit.DENSE, 12, List.of(4, 4, 4, 4), NARROW_VGG), //
		"paper", new NetSpec(Unit.DENSE, 12, List.of(6, 6, 6, 6), VGG_16), //
		"residual", new NetSpec(Unit.RESIDUAL, 16, List.of(2, 2, 2, 2), NARROW_VGG), //
		"wide", new NetSpec(Unit.DENSE, 24, List.of(4, 4, 4, 4), WIDE_VGG)));

	public NetSpec {
		layers = List.copyOf(layers);
		if (unit == null) throw new IllegalArgumentException("unit is missing; must be DENSE or RESIDUAL");
		check("layers", layers, 4, MOST_LAYERS);
		if (layers.size() != 4) throw new IllegalArgumentException("layers has " + layers.size() + " blocks; must have 4");
		if (growthRate < 1 || growthRate > MOST_MAPS) throw new IllegalArgumentException("growthRate is " + growthRate + "; must be 1 to " +
			MOST_MAPS);
		double operations = 1e6 * Cost.flops(unit, growthRate, layers);
		if (operations > MOST_OPERATIONS) throw new IllegalArgumentException(String.format(Locale.ROOT,
			"growthRate %d and layers %s make a network of %.1e operations a megapixel; must be at most %.0e, or an image would take hours",
			growthRate, layers, operations, MOST_OPERATIONS));
		double bytes = Float.BYTES * (double) Cost.weights(unit, growthRate, layers, vgg, 0);
		if (bytes > MOST_BYTES) throw new IllegalArgumentException(String.format(Locale.ROOT,
			"the numbers of net make weights of %.1f GB; must be at most %.0f GB, to fit into a machine's memory", bytes / 1e9, MOST_BYTES / 1e9));
	}

	/**
	 * @param name {@code compact} (a laptop's CPU), {@code paper} (VGG-16 guidance), {@code residual} (the paper's
	 *          comparison) or {@code wide} (twice as many maps as compact)
	 * @throws IllegalArgumentException for any other name
	 */
	public static NetSpec preset(String name) {
		var spec = PRESETS.get(name);
		if (spec == null) throw new IllegalArgumentException("preset is \"" + name + "\"; must be one of " + String.join(", ", PRESETS
			.keySet()));
		return spec;
	}

	/** This network with another side of the guidance image. */
	public NetSpec withImageSize(int imageSize) {
		return new NetSpec(unit, growthRate, layers, new Vgg(imageSize, vgg.widths, vgg.convolutions, vgg.batchNorm, vgg.globalPool,
			vgg.fc));
	}

	/** How far, in pixels, an input pixel reaches in the output: one for each 3×3 convolution on the way. */
	public int halo() {
		return 2 + unit.convolutions * layers.stream().mapToInt(Integer::intValue).sum();
	}

	/** Floating-point operations of the feature stream for a pixel, a multiplication and an addition counting two; without its halo. */
	public long flops() {
		return Cost.flops(unit, growthRate, layers);
	}

	/**
	 * Numbers that all parameters have together, the running means and variances of batch norm included.
	 *
	 * @param classes that the guidance stream tells apart
	 */
	public long weights(int classes) {
		return Cost.weights(unit, growthRate, layers, vgg, classes);
	}

	private static void check(String name, List<Integer> values, int mostValues, int most) {
		if (values.size() > mostValues) throw new IllegalArgumentException(name + " holds " + values.size() + " numbers; must be at most " +
			mostValues);
		for (int v : values)
			if (v < 1 || v > most) throw new IllegalArgumentException(name + " holds " + v + "; must be 1 to " + most);
	}
}
