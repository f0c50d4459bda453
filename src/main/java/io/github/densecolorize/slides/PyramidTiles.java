package io.github.densecolorize.slides;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.github.densecolorize.slides.Pyramid.Place;

/**
 * Makes the tiles of a pyramid from the pixels of a plane, in whichever order they come, and hands them on in the order of a file. Each pixel of a
 * further level is the mean of four of the level before; at an odd edge, the last row or column counts twice. Only tiles that are not complete are
 * held in memory: if pixels come roughly from top to bottom, a few rows of tiles.
 */
public final class PyramidTiles {

	private final Pyramid pyramid;
	private final TileTaker out;
	private final Map<Place, Tile> begun = new ConcurrentHashMap<>();
	/** Complete ones whose turn it isn't. */
	private final Map<Place, byte[]> waiting = new HashMap<>();
	private Place next = Pyramid.first();

	PyramidTiles(Pyramid pyramid, TileTaker out) {
		this.pyramid = pyramid;
		this.out = out;
	}

	/** A tile of which so many pixels are still missing. */
	private record Tile(byte[] rgb, AtomicInteger missing) {}

	/**
	 * Takes pixels of level 0, each once; may be called from several threads.
	 *
	 * @param left first column
	 * @param top first row
	 * @param argb colours row by row, alpha ignored; may be longer
	 * @throws NotWritten if tiles can't be handed on
	 */
	public void put(int left, int top, int width, int height, int[] argb) {
		int side = pyramid.tile(), first = left / side, columns = (left + width - 1) / side - first + 1;
		int firstRow = top / side, rows = (top + height - 1) / side - firstRow + 1;
		try {
			// In parallel, since a GPU works on few but large parts.
			IntStream.range(0, columns * rows).parallel().forEach(i -> fill(new Place(0, first + i % columns, firstRow + i / columns), left, top, width, height,
				argb));
		}
		catch (OutOfMemoryError e) {
			// With too little memory the network tries again with smaller parts, but pixels may come only once.
			throw new NotWritten(new IOException("there is not enough memory; give Java more", e));
		}
	}

	/** Takes those of the pixels that belong to a tile. */
	private void fill(Place place, int left, int top, int width, int height, int[] argb) {
		int side = pyramid.tile(), x = place.column() * side, y = place.row() * side;
		int fromX = Math.max(left, x), toX = Math.min(left + width, x + side), fromY = Math.max(top, y), toY = Math.min(top + height, y + side);
		var tile = begun(place);
		for (int v = fromY; v < toY; v++) {
			int from = (v - top) * width - left, to = (v - y) * side - x;
			for (int u = fromX; u < toX; u++) {
				int colour = argb[from + u], at = TileCodec.SAMPLES * (to + u);
				tile.rgb[at] = (byte) (colour >> 16);
				tile.rgb[at + 1] = (byte) (colour >> 8);
				tile.rgb[at + 2] = (byte) colour;
			}
		}
		added(place, tile, (toX - fromX) * (toY - fromY));
	}

	private Tile begun(Place place) {
		return begun.computeIfAbsent(place, each -> new Tile(new byte[TileCodec.SAMPLES * pyramid.tile() * pyramid.tile()], new AtomicInteger(pyramid.width(
			each) * pyramid.height(each))));
	}

	/**
	 * Takes a tile that was made before, with some bands; from one thread.
	 *
	 * @throws IOException if it is damaged
	 */
	void put(Place place, byte[] packed) throws IOException {
		if (place.level() + 1 == pyramid.bandLevels() && place.level() + 1 < pyramid.levels()) halve(place, TileCodec.unpack(packed, pyramid.tile()));
		handOn(place, packed);
	}

	private void added(Place place, Tile tile, int pixels) {
		if (tile.missing.addAndGet(-pixels) > 0) return;
		begun.remove(place);
		if (place.level() + 1 < pyramid.levels()) halve(place, tile.rgb);
		handOn(place, TileCodec.pack(tile.rgb, pyramid.tile()));
	}

	/** Adds a tile at half its size to the next level. */
	private void halve(Place place, byte[] rgb) {
		int side = pyramid.tile(), width = pyramid.width(place), height = pyramid.height(place), halfWidth = (width + 1) / 2, halfHeight = (height + 1) / 2;
		int samples = TileCodec.SAMPLES, left = place.column() % 2 * side / 2, top = place.row() % 2 * side / 2;
		var parent = begun(place.parent());
		for (int y = 0; y < halfHeight; y++) {
			int upper = 2 * y * side, lower = Math.min(2 * y + 1, height - 1) * side, to = samples * ((top + y) * side + left);
			for (int x = 0; x < halfWidth; x++) {
				int a = 2 * x, b = Math.min(a + 1, width - 1);
				for (int s = 0; s < samples; s++) {
					int sum = (rgb[samples * (upper + a) + s] & 255) + (rgb[samples * (upper + b) + s] & 255) + (rgb[samples * (lower + a) + s] & 255) +
						(rgb[samples * (lower + b) + s] & 255);
					parent.rgb[to++] = (byte) (sum + 2 >> 2);
				}
			}
		}
		added(place.parent(), parent, halfWidth * halfHeight);
	}

	private synchronized void handOn(Place place, byte[] packed) {
		waiting.put(place, packed);
		try {
			for (byte[] turn; (turn = waiting.remove(next)) != null; next = pyramid.next(next))
				out.take(next, turn);
		}
		catch (IOException e) {
			throw new NotWritten(e);
		}
	}
}
