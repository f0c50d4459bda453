package io.github.densecolorize.data;

import java.util.stream.Stream;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.blocks.PrimitiveBlocks;
import net.imglib2.blocks.PrimitiveBlocks.OnFallback;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.ARGBType;
import net.imglib2.type.numeric.real.FloatType;

import io.github.densecolorize.image.Lab;
import io.github.densecolorize.image.Reduction;

/**
 * A colour image as the network sees it. Values are in hundredths, so that an image takes 6 bytes a pixel.
 *
 * @param width in pixels at the model's scale
 * @param height likewise
 * @param l L*, row by row
 * @param a a*
 * @param b b*
 * @param field L* of the whole image resized to G×G, for the guidance stream
 * @param label index of its class
 */
record ColorSample(int width, int height, short[] l, short[] a, short[] b, short[] field, int label) {

	private static final float UNIT = 0.01f;

	/**
	 * @param rgb the image
	 * @param width at the model's scale
	 * @param height likewise
	 * @param fieldSize side of the guidance image (<i>G</i>)
	 */
	static ColorSample of(RandomAccessibleInterval<ARGBType> rgb, int width, int height, int fieldSize, int label) {
		int fullWidth = (int) rgb.dimension(0), fullHeight = (int) rgb.dimension(1);
		var argb = new int[fullWidth * fullHeight];
		PrimitiveBlocks.of(rgb, OnFallback.ACCEPT).copy(rgb, argb);
		var lab = new float[3][argb.length];
		Lab.fromArgb(argb, lab[0], lab[1], lab[2]);
		var planes = Stream.of(lab).map(c -> ArrayImgs.floats(c, fullWidth, fullHeight)).toList();
		return new ColorSample(width, height, resized(planes.get(0), width, height), resized(planes.get(1), width, height), resized(planes
			.get(2), width, height), resized(planes.get(0), fieldSize, fieldSize), label);
	}

	/** Hundredths to L*, a* or b*. */
	static float value(short hundredths) {
		return hundredths * UNIT;
	}

	private static short[] resized(RandomAccessibleInterval<FloatType> plane, int width, int height) {
		var values = new float[width * height];
		var reduction = new Reduction(plane, width, height);
		reduction.read(reduction.plane(), values);
		var hundredths = new short[values.length];
		for (int i = 0; i < values.length; i++)
			hundredths[i] = (short) Math.round(values[i] / UNIT);
		return hundredths;
	}
}
