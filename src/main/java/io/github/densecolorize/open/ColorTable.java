package io.github.densecolorize.open;

import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.util.Arrays;

import io.github.densecolorize.image.Lab;

/** The colours in which gray values are shown, or a palette, in which colours stand in any order. */
public final class ColorTable {

	/**
	 * In a ramp, neighbouring entries differ by less than this in each of red, green and blue, except for a few (HiLo marks its ends, Red/Green has
	 * two ramps).
	 */
	private static final int STEP = 32, JUMPS = 3;
	/** A palette that was made from a picture may have few colours; a ramp has many. */
	private static final int FEWEST = 64;

	private final int[] argb;

	/** @param argb a colour for each value, 0xffRRGGBB */
	ColorTable(int[] argb) {
		this.argb = argb;
	}

	/** A look-up table of ImageJ. */
	public static ColorTable of(IndexColorModel lut) {
		var argb = new int[lut.getMapSize()];
		lut.getRGBs(argb);
		return new ColorTable(argb);
	}

	/** The table as a look-up table of ImageJ. */
	IndexColorModel lut() {
		return new IndexColorModel(8, argb.length, argb, 0, false, -1, DataBuffer.TYPE_BYTE);
	}

	/** The colour of a value; beyond the table, that of its first or last entry. */
	int argb(int value) {
		return argb[Math.min(value, argb.length - 1)] | 0xff000000;
	}

	/** Whether all entries are gray. */
	public boolean isGray() {
		return Arrays.stream(argb).allMatch(c -> (c & 255) == (c >> 8 & 255) && (c & 255) == (c >> 16 & 255));
	}

	/** The entries, 0..255, of a table of grays. */
	public int[] grays() {
		return Arrays.stream(argb).map(c -> c & 255).toArray();
	}

	/** Whether it shows gray values as they are: 0 black, 255 white, in equal steps. */
	public boolean isIdentity() {
		var grays = grays();
		for (int i = 0; i < grays.length; i++)
			if (grays[i] != i) return false;
		return grays.length == 256 && isGray();
	}

	/** Whether it shows gray values inverted: 0 white, 255 black, in equal steps. */
	public boolean isInverse() {
		var grays = grays();
		for (int i = 0; i < grays.length; i++)
			if (grays[i] != 255 - i) return false;
		return grays.length == 256 && isGray();
	}

	/** Whether neighbouring entries are so similar that the table shows measured values; if not, it is a palette. */
	public boolean isRamp() {
		int jumps = 0;
		for (int i = 1; i < argb.length; i++)
			for (int shift = 0; shift < 24; shift += 8)
				if (Math.abs((argb[i] >> shift & 255) - (argb[i - 1] >> shift & 255)) > STEP) {
					jumps++;
					break;
				}
		return jumps <= JUMPS && Arrays.stream(argb).distinct().count() >= FEWEST;
	}

	/** Whether it becomes darker throughout, so that small values are shown bright. */
	public boolean falls() {
		var lab = new float[3];
		float before = Float.POSITIVE_INFINITY, first = 0;
		for (int i = 0; i < argb.length; i++) {
			Lab.fromArgb(argb[i], lab);
			if (lab[0] > before) return false;
			if (i == 0) first = lab[0];
			before = lab[0];
		}
		return before < first;
	}
}
