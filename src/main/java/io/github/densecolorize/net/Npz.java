package io.github.densecolorize.net;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.ZipInputStream;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

/**
 * Reads NumPy's NPZ container, a zip file of arrays. It does not trust what a file states: before it allocates an array, it checks that the type is
 * an expected one and that the array is no larger than what is left of the allowed bytes.
 */
final class Npz {

	private static final byte[] MAGIC = { (byte) 0x93, 'N', 'U', 'M', 'P', 'Y' };
	private static final Pattern HEADER = Pattern.compile(
		"\\{'descr': '([^']*)', 'fortran_order': (True|False), 'shape': \\(([\\d, ]*)\\), ?\\}\\s*");
	/** Largest number of bytes of a header; the headers of plain arrays have about a hundred. */
	private static final int LONGEST_HEADER = 10_000;
	private static final Map<String, DataType> TYPES = Map.of("<f4", DataType.FLOAT32, "<f8", DataType.FLOAT64);

	private final NDManager manager;
	private final boolean weightsOnly;
	private long left;

	/**
	 * @param manager owns the arrays
	 * @param most largest number of bytes that all arrays together may have
	 * @param weightsOnly whether all values must be 32-bit numbers, and finite
	 */
	Npz(NDManager manager, long most, boolean weightsOnly) {
		this.manager = manager;
		this.weightsOnly = weightsOnly;
		left = most;
	}

	/** @throws IOException if it is no such container, or holds anything but allowed arrays; the arrays that were read are then freed */
	Map<String, NDArray> read(InputStream in) throws IOException {
		var arrays = new HashMap<String, NDArray>();
		try {
			var zip = new ZipInputStream(in);
			for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
				if (!entry.getName().endsWith(".npy")) throw new IOException("it holds " + quoted(entry.getName()) + ", which is no array of NumPy");
				var name = entry.getName().substring(0, entry.getName().length() - ".npy".length());
				if (arrays.containsKey(name)) throw new IOException("it has tensor " + quoted(name) + " twice");
				arrays.put(name, array(name, new DataInputStream(zip)));
			}
			if (arrays.isEmpty()) throw new IOException("it is no NPZ container, or an empty one");
			return arrays;
		}
		catch (EOFException e) {
			arrays.values().forEach(NDArray::close);
			throw new IOException("it ends too soon", e);
		}
		catch (IOException e) {
			arrays.values().forEach(NDArray::close);
			throw e;
		}
		// What Java throws for names that are no text.
		catch (IllegalArgumentException e) {
			arrays.values().forEach(NDArray::close);
			throw new IOException("it is no NPZ container", e);
		}
	}

	/** @param in at the start of an NPY file of version 1 to 3 */
	private NDArray array(String name, DataInputStream in) throws IOException {
		var magic = new byte[MAGIC.length];
		in.readFully(magic);
		int version = in.readUnsignedByte();
		in.readUnsignedByte();
		if (!Arrays.equals(magic, MAGIC) || version < 1 || version > 3) throw new IOException("tensor " + quoted(name) + " is no array of NumPy");
		var length = new byte[version == 1 ? 2 : 4];
		in.readFully(length);
		long bytes = 0;
		for (int i = length.length - 1; i >= 0; i--)
			bytes = bytes << 8 | length[i] & 0xff;
		if (bytes > LONGEST_HEADER) throw new IOException("tensor " + quoted(name) + " has a header of " + bytes + " bytes");
		var text = new byte[(int) bytes];
		in.readFully(text);
		var header = HEADER.matcher(new String(text, StandardCharsets.UTF_8));
		if (!header.matches()) throw new IOException("tensor " + quoted(name) + " has no header that NumPy would write");
		var type = TYPES.get(header.group(1));
		if (type == null || weightsOnly && type != DataType.FLOAT32) throw new IOException("tensor " + quoted(name) + " is of type " + quoted(header
			.group(1)) + "; must be <f4, 32-bit numbers");
		if (header.group(2).equals("True")) throw new IOException("tensor " + quoted(name) + " is in the order of Fortran; must be in that of C");
		var shape = shape(name, header.group(3));
		var array = manager.create(values(name, shape, type, in), shape, type);
		array.setName(name);
		return array;
	}

	private static Shape shape(String name, String text) throws IOException {
		try {
			return new Shape(Arrays.stream(text.split(",")).map(String::strip).filter(s -> !s.isEmpty()).mapToLong(Long::parseLong).toArray());
		}
		catch (NumberFormatException e) {
			throw new IOException("tensor " + quoted(name) + " has shape (" + text + ")", e);
		}
	}

	private ByteBuffer values(String name, Shape shape, DataType type, InputStream in) throws IOException {
		long bytes = type.getNumOfBytes();
		for (long side : shape.getShape()) {
			if (side < 1 || bytes > left / side) throw new IOException("tensor " + quoted(name) + " has shape " + shape +
				", more than this network's");
			bytes *= side;
		}
		if (bytes > Math.min(left, Integer.MAX_VALUE)) throw new IOException("tensor " + quoted(name) + " has shape " + shape +
			", more than this network's");
		left -= bytes;
		var buffer = manager.allocateDirect((int) bytes).order(ByteOrder.LITTLE_ENDIAN);
		var part = new byte[1 << 16];
		while (buffer.hasRemaining()) {
			int n = in.read(part, 0, Math.min(part.length, buffer.remaining()));
			if (n < 0) throw new EOFException();
			buffer.put(part, 0, n);
		}
		if (in.read() >= 0) throw new IOException("tensor " + quoted(name) + " has more values than its shape");
		buffer.flip();
		if (weightsOnly) {
			var numbers = buffer.asFloatBuffer();
			while (numbers.hasRemaining())
				if (!Float.isFinite(numbers.get())) throw new IOException("tensor " + quoted(name) +
					" holds a value that is no number (NaN) or infinite");
		}
		return buffer;
	}

	private static String quoted(String text) {
		return '"' + text.replaceAll("\\p{Cntrl}", "?") + '"';
	}
}
