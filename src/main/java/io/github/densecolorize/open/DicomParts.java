package io.github.densecolorize.open;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import javax.imageio.stream.ImageInputStream;

import io.github.densecolorize.open.DicomData.Part;
import io.github.densecolorize.open.DicomPixels.Shape;

/** Where the frames of encapsulated pixels are (PS3.5, annex A.4). Each is decoded when it is needed, and the last one is kept. */
final class DicomParts implements DicomImage.Frames {

	private static final int OFFSETS = 0x7fe00001;
	private static final int MARKER = 0xff, START_OF_IMAGE = 0xd8;

	private final ImageInputStream in;
	private final List<List<Part>> frames;
	private final DicomHeader header;
	private final Shape shape;
	private DicomPixels kept;
	private int keptFrame = -1;

	DicomParts(ImageInputStream in, DicomData data, DicomHeader header, Shape shape) throws IOException {
		this.in = in;
		this.header = header;
		this.shape = shape;
		frames = frames(data, header.frames());
		long end = frames.stream().flatMap(List::stream).mapToLong(part -> part.start() + part.length()).max().orElse(0);
		if (end > in.length()) throw Refusal.damaged("it has " + in.length() + " bytes, and its pixels end at " + end);
		if (frames.size() != header.frames()) throw Refusal.damaged("it states " + header.frames() + " frames, but holds " + frames.size());
		// If it can't be decoded, this is reported before anything else is done.
		pixels(0);
	}

	/** The parts of each frame: usually one, but a frame may have several. */
	private List<List<Part>> frames(DicomData data, int count) throws IOException {
		var all = data.element(DicomData.PIXELS).parts();
		if (all.isEmpty()) throw Refusal.damaged("it has " + in.length() + " bytes, and ends before its pixels");
		var parts = all.subList(1, all.size());
		if (parts.size() <= count) return parts.stream().map(List::of).toList();
		if (count == 1) return List.of(parts);
		var begins = begins(data, all.get(0), parts);
		var found = new ArrayList<List<Part>>();
		for (var part : parts) {
			if (found.isEmpty() || begins.contains(part.start())) found.add(new ArrayList<>());
			found.get(found.size() - 1).add(part);
		}
		return found;
	}

	/** Where the first parts of frames are: stated by one of two tables or, without them, found by the beginnings of JPEG images. */
	private Set<Long> begins(DicomData data, Part table, List<Part> parts) throws IOException {
		var begins = new HashSet<Long>();
		in.setByteOrder(ByteOrder.LITTLE_ENDIAN);
		long origin = parts.get(0).start();
		if (table.length() > 0) {
			in.seek(table.start());
			for (int i = 0; i < table.length() / 4; i++)
				begins.add(origin + in.readUnsignedInt());
		}
		else if (data.has(OFFSETS)) {
			in.seek(data.element(OFFSETS).start());
			for (int i = 0; i < data.element(OFFSETS).length() / 8; i++)
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
		if (frame == keptFrame) return kept;
		var bytes = new ByteArrayOutputStream();
		for (var part : frames.get(frame)) {
			var some = new byte[Math.toIntExact(part.length())];
			in.seek(part.start());
			in.readFully(some);
			bytes.write(some);
		}
		kept = header.syntax().decode(bytes.toByteArray(), shape, header.bits());
		keptFrame = frame;
		return kept;
	}

	@Override
	public int number(int frame) {
		return 0;
	}
}
