package io.github.densecolorize.open;

import java.io.IOException;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/**
 * A look-up table of a DICOM file: of gray values (PS3.3, sections C.11.1 and C.11.2) or of one colour of a palette (C.7.6.3.1.5).
 *
 * @param first value that gets the first entry, as do all values below it
 * @param entries unsigned; the last one is also for all values above
 * @param bits of an entry
 */
record DicomTable(int first, int[] entries, int bits) implements DoubleUnaryOperator {

	static final int DESCRIPTOR = 0x00283002, DATA = 0x00283006;

	/**
	 * @param descriptor tag of the number of entries, the first value and the bits of an entry
	 * @param signed whether the values that are looked up are signed, if the file does not state it
	 */
	static DicomTable of(DicomData data, int descriptor, int values, boolean signed) throws IOException {
		var described = data.shorts(descriptor);
		if (described.length < 3) throw Refusal.damaged("a look-up table of it is not described");
		// A number of 16 bits has no room for 65536.
		int n = described[0] == 0 ? 1 << 16 : described[0];
		var vr = data.element(descriptor).vr();
		int first = vr.equals("SS") || !vr.equals("US") && signed ? (short) described[1] : described[1];
		return new DicomTable(first, entries(data, values, n), described[2]);
	}

	private static int[] entries(DicomData data, int values, int n) throws IOException {
		var entries = data.shorts(values);
		if (entries.length >= n) return Arrays.copyOf(entries, n);
		// Entries of 8 bits may be stored two in a word.
		var bytes = data.bytes(values);
		if (bytes.length < n) throw Refusal.damaged("a look-up table of it has " + bytes.length + " bytes for " + n + " entries");
		var packed = new int[n];
		for (int i = 0; i < n; i++)
			packed[i] = bytes[data.order() == ByteOrder.LITTLE_ENDIAN || (i ^ 1) >= bytes.length ? i : i ^ 1] & 0xff;
		return packed;
	}

	int entry(long value) {
		return entries[(int) Math.max(0, Math.min(entries.length - 1, value - first))];
	}

	@Override
	public double applyAsDouble(double value) {
		return entry((long) Math.floor(value));
	}

	/** Largest value that an entry may have: that of its stated bits, unless the entries show that the file states them wrongly. */
	int max() {
		return Math.max((1 << Math.min(bits, 16)) - 1, Arrays.stream(entries).max().orElse(0));
	}
}
