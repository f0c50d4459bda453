package io.github.densecolorize.open;

import java.io.IOException;

import javax.imageio.stream.ImageInputStream;

/** TIFF and BigTIFF, and what is built like them: LSM, STK, OME-TIFF. */
final class Tiff implements Format {

	@Override
	public boolean recognizes(byte[] head, String name) {
		if (head.length < 4) return false;
		boolean intel = head[0] == 'I' && head[1] == 'I' && head[3] == 0 && (head[2] == 42 || head[2] == 43);
		return intel || head[0] == 'M' && head[1] == 'M' && head[2] == 0 && (head[3] == 42 || head[3] == 43);
	}

	@Override
	public ImageSource open(ImageInputStream in, String name) throws IOException {
		return TiffStack.open(in);
	}
}
