package io.github.densecolorize.open;

import java.io.IOException;

/**
 * Which bits of a sample are its value (PS3.5, section 8.1.1). The other bits may hold anything, such as an overlay.
 *
 * @param stored number of these bits, 1 to 32
 * @param lowest the lowest of them, counted from 0
 * @param signed whether the value is signed, as two's complement
 */
record DicomBits(int stored, int lowest, boolean signed) {

	static final int ALLOCATED = 0x00280100;
	private static final int STORED = 0x00280101, HIGHEST = 0x00280102, REPRESENTATION = 0x00280103;

	/** @throws Refusal if they are not within the allocated bits */
	static DicomBits of(DicomData data, int allocated) throws IOException {
		int stored = data.shortValue(STORED, allocated), highest = data.shortValue(HIGHEST, stored - 1);
		if (stored < 1 || stored > allocated || highest >= allocated || highest < stored - 1) throw Refusal.damaged("it stores " + stored +
			" bits up to bit " + highest + " in " + allocated);
		return new DicomBits(stored, highest + 1 - stored, data.shortValue(REPRESENTATION, 0) == 1);
	}

	/** @param sample with all bits that are allocated */
	long value(long sample) {
		long bits = sample >>> lowest & max(false);
		return signed && bits > max(true) ? bits - (1L << stored) : bits;
	}

	long min() {
		return signed ? -(1L << stored - 1) : 0;
	}

	long max() {
		return max(signed);
	}

	private long max(boolean halved) {
		return (1L << (halved ? stored - 1 : stored)) - 1;
	}
}
