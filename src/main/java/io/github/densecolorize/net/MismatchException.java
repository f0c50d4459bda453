package io.github.densecolorize.net;

import java.io.IOException;

/** Tensors that are not those of the network; the message says which, with the shape found and the shape wanted. */
public final class MismatchException extends IOException {

	private static final long serialVersionUID = 1L;

	/** @param message half a sentence */
	public MismatchException(String message) {
		super(message);
	}
}
