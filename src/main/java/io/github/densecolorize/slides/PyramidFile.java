package io.github.densecolorize.slides;

import static io.github.densecolorize.slides.Directory.IFD8;
import static io.github.densecolorize.slides.Directory.LONG;
import static io.github.densecolorize.slides.Directory.LONG8;
import static io.github.densecolorize.slides.Directory.SHORT;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A BigTIFF file of one or several planes of RGB pixels, each a pyramid: tiles of level 0, and the further levels as sub-directories (SubIFDs), as in
 * OME-TIFF 6. Tiles are written as they come; the directories follow at the end.
 */
public final class PyramidFile implements Closeable {

	private static final int HEADER = 16;
	/** Values of tags: smaller copy; Deflate; RGB; samples of a pixel side by side; centimetre; differences. */
	private static final int REDUCED = 1, DEFLATE = 8, RGB = 2, CHUNKY = 1, CENTIMETRE = 3, HORIZONTAL = 2;
	private static final double MICROMETRES = 10_000;

	private final FileChannel channel;
	private final double pixelWidth, pixelHeight;
	private final List<Plane> planes = new ArrayList<>();

	/**
	 * @param file to write; may be there, and is replaced
	 * @param pixelWidth in micrometres; 0 if unknown
	 * @param pixelHeight likewise
	 */
	public PyramidFile(Path file, double pixelWidth, double pixelHeight) throws IOException {
		this.pixelWidth = pixelWidth;
		this.pixelHeight = pixelHeight;
		channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
		channel.position(HEADER);
	}

	/** Begins the next plane; the one before must be complete. */
	public PyramidTiles plane(Pyramid pyramid) {
		return new PyramidTiles(pyramid, packed(pyramid));
	}

	/** The same for tiles that are packed already. */
	TileTaker packed(Pyramid pyramid) {
		var plane = new Plane(pyramid);
		planes.add(plane);
		return (place, packed) -> {
			int level = place.level(), i = place.row() * pyramid.across(level) + place.column();
			plane.offsets[level][i] = channel.position();
			plane.counts[level][i] = packed.length;
			for (var bytes = ByteBuffer.wrap(packed); bytes.hasRemaining();)
				channel.write(bytes);
		};
	}

	/**
	 * Writes the directories, after all tiles.
	 *
	 * @param description of all planes, such as {@link OmeText} makes it
	 * @throws IllegalStateException if a tile is missing
	 */
	public void finish(String description) throws IOException {
		// Directories begin at even bytes.
		channel.position(channel.position() + channel.position() % 2);
		long next = 0;
		for (int i = planes.size() - 1; i >= 0; i--)
			next = planes.get(i).writeDirectories(i == 0 ? description : null, next);
		var header = ByteBuffer.allocate(HEADER).order(ByteOrder.LITTLE_ENDIAN).put((byte) 'I').put((byte) 'I').putShort((short) 43).putShort((short) 8).putShort((short) 0).putLong(next).flip();
		while (header.hasRemaining())
			channel.write(header, header.position());
	}

	@Override
	public void close() throws IOException {
		channel.close();
	}

	/** Where the tiles of a plane are. */
	private final class Plane {

		private final Pyramid pyramid;
		private final long[][] offsets, counts;

		Plane(Pyramid pyramid) {
			this.pyramid = pyramid;
			offsets = IntStream.range(0, pyramid.levels()).mapToObj(level -> new long[pyramid.across(level) * pyramid.down(level)]).toArray(long[][]::new);
			counts = IntStream.range(0, pyramid.levels()).mapToObj(level -> new long[offsets[level].length]).toArray(long[][]::new);
		}

		/**
		 * @param description null for none
		 * @return where that of level 0 is
		 */
		long writeDirectories(String description, long next) throws IOException {
			var levels = new long[pyramid.levels() - 1];
			for (int level = 1; level < pyramid.levels(); level++)
				levels[level - 1] = directory(level).write(channel, 0);
			var directory = directory(0);
			if (description != null) directory.text(270, description);
			if (pixelWidth > 0 && pixelHeight > 0) directory.fraction(282, MICROMETRES / pixelWidth).fraction(283, MICROMETRES / pixelHeight).add(296, SHORT,
				CENTIMETRE);
			directory.text(305, "Dense Colorize");
			if (levels.length > 0) directory.add(330, IFD8, levels);
			return directory.write(channel, next);
		}

		private Directory directory(int level) {
			for (long count : counts[level])
				if (count == 0) throw new IllegalStateException("A tile of level " + level + " is missing");
			return new Directory().add(254, LONG, level == 0 ? 0 : REDUCED).add(256, LONG, pyramid.width(level)).add(257, LONG, pyramid.height(level)).add(
				258, SHORT, 8, 8, 8).add(259, SHORT, DEFLATE).add(262, SHORT, RGB).add(277, SHORT, TileCodec.SAMPLES).add(284, SHORT, CHUNKY).add(317, SHORT,
					HORIZONTAL).add(322, LONG, pyramid.tile()).add(323, LONG, pyramid.tile()).add(324, LONG8, offsets[level]).add(325, LONG8, counts[level]);
		}
	}
}
