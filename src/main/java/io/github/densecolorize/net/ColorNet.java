package io.github.densecolorize.net;

import java.util.ArrayList;
import java.util.List;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.XavierInitializer;
import ai.djl.util.PairList;

/**
 * The network of Zhang, Qin, Zeng and Song 2019: L* to a*b*.
 *
 * <pre>
 * features  conv 3×3, then three times block and transition      (N, 1, H, W) to (N, C, H, W)
 * guidance  VGG of the image resized to G×G                      (N, 1, G, G) to (N, 64), and (N, classes)
 * fusion    conv 1×1 of the features and the tiled vector        (N, C + 64, H, W) to (N, 4k, H, W)
 * output    block 4, BN-ReLU-conv 3×3                            (N, 4k, H, W) to (N, 2, H, W)
 * </pre>
 *
 * L* goes in as L*&nbsp;/&nbsp;{@value #L_SCALE} - 1, a* and b* come out divided by {@value #AB_SCALE}.
 */
public final class ColorNet extends AbstractBlock {

	/** L* of 0..100 becomes -1..1. */
	public static final float L_SCALE = 50;
	/** a* and b* seldom leave ±50. */
	public static final float AB_SCALE = 50;

	private static final String CLASS_SCORES = "ClassScores";

	private final Block features, guidance, classScores, fuseFeatures, fuseGuidance, output;

	/**
	 * @param spec its size
	 * @param classes number of classes that the guidance stream tells apart
	 */
	public ColorNet(NetSpec spec, int classes) {
		int k = spec.growthRate();
		boolean dense = spec.unit() == NetSpec.Unit.DENSE;
		var stream = new ArrayList<Block>();
		stream.add(Layers.conv(3, 2 * k, true));
		int maps = 2 * k;
		for (int layers : spec.layers().subList(0, 3)) {
			stream.add(new UnitBlock(spec.unit(), layers, dense ? k : maps));
			if (dense) maps = (maps + layers * k) / 2;
			stream.add(Layers.bnReluConv(1, maps, false));
		}
		int fused = dense ? 4 * k : maps;
		features = addChildBlock("Features", new Chain(stream.toArray(Block[]::new)));
		guidance = addChildBlock("Guidance", Layers.vgg(spec.vgg()));
		classScores = addChildBlock(CLASS_SCORES, Layers.linear(classes));
		fuseFeatures = addChildBlock("FuseFeatures", Layers.conv(1, fused, false));
		fuseGuidance = addChildBlock("FuseGuidance", Layers.linear(fused));
		output = addChildBlock("Output", new Chain(new UnitBlock(spec.unit(), spec.layers().get(3), dense ? k : fused), Layers
			.bnReluConv(3, 2, true)));
		// He et al. 2015: right for ReLU, where DJL's default is not.
		setInitializer(new XavierInitializer(XavierInitializer.RandomType.GAUSSIAN, XavierInitializer.FactorType.IN, 2),
			Parameter.Type.WEIGHT);
	}

	/**
	 * Initializes all parameters on the manager's device.
	 *
	 * @param imageSize side of the guidance image (<i>G</i>)
	 */
	public void initialize(NDManager manager, int imageSize) {
		initialize(manager, DataType.FLOAT32, new Shape(1, 1, 8, 8), new Shape(1, 1, imageSize, imageSize));
	}

	Block features() {
		return features;
	}

	Block guidance() {
		return guidance;
	}

	Block classScores() {
		return classScores;
	}

	Block fuseFeatures() {
		return fuseFeatures;
	}

	Block fuseGuidance() {
		return fuseGuidance;
	}

	Block output() {
		return output;
	}

	/** Whether a parameter belongs to the layer of class scores, the only one whose shape depends on the classes. */
	public static boolean isOfClassScores(String parameter) {
		return parameter.contains(CLASS_SCORES);
	}

	/** Has all of its convolutions computed in a way; {@link Ways#PLANAR} before. */
	public void use(Way way) {
		Conv2d.use(way, this);
	}

	/**
	 * Images as the network wants them.
	 *
	 * @param way of the convolutions that they go through
	 * @param manager on the device
	 * @param l L* 0..100 of each image, row by row
	 * @return scaled L*, (images, 1, height, width)
	 */
	public static NDArray input(Way way, NDManager manager, List<float[]> l, int height, int width) {
		int each = height * width;
		var all = new float[l.size() * each];
		for (int i = 0; i < l.size(); i++)
			System.arraycopy(l.get(i), 0, all, i * each, each);
		return input(way, manager, all, height, width);
	}

	/** The same of images one after the other. */
	public static NDArray input(Way way, NDManager manager, float[] l, int height, int width) {
		return scaledL(way.map(manager, l, height, width));
	}

	/** L* of 0..100 to -1..1. */
	public static NDArray scaledL(NDArray l) {
		return l.div(L_SCALE).sub(1);
	}

	/**
	 * The guidance stream.
	 *
	 * @param image scaled L* of the whole image, (N, 1, G, G)
	 * @return the guidance vector (N, 64) and the class scores before softmax (N, classes)
	 */
	public NDList guide(ParameterStore store, NDArray image, boolean training) {
		var vector = guidance.forward(store, new NDList(image), training).singletonOrThrow();
		return new NDList(vector, classScores.forward(store, new NDList(vector), training).singletonOrThrow());
	}

	/**
	 * The feature stream, the fusion and the output.
	 *
	 * @param l scaled L*, (N, 1, H, W)
	 * @param vector guidance vector, (N, 64) or (1, 64) for all
	 * @return scaled a*b*, (N, 2, H, W)
	 */
	public NDArray chroma(ParameterStore store, NDArray l, NDArray vector, boolean training) {
		var maps = features.forward(store, new NDList(l), training);
		// A 1×1 convolution of [maps, tiled vector] is the sum of one over the maps and a linear layer of the vector; so the 64 tiled maps
		// need not exist.
		var local = fuseFeatures.forward(store, maps, training).singletonOrThrow();
		var global = fuseGuidance.forward(store, new NDList(vector), training).singletonOrThrow();
		var fused = local.add(global.expandDims(-1).expandDims(-1));
		if (!training) {
			maps.close();
			local.close();
		}
		var ab = output.forward(store, new NDList(fused), training).singletonOrThrow();
		if (!training) fused.close();
		return ab;
	}

	/** (l, image) to (a*b*, class scores); the guidance vector passes on with its gradient. */
	@Override
	protected NDList forwardInternal(ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
		var guide = guide(store, inputs.get(1), training);
		return new NDList(chroma(store, inputs.get(0), guide.get(0), training), guide.get(1));
	}

	@Override
	public Shape[] getOutputShapes(Shape[] inputShapes) {
		var l = inputShapes[0];
		var scores = classScores.getOutputShapes(guidance.getOutputShapes(new Shape[] { inputShapes[1] }))[0];
		return new Shape[] { new Shape(l.get(0), 2, l.get(2), l.get(3)), scores };
	}

	@Override
	protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputShapes) {
		features.initialize(manager, type, inputShapes[0]);
		var maps = features.getOutputShapes(new Shape[] { inputShapes[0] })[0];
		guidance.initialize(manager, type, inputShapes[1]);
		var vector = new Shape(1, NetSpec.GUIDANCE);
		classScores.initialize(manager, type, vector);
		fuseFeatures.initialize(manager, type, maps);
		fuseGuidance.initialize(manager, type, vector);
		output.initialize(manager, type, fuseFeatures.getOutputShapes(new Shape[] { maps }));
	}
}
