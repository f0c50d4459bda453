package io.github.densecolorize.colorize;

import java.util.AbstractList;
import java.util.Iterator;
import java.util.stream.IntStream;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.RealType;

import ij.ImagePlus;
import ij.ImageStack;
import ij.process.LUT;

import io.github.densecolorize.image.GrayDisplay;
import io.github.densecolorize.image.GrayMapping;
import io.github.densecolorize.image.Lab;
import io.github.densecolorize.image.LightnessPlanes;
import io.github.densecolorize.open.ColorTable;
import io.github.densecolorize.open.DisplayRange;
import io.github.densecolorize.open.Images;
import io.github.densecolorize.open.Plane;

/**
 * The slices of one channel of an image of ImageJ, in the order z before t, and how they are shown. They are read from the stack each time they are
 * asked for, so that a virtual stack stays on disk.
 * <p>
 * One mapping turns the gray values of all slices into L*; it is inverted if the look-up table becomes darker throughout. A look-up table of grays
 * is applied. Other colour tables are ignored: like ImageJ's measurements, this takes the values, not the colours in which they are shown. Only if
 * the table is a palette (as in a GIF or ImageJ's 8-bit colour), in which neighbouring values may have quite different colours, are the colours
 * taken, as for RGB.
 * </p>
 */
final class ChannelSlices extends AbstractList<Plane> {

	private final ImagePlus image;
	private final ImageStack stack;
	private final int[] indices;
	/** With the display range; null for RGB, as its colours. */
	private final LUT lut;
	private final ColorTable colours;
	private final boolean palette;
	private final Runnable beforeReading;

	/**
	 * @param image whose pixel arrays are kept, so that it may be closed meanwhile
	 * @param channel counted from 1
	 * @param beforeReading called before each slice of this list is read; may throw an exception to stop the job
	 */
	ChannelSlices(ImagePlus image, int channel, Runnable beforeReading) {
		this.image = image;
		this.beforeReading = beforeReading;
		stack = Images.held(image.getStack());
		int depth = image.getNSlices();
		indices = IntStream.range(0, depth * image.getNFrames()).map(i -> image.getStackIndex(channel, i % depth + 1, i / depth + 1))
			.toArray();
		var luts = image.getLuts();
		lut = luts.length == 0 ? null : luts[Math.min(channel, luts.length) - 1];
		colours = lut == null ? null : ColorTable.of(lut);
		palette = colours != null && !colours.isGray() && image.getBitDepth() == 8 && !colours.isRamp();
	}

	int width() {
		return stack.getWidth();
	}

	int height() {
		return stack.getHeight();
	}

	/** Index of a slice in the image's stack, counted from 1. */
	int index(int i) {
		return indices[i];
	}

	@Override
	public int size() {
		return indices.length;
	}

	@Override
	public Plane get(int i) {
		beforeReading.run();
		return read(i);
	}

	/** A slice, read without calling {@code beforeReading}. */
	Plane read(int i) {
		var plane = Plane.of(stack, indices[i]);
		return palette ? plane.in(colours) : plane;
	}

	/** Whether the colour look-up table is a palette, so that its colours are taken instead of gray values. */
	boolean isPalette() {
		return palette;
	}

	/** How gray values become black to white, for which the slices may be read; null if L* is computed from colours. */
	GrayMapping mapping(Mapping chosen) {
		if (lut == null || palette) return null;
		return switch (chosen) {
			case DISPLAY_RANGE -> DisplayRange.of(image, lut, this);
			case FULL_RANGE -> GrayMapping.fullRange(image.getBitDepth());
			case PERCENTILE -> GrayMapping.percentile(this::grayPlanes, GrayMapping.LOW, GrayMapping.HIGH);
		};
	}

	private Iterator<RandomAccessibleInterval<? extends RealType<?>>> grayPlanes() {
		return stream().<RandomAccessibleInterval<? extends RealType<?>>>map(Plane::gray).iterator();
	}

	/**
	 * The slices as L*.
	 *
	 * @param mapping as {@link #mapping} made it for these slices, or for the whole stack that they are a part of
	 */
	LightnessPlanes<Plane> lightness(GrayMapping mapping) {
		if (mapping == null) return new LightnessPlanes<>(this, plane -> Lab.lightness(plane.colours()));
		var display = display(mapping);
		return new LightnessPlanes<>(this, plane -> display.lightness(plane.gray()));
	}

	private GrayDisplay display(GrayMapping mapping) {
		boolean gray = colours.isGray();
		if (gray ? colours.isInverse() : colours.falls()) return GrayDisplay.inverted(mapping);
		return gray && !colours.isIdentity() ? GrayDisplay.table(mapping, colours.grays()) : GrayDisplay.of(mapping);
	}

	/** A phrase that tells users where L* comes from. */
	String describe(Mapping chosen, GrayMapping mapping) {
		if (palette) return "L* of the palette's colours";
		return mapping == null ? "L* of the colours" : chosen + ", " + display(mapping);
	}
}
