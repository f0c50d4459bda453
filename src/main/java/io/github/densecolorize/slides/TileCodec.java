package io.github.densecolorize.slides;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/** Packs tiles of RGB pixels: differences from pixel to pixel (predictor 2 of TIFF 6.0, section 14), and Deflate. */
final class TileCodec {

	/** Red, green and blue. */
	static final int SAMPLES = 3;

	private TileCodec() {}

	/**
	 * @param rgb pixels of a tile, row by row; changed
	 * @param side of the tile
	 */
	static byte[] pack(byte[] rgb, int side) {
		int row = SAMPLES * side;
		for (int end = rgb.length; end > 0; end -= row)
			for (int i = end - 1; i >= end - row + SAMPLES; i--)
				rgb[i] -= rgb[i - SAMPLES];
		// The usual level makes files smaller by 7 %, and takes four times as long, which would be a third of all time.
		var deflater = new Deflater(Deflater.BEST_SPEED);
		try {
			deflater.setInput(rgb);
			deflater.finish();
			var packed = new ByteArrayOutputStream(rgb.length / 2);
			var buffer = new byte[1 << 16];
			while (!deflater.finished())
				packed.write(buffer, 0, deflater.deflate(buffer));
			return packed.toByteArray();
		}
		finally {
			deflater.end();
		}
	}

	/** @throws IOException if it is not what {@link #pack} made */
	static byte[] unpack(byte[] packed, int side) throws IOException {
		int row = SAMPLES * side;
		var rgb = new byte[row * side];
		var inflater = new Inflater();
		try {
			inflater.setInput(packed);
			int n = inflater.inflate(rgb);
			if (n < rgb.length) throw new IOException("a tile has " + n + " bytes instead of " + rgb.length);
		}
		catch (DataFormatException e) {
			throw new IOException("a tile can't be unpacked", e);
		}
		finally {
			inflater.end();
		}
		for (int start = 0; start < rgb.length; start += row)
			for (int i = start + SAMPLES; i < start + row; i++)
				rgb[i] += rgb[i - SAMPLES];
		return rgb;
	}
}
