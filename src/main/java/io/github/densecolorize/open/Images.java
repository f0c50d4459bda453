package io.github.densecolorize.open;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.ARGBType;
import net.imglib2.type.numeric.RealType;

import ij.ImageStack;
import ij.process.ByteProcessor;
import ij.process.ColorProcessor;
import ij.process.FloatProcessor;
import ij.process.ImageProcessor;
import ij.process.ShortProcessor;

/** Gives access to images of ImageJ as images of ImgLib2. */
public final class Images {

	private Images() {}

	/**
	 * The colours as they are displayed.
	 *
	 * @param ip RGB image (a view of its pixels), or another one (its colours with look-up table and display range, a copy)
	 */
	public static RandomAccessibleInterval<ARGBType> argb(ImageProcessor ip) {
		return ArrayImgs.argbs((int[]) ip.convertToRGB().getPixels(), ip.getWidth(), ip.getHeight());
	}

	/** A view of the pixels as numbers; 16-bit ones are unsigned, as in ImageJ, whatever the calibration. */
	public static RandomAccessibleInterval<? extends RealType<?>> gray(ImageProcessor ip) {
		int width = ip.getWidth(), height = ip.getHeight();
		if (ip instanceof ByteProcessor) return ArrayImgs.unsignedBytes((byte[]) ip.getPixels(), width, height);
		if (ip instanceof ShortProcessor) return ArrayImgs.unsignedShorts((short[]) ip.getPixels(), width, height);
		if (ip instanceof FloatProcessor) return ArrayImgs.floats((float[]) ip.getPixels(), width, height);
		throw new IllegalArgumentException("The image is of type " + ip.getClass().getSimpleName() +
			"; must be 8-, 16- or 32-bit gray or RGB: use Image > Type.");
	}

	/** A stack of the same pixel arrays. It is needed since ImageJ removes the arrays from an image's own stack when its window is closed. */
	public static ImageStack held(ImageStack stack) {
		if (stack.isVirtual() || stack.getImageArray() == null) return stack;
		var held = new ImageStack(stack.getWidth(), stack.getHeight());
		for (int n = 1; n <= stack.size(); n++)
			held.addSlice(stack.getSliceLabel(n), stack.getPixels(n));
		return held;
	}
}
