package io.github.densecolorize.image;

import net.imglib2.converter.Converter;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.real.FloatType;

/**
 * Turns gray values into L* by a table, of which a device may make use too. L* of an integer v is {@code table[v - first]}. Of other numbers it lies
 * between two entries, at {@code range.apply(v) * (table.length - 1)}.
 */
public final class Tones implements Converter<RealType<?>, FloatType> {

	/** L* of k / 4096 for k = 0..4096; linear interpolation between them is right within 0.0001, and takes a tenth of the time. */
	private static final float[] LIGHTNESS = new float[4097];

	static {
		for (int k = 0; k < LIGHTNESS.length; k++)
			LIGHTNESS[k] = Lab.lightness(k / 4096.0);
	}

	private final float[] table;
	private final int first;
	private final GrayMapping range;

	private Tones(float[] table, int first, GrayMapping range) {
		this.table = table;
		this.first = first;
		this.range = range;
	}

	/** For any numbers. */
	static Tones of(GrayMapping mapping) {
		return new Tones(LIGHTNESS, 0, mapping);
	}

	/** For integers of a type, which has few of them. */
	static Tones of(GrayMapping mapping, RealType<?> type) {
		int first = (int) type.getMinValue();
		var table = new float[(int) type.getMaxValue() - first + 1];
		for (int i = 0; i < table.length; i++)
			table[i] = Lab.lightness(mapping.apply(first + i));
		return new Tones(table, first, null);
	}

	/** L*, 0..100; not to be changed. */
	public float[] table() {
		return table;
	}

	/** The range that the table covers; null if it has an entry for each integer, the first for the lowest value that the type has. */
	public GrayMapping range() {
		return range;
	}

	@Override
	public void convert(RealType<?> in, FloatType out) {
		out.set(range == null ? table[(int) in.getRealFloat() - first] : between(range.apply(in.getRealDouble())));
	}

	private static float between(double v) {
		int k = Math.min((int) (v * 4096), 4095);
		return LIGHTNESS[k] + (float) (v * 4096 - k) * (LIGHTNESS[k + 1] - LIGHTNESS[k]);
	}
}
