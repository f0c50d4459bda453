package io.github.densecolorize.net;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
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
 * A colorization network from L* to a*b*, whose colours are steered by a class guidance stream (Zhang et al. 2019).
 *
 * <pre>
 * guidance  VGG of the image resized to G×G                      (N, 1, G, G) to (N, 64), and (N, classes)
 * output    the architecture's own: of L* and what it is told    (N, 1, H, W) to (N, maps, h, w)
 * a*b*      what the output stands for                           (N, maps, h, w) to (N, 2, H, W)
 * </pre>
 *
 * L* goes in as L*&nbsp;/&nbsp;{@value #L_SCALE} - 1, a* and b* come out divided by {@value #AB_SCALE}.
 */
public abstract class ColorNet extends AbstractBlock {

	/** L* of 0..100 becomes -1..1. */
	public static final float L_SCALE = 50;
	/** a* and b* are seldom outside of ±50. */
	public static final float AB_SCALE = 50;

	private static final String CLASS_SCORES = "ClassScores";

	private final NetSpec spec;
	private final int classes;
	private Block guidance, classScores;

	/**
	 * A subclass adds its own blocks, and among them the guidance by {@link #addGuidance}; their order is part of the names of the tensors in a
	 * model folder.
	 *
	 * @param classes number of classes that the guidance stream tells apart
	 */
	protected ColorNet(NetSpec spec, int classes) {
		this.spec = spec;
		this.classes = classes;
		// He et al. 2015, which is right for ReLU; DJL's default is not.
		setInitializer(new XavierInitializer(XavierInitializer.RandomType.GAUSSIAN, XavierInitializer.FactorType.IN, 2),
			Parameter.Type.WEIGHT);
	}

	/** Adds the guidance stream and the layer of class scores; to be called once. */
	protected final void addGuidance() {
		guidance = addChildBlock("Guidance", Layers.vgg(spec.vgg()));
		classScores = addChildBlock(CLASS_SCORES, Layers.linear(classes));
	}

	/**
	 * The output of the network, which may be of fewer pixels than the image; a loss gets it unchanged.
	 *
	 * @param l scaled L*, (N, 1, H, W)
	 * @param cues what the network is told beside L*
	 * @return (N, maps, h, w)
	 */
	public abstract NDArray output(ParameterStore store, NDArray l, Cues cues, boolean training);

	/**
	 * The colours that an output stands for; gradients pass through.
	 *
	 * @param output (N, maps, h, w)
	 * @return scaled a*b*, (N, 2, H, W); by default the output itself
	 */
	public NDArray ab(NDArray output) {
		return output;
	}

	/**
	 * Initializes the blocks of {@link #addGuidance}; an {@code initializeChildBlocks} of a subclass calls it.
	 *
	 * @param image (N, 1, G, G)
	 */
	protected final void initializeGuidance(NDManager manager, DataType type, Shape image) {
		guidance.initialize(manager, type, image);
		classScores.initialize(manager, type, new Shape(1, NetSpec.GUIDANCE));
	}

	/** Its numbers. */
	public final NetSpec spec() {
		return spec;
	}

	/** Initializes all parameters at random, or as their initializers say, on the manager's device. */
	public final void initialize(NDManager manager) {
		int side = 8 * spec.stride();
		initialize(manager, DataType.FLOAT32, new Shape(1, 1, side, side), new Shape(1, 1, spec.vgg().imageSize(), spec.vgg().imageSize()));
	}

	/** The same network with the same weights. */
	public final ColorNet copy(NDManager manager) {
		return copy(manager, Tensors.of(this).stream().collect(Collectors.toMap(NDArray::getName, NDArray::duplicate)));
	}

	/** The same network with other weights: an array for each parameter, which becomes the parameter itself if it is on the manager's device. */
	final ColorNet copy(NDManager manager, Map<String, NDArray> arrays) {
		var copy = spec.build(classes);
		try {
			Tensors.initialize(copy, manager, arrays, false);
			return copy;
		}
		catch (MismatchException e) {
			throw new IllegalStateException("network and copy differ", e);
		}
	}

	final Block guidance() {
		return guidance;
	}

	final Block classScores() {
		return classScores;
	}

	/** Whether a parameter belongs to the layer of class scores, which is the only one whose shape depends on the number of classes. */
	public static boolean isOfClassScores(String parameter) {
		return parameter.contains(CLASS_SCORES);
	}

	/** Sets the way in which all of its convolutions are computed; at first it is {@link Ways#PLANAR}. */
	public final void use(Way way) {
		InWay.use(way, this);
	}

	/**
	 * Images in the form that the network takes.
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

	/** The same for images that lie one after the other in one array. */
	public static NDArray input(Way way, NDManager manager, float[] l, int height, int width) {
		return scaledL(way.map(manager, l, height, width));
	}

	/**
	 * Hints in the form that the network takes.
	 *
	 * @param known for each image a*, b*, and 1 where they are known, 0 elsewhere; map after map
	 * @return see {@link Cues#hints}; null if there are no images
	 */
	public static NDArray hints(Way way, NDManager manager, float[] known, int height, int width) {
		if (known.length == 0) return null;
		int pixels = height * width, images = known.length / Cues.HINTS / pixels;
		var maps = new NDList();
		for (int map = 0; map < Cues.HINTS; map++) {
			var values = new float[images * pixels];
			for (int i = 0; i < values.length; i++)
				values[i] = known[(i / pixels * Cues.HINTS + map) * pixels + i % pixels] / (map < 2 ? AB_SCALE : 1);
			maps.add(way.map(manager, values, height, width));
		}
		return NDArrays.concat(maps, 1);
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
	public final NDList guide(ParameterStore store, NDArray image, boolean training) {
		var vector = guidance.forward(store, new NDList(image), training).singletonOrThrow();
		return new NDList(vector, classScores.forward(store, new NDList(vector), training).singletonOrThrow());
	}

	/**
	 * Takes down the operations of the guidance stream of this trained network.
	 *
	 * @param image scaled L* of the whole image, (N, 1, G, G)
	 * @return the guidance vector, (N, 64)
	 */
	public final <V> V guide(Operations<V> operations, V image) {
		return Layers.vgg(spec.vgg(), guidance, operations, image);
	}

	/**
	 * Takes down the layer of class scores.
	 *
	 * @param vector the guidance vector, (N, 64)
	 * @return the class scores before softmax, (N, classes)
	 */
	public final <V> V scores(Operations<V> operations, V vector) {
		return operations.linear(Filter.of(classScores), vector);
	}

	/**
	 * Takes down the operations of {@link #output}, and of {@link #ab} after it, of this trained network.
	 *
	 * @param l scaled L*, (N, 1, H, W)
	 * @param vector the guidance vector, (N, 64)
	 * @return scaled a*b*, (N, 2, H, W)
	 * @throws UnsupportedOperationException if the architecture can't be taken down, as by default
	 */
	public <V> V colours(Operations<V> operations, V l, V vector) {
		throw new UnsupportedOperationException("networks of type " + spec.type() + " can't be exported");
	}

	/** (l, image) to (output, class scores); gradients pass through the guidance vector. */
	@Override
	protected final NDList forwardInternal(ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
		var guide = guide(store, inputs.get(1), training);
		return new NDList(output(store, inputs.get(0), new Cues(guide.get(0)), training), guide.get(1));
	}
}
