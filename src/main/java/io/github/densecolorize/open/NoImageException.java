package io.github.densecolorize.open;

import java.io.IOException;

/** Thrown for a file that is not an image; a folder of images may hold such files as well. */
public final class NoImageException extends IOException {

	private static final long serialVersionUID = 1;

	NoImageException(String message) {
		super(message);
	}
}
