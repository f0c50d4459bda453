package io.github.densecolorize.open;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.converter.Converter;
import net.imglib2.converter.Converters;
import net.imglib2.type.numeric.ARGBType;
import net.imglib2.type.numeric.RealType;

import ij.ImageStack;
import ij.process.ColorProcessor;

/**
 * The pixels of a slice, either gray values or colours. They are in memory, or are read when they are looked at.
 *
 * @param gray numbers; 16-bit ones are unsigned, as in ImageJ; null for colours
 * @param colours null for gray values
 */
public record Plane(RandomAccessibleInterval<? extends RealType<?>> gray, RandomAccessibleInterval<ARGBType> colours) {

	/**
	 * A slice of a stack of any size, also of one that {@link ImageFiles#openByRegions} opened.
	 *
	 * @param n counted from 1
	 */
	public static Plane of(ImageStack stack, int n) {
		if (stack instanceof LargeStack large) return large.plane(n - 1);
		var ip = stack.getProcessor(n);
		return ip instanceof ColorProcessor ? new Plane(null, Images.argb(ip)) : new Plane(Images.gray(ip), null);
	}

	/** The colours of a palette instead of gray values. */
	public Plane in(ColorTable palette) {
		Converter<RealType<?>, ARGBType> colour = (in, out) -> out.set(palette.argb((int) in.getRealFloat()));
		return new Plane(null, Converters.convert(gray, colour, new ARGBType()));
	}
}
