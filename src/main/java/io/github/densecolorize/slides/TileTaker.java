package io.github.densecolorize.slides;

import java.io.IOException;

/** Takes the tiles of a pyramid in the {@linkplain Pyramid#next order} of a file. */
@FunctionalInterface
interface TileTaker {

	/** @param packed the tile as it will be in the file */
	void take(Pyramid.Place place, byte[] packed) throws IOException;
}
