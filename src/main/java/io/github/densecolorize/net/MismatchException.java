package io.github.densecolorize.net;

import java.io.IOException;

/** Thrown if tensors do not belong to the network; the message says which one, with the shape found and the shape wanted. */
public final class MismatchException extends IOException {

	private static final long serialVersionUID = 1L;

	/** @param message half a sentence */
	public MismatchException(String message) {
		super(message);
	}
}
