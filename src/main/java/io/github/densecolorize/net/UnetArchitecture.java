package io.github.densecolorize.net;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;

/**
 * Networks that are told hints, after the main network of R. Zhang, Zhu, Isola, Geng, Lin, Yu and Efros 2017 (Real-Time User-Guided Image
 * Colorization with Learned Deep Priors, arXiv:1705.02999), to compare others with them. What their paper is about is kept: known colours go in
 * beside L*, as three more maps, simulated ones in training; the size goes down and up again, with shortcuts. The network is smaller:
 *
 * <pre>
 * L* and hints, 2 conv 3×3                            (N, 4, H, W) to (N, k, H, W)
 * halved, 2 conv 3×3, three times                     (N, 8k, H / 8, W / 8)
 * doubled, joined with the maps of that size from the way down, 2 conv 3×3, three times
 *                                                     (N, k, H, W)
 * conv 1×1, tanh that reaches ±110                    (N, 2, H, W)
 * </pre>
 *
 * A batch norm and a ReLU follow each convolution; sizes are halved by the maximum of 2×2 pixels, where the paper leaves out every second pixel, and
 * doubled by repetition; its dilated convolutions at an eighth of the size are left out, since the crops of a training have four pixels there. The
 * paper has no classes. Here a small stream of its own finds the class, for the record and to tell unknown images, but steers no colours: a class
 * that a user chooses changes nothing.
 */
public final class UnetArchitecture implements Architecture {

	private static final String TYPE = "unet";

	/** How often the size is halved. */
	private static final int LEVELS = 3;
	/** Convolutions at each size, down and up. */
	private static final int CONVOLUTIONS = 2;
	/** L*, and the maps of {@link Cues#hints}. */
	private static final int SEEN = 1 + Cues.HINTS;
	/** Largest a* and b* that the network gives, beyond all of sRGB. */
	private static final float MOST_AB = 110;

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
			var stages = new ArrayList<>(List.of(new StageSize(SEEN, maps, CONVOLUTIONS, 1)));
			for (int level = 1; level <= LEVELS; level++) {
				long above = maps << level - 1, here = maps << level;
				stages.add(new StageSize(above, here, CONVOLUTIONS, 1 << level));
				stages.add(new StageSize(above + here, above, CONVOLUTIONS, 1 << level - 1));
			}
			return stages;
		}

		private static long ownFlops(long maps) {
			return StageSize.flops(stages(maps)) + 2 * 2 * maps;
		}

		private static long ownWeights(long maps) {
			return StageSize.weights(stages(maps)) + 2 * maps + 2;
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
		public boolean takesHints() {
			return true;
		}

		@Override
		public int halo() {
			var reach = new Reach(stride());
			for (int level = 0; level < LEVELS; level++)
				reach.around(CONVOLUTIONS).doubled();
			for (int level = 0; level < LEVELS; level++)
				reach.around(CONVOLUTIONS).halved();
			return reach.around(CONVOLUTIONS).halo();
		}

		@Override
		public int stride() {
			return 1 << LEVELS;
		}

		@Override
		public long flops() {
			return ownFlops(maps);
		}

		/** The maps that wait for the way up, those from below, both joined, and a convolution's before and after batch norm and ReLU. */
		@Override
		public long bytesAPixel() {
			return Float.BYTES * 9L * maps;
		}

		@Override
		public long weights(int classes) {
			return ownWeights(maps) + vgg.weights(classes);
		}

		@Override
		public String describe() {
			return "down and up with hints, " + maps + " to " + (maps << LEVELS) + " maps";
		}

		@Override
		public ColorNet build(int classes) {
			return new Net(this, classes);
		}
	}

	private static final class Net extends ColorNet {

		/** The stages on the way down, and those on the way up, the largest size first. */
		private final List<Block> down = new ArrayList<>(), up = new ArrayList<>();
		private final Block halved = Layers.halved(), doubled, last;
		private final int maps;

		Net(Numbers numbers, int classes) {
			super(numbers, classes);
			maps = numbers.maps;
			for (int level = 0; level <= LEVELS; level++)
				down.add(addChildBlock("Down", Layers.stage(CONVOLUTIONS, maps << level)));
			addGuidance();
			doubled = addChildBlock("Doubled", new Doubled());
			for (int level = 0; level < LEVELS; level++)
				up.add(addChildBlock("Up", Layers.stage(CONVOLUTIONS, maps << level)));
			last = addChildBlock("Last", new Conv2d(1, 2, true));
		}

		/** @return scaled a*b*, (N, 2, H, W) */
		@Override
		public NDArray output(ParameterStore store, NDArray l, Cues cues, boolean training) {
			var shortcuts = new ArrayDeque<NDArray>();
			NDArray x = seen(l, cues), small = x;
			for (int level = 0; level <= LEVELS; level++) {
				if (level > 0) {
					shortcuts.push(x);
					small = forward(halved, store, x, training);
				}
				x = forward(down.get(level), store, small, training);
				if (!training) small.close();
			}
			for (int level = LEVELS - 1; level >= 0; level--) {
				var beside = shortcuts.pop();
				var large = forward(doubled, store, x, training);
				var both = NDArrays.concat(new NDList(large, beside), 1);
				if (!training) new NDList(x, large, beside).close();
				x = forward(up.get(level), store, both, training);
				if (!training) both.close();
			}
			var ab = forward(last, store, x, training);
			if (!training) x.close();
			return Activation.tanh(ab.div(MOST_AB / AB_SCALE)).mul(MOST_AB / AB_SCALE);
		}

		private static NDArray forward(Block block, ParameterStore store, NDArray x, boolean training) {
			return block.forward(store, new NDList(x), training).singletonOrThrow();
		}

		private static NDArray seen(NDArray l, Cues cues) {
			if (cues.hints() != null) return l.concat(cues.hints(), 1);
			// Made of l so that it is in the layout of l.
			var none = l.mul(0);
			return NDArrays.concat(new NDList(l, none, none, none), 1);
		}

		@Override
		public Shape[] getOutputShapes(Shape[] inputShapes) {
			var l = inputShapes[0];
			return new Shape[] { new Shape(l.get(0), 2, l.get(2), l.get(3)) };
		}

		@Override
		protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputShapes) {
			long side = inputShapes[0].get(2), seen = SEEN;
			for (int level = 0; level <= LEVELS; level++) {
				down.get(level).initialize(manager, type, new Shape(1, seen, side >> level, side >> level));
				seen = maps << level;
			}
			initializeGuidance(manager, type, inputShapes[1]);
			for (int level = 0; level < LEVELS; level++)
				up.get(level).initialize(manager, type, new Shape(1, 3L * (maps << level), side >> level, side >> level));
			last.initialize(manager, type, new Shape(1, maps, side, side));
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
			new Preset("unet", "is told hints itself, R. Zhang et al. 2017", new Numbers(14, Vgg.ONLY_CLASS), Huber.NAME), //
			new Preset("unet-wide", "unet with twice as many maps, wants a GPU", new Numbers(28, Vgg.ONLY_CLASS), Huber.NAME));
	}
}
