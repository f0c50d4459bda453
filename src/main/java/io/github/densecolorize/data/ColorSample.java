package io.github.densecolorize.data;

import net.imglib2.Interval;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.util.Intervals;
import net.imglib2.view.Views;

import io.github.densecolorize.image.Lab;
import io.github.densecolorize.image.Reduction;

/**
 * A colour image as the network sees it. The values are stored as hundredths, so that an image takes 6 bytes for each pixel.
 *
 * @param side in pixels at the model's scale
 * @param l L*, row by row
 * @param a a*
 * @param b b*
 * @param field L* of the whole image for the guidance stream, 0..100 as 0..255, up to {@value #FIELD_DETAIL} times as wide and high as that stream
 *          needs, so that it can be shown a part of the image without blur
 * @param label index of its class
 */
record ColorSample(int side, short[] l, short[] a, short[] b, byte[] field, int label) {

	private static final int FIELD_DETAIL = 2;
	private static final float UNIT = 0.01f, FIELD_UNIT = 100f / 255;

	/**
	 * @param argb sRGB pixels of a square image, row by row
	 * @param factor of its reduction, above 0 and at most 1
	 * @param fieldSize side of the guidance image (<i>G</i>)
	 */
	static ColorSample of(int[] argb, double factor, int fieldSize, int label) {
		int side = (int) Math.sqrt(argb.length);
		float[] l = new float[argb.length], a = new float[argb.length], b = new float[argb.length];
		Lab.fromArgb(argb, l, a, b);
		int detail = Math.min(side, FIELD_DETAIL * fieldSize);
		var lightness = ArrayImgs.floats(l, side, side);
		var seen = pixels(new Reduction(lightness, detail, detail));
		var field = new byte[seen.length];
		for (int i = 0; i < field.length; i++)
			field[i] = (byte) Math.round(seen[i] / FIELD_UNIT);
		var reduced = new Reduction(lightness, factor);
		return new ColorSample((int) reduced.width(), hundredths(reduced), hundredths(new Reduction(ArrayImgs.floats(a, side, side), factor)),
			hundredths(new Reduction(ArrayImgs.floats(b, side, side), factor)), field, label);
	}

	/** Number of bytes that it takes in memory. */
	long bytes() {
		return 6L * l.length + field.length;
	}

	/** Turns hundredths into L*, a* or b*. */
	static float value(short hundredths) {
		return hundredths * UNIT;
	}

	/**
	 * A part of L*, a* or b*, brought to another size.
	 *
	 * @param plane of hundredths
	 * @param part of the image
	 * @param size side of the result
	 */
	float[] crop(short[] plane, Interval part, int size) {
		int width = (int) part.dimension(0), height = (int) part.dimension(1);
		var values = new float[width * height];
		for (int y = 0; y < height; y++)
			for (int x = 0; x < width; x++)
				values[y * width + x] = value(plane[(int) (part.min(1) + y) * side + (int) part.min(0) + x]);
		return width == size && height == size ? values : pixels(new Reduction(ArrayImgs.floats(values, width, height), size, size));
	}

	/** Side of the stored field. */
	int fieldDetail() {
		return (int) Math.sqrt(field.length);
	}

	/**
	 * The guidance image, G·G: the whole field.
	 *
	 * @param size <i>G</i>
	 */
	float[] wholeField(int size) {
		return field(Intervals.createMinSize(0, 0, fieldDetail(), fieldDetail()), size);
	}

	/**
	 * The guidance image, G·G, of a part.
	 *
	 * @param part of the stored field
	 * @param size <i>G</i>
	 */
	float[] field(Interval part, int size) {
		var values = new float[field.length];
		for (int i = 0; i < values.length; i++)
			values[i] = (field[i] & 0xff) * FIELD_UNIT;
		return pixels(new Reduction(Views.interval(ArrayImgs.floats(values, fieldDetail(), fieldDetail()), part), size, size));
	}

	private static short[] hundredths(Reduction reduced) {
		var values = pixels(reduced);
		var hundredths = new short[values.length];
		for (int i = 0; i < hundredths.length; i++)
			hundredths[i] = (short) Math.round(values[i] / UNIT);
		return hundredths;
	}

	private static float[] pixels(Reduction reduced) {
		var values = new float[(int) (reduced.width() * reduced.height())];
		reduced.read(reduced.plane(), values);
		return values;
	}
}
