package io.github.densecolorize.open;

import java.io.IOException;
import java.util.Arrays;

/**
 * Colours of the pixels of a DICOM file (PS3.3, section C.7.6.3.1.2).
 *
 * @param type RGB, or GRAY8 for a palette that has no other colours
 * @param toArgb from the samples of a pixel to 0xffRRGGBB
 */
record DicomColour(PixelType type, ToArgb toArgb) {

	/** Turns samples into a colour. */
	interface ToArgb {

		int of(long[] samples);
	}

	private static final int DESCRIPTORS = 0x00281101, TABLES = 0x00281201, SEGMENTED_TABLES = 0x00281221;

	/** @throws Refusal if this interpretation is not known here */
	static DicomColour of(DicomData data, DicomHeader header) throws IOException {
		var photometric = header.photometric();
		if (header.bits() != null) {
			if (header.samples() == 1 && photometric.equals("PALETTE COLOR")) return palette(data, header.bits());
			double white = header.bits().max() / 255.0;
			if (header.samples() == 3 && photometric.equals("RGB"))
				return new DicomColour(PixelType.RGB, s -> Rgb.of(s[0] / white, s[1] / white, s[2] / white));
			if (header.samples() == 3 && photometric.startsWith("YBR_FULL"))
				return new DicomColour(PixelType.RGB, header.syntax() == DicomSyntax.JPEG ? s -> Rgb.ofJpeg(s[0], s[1] - 128, s[2] - 128) : s -> Rgb.ofYcc(
					s[0] / white, s[1] / white - 128, s[2] / white - 128));
			if (header.samples() == 3 && photometric.equals("YBR_PARTIAL_422"))
				return new DicomColour(PixelType.RGB, s -> Rgb.ofFilm(s[0] / white, s[1] / white, s[2] / white));
		}
		throw Refusal.unsupported("has " + header.samples() + (header.samples() == 1 ? " sample" : " samples") +
			" a pixel and the photometric interpretation \"" + photometric + "\", which is not read here", "convert it to RGB");
	}

	private static DicomColour palette(DicomData data, DicomBits bits) throws IOException {
		var tables = new DicomTable[3];
		for (int i = 0; i < 3; i++) {
			if (!data.has(TABLES + i)) throw data.has(SEGMENTED_TABLES + i)
				? Refusal.unsupported("has a palette in segments, which is not read here",
				"convert it to RGB") : Refusal.damaged("its palette is missing");
			tables[i] = DicomTable.of(data, DESCRIPTORS + i, TABLES + i, bits.signed());
		}
		boolean gray = Arrays.stream(tables).allMatch(table -> table.first() == tables[0].first() && Arrays.equals(table.entries(),
			tables[0].entries()));
		return new DicomColour(gray ? PixelType.GRAY8 : PixelType.RGB, s -> 0xff000000 | level(tables[0], s[0]) << 16 | level(tables[1],
			s[0]) << 8 | level(tables[2], s[0]));
	}

	/** The upper half of entries of 16 bits. */
	private static int level(DicomTable table, long value) {
		int entry = table.entry(value);
		return table.bits() > 8 ? entry >> table.bits() - 8 & 0xff : entry & 0xff;
	}
}
