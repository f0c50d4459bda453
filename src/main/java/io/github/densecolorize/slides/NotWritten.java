package io.github.densecolorize.slides;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Thrown, in whichever thread, if tiles can't be written. */
public final class NotWritten extends UncheckedIOException {

	private static final long serialVersionUID = 1;

	NotWritten(IOException cause) {
		super(cause);
	}
}
