package io.github.densecolorize.open;

import java.io.IOException;

/** Colours of the pixels of a DICOM file (PS3.3, section C.7.6.3.1.2). */
interface DicomColour {

	/**
	 * @param samples of a pixel, as stored
	 * @return 0xffRRGGBB
	 */
	int argb(long... samples);

	private static int argb(double r, double g, double b) {
		return 0xff000000 | level(r) << 16 | level(g) << 8 | level(b);
	}

	private static int level(double value) {
		return (int) Math.max(0, Math.min(255, Math.round(value)));
	}

	/**
	 * @param photometric interpretation, as in the file
	 * @param bits of a sample
	 * @return null if it is not known here
	 */
	static DicomColour of(String photometric, DicomBits bits) {
		double white = bits.max() / 255.0, grey = 128;
		return switch (photometric) {
			case "RGB" -> s -> argb(s[0] / white, s[1] / white, s[2] / white);
			case "YBR_FULL", "YBR_FULL_422" -> s -> {
				double y = s[0] / white, cb = s[1] / white - grey, cr = s[2] / white - grey;
				return argb(y + 1.402 * cr, y - 0.344136 * cb - 0.714136 * cr, y + 1.772 * cb);
			};
			case "YBR_PARTIAL_422" -> s -> {
				double y = 255 / 219.0 * (s[0] / white - 16), cb = 255 / 224.0 * (s[1] / white - grey), cr = 255 / 224.0 * (s[2] / white - grey);
				return argb(y + 1.402 * cr, y - 0.344136 * cb - 0.714136 * cr, y + 1.772 * cb);
			};
			default -> null;
		};
	}

	/** The colours of the file's palette. */
	static DicomColour palette(DicomData data, DicomBits bits) throws IOException {
		var tables = new DicomTable[3];
		for (int i = 0; i < 3; i++) {
			int descriptor = 0x00281101 + i, values = 0x00281201 + i;
			if (!data.has(values)) throw data.has(0x00281221 + i) ? Refusal.unsupported("has a palette in segments, which is not read here",
				"convert it to TIFF") : Refusal.damaged("its palette is missing");
			tables[i] = DicomTable.of(data, descriptor, values, bits.signed());
		}
		return s -> 0xff000000 | level(tables[0], s[0]) << 16 | level(tables[1], s[0]) << 8 | level(tables[2], s[0]);
	}

	/** Of entries of 16 bits the upper half. */
	private static int level(DicomTable table, long value) {
		int entry = table.entry(value);
		return table.bits() > 8 ? entry >> table.bits() - 8 & 0xff : entry & 0xff;
	}
}
