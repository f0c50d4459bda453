package io.github.densecolorize.slides;

/**
 * The sizes of a pyramid. Level 0 is a plane with all its pixels; each further level is half as wide and high, rounded up. All are cut into square
 * tiles.
 *
 * @param width of level 0, in pixels
 * @param height likewise
 * @param tile side of a tile, in pixels; a multiple of 16, as TIFF wants it
 * @param levels how many there are
 */
public record Pyramid(int width, int height, int tile, int levels) {

	/** Side of a tile that viewers of slides are used to. */
	private static final int TILE = 512;
	/** With four levels, a band of 4,096 rows is several times as high as what the network sees beyond it and computes twice. */
	private static final int BAND_LEVELS = 4;

	public Pyramid {
		if (width < 1 || height < 1 || tile < 16 || tile % 16 != 0 || levels < 1) throw new IllegalArgumentException("A pyramid of " + width + " x " +
			height + " pixels has tiles of " + tile + " and " + levels + " levels; must be at least 1 pixel, a multiple of 16, and at least 1 level");
	}

	/** A pyramid whose last level is one tile. */
	public static Pyramid of(int width, int height) {
		return of(width, height, TILE);
	}

	/** The same with tiles of another size. */
	static Pyramid of(int width, int height, int tile) {
		int levels = 1;
		while (halved(Math.max(width, height), levels - 1) > tile)
			levels++;
		return new Pyramid(width, height, tile, levels);
	}

	private static int halved(int length, int times) {
		return (int) (length + (1L << times) - 1 >> times);
	}

	/** Width of a level in pixels. */
	public int width(int level) {
		return halved(width, level);
	}

	/** Height of a level in pixels. */
	public int height(int level) {
		return halved(height, level);
	}

	/** How many tiles of a level lie side by side. */
	int across(int level) {
		return (width(level) + tile - 1) / tile;
	}

	/** How many tiles of a level lie one below the other. */
	int down(int level) {
		return (height(level) + tile - 1) / tile;
	}

	/** How many rows of pixels a band has, which is the smallest part of a plane that can be made apart from the rest; the last may have fewer. */
	int bandRows() {
		return tile << bandLevels() - 1;
	}

	/** How many bands a plane has. */
	public int bands() {
		return (int) (((long) height + bandRows() - 1) / bandRows());
	}

	/** How many levels the tiles of a band belong to; those of further levels are made of several bands. */
	int bandLevels() {
		return Math.min(levels, BAND_LEVELS);
	}

	/** Rows of a plane that are made apart from the rest. */
	public record Rows(int top, int count) {}

	/**
	 * The rows of some bands that lie one below the other.
	 *
	 * @param from first band, counted from 0
	 * @param to the one after the last
	 */
	public Rows rows(int from, int to) {
		int top = from * bandRows();
		return new Rows(top, (int) Math.min(height, (long) to * bandRows()) - top);
	}

	/** All rows. */
	public Rows rows() {
		return new Rows(0, height);
	}

	/** The tiles that can be made of some bands. */
	Pyramid of(Rows rows) {
		return new Pyramid(width, rows.count, tile, bandLevels());
	}

	/**
	 * A tile.
	 *
	 * @param column counted from 0
	 * @param row counted from 0
	 */
	record Place(int level, int column, int row) {

		/** The tile of the next level that shows the same. */
		Place parent() {
			return new Place(level + 1, column / 2, row / 2);
		}
	}

	/** Width of the part of a tile that has pixels of the image. */
	int width(Place place) {
		return Math.min(tile, width(place.level) - place.column * tile);
	}

	/** Height of the part of a tile that has pixels of the image. */
	int height(Place place) {
		return Math.min(tile, height(place.level) - place.row * tile);
	}

	/** The first tile in a file. */
	static Place first() {
		return new Place(0, 0, 0);
	}

	/**
	 * The order of the tiles in a file: those of level 0 row by row, and each of a further level as soon as all tiles that it is made of have been. So
	 * a plane that comes from top to bottom needs to be seen only once.
	 *
	 * @return null after the last one
	 */
	Place next(Place place) {
		if (place.level + 1 < levels && isLast(place.column, across(place.level)) && isLast(place.row, down(place.level))) return place.parent();
		int column = lastBelow(place.column, place.level, across(0)) + 1, row = lastBelow(place.row, place.level, down(0));
		if (column < across(0)) return new Place(0, column, row);
		return row + 1 < down(0) ? new Place(0, 0, row + 1) : null;
	}

	/** Whether it is the last of those of which one of the next level is made. */
	private static boolean isLast(int i, int count) {
		return i % 2 == 1 || i == count - 1;
	}

	/** The last column or row of level 0 of which one of another level is made. */
	private static int lastBelow(int i, int level, int count) {
		return (int) Math.min(count, i + 1L << level) - 1;
	}
}
