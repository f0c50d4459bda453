package io.github.densecolorize.open;

import java.awt.image.Raster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

import javax.imageio.IIOException;
import javax.imageio.ImageIO;
import javax.imageio.stream.ImageInputStream;

import io.github.densecolorize.open.DicomPixels.Shape;

/** Frames of a DICOM file that are encapsulated (PS3.5, annex A.4): each is decoded when it is wanted, and the last one is kept. */
final class DicomParts implements DicomImage.Frames {

	/** What a frame is compressed with. */
	interface Codec {

		/** @param shape of a frame as decoded */
		DicomPixels decode(byte[] frame, Shape shape) throws IOException;
	}

	private static final int OFFSETS64 = 0x7fe00001;
	private static final int MARKER = 0xff, START_OF_IMAGE = 0xd8;

	private final ImageInputStream in;
	private final List<List<DicomData.Part>> frames;
	private final Shape shape;
	private final Codec codec;
	private DicomPixels kept;
	private int keptFrame = -1;

	/** @param count of frames, so many as the file tells */
	DicomParts(ImageInputStream in, DicomData data, int count, Shape shape, Codec codec) throws IOException {
		this.in = in;
		this.shape = shape;
		this.codec = codec;
		frames = frames(data, count);
		long end = frames.stream().flatMap(List::stream).mapToLong(part -> part.start() + part.length()).max().orElse(0);
		if (end > in.length()) throw Refusal.damaged("it has " + in.length() + " bytes, and its pixels end at " + end);
		if (frames.size() != count) throw Refusal.damaged("it tells of " + count + " frames, and holds " + frames.size());
	}

	/** The parts of each frame: mostly one, but a frame may be in several. */
	private List<List<DicomData.Part>> frames(DicomData data, int count) throws IOException {
		var all = data.element(DicomData.PIXELS).parts();
		if (all.isEmpty()) throw Refusal.damaged("it ends before its pixels");
		var parts = all.subList(1, all.size());
		if (parts.size() <= count) return parts.stream().map(List::of).toList();
		if (count == 1) return List.of(parts);
		var begins = begins(data, all.get(0), parts);
		var frames = new ArrayList<List<DicomData.Part>>();
		for (var part : parts) {
			if (frames.isEmpty() || begins.contains(part.start())) frames.add(new ArrayList<>());
			frames.get(frames.size() - 1).add(part);
		}
		return frames;
	}

	/** Where the first parts of frames are. */
	private List<Long> begins(DicomData data, DicomData.Part table, List<DicomData.Part> parts) throws IOException {
		var begins = new ArrayList<Long>();
		in.setByteOrder(ByteOrder.LITTLE_ENDIAN);
		long origin = parts.get(0).start();
		if (table.length() > 0) {
			in.seek(table.start());
			for (int i = 0; i < table.length() / 4; i++)
				begins.add(origin + in.readUnsignedInt());
		}
		else if (data.has(OFFSETS64)) {
			in.seek(data.element(OFFSETS64).start());
			for (int i = 0; i < data.element(OFFSETS64).length() / 8; i++)
				begins.add(origin + in.readLong());
		}
		else for (var part : parts) {
			in.seek(part.start());
			if (in.read() == MARKER && in.read() == START_OF_IMAGE) begins.add(part.start());
		}
		return begins;
	}

	@Override
	public DicomPixels pixels(int frame) throws IOException {
		if (frame != keptFrame) {
			var bytes = new ByteArrayOutputStream();
			for (var part : frames.get(frame)) {
				var some = new byte[(int) part.length()];
				in.seek(part.start());
				in.readFully(some);
				bytes.write(some);
			}
			kept = codec.decode(bytes.toByteArray(), shape);
			keptFrame = frame;
		}
		return kept;
	}

	@Override
	public int number(int frame) {
		return 0;
	}

	/** Not compressed at all. */
	static DicomPixels plain(byte[] frame, Shape shape) throws Refusal {
		if (frame.length < shape.bytes(1)) throw Refusal.damaged("a frame of it has " + frame.length + " bytes instead of " + shape.bytes(1));
		return pixels(frame, shape, ByteOrder.LITTLE_ENDIAN);
	}

	private static DicomPixels pixels(byte[] frame, Shape shape, ByteOrder order) {
		var in = new ArrayInput(frame);
		in.setByteOrder(order);
		return new DicomPixels(in, 0, shape, false);
	}

	/** Run lengths (PS3.5, annex G): of each sample first the highest bytes of all pixels, then the next ones. */
	static DicomPixels runLengths(byte[] frame, Shape shape) throws IOException {
		int size = shape.bits() / 8, pixels = shape.width() * shape.height(), segments = size * shape.samples();
		var in = new ArrayInput(frame);
		in.setByteOrder(ByteOrder.LITTLE_ENDIAN);
		if (in.readInt() != segments) throw Refusal.damaged("a frame of it has not the " + segments + " run-length segments that it should");
		var offsets = new long[segments + 1];
		for (int i = 0; i < segments; i++)
			offsets[i] = in.readUnsignedInt();
		offsets[segments] = frame.length;
		var bytes = new byte[Math.multiplyExact(pixels, segments)];
		for (int i = 0; i < segments; i++)
			unpack(frame, (int) offsets[i], (int) offsets[i + 1], bytes, i / size * pixels * size + i % size, size, pixels);
		return pixels(bytes, new Shape(shape.width(), shape.height(), shape.samples(), true, shape.bits(), false), ByteOrder.BIG_ENDIAN);
	}

	/** PackBits into every {@code step}th byte. */
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

	/** JPEG of 8 bits, with or without Huffman tables of its own, decoded without a change of colours. */
	static DicomPixels jpeg(byte[] frame, Shape shape) throws IOException {
		var reader = ImageIO.getImageReadersByFormatName("jpeg").next();
		Raster raster;
		try {
			reader.setInput(new ArrayInput(frame));
			raster = reader.readRaster(0, null);
		}
		catch (IIOException e) {
			throw Refusal.damaged("a JPEG frame of it can't be decoded", e);
		}
		finally {
			reader.dispose();
		}
		if (raster.getWidth() != shape.width() || raster.getHeight() != shape.height() || raster.getNumBands() != shape.samples()) throw Refusal.damaged(
			"a JPEG frame of it has " + raster.getWidth() + " x " + raster.getHeight() + " pixels of " + raster.getNumBands() + " samples");
		int n = raster.getNumBands();
		var samples = raster.getPixels(0, 0, raster.getWidth(), raster.getHeight(), (int[]) null);
		var bytes = new byte[samples.length];
		for (int i = 0; i < samples.length; i++)
			bytes[i] = (byte) samples[i];
		return pixels(bytes, new Shape(shape.width(), shape.height(), n, false, 8, false), ByteOrder.LITTLE_ENDIAN);
	}
}
