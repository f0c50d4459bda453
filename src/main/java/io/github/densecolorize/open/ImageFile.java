package io.github.densecolorize.open;

import java.nio.file.Path;

/**
 * A file to open, of which bytes may not be there yet.
 *
 * @param path on this disk, with the name and the length of the whole file
 * @param arrival brings the bytes that are about to be read
 */
public record ImageFile(Path path, Arrival arrival) {

	/** A file that is all there. */
	public static ImageFile of(Path path) {
		return new ImageFile(path, Arrival.COMPLETE);
	}

	boolean isComplete() {
		return arrival == Arrival.COMPLETE;
	}
}
