package io.github.densecolorize.net;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.Map;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Block;

/** Named arrays in NumPy's NPZ container, and the way between them and the parameters of a network. */
public final class Tensors {

	private Tensors() {}

	/** The parameters of a network under their names; the arrays stay the network's. */
	public static NDList of(Block net) {
		var list = new NDList();
		for (var named : net.getParameters()) {
			var array = named.getValue().getArray();
			array.setName(named.getKey());
			list.add(array);
		}
		return list;
	}

	/** Writes arrays that all have a name. */
	public static void write(NDList arrays, OutputStream out) throws IOException {
		arrays.encode(out, NDList.Encoding.NPZ);
	}

	/**
	 * @param manager owns the arrays
	 * @throws IOException if the stream holds no NPZ container
	 */
	public static Map<String, NDArray> read(NDManager manager, InputStream in) throws IOException {
		var arrays = new HashMap<String, NDArray>();
		try {
			for (var array : NDList.decode(manager, in))
				arrays.put(array.getName(), array);
		}
		catch (IllegalArgumentException | IllegalStateException | NegativeArraySizeException e) {
			throw new IOException("not an NPZ container: " + e.getMessage(), e);
		}
		return arrays;
	}

	/**
	 * Makes arrays the parameters of a network that is not initialized yet. Used arrays are removed from the map.
	 *
	 * @param imageSize side of the guidance image
	 * @throws IOException if a parameter has no array, or one of another shape
	 */
	public static void initialize(ColorNet net, int imageSize, NDManager manager, Map<String, NDArray> arrays) throws IOException {
		for (var named : net.getParameters())
			named.getValue().setInitializer((m, shape, type) -> {
				var array = arrays.remove(named.getKey());
				if (array == null) throw new IllegalArgumentException("has no tensor " + named.getKey());
				if (!array.getShape().equals(shape)) throw new IllegalArgumentException("tensor " + named.getKey() + " has shape " + array
					.getShape() + ", the network wants " + shape);
				var onDevice = array.toDevice(m.getDevice(), false);
				onDevice.attach(m);
				return onDevice;
			});
		try {
			net.initialize(manager, imageSize);
		}
		catch (IllegalArgumentException e) {
			throw new IOException(e.getMessage(), e);
		}
	}
}
