package io.github.densecolorize.open;

import java.awt.Rectangle;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;

import javax.imageio.stream.ImageInputStream;

import io.github.densecolorize.open.Avi.Chunk;

/** Frames of an AVI film; each is decoded when it is needed, and the last one is kept. */
final class AviSource implements ImageSource {

	private final ImageInputStream in;
	private final List<Chunk> frames;
	private final AviCodec codec;
	private final Layout layout;
	private Object kept;
	private int keptFrame = -1;

	private AviSource(ImageInputStream in, List<Chunk> frames, AviCodec codec, Layout layout) {
		this.in = in;
		this.frames = frames;
		this.codec = codec;
		this.layout = layout;
	}

	/** @throws Refusal if frames of this kind can't be read here */
	static AviSource of(ImageInputStream in, AviHeader header, List<Chunk> frames) throws IOException {
		var codec = AviCodec.of(header, bytes(in, frames.get(0)));
		for (var frame : frames)
			if (frame.length() < codec.fewest()) throw Refusal.damaged("a frame of it has " + frame.length() + " bytes instead of " +
				codec.fewest());
		return new AviSource(in, frames, codec, Layout.stack(header.width(), header.height(), frames.size(), codec.type()));
	}

	private static byte[] bytes(ImageInputStream in, Chunk frame) throws IOException {
		var bytes = new byte[Math.toIntExact(frame.length())];
		in.seek(frame.start());
		in.readFully(bytes);
		return bytes;
	}

	@Override
	public Layout layout() {
		return layout;
	}

	@Override
	public Details details() {
		return Details.NONE.withLabels(IntStream.rangeClosed(1, frames.size()).mapToObj(i -> "frame " + i).toList());
	}

	@Override
	public Object read(int plane, Rectangle region) throws IOException {
		if (plane != keptFrame) {
			kept = codec.decode(bytes(in, frames.get(plane)));
			keptFrame = plane;
		}
		return ArraySource.cut(kept, layout, region);
	}

	@Override
	public void close() throws IOException {
		in.close();
	}
}
