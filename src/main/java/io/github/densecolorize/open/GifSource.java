package io.github.densecolorize.open;

import java.awt.Rectangle;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** The pictures of a GIF file as they are seen one after the other, on a white background. */
final class GifSource implements ImageSource {

	private static final int NOTHING = 0;

	private final Layout layout;
	private final List<GifFrame> frames;
	/** The picture that was made last; 0 where it is empty. */
	private int[] canvas;
	/** The picture before that, if it has to be restored. */
	private int[] before;
	private int made = -1;
	private boolean transparent;

	GifSource(int width, int height, List<GifFrame> frames) throws IOException {
		this.frames = frames;
		boolean gray = frames.stream().allMatch(f -> f.table().isGray());
		layout = new Layout(width, height, 1, 1, frames.size(), gray ? PixelType.GRAY8 : PixelType.RGB);
		make(0);
	}

	@Override
	public Layout layout() {
		return layout;
	}

	@Override
	public Details details() {
		return transparent ? Details.NONE.say(Transparency.SENTENCE) : Details.NONE;
	}

	@Override
	public Object read(int plane, Rectangle region) throws IOException {
		make(plane);
		var pixels = layout.type().array(region.width * region.height);
		for (int y = 0, i = 0; y < region.height; y++)
			for (int x = 0; x < region.width; x++, i++) {
				int argb = canvas[(region.y + y) * layout.width() + region.x + x];
				if (argb == NOTHING) argb = 0xffffffff;
				if (pixels instanceof byte[] gray) gray[i] = (byte) argb;
				else ((int[]) pixels)[i] = argb;
			}
		return pixels;
	}

	/** Each picture is drawn on top of those before it. */
	private void make(int picture) throws IOException {
		if (picture < made) made = -1;
		while (made < picture) {
			if (made < 0) canvas = new int[layout.width() * layout.height()];
			else dispose(frames.get(made));
			var frame = frames.get(++made);
			// Before the first picture there is nothing to restore, so if it is not transparent anywhere it is kept, as in other programs.
			before = frame.disposal() == GifFrame.PUT_BACK && (made > 0 || frame.transparent() >= 0) ? canvas.clone() : null;
			paint(frame);
			transparent |= Arrays.stream(canvas).anyMatch(argb -> argb == NOTHING);
		}
	}

	private void paint(GifFrame frame) throws IOException {
		var indices = frame.indices();
		var place = frame.place();
		for (int y = 0; y < place.height && place.y + y < layout.height(); y++)
			for (int x = 0; x < place.width && place.x + x < layout.width(); x++) {
				int index = indices[y * place.width + x] & 255;
				if (index != frame.transparent()) canvas[(place.y + y) * layout.width() + place.x + x] = frame.table().argb(index);
			}
	}

	private void dispose(GifFrame frame) {
		if (before != null) canvas = before;
		if (frame.disposal() != GifFrame.TAKE_AWAY) return;
		var place = frame.place().intersection(new Rectangle(layout.width(), layout.height()));
		for (int y = place.y; y < place.y + place.height; y++)
			Arrays.fill(canvas, y * layout.width() + place.x, y * layout.width() + place.x + place.width, NOTHING);
	}

	@Override
	public void close() {}
}
