package io.github.densecolorize.open;

import java.awt.Dimension;
import java.awt.Rectangle;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;

import javax.imageio.stream.ImageInputStream;

/** The planes of a TIFF file, read by strips and tiles. */
final class TiffSource implements ImageSource {

	/**
	 * A plane of the image.
	 *
	 * @param shift bytes from the page's pixels to the plane's: ImageJ writes a stack after the pixels of its first page
	 * @param channel of the page, counted from 0
	 */
	record Plane(TiffPage page, TiffPixels pixels, long shift, int channel) {}

	/**
	 * Where planes lie that follow each other, not packed.
	 *
	 * @param first byte of the first, counted from 0
	 * @param bytes of each
	 */
	record Place(long first, long bytes) {

		/** The first byte of a plane, counted from 0 as the planes are. */
		long of(int plane) {
			return first + plane * bytes;
		}
	}

	/** How many bytes of rows are read at a time. */
	private static final long BAND = 1 << 17;

	private final ImageInputStream in;
	private final TiffChunks chunks;
	private final Layout layout;
	private final Details details;
	private final List<Plane> planes;
	private final boolean asImageJWrites;
	private boolean transparent;

	/**
	 * @param planes in the order of the layout
	 * @param asImageJWrites see {@link #isAsImageJWrites}
	 */
	TiffSource(ImageInputStream in, Layout layout, Details details, List<Plane> planes, boolean asImageJWrites) {
		this.asImageJWrites = asImageJWrites;
		this.in = in;
		this.layout = layout;
		this.details = details;
		this.planes = planes;
		chunks = new TiffChunks(in);
	}

	@Override
	public Layout layout() {
		return layout;
	}

	@Override
	public Details details() {
		return transparent ? details.say(Transparency.SENTENCE) : details;
	}

	/**
	 * Whether the file is exactly as ImageJ wrote it, so that ImageJ itself can open it with overlay, look-up tables and everything else that it
	 * stores.
	 */
	boolean isAsImageJWrites() {
		return asImageJWrites;
	}

	/** Where the planes of a file lie that is {@linkplain #isAsImageJWrites as ImageJ writes it}. */
	Place place() {
		var page = planes.get(0).page;
		return new Place(page.offsets[0], page.height * page.rowBytes());
	}

	@Override
	public Dimension block() {
		var page = planes.get(0).page;
		if (page.tiled) return new Dimension(page.chunkWidth, page.chunkHeight);
		int rows = ImageSource.super.block().height;
		// Of higher strips the one that was read last is kept.
		return new Dimension(page.width, page.chunkHeight >= rows ? rows : rows / page.chunkHeight * page.chunkHeight);
	}

	@Override
	public Object read(int plane, Rectangle region) throws IOException {
		var wanted = planes.get(plane);
		var page = wanted.page;
		var pixels = layout.type().array(Math.multiplyExact(region.width, region.height));
		for (int top = region.y / page.chunkHeight; top * (long) page.chunkHeight < region.y + region.height; top++)
			for (int left = region.x / page.chunkWidth; left * (long) page.chunkWidth < region.x + region.width; left++) {
				var chunk = new Rectangle(left * page.chunkWidth, top * page.chunkHeight, page.chunkWidth, page.chunkHeight);
				var part = chunk.intersection(region);
				if (page.isStoredAs(layout.type()) && part.width == page.chunkWidth && part.width == region.width) {
					chunks.read(page, wanted.shift, top, part.y - chunk.y, part.height, (byte[]) pixels, (part.y - region.y) * region.width);
					continue;
				}
				// Only a few rows at a time, so that they stay in the processor's caches.
				int rows = (int) Math.max(1, Math.min(part.height, BAND / page.rowBytes()));
				for (int y = 0; y < part.height; y += rows)
					paint(wanted, top * page.across() + left, chunk, new Rectangle(part.x, part.y + y, part.width, Math.min(rows, part.height - y)), pixels,
						region);
			}
		return pixels;
	}

	/** Paints rows of a strip or tile. */
	private void paint(Plane plane, int index, Rectangle chunk, Rectangle part, Object pixels, Rectangle region) throws IOException {
		var samples = samples(plane, index, part.y - chunk.y, part.height);
		int x = part.x - chunk.x, to = (part.y - region.y) * region.width + part.x - region.x;
		for (int y = 0; y < part.height; y++, to += region.width)
			plane.pixels.painter().paint(samples, x, y, part.width, pixels, to);
		if (plane.pixels.alpha() >= 0) transparent |= Transparency.isIn(samples[samples.length - 1], x, part.width, part.height);
	}

	/** The samples of the plane's channel, then the transparency. */
	private Samples[] samples(Plane plane, int chunk, int from, int rows) throws IOException {
		var page = plane.page;
		int[] colours = plane.pixels.channels()[plane.channel];
		int alpha = plane.pixels.alpha();
		int[] wanted = alpha < 0 ? colours : IntStream.concat(IntStream.of(colours), IntStream.of(alpha)).toArray();
		var samples = new Samples[wanted.length];
		var all = page.planar ? null : chunks.read(page, plane.shift, chunk, from, rows);
		for (int i = 0; i < samples.length; i++)
			samples[i] = all != null ? all[wanted[i]] : chunks.read(page, plane.shift, wanted[i] * page.across() * page.down() + chunk, from, rows)[0];
		return samples;
	}

	@Override
	public void close() throws IOException {
		in.close();
	}
}
