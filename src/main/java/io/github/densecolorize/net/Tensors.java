package io.github.densecolorize.net;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;

/** Reads and writes named arrays in NumPy's NPZ container, and turns them into the parameters of a network and back. */
public final class Tensors {

	private static final byte[] MAGIC = { (byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0 };

	private Tensors() {}

	/** The parameters of a network by their names; the arrays still belong to the network. */
	public static NDList of(Block net) {
		var list = new NDList();
		for (var named : net.getParameters()) {
			var array = named.getValue().getArray();
			array.setName(named.getKey());
			list.add(array);
		}
		return list;
	}

	/**
	 * Writes 32- or 64-bit arrays that all have a name. The same arrays give the same bytes, which DJL's own encoder does not: it stores the
	 * time of writing.
	 *
	 * @param out closed by the caller
	 */
	public static void write(NDList arrays, OutputStream out) throws IOException {
		var zip = new ZipOutputStream(out);
		for (var array : arrays) {
			var entry = new ZipEntry(array.getName() + ".npy");
			entry.setTimeLocal(LocalDateTime.of(1980, 1, 1, 0, 0));
			zip.putNextEntry(entry);
			zip.write(header(array));
			zip.write(array.toByteArray());
		}
		zip.finish();
	}

	private static byte[] header(NDArray array) {
		return header(array.getDataType().asNumpy(), LongStream.of(array.getShape().getShape()).mapToObj(n -> n + ",").collect(Collectors.joining()));
	}

	/**
	 * The header of NumPy's NPY format, version 1.0: magic, length, a Python dictionary, spaces up to a multiple of 64 bytes.
	 *
	 * @param type as NumPy names it, such as {@code <f4}
	 * @param shape the sides, each with a comma after it
	 */
	public static byte[] header(String type, String shape) {
		var text = "{'descr': '" + type + "', 'fortran_order': False, 'shape': (" + shape + "), }";
		int length = (10 + text.length() + 1 + 63) / 64 * 64 - 10;
		return ByteBuffer.allocate(10 + length).order(ByteOrder.LITTLE_ENDIAN).put(MAGIC).putShort((short) length).put((text + " ".repeat(
			length - 1 - text.length()) + "\n").getBytes(StandardCharsets.US_ASCII)).array();
	}

	/**
	 * Reads arrays of 32- or 64-bit numbers.
	 *
	 * @param manager owns the arrays
	 * @param most largest number of bytes that all arrays together may have
	 * @throws IOException if the stream holds no NPZ container of such arrays, in half a sentence
	 */
	public static Map<String, NDArray> read(NDManager manager, InputStream in, long most) throws IOException {
		return new Npz(manager, most, false).read(in);
	}

	/** The same for weights: 32-bit numbers, all of them finite. */
	public static Map<String, NDArray> readWeights(NDManager manager, InputStream in, long most) throws IOException {
		return new Npz(manager, most, true).read(in);
	}

	/**
	 * Turns arrays into the parameters of a network that is not initialized yet, and removes them from the map.
	 *
	 * @param manager owns the parameters, on its device
	 * @param newClasses whether the layer of class scores gets new random weights, as it must if the classes are different
	 * @throws MismatchException if a parameter has no array, or one of another shape
	 */
	public static void initialize(ColorNet net, NDManager manager, Map<String, NDArray> arrays, boolean newClasses)
		throws MismatchException
	{
		for (var named : net.getParameters()) {
			if (newClasses && ColorNet.isOfClassScores(named.getKey())) continue;
			named.getValue().setInitializer((m, shape, type) -> {
				try {
					var onDevice = take(arrays, named.getKey(), shape).toDevice(m.getDevice(), false);
					onDevice.attach(m);
					return onDevice;
				}
				catch (MismatchException e) {
					// DJL's initializers declare no exception.
					throw new UncheckedIOException(e);
				}
			});
		}
		try {
			net.initialize(manager);
		}
		catch (UncheckedIOException e) {
			if (e.getCause() instanceof MismatchException mismatch) throw mismatch;
			throw e;
		}
	}

	/**
	 * Removes an array from the map.
	 *
	 * @throws MismatchException if it is not there or has another shape
	 */
	public static NDArray take(Map<String, NDArray> arrays, String name, Shape shape) throws MismatchException {
		var array = arrays.remove(name);
		if (array == null) throw new MismatchException("it has no tensor " + name);
		if (!array.getShape().equals(shape)) throw new MismatchException("tensor " + name + " has shape " + array.getShape() +
			", the network wants " + shape);
		return array;
	}
}
