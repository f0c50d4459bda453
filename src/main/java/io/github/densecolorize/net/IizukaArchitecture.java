package io.github.densecolorize.net;

import java.util.List;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;

/**
 * Networks that join local with global features, after Iizuka, Simo-Serra and Ishikawa 2016 (Let there be Color!, ACM Transactions on Graphics 35(4)),
 * to compare others with them; written from the paper. What it is about is kept: low-level features have the same weights for the image and for the
 * small image from which the global features come, the fusion layer joins global features with those of each place, and the class is learned beside
 * the colours, from the global features. The network is smaller:
 *
 * <pre>
 * low-level features    2 conv 3×3, halved; three times                 (N, 1, H, W) to (N, c, H / 8, W / 8)
 * mid-level features    2 conv 3×3                                      (N, c, H / 8, W / 8)
 * global features       of the image resized to G×G: low-level features, and the rest of the guidance stream
 *                                                                       (N, 1, G, G) to (N, 64)
 * fusion                conv 1×1 of both, ReLU                          (N, c, H / 8, W / 8)
 * colorization          conv 3×3 to c / 2; doubled, 2 conv 3×3 to c / 4; doubled, conv 3×3 to c / 8; conv 3×3, sigmoid
 *                                                                       (N, 2, H / 2, W / 2)
 * a*b*                  doubled                                         (N, 2, H, W)
 * </pre>
 *
 * A batch norm and a ReLU follow each convolution; sizes are halved by the maximum of 2×2 pixels, where the paper has convolutions with a stride, and the
 * last maps of the global features are averaged before the fully connected layers. The guidance vector is the global features, so a class that a user
 * chooses steers the colours as it does elsewhere; the class scores are a linear layer of it.
 */
public final class IizukaArchitecture implements Architecture {

	private static final String TYPE = "iizuka";

	/** Stages of the guidance stream that are the low-level features. */
	private static final int LOW = 3;
	/** Convolutions of the mid-level features, and of a stage of the low-level ones. */
	private static final int CONVOLUTIONS = 2;
	/** Largest a* and b* that the network gives, beyond all of sRGB. */
	private static final float MOST_AB = 110;

	/**
	 * Size of the network.
	 *
	 * @param vgg the stream of the global features, with batch norm; its first three stages, of two convolutions each, are the low-level features
	 */
	public record Numbers(Vgg vgg) implements NetSpec {

		public Numbers {
			if (vgg.widths().size() <= LOW) throw new IllegalArgumentException("vgg.widths has " + vgg.widths().size() + " stages; must have more than " +
				LOW + ", which are the low-level features");
			if (!vgg.convolutions().subList(0, LOW).stream().allMatch(n -> n == CONVOLUTIONS)) throw new IllegalArgumentException(
				"vgg.convolutions is " + vgg.convolutions() + "; must begin with " + LOW + " stages of " + CONVOLUTIONS);
			if (!vgg.batchNorm()) throw new IllegalArgumentException("vgg.batchNorm is false; must be true");
			Limits.check("vgg.widths " + vgg.widths(), ownFlops(vgg), ownWeights(vgg) + vgg.weights(0));
		}

		/** Maps of the low-level features, and of the fusion. */
		private static long fused(Vgg vgg) {
			return vgg.widths().get(LOW - 1);
		}

		/** The maps after the fusion become fewer. */
		private static int fewer(Vgg vgg, int divisor) {
			return Math.max(1, vgg.widths().get(LOW - 1) / divisor);
		}

		/** What comes after the low-level features, without the fusion. */
		private static List<StageSize> own(Vgg vgg) {
			long c = fused(vgg), half = fewer(vgg, 2), quarter = fewer(vgg, 4), eighth = fewer(vgg, 8);
			return List.of(new StageSize(c, c, CONVOLUTIONS, 8), new StageSize(c, half, 1, 8), new StageSize(half, quarter, 2, 4), new StageSize(quarter, eighth,
				1, 2));
		}

		private static List<StageSize> low(Vgg vgg) {
			long one = vgg.widths().get(0), two = vgg.widths().get(1);
			return List.of(new StageSize(1, one, CONVOLUTIONS, 1), new StageSize(one, two, CONVOLUTIONS, 2), new StageSize(two, fused(vgg), CONVOLUTIONS, 4));
		}

		private static long ownFlops(Vgg vgg) {
			return StageSize.flops(low(vgg)) + StageSize.flops(own(vgg)) + 2 * fused(vgg) * fused(vgg) / 64 + 2 * 2 * 9 * fewer(vgg, 8) / 4;
		}

		/** Without the guidance stream, and so without the low-level features. */
		private static long ownWeights(Vgg vgg) {
			return StageSize.weights(own(vgg)) + (fused(vgg) + GUIDANCE + 1) * fused(vgg) + 2 * 9 * fewer(vgg, 8) + 2;
		}

