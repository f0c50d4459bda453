package io.github.densecolorize.open;

import java.awt.image.Raster;
import java.io.IOException;
import java.nio.ByteOrder;

import javax.imageio.IIOException;
import javax.imageio.ImageIO;

import io.github.densecolorize.open.DicomPixels.Shape;

/** Decodes single frames of a DICOM file. */
final class DicomFrames {

	private DicomFrames() {}

	/** Frames that are not compressed. */
	static DicomPixels plain(byte[] frame, Shape shape) {
		return pixels(frame, shape, ByteOrder.LITTLE_ENDIAN);
	}

	private static DicomPixels pixels(byte[] frame, Shape shape, ByteOrder order) {
		var in = new ArrayInput(frame);
		in.setByteOrder(order);
		return new DicomPixels(in, 0, shape, false);
	}

	/** Run lengths (PS3.5, annex G): for each sample first the highest bytes of all pixels, then the next ones. */
	static DicomPixels runLengths(byte[] frame, Shape shape) throws IOException {
		int size = shape.bits() / 8, pixels = shape.width() * shape.height(), segments = size * shape.samples();
		var in = new ArrayInput(frame);
		in.setByteOrder(ByteOrder.LITTLE_ENDIAN);
		if (segments < 1 || in.readInt() != segments) throw Refusal.damaged("a frame of it has not the " + segments +
			" run-length segments that it should");
		var offsets = new int[segments + 1];
		for (int i = 0; i < segments; i++)
			offsets[i] = in.readInt();
		offsets[segments] = frame.length;
		for (int offset : offsets)
			if (offset < 0 || offset > frame.length) throw Refusal.damaged("a run-length segment of it begins at " + offset + " of " + frame.length +
				" bytes");
		var bytes = new byte[Math.multiplyExact(pixels, segments)];
		for (int i = 0; i < segments; i++)
			unpack(frame, offsets[i], offsets[i + 1], bytes, i / size * pixels * size + i % size, size, pixels);
		return pixels(bytes, new Shape(shape.width(), shape.height(), shape.samples(), true, shape.bits(), false), ByteOrder.BIG_ENDIAN);
	}

	/** Unpacks PackBits into every {@code step}th byte. */
	private static void unpack(byte[] from, int start, int end, byte[] to, int first, int step, int count) throws Refusal {
		int at = start, done = 0;
		while (done < count && at + 1 < end) {
			int n = from[at++];
			if (n == -128) continue;
			boolean run = n < 0;
			for (int k = run ? 1 - n : n + 1; k > 0 && done < count && at < end; k--, done++) {
				to[first + done * step] = from[at];
				if (!run) at++;
			}
			if (run) at++;
		}
		if (done < count) throw Refusal.damaged("the run lengths of a frame end too soon");
	}

	/** JPEG of 8 bits, without converting the colours, as the DICOM file says how to interpret them. */
	static DicomPixels jpeg(byte[] frame, Shape shape) throws IOException {
		var reader = ImageIO.getImageReadersByFormatName("jpeg").next();
		Raster raster;
		try {
			reader.setInput(new ArrayInput(frame));
			if (reader.getWidth(0) != shape.width() || reader.getHeight(0) != shape.height()) throw Refusal.damaged("a JPEG frame of it has " +
				reader.getWidth(0) + " x " + reader.getHeight(0) + " pixels instead of " + shape.width() + " x " + shape.height());
			raster = reader.readRaster(0, null);
		}
		catch (IIOException e) {
			throw Refusal.damaged("a JPEG frame of it can't be decoded", e);
		}
		finally {
			reader.dispose();
		}
		if (raster.getNumBands() != shape.samples()) throw Refusal.damaged("a JPEG frame of it has " + raster.getNumBands() +
			" samples a pixel instead of " + shape.samples());
		var samples = raster.getPixels(0, 0, shape.width(), shape.height(), (int[]) null);
		var bytes = new byte[samples.length];
		for (int i = 0; i < samples.length; i++)
			bytes[i] = (byte) samples[i];
		return pixels(bytes, new Shape(shape.width(), shape.height(), shape.samples(), false, 8, false), ByteOrder.LITTLE_ENDIAN);
	}
}
