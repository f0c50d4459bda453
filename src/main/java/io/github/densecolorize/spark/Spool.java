package io.github.densecolorize.spark;

import java.io.IOException;

import org.apache.hadoop.fs.FSDataOutputStream;

import io.github.densecolorize.data.ImageDeflater;

/** Compressed images that a task of Spark writes one after the other. */
final class Spool implements AutoCloseable {

	private final FSDataOutputStream out;
	private final ImageDeflater deflater;
	private IOException failure;

	/** @param side of the images in pixels */
	Spool(FSDataOutputStream out, int side) {
		this.out = out;
		deflater = new ImageDeflater(side);
	}

	long position() {
		return out.getPos();
	}

	/** @return how many bytes were written */
	int write(int[] argb) throws IOException {
		try {
			return deflater.write(argb, out);
		}
		catch (IOException e) {
			failure = e;
			throw e;
		}
	}

	/** @throws IOException if any image was not written: that is an error of the task, whatever became of the file with the image */
	@Override
	public void close() throws IOException {
		deflater.close();
		out.close();
		if (failure != null) throw failure;
	}
}