		@Override
		public String type() {
			return TYPE;
		}

		@Override
		public Numbers withImageSize(int imageSize) {
			return new Numbers(vgg.withImageSize(imageSize));
		}

		@Override
		public int halo() {
			return new Reach(stride()).doubled().around(2).doubled().around(2).doubled().around(1 + CONVOLUTIONS).halved().around(CONVOLUTIONS).halved().around(
				CONVOLUTIONS).halved().around(CONVOLUTIONS).halo();
		}

		@Override
		public int stride() {
			return 1 << LOW;
		}

		@Override
		public long flops() {
			return ownFlops(vgg);
		}

		/** The first convolution's maps, the same after batch norm, and after ReLU. */
		@Override
		public long bytesAPixel() {
			return Float.BYTES * 3L * vgg.widths().get(0);
		}

		@Override
		public long weights(int classes) {
			return ownWeights(vgg) + vgg.weights(classes);
		}

		@Override
		public String describe() {
			return "local and global features, " + vgg.widths().get(0) + " to " + vgg.widths().get(LOW - 1) + " maps";
		}

		@Override
		public ColorNet build(int classes) {
			return new Net(this, classes);
		}
	}

	private static final class Net extends ColorNet {

		private final Block middle, fuseFeatures, fuseGuidance, colours;
		/** Of the guidance stream. */
		private final List<Block> low;

		Net(Numbers numbers, int classes) {
			super(numbers, classes);
			int maps = (int) Numbers.fused(numbers.vgg);
			middle = addChildBlock("Middle", Layers.stage(CONVOLUTIONS, maps));
			addGuidance();
			low = guidance().getChildren().values().subList(0, LOW * (3 * CONVOLUTIONS + 1));
			fuseFeatures = addChildBlock("FuseFeatures", new Conv2d(1, maps, false));
			fuseGuidance = addChildBlock("FuseGuidance", Layers.linear(maps));
			colours = addChildBlock("Colours", new Chain(Layers.stage(1, Numbers.fewer(numbers.vgg, 2)), new Doubled(), Layers.stage(2, Numbers.fewer(
				numbers.vgg, 4)), new Doubled(), Layers.stage(1, Numbers.fewer(numbers.vgg, 8)), new Conv2d(3, 2, true), Activation.sigmoidBlock()));
		}

		/** @return a*b* of half the size, 0 to 1, (N, 2, H / 2, W / 2) */
		@Override
		public NDArray output(ParameterStore store, NDArray l, Cues cues, boolean training) {
			var x = l;
			for (var block : low) {
				var y = forward(block, store, x, training);
				if (!training && x != l) x.close();
				x = y;
			}
			// As in the dense network, the 64 tiled maps need not exist.
			var local = forward(fuseFeatures, store, forward(middle, store, x, training), training);
			var global = forward(fuseGuidance, store, cues.vector(), training).expandDims(-1).expandDims(-1);
			return forward(colours, store, Activation.relu(local.add(global)), training);
		}

		private static NDArray forward(Block block, ParameterStore store, NDArray x, boolean training) {
			return block.forward(store, new NDList(x), training).singletonOrThrow();
		}

		@Override
		public NDArray ab(NDArray output) {
			return output.repeat(2, 2).repeat(3, 2).mul(2).sub(1).mul(MOST_AB / AB_SCALE);
		}

		@Override
		public Shape[] getOutputShapes(Shape[] inputShapes) {
			var l = inputShapes[0];
			return new Shape[] { new Shape(l.get(0), 2, l.get(2) / 2, l.get(3) / 2) };
		}

		@Override
		protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputShapes) {
			initializeGuidance(manager, type, inputShapes[1]);
			var features = new Shape(1, Numbers.fused(((Numbers) spec()).vgg), inputShapes[0].get(2) >> LOW, inputShapes[0].get(3) >> LOW);
			middle.initialize(manager, type, features);
			fuseFeatures.initialize(manager, type, features);
			fuseGuidance.initialize(manager, type, new Shape(1, NetSpec.GUIDANCE));
			colours.initialize(manager, type, features);
		}
	}

	private static Vgg stream(int maps, int last, int fc) {
		return new Vgg(96, List.of(maps, 2 * maps, 4 * maps, 4 * maps, last), List.of(2, 2, 2, 2, 2), true, true, List.of(fc, fc));
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
			new Preset("iizuka", "local and global features, Iizuka et al. 2016", new Numbers(stream(16, 80, 128)), MeanSquared.NAME, true), //
			new Preset("iizuka-wide", "iizuka with twice as many maps, wants a GPU", new Numbers(stream(30, 192, 256)), MeanSquared.NAME, true));
	}
}
