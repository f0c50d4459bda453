package io.github.densecolorize.open;

import java.io.IOException;

/**
 * Pixels that share a colour (TIFF 6.0, section 21): a group is stored as the lightness of each pixel, row by row, then Cb and Cr.
 *
 * @param across pixels of a group
 * @param down likewise
 */
record Subsampling(int across, int down) {

	/** That of a page, from its tag or, without a tag, two by two pixels. Null if each pixel has a colour of its own. */
	static Subsampling of(TiffDirectory directory) throws IOException {
		long[] said = directory.numbers(TiffTags.SUBSAMPLING);
		int across = said.length < 2 ? 2 : (int) said[0], down = said.length < 2 ? 2 : (int) said[1];
		if (across < 1 || down < 1 || across > 4 || down > 4) throw Refusal.damaged("it says that " + across + " x " + down + " pixels share a colour");
		return across == 1 && down == 1 ? null : new Subsampling(across, down);
	}

	/** Number of bytes of a strip or tile. */
	long bytes(int width, int height) {
		return (long) groups(width, across) * groups(height, down) * (across * down + 2);
	}

	private static int groups(int length, int size) {
		return (length + size - 1) / size;
	}

	/** The three samples of each pixel. */
	byte[] apart(byte[] stored, int width, int height) {
		var pixels = new byte[3 * width * height];
		int at = 0;
		for (int top = 0; top < height; top += down)
			for (int left = 0; left < width; left += across, at += across * down + 2)
				for (int i = 0; i < across * down; i++) {
					int x = left + i % across, y = top + i / across;
					if (x >= width || y >= height) continue;
					int to = 3 * (y * width + x);
					pixels[to] = stored[at + i];
					pixels[to + 1] = stored[at + across * down];
					pixels[to + 2] = stored[at + across * down + 1];
				}
		return pixels;
	}
}
