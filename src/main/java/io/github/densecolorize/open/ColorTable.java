package io.github.densecolorize.open;

import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.util.Arrays;

import io.github.densecolorize.image.Lab;

/** The colours that gray values are shown in, or a palette, whose entries stand for colours in any order. */
public final class ColorTable {

	/** Neighbours in a ramp differ by less in each of red, green and blue; but a few that don't (HiLo marks its ends, Red/Green has two ramps). */
	private static final int STEP = 32, JUMPS = 3;
	/** A palette made of a picture may have few colours, a ramp has many. */
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

	/** As ImageJ has it. */
	IndexColorModel lut() {
		return new IndexColorModel(8, argb.length, argb, 0, false, -1, DataBuffer.TYPE_BYTE);
	}

	/** The colour of a value; beyond the table, that of its end. */
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

	/** Whether it shows gray values the other way round: 0 white, 255 black, in equal steps. */
	public boolean isInverse() {
		var grays = grays();
		for (int i = 0; i < grays.length; i++)
			if (grays[i] != 255 - i) return false;
		return grays.length == 256 && isGray();
	}

	/** Whether neighbouring entries are so alike that the table shows values of which more is more; else it is a palette. */
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
