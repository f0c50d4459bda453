package io.github.densecolorize.data;

import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.Deflater;

/** Compresses images into the chunks in which a {@link ColorDataSet} is stored. */
public final class ImageDeflater implements AutoCloseable {

	/** The fastest level: photographs hardly become smaller with the others. */
	static final int LEVEL = Deflater.BEST_SPEED;

	private final Deflater deflater = new Deflater(LEVEL);
	private final byte[] rgb, deflated;

	/** @param side of the images in pixels */
	public ImageDeflater(int side) {
		rgb = new byte[3 * side * side];
		// Noise becomes longer by compression, by 5 bytes in each block of 16 kB and a few more (zlib manual).
		deflated = new byte[rgb.length + rgb.length / 1000 + 64];
	}

	/**
	 * @param argb sRGB pixels, side², row by row
	 * @return how many bytes were written
	 */
	public int write(int[] argb, OutputStream out) throws IOException {
		for (int i = 0; i < argb.length; i++) {
			rgb[3 * i] = (byte) (argb[i] >> 16);
			rgb[3 * i + 1] = (byte) (argb[i] >> 8);
			rgb[3 * i + 2] = (byte) argb[i];
		}
		deflater.reset();
		deflater.setInput(rgb);
		deflater.finish();
		int length = deflater.deflate(deflated);
		out.write(deflated, 0, length);
		return length;
	}

	@Override
	public void close() {
		deflater.end();
	}
}
