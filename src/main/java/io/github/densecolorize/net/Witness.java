package io.github.densecolorize.net;

import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Consumer;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;

/**
 * Checks the convolutions and linear layers that this thread computes from the time when it is created until it is closed. It compares some of their
 * outputs with the same sums in double precision, worked out here in Java from the inputs, the weights and the outputs that the device holds.
 * Comparing with another result of PyTorch would prove nothing, as that may be wrong as well.
 *
 * <pre>{@code
 * try (var witness = new Witness()) {
 * 	ab = net.chroma(l, vector);
 * 	if (witness.error() > Witness.allowed(device)) ...
 * }
 * }</pre>
 */
public final class Witness implements AutoCloseable {

	/** In how many places of each layer outputs are checked, in all maps at once: in the corners, and in others at random. */
	private static final int PLACES = 8;
	/** Corners are numbered from 0. */
	private static final int LAST_CORNER = 3;
	/** Largest number of products in a place; in larger layers only some of the maps are checked, different ones in each place. */
	private static final int MOST_PRODUCTS = 1 << 17;
	/** Sums up to this count as 0, since a device may round such small numbers to 0. */
	private static final double NOTHING = 1e-20;
	/** The error allowed in single precision, with the products added in any order. */
	private static final double ROUNDING = 1e-4;
	/** The error allowed on NVIDIA's GPUs, which round factors to 11 bits (TF32). */
	private static final double TENSOR_CORES = 2e-3;

	private static final ThreadLocal<Witness> CURRENT = new ThreadLocal<>();

	private final SplittableRandom random = new SplittableRandom(1);
	/** Shapes whose gradients were already checked; null if gradients are not checked. */
	private final Set<String> differentiated;
	private double error;
	private String worst = "";
	private long compared;

	/** A witness of results only. */
	public Witness() {
		this(null);
	}

	private Witness(Set<String> differentiated) {
		this.differentiated = differentiated;
		if (CURRENT.get() != null) throw new IllegalStateException("this thread has a witness");
		CURRENT.set(this);
	}

	/**
	 * A witness of results, and of the gradients of each kind of layer of a {@link ColorNet}. For these each layer is computed again by itself,
	 * forward and backward, at the same size. The pass that is checked must not collect gradients itself.
	 */
	public static Witness ofGradients() {
		return new Witness(new HashSet<>());
	}

	/** The largest {@link #error} that can be explained by rounding. */
	public static double allowed(Device device) {
		return device.isGpu() ? TENSOR_CORES : ROUNDING;
	}

	/** The largest difference, as a fraction of the sum of the magnitudes of all products of that output; infinite if the result is not a number. */
	public double error() {
		return error;
	}

	/** The layer with this difference, for users. */
	public String worst() {
		return worst;
	}

	/** How many outputs were compared. */
	public long compared() {
		return compared;
	}

	/** Shows something to the witness of this thread, if there is one. */
	static void look(Consumer<Witness> show) {
		var witness = CURRENT.get();
		if (witness != null) show.accept(witness);
	}

	/** Whether the gradients of layers are to be checked too. */
	boolean asksForGradients() {
		return differentiated != null;
	}

	/** Whether gradients of this kind have not been checked before. */
	boolean isNew(String kind) {
		return differentiated.add(kind);
	}

	/**
	 * Called when a convolution or a linear layer was computed.
	 *
	 * @param x (N, C, H, W), or (N, C)
	 * @param weight (maps or more, C, side, side), or (maps, C)
	 * @param bias (maps or more); null for none
	 * @param padding zeros around x
	 * @param y what came out, (N, maps, H + 2 padding - side + 1, W + 2 padding - side + 1), or (N, maps)
	 */
	void saw(NDArray x, NDArray weight, NDArray bias, int padding, NDArray y) {
		Shape in = x.getShape(), out = y.getShape();
		if (in.dimension() == 4) {
			compare(x, weight, bias, padding, y, "a convolution");
			return;
		}
		try (var pixel = x.reshape(in.get(0), in.get(1), 1, 1);
			var filter = weight.reshape(out.get(1), in.get(1), 1, 1);
			var result = y.reshape(out.get(0), out.get(1), 1, 1))
		{
			compare(pixel, filter, bias, padding, result, "a linear layer");
		}
	}

