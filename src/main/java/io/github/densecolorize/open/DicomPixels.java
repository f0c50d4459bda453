package io.github.densecolorize.open;

import java.io.IOException;
import java.nio.ByteOrder;

import javax.imageio.stream.ImageInputStream;

/**
 * Samples of frames that are not compressed, one frame after the other (PS3.5, chapter 8).
 *
 * @param in with the byte order of the samples set
 * @param start of the first frame in bytes
 * @param shape of the frames
 * @param swapped whether samples of 8 bits are stored as big-endian words of 16 bits, so that each two are swapped
 */
record DicomPixels(ImageInputStream in, long start, Shape shape, boolean swapped) {

	/**
	 * How samples are laid out.
	 *
	 * @param width in pixels
	 * @param height likewise
	 * @param samples of a pixel
	 * @param planar whether each sample has a plane of its own
	 * @param bits that are allocated to a sample: 1, 8, 16, 32 or 64
	 * @param halved whether two pixels share their chroma: Y, Y, Cb, Cr
	 */
	record Shape(int width, int height, int samples, boolean planar, int bits, boolean halved) {

		/** How many bytes a number of frames has. */
		long bytes(long frames) {
			long pixels = Math.multiplyExact(frames, (long) width * height);
			return (Math.multiplyExact(pixels, (halved ? 2L : samples) * bits) + 7) / 8;
		}
	}

	/**
	 * Reads samples of neighbouring pixels as they are stored: unsigned, with all allocated bits.
	 *
	 * @param out array to fill with as many samples as it has elements
	 */
	void read(int frame, int sample, int x, int y, long[] out) throws IOException {
		if (shape.bits == 1) readBits(frame, x, y, out);
		else if (shape.halved) readHalved(frame, sample, x, y, out);
		else {
			int step = shape.planar ? 1 : shape.samples;
			long row = shape.planar ? ((long) frame * shape.samples + sample) * shape.height + y : (long) frame * shape.height + y;
			long first = (row * shape.width + x) * step + (shape.planar ? 0 : sample);
			int size = shape.bits / 8;
			var bytes = bytes(first * size, ((out.length - 1) * step + 1) * size);
			boolean little = in.getByteOrder() == ByteOrder.LITTLE_ENDIAN;
			for (int i = 0; i < out.length; i++) {
				long value = 0;
				for (int k = 0; k < size; k++)
					value = value << 8 | bytes[i * step * size + (little ? size - 1 - k : k)] & 0xff;
				out[i] = value;
			}
		}
	}

	/** The first pixel is the lowest bit; neither rows nor frames begin with a new byte. */
	private void readBits(int frame, int x, int y, long[] out) throws IOException {
		long first = ((long) frame * shape.height + y) * shape.width + x;
		var bytes = bytes(first / 8, (int) ((first % 8 + out.length + 7) / 8));
		for (int i = 0; i < out.length; i++) {
			int bit = (int) (first % 8) + i;
			out[i] = bytes[bit / 8] >> bit % 8 & 1;
		}
	}

	private void readHalved(int frame, int sample, int x, int y, long[] out) throws IOException {
		long row = ((long) frame * shape.height + y) * shape.width * 2;
		int first = x / 2 * 4;
		var bytes = bytes(row + first, (x + out.length + 1) / 2 * 4 - first);
		for (int i = 0; i < out.length; i++) {
			int pair = (x + i) / 2 * 4 - first;
			out[i] = bytes[pair + (sample == 0 ? (x + i) % 2 : 1 + sample)] & 0xff;
		}
	}

	private byte[] bytes(long from, int length) throws IOException {
		var bytes = new byte[length];
		if (swapped) {
			for (int i = 0; i < length; i++) {
				in.seek(start + (from + i ^ 1));
				bytes[i] = in.readByte();
			}
			return bytes;
		}
		in.seek(start + from);
		in.readFully(bytes);
		return bytes;
	}
}
