package io.github.densecolorize.open;

import java.awt.image.Raster;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicReference;

import javax.imageio.ImageIO;
import javax.imageio.ImageReader;

/** Java's reader of TIFF files, which can unpack some data that no other class of Java can. */
final class JavaTiff {

	private JavaTiff() {}

	/**
	 * Builds a TIFF file from a single strip, and reads it.
	 *
	 * @param entries tags in their order, with one value each; the strip's offset is filled in here
	 * @throws Refusal if the strip is damaged
	 */
	static Raster read(int[][] entries, byte[] strip) throws IOException {
		int start = 8 + 2 + 12 * entries.length + 4;
		var file = ByteBuffer.allocate(start + strip.length);
		file.put(new byte[] { 'M', 'M', 0, 42 }).putInt(8).putShort((short) entries.length);
		for (var entry : entries)
			put(file, entry[0], entry[0] == TiffTags.STRIP_OFFSETS ? start : entry[1]);
		file.putInt(0).put(strip);
		var reader = reader();
		var warned = new AtomicReference<String>();
		reader.addIIOReadWarningListener((source, warning) -> {
			// Fill bits before the first code of a line are not an error.
			if (!warning.contains("should begin with EOL")) warned.set(warning);
		});
		try (var in = new ArrayInput(file.array())) {
			reader.setInput(in);
			var raster = reader.read(0).getRaster();
			if (warned.get() != null) throw Refusal.damaged("its compressed data can't be unpacked (" + warned.get() + ")");
			return raster;
		}
		catch (RuntimeException e) {
			throw Refusal.damaged("its compressed data can't be unpacked", e);
		}
		finally {
			reader.dispose();
		}
	}

	/** A tag with one value; for some tags Java expects 16 bits. */
	private static void put(ByteBuffer file, int tag, int value) {
		boolean wide = value > 0xffff || tag == TiffTags.STRIP_OFFSETS || tag == TiffTags.STRIP_COUNTS || tag == TiffTags.T4_OPTIONS ||
			tag == TiffTags.T6_OPTIONS;
		file.putShort((short) tag).putShort((short) (wide ? 4 : 3)).putInt(1).putInt(wide ? value : value << 16);
	}

	/** Other libraries in Fiji may have installed their own reader before it. */
	private static ImageReader reader() {
		var readers = ImageIO.getImageReadersByFormatName("tiff");
		while (readers.hasNext()) {
			var reader = readers.next();
			if (reader.getClass().getName().startsWith("com.sun.imageio.")) return reader;
		}
		throw new IllegalStateException("every Java since 9 has a reader of TIFF files");
	}
}
