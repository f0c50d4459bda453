package io.github.densecolorize.colorize;

import java.io.Serializable;

/**
 * How a result tells whoever looks at it what its colours are worth, as users choose it.
 *
 * @param unknown what becomes of an image that resembles none of the model's classes
 * @param caption whether a text in the picture says that the colours are predicted
 */
public record Honesty(Unknown unknown, boolean caption) implements Serializable {

	/** What is unknown stays gray; the picture has no text. */
	public static final Honesty DEFAULT = new Honesty(Unknown.GRAY, false);

	/** All is coloured, so that the colours of a model can be measured on any image. */
	public static final Honesty ALL_COLOURED = new Honesty(Unknown.COLOUR, false);

	/**
	 * The choices as they are typed.
	 *
	 * @param unknown as {@link Unknown#of} takes it
	 * @throws IllegalArgumentException with the value and the allowed ones
	 */
	public static Honesty of(String unknown, boolean caption) {
		return new Honesty(Unknown.of(unknown), caption);
	}
}