	/** @param what was computed, for users */
	void compare(NDArray x, NDArray weight, NDArray bias, int padding, NDArray y, String what) {
		Shape in = x.getShape(), out = y.getShape();
		int side = (int) weight.getShape().get(2), images = (int) out.get(0), maps = (int) out.get(1), height = (int) out.get(2), width = (int) out
			.get(3);
		int window = (int) in.get(1) * side * side, atOnce = Math.max(1, Math.min(maps, MOST_PRODUCTS / window));
		var biases = bias == null ? new float[maps] : bias.toFloatArray();
		var name = what + " of " + in.get(1) + " to " + maps + " maps, " + side + " x " + side + " pixels";
		float[] filters = null;
		int places = (int) Math.min(PLACES, (long) images * height * width);
		for (int place = 0; place < places; place++) {
			// The last place is the last corner of the last image, and there the last maps are checked: the known errors are in the maps that are
			// left over after whole registers.
			boolean isLast = place == places - 1;
			int corner = isLast ? LAST_CORNER : place;
			int image = isLast ? images - 1 : random.nextInt(images);
			int row = corner <= LAST_CORNER ? (corner & 1) * (height - 1) : random.nextInt(height);
			int column = corner <= LAST_CORNER ? (corner >> 1) * (width - 1) : random.nextInt(width);
			int from = isLast ? maps - atOnce : random.nextInt(maps - atOnce + 1);
			if (filters == null || atOnce < maps) filters = floats(weight, new NDIndex().addSliceDim(from, from + atOnce));
			var seen = window(x, image, row - padding, column - padding, side);
			var found = floats(y, new NDIndex().addIndices(image).addSliceDim(from, from + atOnce).addIndices(row, column));
			for (int map = 0; map < atOnce; map++) {
				double sum = biases[from + map], magnitude = Math.abs(sum);
				for (int k = 0; k < window; k++) {
					double product = (double) seen[k] * filters[map * window + k];
					sum += product;
					magnitude += Math.abs(product);
				}
				compare(found[map], sum, magnitude, name);
			}
		}
	}

	/**
	 * @param found a result of single precision
	 * @param sum the right result
	 * @param magnitude the sum of the absolute values of its parts
	 * @param name of the layer, for users
	 */
	void compare(double found, double sum, double magnitude, String name) {
		// If the inputs are not numbers, there is no right result.
		if (!Double.isFinite(magnitude)) return;
		double difference = Double.isFinite(found) ? Math.abs(found - sum) / (magnitude + NOTHING) : Double.POSITIVE_INFINITY;
		compared++;
		if (difference <= error) return;
		error = difference;
		worst = name;
	}

	/** The window of an image, (C, side, side); zeros outside of it. */
	private static float[] window(NDArray x, int image, int top, int left, int side) {
		Shape shape = x.getShape();
		int maps = (int) shape.get(1), bottom = (int) Math.min(shape.get(2), top + side), right = (int) Math.min(shape.get(3), left + side);
		int firstRow = Math.max(0, top), firstColumn = Math.max(0, left), rows = bottom - firstRow, columns = right - firstColumn;
		var inside = floats(x, new NDIndex().addIndices(image).addAllDim().addSliceDim(firstRow, bottom).addSliceDim(firstColumn, right));
		if (rows == side && columns == side) return inside;
		var window = new float[maps * side * side];
		for (int map = 0; map < maps; map++)
			for (int i = 0; i < rows; i++)
				System.arraycopy(inside, (map * rows + i) * columns, window, (map * side + firstRow - top + i) * side + firstColumn - left, columns);
		return window;
	}

	static float[] floats(NDArray array, NDIndex part) {
		try (var values = array.get(part)) {
			return values.toFloatArray();
		}
	}

	@Override
	public void close() {
		CURRENT.remove();
	}
}
