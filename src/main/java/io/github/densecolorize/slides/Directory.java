package io.github.densecolorize.slides;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** A directory of a BigTIFF file: tags and their values, the lowest byte first. */
final class Directory {

	/** Types of values. */
	static final int ASCII = 2, SHORT = 3, LONG = 4, RATIONAL = 5, LONG8 = 16, IFD8 = 18;

	private static final int ENTRY = 20, INSIDE = 8;
	/** Fractions have three decimals, unless they are too large for it. */
	private static final int DECIMALS = 1000;

	private record Field(int type, long count, byte[] values) {}

	/** In the order of their tags, as TIFF wants it. */
	private final Map<Integer, Field> fields = new TreeMap<>();

	/** @param type of whole numbers */
	Directory add(int tag, int type, long... values) {
		int size = type == SHORT ? 2 : type == LONG ? 4 : 8;
		var bytes = buffer(values.length * size);
		for (long value : values)
			switch (size) {
				case 2 -> bytes.putShort((short) value);
				case 4 -> bytes.putInt((int) value);
				default -> bytes.putLong(value);
			}
		fields.put(tag, new Field(type, values.length, bytes.array()));
		return this;
	}

	Directory fraction(int tag, double value) {
		int divisor = value * DECIMALS < Integer.MAX_VALUE ? DECIMALS : 1;
		var bytes = buffer(8).putInt((int) Math.round(value * divisor)).putInt(divisor);
		fields.put(tag, new Field(RATIONAL, 1, bytes.array()));
		return this;
	}

	Directory text(int tag, String text) {
		var bytes = (text + "\0").getBytes(StandardCharsets.UTF_8);
		fields.put(tag, new Field(ASCII, bytes.length, bytes));
		return this;
	}

	/**
	 * Writes it to the end of a file.
	 *
	 * @param next where the next directory is; 0 if there is none
	 * @return where it is
	 */
	long write(FileChannel channel, long next) throws IOException {
		long start = channel.position();
		var behind = new ByteArrayOutputStream();
		var entries = buffer(8 + ENTRY * fields.size() + 8).putLong(fields.size());
		for (var each : fields.entrySet()) {
			var field = each.getValue();
			entries.putShort(each.getKey().shortValue()).putShort((short) field.type).putLong(field.count);
			if (field.values.length <= INSIDE) entries.put(field.values).position(entries.position() + INSIDE - field.values.length);
			else {
				entries.putLong(start + entries.capacity() + behind.size());
				behind.writeBytes(field.values);
				// Values begin at even bytes.
				if (behind.size() % 2 != 0) behind.write(0);
			}
		}
		entries.putLong(next).flip();
		behind.writeBytes(new byte[(int) ((start + entries.capacity() + behind.size()) % 2)]);
		for (var bytes : new ByteBuffer[] { entries, ByteBuffer.wrap(behind.toByteArray()) })
			while (bytes.hasRemaining())
				channel.write(bytes);
		return start;
	}

	private static ByteBuffer buffer(int bytes) {
		return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
	}
}
