package io.github.densecolorize.spark;

import java.io.IOException;

/** Thrown if a server did not answer as it should, and may do so at another time. The message is a sentence for users. */
final class TransientException extends IOException {

	private static final long serialVersionUID = 1;

	TransientException(String sentence, Throwable cause) {
		super(sentence, cause);
	}
}
