package io.github.densecolorize.model;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import io.github.densecolorize.net.ColorNet;
import io.github.densecolorize.net.MismatchException;
import io.github.densecolorize.net.NetSpec;
import io.github.densecolorize.net.Tensors;

/**
 * A trained network on a device. Takes and gives plain arrays; native memory of a call is freed when the call returns, that of the weights
 * by {@link #close()}. Calls may come from several threads.
 */
public final class ColorModel implements AutoCloseable {

	/** Name of the tensor with the mean guidance vector of each class, (classes, 64). */
	public static final String PROTOTYPES = "prototypes";

	/** Images in one batch of the guidance stream, which bounds its memory. */
	private static final int GUIDED_AT_ONCE = 16;

	private final ModelSpec spec;
	private final ColorNet net;
	private final NDManager weights;
	private final float[][] prototypes;

	private ColorModel(ModelSpec spec, NDManager weights, Map<String, NDArray> tensors) throws MismatchException {
		this.spec = spec;
		this.weights = weights;
		net = new ColorNet(spec.net(), spec.classes().size());
		prototypes = prototypes(spec, tensors);
		Tensors.initialize(net, spec.net().vgg().imageSize(), weights, tensors, false);
		if (!tensors.isEmpty()) throw new MismatchException("tensor " + tensors.keySet().iterator().next() +
			" is none of the network's");
	}

	/**
	 * @param folder with {@code model.json} and the weights
	 * @param device as {@link Torch#device} takes it
	 * @throws IOException if the folder is not a whole, undamaged model of this format; the message says what and what to do
	 * @throws IllegalArgumentException if the device is not there
	 */
	public static ColorModel open(Path folder, String device) throws IOException {
		var spec = ModelFolder.spec(folder);
		var manager = Torch.engine().newBaseManager(Torch.device(device));
		try {
			return new ColorModel(spec, manager, ModelFolder.weights(folder, spec, manager));
		}
		catch (MismatchException e) {
			manager.close();
			throw new IOException(folder.resolve(ModelFolder.WEIGHTS) + " does not fit " + ModelFolder.SPEC + ": " + e.getMessage() +
				"; copy the model again.", e);
		}
		catch (IOException | RuntimeException e) {
			manager.close();
			throw e;
		}
	}

	private static float[][] prototypes(ModelSpec spec, Map<String, NDArray> tensors) throws MismatchException {
		int classes = spec.classes().size();
		try (var array = Tensors.take(tensors, PROTOTYPES, new Shape(classes, NetSpec.GUIDANCE))) {
			var values = array.toFloatArray();
			var rows = new float[classes][];
			for (int i = 0; i < classes; i++)
				rows[i] = Arrays.copyOfRange(values, i * NetSpec.GUIDANCE, (i + 1) * NetSpec.GUIDANCE);
			return rows;
		}
	}

	/** What the model's folder says of it. */
	public ModelSpec spec() {
		return spec;
	}

	/** Where the weights are: {@code cpu()}, {@code gpu(0)}, ... */
	public Device device() {
		return weights.getDevice();
	}

	/**
	 * The guidance stream.
	 *
	 * @param images L* of whole images or fields, G·G each, row by row
	 * @return the mean over the images
	 */
	public Guidance guide(List<float[]> images) {
		var vector = new float[NetSpec.GUIDANCE];
		var probabilities = new float[spec.classes().size()];
		for (int from = 0; from < images.size(); from += GUIDED_AT_ONCE) {
			var part = images.subList(from, Math.min(images.size(), from + GUIDED_AT_ONCE));
			try (var call = weights.newSubManager()) {
				int size = spec.net().vgg().imageSize();
				var batch = NDArrays.stack(new NDList(part.stream().map(l -> call.create(l, new Shape(1, size, size))).toList()));
				var out = net.guide(new ParameterStore(call, false), ColorNet.scaledL(batch), false);
				add(out.get(0).sum(new int[] { 0 }), images.size(), vector);
				add(out.get(1).softmax(-1).sum(new int[] { 0 }), images.size(), probabilities);
			}
		}
		return new Guidance(vector, spec.classes(), probabilities);
	}

	private static void add(NDArray sum, int count, float[] mean) {
		var values = sum.toFloatArray();
		for (int i = 0; i < mean.length; i++)
			mean[i] += values[i] / count;
	}

	/**
	 * The guidance of a class chosen by the user: the mean vector of its training images.
	 *
	 * @throws IllegalArgumentException if the model has no such class
	 */
	public Guidance guide(String category) {
		int index = spec.classes().indexOf(category);
		if (index < 0) throw new IllegalArgumentException("Category is \"" + category + "\"; model " + spec.name() + " has auto, " + String
			.join(", ", spec.classes()) + ".");
		var certain = new float[spec.classes().size()];
		certain[index] = 1;
		return new Guidance(prototypes[index], spec.classes(), certain);
	}

	/**
	 * The feature stream: a* and b* of one tile.
	 *
	 * @param l L* 0..100, width · height values
	 * @param vector guidance vector
	 * @param a receives a*
	 * @param b receives b*
	 */
	public void predictAb(float[] l, int width, int height, float[] vector, float[] a, float[] b) {
		try (var call = weights.newSubManager()) {
			var x = ColorNet.scaledL(call.create(l, new Shape(1, 1, height, width)));
			var ab = net.chroma(new ParameterStore(call, false), x, call.create(vector, new Shape(1, vector.length)), false);
			var values = ab.mul(ColorNet.AB_SCALE).toFloatArray();
			System.arraycopy(values, 0, a, 0, width * height);
			System.arraycopy(values, width * height, b, 0, width * height);
		}
	}

	/** Native arrays that the weights' manager and those below it hold. */
	int nativeArrays() {
		return weights.getManagedArrays().size();
	}

	@Override
	public void close() {
		weights.close();
	}
}
