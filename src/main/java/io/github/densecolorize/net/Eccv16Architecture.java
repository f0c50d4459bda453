package io.github.densecolorize.net;

import java.util.List;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.pooling.Pool;
import ai.djl.training.ParameterStore;

/**
 * Networks that choose among bins of colour, after R. Zhang, Isola and Efros 2016 (Colorful Image Colorization, arXiv:1603.08511), to compare others
 * with them. What their paper is about is kept: the output is scores of {@link ColourBins}, the {@link BinLoss} is a cross-entropy in which rare
 * colours count more, and the colours are the annealed mean. The network is smaller:
 *
 * <pre>
 * 2 conv 3×3                                (N, 1, H, W) to (N, k, H, W)
 * halved, 2 conv 3×3, three times           (N, 8k, H / 8, W / 8)
 * doubled, 2 conv 3×3                       (N, 4k, H / 4, W / 4)
 * scores, conv 1×1                          (N, bins, H / 4, W / 4)
 * </pre>
 *
 * A batch norm and a ReLU follow each convolution; sizes are halved by the maximum of 2×2 pixels, where the paper has convolutions with a stride; its
 * dilated convolutions at an eighth of the size are left out, since the crops of a training have four pixels there. The paper has no classes. Here
 * a small stream of its own finds the class, for the record and to tell unknown images, but steers no colours: a class that a user chooses
 * changes nothing.
 */
public final class Eccv16Architecture implements Architecture {

	private static final String TYPE = "eccv16";

	/** How often the size is halved, and how many pixels lie side by side in one of the scores. */
	private static final int LEVELS = 3, CELL = 4;
	/** Convolutions between two changes of the size. */
	private static final int CONVOLUTIONS = 2;
	/** Side of the square over which colours are averaged so that the pixels of the scores are not seen; an odd number. */
	private static final int SMOOTH = 5;

	/**
	 * Size of the network.
	 *
	 * @param maps of the first convolution (<i>k</i>)
	 * @param vgg finds the class
	 */
	public record Numbers(int maps, Vgg vgg) implements NetSpec {

		public Numbers {
			Limits.check("maps", List.of(maps), 1, Limits.MOST_MAPS);
			Limits.check("maps " + maps, ownFlops(maps), ownWeights(maps) + vgg.weights(0));
		}

		private static List<StageSize> stages(long maps) {
			return List.of(new StageSize(1, maps, CONVOLUTIONS, 1), new StageSize(maps, 2 * maps, CONVOLUTIONS, 2), new StageSize(2 * maps, 4 * maps,
				CONVOLUTIONS, 4), new StageSize(4 * maps, 8 * maps, CONVOLUTIONS, 8), new StageSize(8 * maps, 4 * maps, CONVOLUTIONS, CELL));
		}

		private static long ownFlops(long maps) {
			return StageSize.flops(stages(maps)) + 2 * 4 * maps * ColourBins.COUNT / CELL / CELL;
		}

		private static long ownWeights(long maps) {
			return StageSize.weights(stages(maps)) + (4 * maps + 1) * ColourBins.COUNT;
		}

		@Override
		public String type() {
			return TYPE;
		}

		@Override
		public Numbers withImageSize(int imageSize) {
			return new Numbers(maps, vgg.withImageSize(imageSize));
		}

		@Override
		public int halo() {
			return new Reach(stride()).around(SMOOTH / 2).doubled().doubled().around(CONVOLUTIONS).doubled().around(CONVOLUTIONS).halved()
				.around(CONVOLUTIONS).halved().around(CONVOLUTIONS).halved().around(CONVOLUTIONS).halo();
		}

		@Override
		public int stride() {
			return 1 << LEVELS;
		}

		@Override
		public long flops() {
			return ownFlops(maps);
		}

		/** A convolution's maps, the same after batch norm, and after ReLU. */
		@Override
		public long bytesAPixel() {
			return Float.BYTES * (3L * maps + (long) ColourBins.COUNT * 3 / CELL / CELL);
		}

		@Override
		public long weights(int classes) {
			return ownWeights(maps) + vgg.weights(classes);
		}

		@Override
		public String describe() {
			return ColourBins.COUNT + " bins of colour, " + maps + " to " + 8 * maps + " maps";
		}

		@Override
		public ColorNet build(int classes) {
			return new Net(this, classes);
		}
	}

	private static final class Net extends ColorNet {

		private final Block scores;

		Net(Numbers numbers, int classes) {
			super(numbers, classes);
			int maps = numbers.maps;
			scores = addChildBlock("Scores", new Chain(Layers.stage(CONVOLUTIONS, maps), Layers.halved(), Layers.stage(CONVOLUTIONS, 2 * maps), Layers
				.halved(), Layers.stage(CONVOLUTIONS, 4 * maps), Layers.halved(), Layers.stage(CONVOLUTIONS, 8 * maps), new Doubled(), Layers.stage(
					CONVOLUTIONS, 4 * maps), new Conv2d(1, ColourBins.COUNT, true)));
			addGuidance();
		}

		/** @return scores of the bins before softmax, (N, bins, H / 4, W / 4) */
		@Override
		public NDArray output(ParameterStore store, NDArray l, Cues cues, boolean training) {
			return scores.forward(store, new NDList(l), training).singletonOrThrow();
		}

		@Override
		public NDArray ab(NDArray output) {
			var pixels = ColourBins.decoded(output).repeat(2, CELL).repeat(3, CELL);
			return Pool.avgPool2d(pixels, new Shape(SMOOTH, SMOOTH), new Shape(1, 1), new Shape(SMOOTH / 2, SMOOTH / 2), false, false);
		}

		@Override
		public Shape[] getOutputShapes(Shape[] inputShapes) {
			return scores.getOutputShapes(new Shape[] { inputShapes[0] });
		}

		@Override
		protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputShapes) {
			scores.initialize(manager, type, inputShapes[0]);
			initializeGuidance(manager, type, inputShapes[1]);
		}
	}

	@Override
	public String type() {
		return TYPE;
	}

	@Override
	public Class<Numbers> numbers() {
		return Numbers.class;
	}

	@Override
	public List<Preset> presets() {
		return List.of( //
			new Preset("eccv16", "chooses among bins of colour, R. Zhang et al. 2016", new Numbers(15, Vgg.ONLY_CLASS), BinLoss.NAME), //
			new Preset("eccv16-wide", "eccv16 with twice as many maps, wants a GPU", new Numbers(30, Vgg.ONLY_CLASS), BinLoss.NAME));
	}
}
