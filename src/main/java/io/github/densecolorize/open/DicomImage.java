package io.github.densecolorize.open;

import java.awt.Rectangle;
import java.io.IOException;

import javax.imageio.stream.ImageInputStream;

/** The frames of a DICOM file. */
final class DicomImage implements ImageSource {

	/** Finds the samples of a frame in data that hold this frame and perhaps others. */
	interface Frames {

		DicomPixels pixels(int frame) throws IOException;

		/** Number of a frame within these data. */
		int number(int frame);
	}

	/** For frames that all lie in one place. */
	record WholeFrames(DicomPixels all) implements Frames {

		@Override
		public DicomPixels pixels(int frame) {
			return all;
		}

		@Override
		public int number(int frame) {
			return frame;
		}
	}

	private final ImageInputStream in;
	private final Layout layout;
	private final Details details;
	private final Frames frames;
	private final DicomBits bits;
	private final DicomGray gray;
	private final DicomColour colour;

	/**
	 * @param in to be closed with this
	 * @param bits null for floating point numbers
	 * @param gray null for colour images
	 * @param colour null for gray images
	 */
	DicomImage(ImageInputStream in, Layout layout, Details details, Frames frames, DicomBits bits, DicomGray gray, DicomColour colour) {
		this.in = in;
		this.layout = layout;
		this.details = details;
		this.frames = frames;
		this.bits = bits;
		this.gray = gray;
		this.colour = colour;
	}

	@Override
	public Layout layout() {
		return layout;
	}

	@Override
	public Details details() {
		return details;
	}

	@Override
	public Object read(int plane, Rectangle region) throws IOException {
		if (colour == null) return values(plane, region);
		var argb = colours(plane, region);
		if (layout.type() == PixelType.RGB) return argb;
		var gray8 = new byte[argb.length];
		for (int i = 0; i < argb.length; i++)
			gray8[i] = (byte) argb[i];
		return gray8;
	}

	private int[] colours(int plane, Rectangle region) throws IOException {
		var pixels = frames.pixels(plane);
		int samples = pixels.shape().samples();
		var argb = new int[region.width * region.height];
		var rows = new long[samples][region.width];
		var pixel = new long[samples];
		for (int y = 0; y < region.height; y++) {
			for (int s = 0; s < samples; s++)
				pixels.read(frames.number(plane), s, region.x, region.y + y, rows[s]);
			for (int x = 0; x < region.width; x++) {
				for (int s = 0; s < samples; s++)
					pixel[s] = bits.value(rows[s][x]);
				argb[y * region.width + x] = colour.toArgb().of(pixel);
			}
		}
		return argb;
	}

	private Object values(int plane, Rectangle region) throws IOException {
		var pixels = frames.pixels(plane);
		var toValue = gray.toValue().get(plane);
		var values = layout.type().array(region.width * region.height);
		var row = new long[region.width];
		for (int y = 0; y < region.height; y++) {
			pixels.read(frames.number(plane), 0, region.x, region.y + y, row);
			for (int x = 0; x < region.width; x++)
				layout.type().put(values, y * region.width + x, toValue.applyAsDouble(stored(row[x], pixels.shape().bits())));
		}
		return values;
	}

	private double stored(long sample, int allocated) {
		if (bits != null) return bits.value(sample);
		return allocated == 32 ? Float.intBitsToFloat((int) sample) : Double.longBitsToDouble(sample);
	}

	@Override
	public void close() throws IOException {
		in.close();
	}
}
