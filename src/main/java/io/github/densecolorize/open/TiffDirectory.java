package io.github.densecolorize.open;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

import javax.imageio.stream.ImageInputStream;

/** A directory of a TIFF file (TIFF 6.0, and BigTIFF, whose offsets have 64 bits): its tags, whose values are read when they are asked for. */
final class TiffDirectory {

	/** Where the values of a tag lie; the file has at least as many bytes. Short values lie in the directory itself. */
	private record Field(int type, int count, long offset, byte[] inside) {}

	/** Number of bytes of a value by its type; 0 if there is no such type. */
	private static final int[] BYTES = { 0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4, 0, 0, 8, 8, 8 };
	private static final int RATIONAL = 5, SBYTE = 6, SSHORT = 8, SLONG = 9, SRATIONAL = 10, FLOAT = 11, DOUBLE = 12;
	private static final int BIG = 43;

	private final ImageInputStream in;
	private final boolean big;
	private final Map<Integer, Field> fields = new HashMap<>();
	private long next;
	private boolean whole = true;

	private TiffDirectory(ImageInputStream in, boolean big, long offset) throws IOException {
		this.in = in;
		this.big = big;
		int entry = big ? 20 : 12;
		in.seek(offset);
		long entries = big ? in.readLong() : in.readUnsignedShort();
		long end = in.getStreamPosition() + entries * entry + (big ? 8 : 4);
		if (entries < 1 || entries > 0xffff || end > in.length()) throw Refusal.damaged("it has " + in.length() +
			" bytes, and a directory of its pages lies beyond them");
		var buffer = bytes(entries * entry + (big ? 8 : 4));
		long at = end - buffer.capacity();
		for (int i = 0; i < entries; i++, at += entry) {
			int tag = buffer.getShort() & 0xffff, type = buffer.getShort() & 0xffff;
			long count = big ? buffer.getLong() : buffer.getInt() & 0xffffffffL;
			long value = big ? buffer.getLong() : buffer.getInt() & 0xffffffffL;
			int size = type < BYTES.length ? BYTES[type] : 0;
			// A tag whose values are missing is ignored: either the page can be read without it, or the page will be refused since it is missing.
			if (size == 0 || count < 1 || count > in.length() / size) {
				whole = false;
				continue;
			}
			if (count * size <= (big ? 8 : 4)) {
				int place = buffer.position() - (big ? 8 : 4);
				fields.putIfAbsent(tag, new Field(type, (int) count, at + entry - (big ? 8 : 4), Arrays.copyOfRange(buffer.array(), place, place +
					(int) count * size)));
			}
			else if (value >= 0 && value <= in.length() - count * size) fields.putIfAbsent(tag, new Field(type, (int) count, value, null));
			else whole = false;
		}
		next = big ? buffer.getLong() : buffer.getInt() & 0xffffffffL;
	}

	/**
	 * The directories of a file, in their order.
	 *
	 * @param in at the beginning of a TIFF file; its byte order is set
	 * @throws Refusal if the file is damaged
	 */
	static List<TiffDirectory> all(ImageInputStream in) throws IOException {
		in.setByteOrder(in.readUnsignedShort() == 0x4949 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
		boolean big = in.readUnsignedShort() == BIG;
		if (big) in.readInt(); // size of an offset, 8, and two bytes of 0
		return chain(in, big, big ? in.readLong() : in.readUnsignedInt());
	}

	private static List<TiffDirectory> chain(ImageInputStream in, boolean big, long first) throws IOException {
		var directories = new ArrayList<TiffDirectory>();
		var seen = new HashSet<Long>();
		for (long offset = first; offset != 0; offset = directories.get(directories.size() - 1).next) {
			if (!seen.add(offset)) throw Refusal.damaged("its list of pages leads back into itself");
			directories.add(new TiffDirectory(in, big, offset));
		}
		if (directories.isEmpty()) throw Refusal.damaged("it has no page");
		return directories;
	}

	/** The directories to which a tag leads: pictures that belong to this one. */
	List<TiffDirectory> children(int tag) throws IOException {
		var children = new ArrayList<TiffDirectory>();
		for (long offset : numbers(tag))
			children.add(new TiffDirectory(in, big, offset));
		return children;
	}

	/** Whether all values that it states are there. */
	boolean isWhole() {
		return whole;
	}

	boolean has(int tag) {
		return fields.containsKey(tag);
	}

	/** How many values a tag has. */
	int count(int tag) {
		var field = fields.get(tag);
		return field == null ? 0 : field.count;
	}

	/** The first value of a tag, or a default if it is missing. */
	long number(int tag, long otherwise) throws IOException {
		var field = fields.get(tag);
		return field == null ? otherwise : numbers(new Field(field.type, 1, field.offset, field.inside))[0];
	}

	/** The values of a tag; none if it is not there. */
	long[] numbers(int tag) throws IOException {
		var field = fields.get(tag);
		return field == null ? new long[0] : numbers(field);
	}

	private long[] numbers(Field field) throws IOException {
		var buffer = values(field);
		var numbers = new long[field.count];
		for (int i = 0; i < numbers.length; i++)
			numbers[i] = switch (field.type) {
				case FLOAT -> (long) buffer.getFloat();
				case DOUBLE -> (long) buffer.getDouble();
				case RATIONAL, SRATIONAL -> (long) rational(buffer, field.type);
				case SBYTE -> buffer.get();
				case SSHORT -> buffer.getShort();
				case SLONG -> buffer.getInt();
				default -> switch (BYTES[field.type]) {
					case 1 -> buffer.get() & 0xff;
					case 2 -> buffer.getShort() & 0xffff;
					case 4 -> buffer.getInt() & 0xffffffffL;
					default -> buffer.getLong();
				};
			};
		return numbers;
	}

	/** The values of a tag of fractions; none if it is not there or of another type. */
	double[] fractions(int tag) throws IOException {
		var field = fields.get(tag);
		if (field == null || field.type != RATIONAL && field.type != SRATIONAL) return new double[0];
		var buffer = values(field);
		var fractions = new double[field.count];
		for (int i = 0; i < fractions.length; i++)
			fractions[i] = rational(buffer, field.type);
		return fractions;
	}

	private static double rational(ByteBuffer buffer, int type) {
		int numerator = buffer.getInt(), denominator = buffer.getInt();
		return type == SRATIONAL ? (double) numerator / denominator : (double) (numerator & 0xffffffffL) / (denominator & 0xffffffffL);
	}

	/** The bytes of a tag's values; none if it is not there. */
	byte[] bytes(int tag) throws IOException {
		var field = fields.get(tag);
		return field == null ? new byte[0] : values(field).array();
	}

	/** A text, without the zero at its end; "" if there is none. */
	String text(int tag) throws IOException {
		var bytes = bytes(tag);
		int end = 0;
		while (end < bytes.length && bytes[end] != 0)
			end++;
		return new String(bytes, 0, end, StandardCharsets.UTF_8);
	}

	/** Where the values of a tag are in the file. */
	long offset(int tag) {
		return fields.get(tag).offset;
	}

	private ByteBuffer values(Field field) throws IOException {
		if (field.inside != null) return ByteBuffer.wrap(field.inside).order(in.getByteOrder());
		in.seek(field.offset);
		return bytes((long) field.count * BYTES[field.type]);
	}

	private ByteBuffer bytes(long count) throws IOException {
		var bytes = new byte[Math.toIntExact(count)];
		in.readFully(bytes);
		return ByteBuffer.wrap(bytes).order(in.getByteOrder());
	}
}
