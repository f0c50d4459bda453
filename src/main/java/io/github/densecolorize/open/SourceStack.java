package io.github.densecolorize.open;

import java.awt.Rectangle;
import java.io.IOException;
import java.io.UncheckedIOException;

import ij.process.ByteProcessor;
import ij.process.ColorProcessor;
import ij.process.FloatProcessor;
import ij.process.ImageProcessor;
import ij.process.ShortProcessor;

/** The planes of a file as a stack of ImageJ's that stays on disk. The file is open until the stack is no longer needed. */
final class SourceStack extends FileStack {

	/** @param file its path, for messages */
	SourceStack(ImageSource source, String file) {
		super(source, file);
	}

	/**
	 * Reads a plane.
	 *
	 * @param plane counted from 0
	 * @throws IOException with a sentence that names the file
	 */
	synchronized ImageProcessor plane(int plane) throws IOException {
		int width = layout.width(), height = layout.height();
		var pixels = Refusal.naming(file, () -> source.read(plane, new Rectangle(width, height)));
		var lut = details.lut();
		var ip = switch (layout.type()) {
			case GRAY8 -> new ByteProcessor(width, height, (byte[]) pixels, lut);
			case GRAY16, SIGNED16 -> new ShortProcessor(width, height, (short[]) pixels, lut);
			case GRAY32 -> new FloatProcessor(width, height, (float[]) pixels, lut);
			case RGB -> new ColorProcessor(width, height, (int[]) pixels);
		};
		if (details.range() != null && layout.type() != PixelType.RGB) ip.setMinAndMax(details.range().min(), details.range().max());
		return ip;
	}

	@Override
	public ImageProcessor getProcessor(int n) {
		try {
			return plane(n - 1);
		}
		catch (IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	@Override
	public Object getPixels(int n) {
		return getProcessor(n).getPixels();
	}
}
