package io.github.densecolorize.open;

/**
 * How large an image is. Planes are counted from 0, channels before slices before frames, as in ImageJ's stacks.
 *
 * @param width of a plane in pixels
 * @param height likewise
 * @param channels number of channels that were measured; RGB counts as one
 * @param slices in z
 * @param frames in time
 */
public record Layout(int width, int height, int channels, int slices, int frames, PixelType type) {

	public Layout {
		if (width < 1 || height < 1 || channels < 1 || slices < 1 || frames < 1) throw new IllegalArgumentException("Size is " + width + " x " +
			height + ", " + channels + " channels, " + slices + " slices, " + frames + " frames; must be at least 1 each");
	}

	/** A single plane. */
	public static Layout plane(int width, int height, PixelType type) {
		return new Layout(width, height, 1, 1, 1, type);
	}

	/** Planes of one channel, as slices of a stack. */
	public static Layout stack(int width, int height, int slices, PixelType type) {
		return new Layout(width, height, 1, slices, 1, type);
	}

	public int planes() {
		return channels * slices * frames;
	}
}
