package io.github.densecolorize.net;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import ai.djl.ndarray.NDManager;

/**
 * Size of a {@link DenseNet}, in the notation of Huang et al. 2017, section 3. The structure is that of Zhang et al. 2019; the numbers of layers are
 * ours, since the paper's table is not available.
 *
 * @param unit what the four blocks are made of
 * @param growthRate feature maps that every dense layer adds (<i>k</i>); the first convolution makes 2<i>k</i> of them, the fusion
 *          4<i>k</i>. Residual blocks are 2<i>k</i> maps wide throughout.
 * @param layers units in each of the four blocks; the fourth comes after the fusion
 * @param vgg the class guidance stream
 */
public record DenseSpec(Unit unit, int growthRate, List<Integer> layers, Vgg vgg) implements NetSpec {

	/** The unit that a block repeats. */
	public enum Unit {
		/** BN-ReLU-conv 1×1 to 4k, BN-ReLU-conv 3×3 to k, appended to all maps before it (Huang et al. 2017). */
		DENSE(1) {

			@Override
			long products(long maps, long k) {
				return maps * 4 * k + 4 * k * 9 * k;
			}

			@Override
			long norms(long maps, long k) {
				return maps + 4 * k;
			}
		},
		/** Twice BN-ReLU-conv 3×3, added to its input (He et al. 2016), as in Qin et al. 2017. */
		RESIDUAL(2) {

			@Override
			long products(long maps, long k) {
				return 2 * 9 * maps * maps;
			}

			@Override
			long norms(long maps, long k) {
				return 2 * maps;
			}
		};

		/** How many of its convolutions have a window of 3×3 pixels. */
		private final int convolutions;

		Unit(int convolutions) {
			this.convolutions = convolutions;
		}

		/** How many numbers the filters of a unit have; each of them is multiplied once for each pixel. */
		abstract long products(long maps, long k);

		/** How many maps its batch norms process. */
		abstract long norms(long maps, long k);
	}

	/**
	 * Feature maps of a block and the convolution after it.
	 *
	 * @param in maps that the block takes
	 * @param out maps that it gives
	 * @param next maps that the convolution makes of them
	 * @param side of the convolution's window
	 */
	record Widths(int in, int out, int next, int side) {}

	static final int BLOCKS = 4;
	/** How many numbers a batch norm has for each map: weight, bias, running mean and variance. */
	private static final int NORM = 4;

	public DenseSpec {
		layers = List.copyOf(layers);
		if (unit == null) throw new IllegalArgumentException("unit is missing; must be DENSE or RESIDUAL");
		Limits.check("layers", layers, BLOCKS, Limits.MOST_LAYERS);
		if (layers.size() != BLOCKS) throw new IllegalArgumentException("layers has " + layers.size() + " blocks; must have " + BLOCKS);
		if (growthRate < 1 || growthRate > Limits.MOST_MAPS) throw new IllegalArgumentException("growthRate is " + growthRate +
			"; must be 1 to " + Limits.MOST_MAPS);
		var stages = stages(unit, growthRate, layers);
		Limits.check("growthRate " + growthRate + " and layers " + layers, 2 * products(unit, growthRate, layers, stages), weights(unit, growthRate,
			layers, stages) + vgg.weights(0));
	}

	/** The four blocks. */
	List<Widths> stages() {
		return stages(unit, growthRate, layers);
	}

	private static List<Widths> stages(Unit unit, int k, List<Integer> layers) {
		boolean dense = unit == Unit.DENSE;
		var stages = new ArrayList<Widths>();
		int maps = 2 * k;
		for (int block = 0; block < BLOCKS; block++) {
			boolean isOutput = block == BLOCKS - 1;
			int in = isOutput && dense ? 4 * k : maps, out = dense ? in + layers.get(block) * k : in;
			maps = isOutput ? 2 : dense ? out / 2 : out;
			stages.add(new Widths(in, out, maps, isOutput ? 3 : 1));
		}
		return stages;
	}

	/** Maps before the fusion. */
	private static long unfused(List<Widths> stages) {
		return stages.get(BLOCKS - 2).next;
	}

	/** Multiplications for each pixel: one for each number in the filters. */
	private static long products(Unit unit, long k, List<Integer> layers, List<Widths> stages) {
		long sum = 9 * 2 * k + unfused(stages) * stages.get(BLOCKS - 1).in;
		for (int block = 0; block < BLOCKS; block++) {
			var stage = stages.get(block);
			for (int i = 0; i < layers.get(block); i++)
				sum += unit.products(seen(unit, stage, i, k), k);
			sum += (long) stage.out * stage.next * stage.side * stage.side;
		}
		return sum;
	}

	/** How many maps a layer of a block takes. */
	private static long seen(Unit unit, Widths stage, int layer, long k) {
		return unit == Unit.DENSE ? stage.in + layer * k : stage.in;
	}

	/** The same without the guidance stream. */
	private static long weights(Unit unit, long k, List<Integer> layers, List<Widths> stages) {
		// The filters; the biases of the first and the last convolution; what the guidance adds in the fusion.
		long sum = products(unit, k, layers, stages) + 2 * k + stages.get(BLOCKS - 1).next + (GUIDANCE + 1L) * stages.get(BLOCKS - 1).in;
		for (int block = 0; block < BLOCKS; block++) {
			var stage = stages.get(block);
			for (int i = 0; i < layers.get(block); i++)
				sum += NORM * unit.norms(seen(unit, stage, i, k), k);
			sum += NORM * stage.out;
		}
		return sum;
	}

	@Override
	public String type() {
		return DenseArchitecture.TYPE;
	}

	@Override
	public DenseSpec withImageSize(int imageSize) {
		return new DenseSpec(unit, growthRate, layers, vgg.withImageSize(imageSize));
	}

	/** One pixel for each 3×3 convolution that the image passes. */
	@Override
	public int halo() {
		return 2 + unit.convolutions * layers.stream().mapToInt(Integer::intValue).sum();
	}

	@Override
	public int lastMaps() {
		return stages().get(BLOCKS - 1).out;
	}

	@Override
	public long flops() {
		return 2 * products(unit, growthRate, layers, stages());
	}

	/** The maps of the widest block, once as they are and once after the ReLU, and those between the two convolutions of a unit. */
	@Override
	public long bytesAPixel() {
		int widest = stages().stream().mapToInt(Widths::out).max().orElseThrow();
		return Float.BYTES * (2L * widest + 3 * 4 * growthRate);
	}

	@Override
	public long weights(int classes) {
		return weights(unit, growthRate, layers, stages()) + vgg.weights(classes);
	}

	@Override
	public String describe() {
		return unit.name().toLowerCase(Locale.ROOT) + ", growth rate " + growthRate + ", layers " + layers;
	}

	@Override
	public ColorNet build(int classes) {
		return new DenseNet(this, classes);
	}

	@Override
	public FastNet fast(ColorNet net, Way way, NDManager manager) {
		return new FoldedDense((DenseNet) net, way, manager);
	}
}
