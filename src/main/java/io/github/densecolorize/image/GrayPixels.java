package io.github.densecolorize.image;

import net.imglib2.Interval;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.blocks.PrimitiveBlocks;
import net.imglib2.blocks.PrimitiveBlocks.OnFallback;
import net.imglib2.converter.read.ConvertedRandomAccessibleInterval;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.type.numeric.integer.UnsignedShortType;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.util.Intervals;
import net.imglib2.view.Views;

/**
 * The gray values that L* of a plane is made of, as they are: for a device that makes L* of them itself, and that fewer bytes have to go to. May be
 * read from several threads.
 */
public final class GrayPixels {

	private final PrimitiveBlocks<?> blocks;
	private final Object type;
	private final Tones tones;

	private GrayPixels(RandomAccessibleInterval<?> plane, Tones tones) {
		// If the fast copier does not support a lazy view, the slower way is used, which gives the same values.
		blocks = blocks(Views.zeroMin(plane));
		type = plane.getType();
		this.tones = tones;
	}

	// PrimitiveBlocks wants a native type, which can't be expressed with Java's wildcards.
	@SuppressWarnings({ "unchecked", "rawtypes" })
	private static PrimitiveBlocks<?> blocks(RandomAccessibleInterval plane) {
		return PrimitiveBlocks.of(plane, OnFallback.ACCEPT).threadSafe();
	}

	/**
	 * @param lightness as {@link GrayMapping#lightness} makes it of 8 or 16 bits or single precision; of anything else the gray values are L*, which is
	 *          computed when read
	 */
	public static GrayPixels of(RandomAccessibleInterval<FloatType> lightness) {
		if (lightness instanceof ConvertedRandomAccessibleInterval<?, ?> view && (Object) view.getConverter() instanceof Tones tones && canBeRead(view
			.getSource().getType(), tones)) return new GrayPixels(view.getSource(), tones);
		return new GrayPixels(lightness, null);
	}

	private static boolean canBeRead(Object type, Tones tones) {
		// An empty range makes everything black, which a device does not know.
		if (type instanceof FloatType) return tones.range().max() > tones.range().min();
		return type instanceof UnsignedByteType || type instanceof UnsignedShortType;
	}

	/** How L* is made of the gray values; null if they are L*. */
	public Tones tones() {
		return tones;
	}

	/**
	 * @param block pixels of the plane, whose first one is (0, 0)
	 * @return row by row, {@code byte[]} or {@code short[]}, unsigned, or {@code float[]}
	 */
	public Object read(Interval block) {
		int pixels = Math.toIntExact(Intervals.numElements(block));
		Object values = type instanceof UnsignedByteType ? new byte[pixels] : type instanceof UnsignedShortType ? new short[pixels] : new float[pixels];
		blocks.copy(block, values);
		return values;
	}
}
