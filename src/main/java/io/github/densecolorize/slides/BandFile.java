package io.github.densecolorize.slides;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.github.densecolorize.slides.Pyramid.Place;
import io.github.densecolorize.slides.Pyramid.Rows;

/**
 * Tiles that were made of some rows of planes. Several programs, on as many machines, make a file each, and one puts the tiles together as they are:
 * the result is, byte for byte, that of a single program. For each group of rows the file has the plane, the first row and their number, then the
 * tiles, each after its length, in the order of {@link Pyramid#next}.
 */
public final class BandFile implements Closeable {

	private final DataOutputStream out;

	/** @param file to write; may be there, and is replaced */
	public BandFile(Path file) throws IOException {
		out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)));
	}

	/**
	 * Begins the next rows; those before must be complete.
	 *
	 * @param plane counted from 0
	 * @param rows as {@link Pyramid#rows(int, int)} gives them
	 * @return takes their pixels, whose rows count from the first of these
	 */
	public PyramidTiles rows(Pyramid whole, int plane, Rows rows) throws IOException {
		out.writeInt(plane);
		out.writeInt(rows.top());
		out.writeInt(rows.count());
		return new PyramidTiles(whole.of(rows), (place, packed) -> {
			out.writeInt(packed.length);
			out.write(packed);
		});
	}

	@Override
	public void close() throws IOException {
		out.close();
	}

	/**
	 * Puts all planes together.
	 *
	 * @param parts files that together have all rows, in their order
	 * @param planes how many there are
	 * @throws IOException if they have not, or one is damaged
	 */
	public static void assemble(List<Path> parts, Pyramid whole, int planes, PyramidFile to) throws IOException {
		int plane = 0, top = 0;
		PyramidTiles tiles = null;
		for (var part : parts)
			try (var in = new DataInputStream(new BufferedInputStream(Files.newInputStream(part)))) {
				while (in.available() > 0) {
					if (in.readInt() != plane || in.readInt() != top) throw missing(plane, top);
					if (top == 0) tiles = to.plane(whole);
					var rows = new Rows(top, in.readInt());
					copy(in, whole, rows, tiles);
					top += rows.count();
					if (top < whole.height()) continue;
					plane++;
					top = 0;
				}
			}
			catch (EOFException e) {
				throw new IOException("a part of it ends too soon", e);
			}
		if (plane != planes) throw missing(plane, top);
	}

	private static void copy(DataInputStream in, Pyramid whole, Rows rows, PyramidTiles tiles) throws IOException {
		var band = whole.of(rows);
		for (Place place = Pyramid.first(); place != null; place = band.next(place)) {
			var packed = new byte[in.readInt()];
			in.readFully(packed);
			tiles.put(new Place(place.level(), place.column(), place.row() + (rows.top() / whole.tile() >> place.level())), packed);
		}
	}

	private static IOException missing(int plane, int top) {
		return new IOException("the part with row " + (top + 1) + " of slice " + (plane + 1) + " is missing");
	}
}
