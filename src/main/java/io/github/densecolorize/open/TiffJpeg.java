package io.github.densecolorize.open;

import java.awt.image.DataBufferByte;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;

import javax.imageio.IIOException;
import javax.imageio.ImageIO;

/** Strips and tiles that are JPEG files, except for tables that a page stores once for all of them (Adobe's Technical Note 2 on TIFF, 1995). */
final class TiffJpeg {

	private TiffJpeg() {}

	/** The samples as they are in the JPEG file, side by side; the page says which colours they mean. */
	static byte[] unpack(TiffPage page, byte[] packed, int rows) throws IOException {
		var file = withTables(page.directory.bytes(TiffTags.JPEG_TABLES), packed);
		var reader = ImageIO.getImageReadersByFormatName("jpeg").next();
		var ended = new AtomicBoolean();
		reader.addIIOReadWarningListener((source, warning) -> {
			if (warning.contains("premature end")) ended.set(true);
		});
		try (var in = new ArrayInput(file)) {
			reader.setInput(in);
			var raster = reader.readRaster(0, null);
			if (ended.get()) throw Refusal.damaged("a strip or tile ends too early");
			if (raster.getWidth() != page.chunkWidth || raster.getHeight() < rows || raster.getNumBands() != page.interleaved()) throw Refusal.damaged(
				"a strip or tile is " + raster.getWidth() + " x " + raster.getHeight() + " pixels instead of " + page.chunkWidth + " x " + rows);
			// Row after row, with the samples of a pixel side by side.
			var bytes = ((DataBufferByte) raster.getDataBuffer()).getData();
			return Arrays.copyOf(bytes, Math.toIntExact(rows * page.rowBytes()));
		}
		catch (IIOException e) {
			throw Refusal.damaged("a strip or tile can't be unpacked", e);
		}
		finally {
			reader.dispose();
		}
	}

	/** Both begin with "start of image", and the tables end with "end of image". */
	private static byte[] withTables(byte[] tables, byte[] packed) {
		if (tables.length < 4) return packed;
		var file = new ByteArrayOutputStream(tables.length + packed.length);
		file.write(tables, 0, tables.length - 2);
		file.write(packed, 2, packed.length - 2);
		return file.toByteArray();
	}
}
