package io.github.densecolorize.open;

import java.io.IOException;
import java.nio.ByteOrder;
import java.util.Map;

import io.github.densecolorize.open.DicomPixels.Shape;

/** Transfer syntaxes of DICOM (PS3.5, chapter 10, and PS3.6, annex A): how the data set of a file is written. */
enum DicomSyntax {

	PLAIN, DEFLATED, BIG_ENDIAN, ENCAPSULATED, RUN_LENGTHS, JPEG;

	private static final String PREFIX = "1.2.840.10008.1.2";
	private static final Map<String, DicomSyntax> READ = Map.of("", PLAIN, ".1", PLAIN, ".1.99", DEFLATED, ".2", BIG_ENDIAN, ".1.98",
		ENCAPSULATED, ".5", RUN_LENGTHS, ".4.50", JPEG, ".4.51", JPEG);
	private static final String LOSSLESS = "JPEG lossless", LS = "JPEG-LS", J2K = "JPEG 2000", MPEG2 = "MPEG-2", MPEG4 = "MPEG-4", HEVC =
		"HEVC", XL = "JPEG XL", HT = "High-Throughput JPEG 2000";
	private static final Map<String, String> OTHERS = Map.ofEntries(Map.entry(".4.57", LOSSLESS), Map.entry(".4.70", LOSSLESS),
		Map.entry(".4.80", LS),
		Map.entry(".4.81", LS), Map.entry(".4.90", J2K), Map.entry(".4.91", J2K), Map.entry(".4.92", J2K), Map.entry(".4.93", J2K),
		Map.entry(".4.100",
			MPEG2), Map.entry(".4.101", MPEG2), Map.entry(".4.102", MPEG4), Map.entry(".4.103", MPEG4), Map.entry(".4.104", MPEG4),
			Map.entry(".4.105",
				MPEG4), Map.entry(".4.106", MPEG4), Map.entry(".4.107", HEVC), Map.entry(".4.108", HEVC), Map.entry(".4.110", XL),
				Map.entry(".4.111", XL), Map.entry(".4.112", XL), Map.entry(".4.201", HT), Map.entry(".4.202", HT), Map.entry(".4.203", HT));
	/** Largest number of bytes that one packed byte can stand for; in JPEG, a uniform colour takes half a byte for 64 pixels. */
	private static final int MOST_OF_RUNS = 64, MOST_OF_JPEG = 1000;

	/**
	 * @param uid of the file; empty if it has none, as before DICOM
	 * @throws Refusal if files of this syntax can't be read here
	 */
	static DicomSyntax of(String uid) throws Refusal {
		if (uid.isEmpty()) return PLAIN;
		var rest = uid.startsWith(PREFIX) ? uid.substring(PREFIX.length()) : uid;
		var syntax = READ.get(rest);
		if (syntax == null) throw compressed(OTHERS.getOrDefault(rest, "transfer syntax " + uid));
		return syntax;
	}

	private static Refusal compressed(String with) {
		return Refusal.unsupported("is compressed DICOM (" + with + "), which is not read here",
			"decompress it, with gdcmconv --raw for one, or convert it to TIFF");
	}

	ByteOrder order() {
		return this == BIG_ENDIAN ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
	}

	/** Whether pixels that share their chroma are stored as the header says; JPEG has its own way of doing that. */
	boolean keepsHalvedChroma() {
		return this != RUN_LENGTHS && this != JPEG;
	}

	/** @param bits of a sample */
	DicomPixels decode(byte[] frame, Shape shape, DicomBits bits) throws IOException {
		long most = (long) frame.length * switch (this) {
			case RUN_LENGTHS -> MOST_OF_RUNS;
			case JPEG -> MOST_OF_JPEG;
			default -> 1;
		};
		if (most < shape.bytes(1)) throw Refusal.damaged("a frame of it has " + frame.length + " bytes, too few for " + shape.width() + " x " +
			shape.height() + " pixels");
		return switch (this) {
			case RUN_LENGTHS -> DicomFrames.runLengths(frame, shape);
			case JPEG -> {
				if (shape.bits() != 8) throw compressed("JPEG of " + bits.stored() + " bits");
				yield DicomFrames.jpeg(frame, shape);
			}
			default -> DicomFrames.plain(frame, shape);
		};
	}
}
