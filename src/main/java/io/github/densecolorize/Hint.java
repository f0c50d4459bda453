package io.github.densecolorize;

import java.io.Serializable;
import java.util.List;

import io.github.densecolorize.image.Lab;

/**
 * A colour that the user knows at a place of an image. Only its hue and chroma are meant, not its lightness.
 *
 * @param plane on which it acts, counted from 0 in the order z before t; {@link #ALL} for all planes
 * @param a CIE a* of the colour, as {@link Lab} computes it
 * @param b CIE b*
 * @param runs the pixels of the full image that it covers, at least one; no pixel is in two runs
 * @param name what messages call it, such as {@code hint 3 (overlay)}
 */
public record Hint(int plane, float a, float b, List<Run> runs, String name) implements Serializable {

	/** The {@link #plane} of a hint that acts on all planes. */
	public static final int ALL = -1;

	/**
	 * Pixels side by side in a row, counted from 0 as ImageJ does.
	 *
	 * @param from the left one
	 * @param to the right one, which is the same if there is only one
	 */
	public record Run(int y, int from, int to) implements Serializable {}

	public Hint {
		runs = List.copyOf(runs);
	}

	/** @param rgb sRGB colour, alpha ignored */
	public static Hint of(int plane, int rgb, List<Run> runs, String name) {
		var lab = new float[3];
		Lab.fromArgb(rgb, lab);
		return new Hint(plane, lab[1], lab[2], runs, name);
	}

	/** Whether the other wants the same a* and b*. */
	public boolean agreesWith(Hint other) {
		return a == other.a && b == other.b;
	}
}
