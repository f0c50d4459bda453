package io.github.densecolorize.image;

/**
 * One of the eight symmetries of a square.
 *
 * @param mirrorX whether left and right are exchanged
 * @param mirrorY whether top and bottom are exchanged
 * @param transpose whether, after that, rows and columns are exchanged
 */
public record Turn(boolean mirrorX, boolean mirrorY, boolean transpose) {

	/** The one that leaves every pixel where it is. */
	public static final Turn NONE = of(0);

	/** @param i 0 for none, 1 for left and right exchanged, up to 7 for all eight */
	public static Turn of(int i) {
		return new Turn((i & 1) != 0, (i & 2) != 0, (i & 4) != 0);
	}

	/**
	 * @param x column of a pixel
	 * @param y row of it
	 * @param size side of the square
	 * @return where it goes, counted row by row
	 */
	public int index(int x, int y, int size) {
		int u = mirrorX ? size - 1 - x : x, v = mirrorY ? size - 1 - y : y;
		return transpose ? u * size + v : v * size + u;
	}

	/**
	 * @param square pixels of a square, row by row
	 * @return them turned
	 */
	public float[] apply(float[] square, int size) {
		var turned = new float[square.length];
		for (int y = 0; y < size; y++)
			for (int x = 0; x < size; x++)
				turned[index(x, y, size)] = square[y * size + x];
		return turned;
	}
}
