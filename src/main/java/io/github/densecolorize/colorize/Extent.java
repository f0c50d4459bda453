package io.github.densecolorize.colorize;

import java.io.Serializable;

/**
 * How much of an image is colorized, as users choose it. What is decided for the image, such as its class, does not depend on it: the part has the
 * colours that it has in the whole.
 *
 * @param area part of each slice
 * @param slices that the result has
 */
public record Extent(Area area, Slices slices) implements Serializable {

	/** All of the image. */
	public static final Extent ALL = new Extent(Area.IMAGE, Slices.ALL);

	/**
	 * The choices as they are typed.
	 *
	 * @param area as {@link Area#of} takes it
	 * @param slices as {@link Slices#of} takes it
	 * @throws IllegalArgumentException with the value and the allowed ones
	 */
	public static Extent of(String area, String slices) {
		return new Extent(Area.of(area), Slices.of(slices));
	}

	/** @throws IllegalArgumentException if there is no such extent for a file: it is not shown, and so has no current slice */
	public Extent ofFile() {
		if (slices.current()) throw new IllegalArgumentException("Slices is \"" + slices +
			"\", which only an image that is open in Fiji has; must be all, or numbers such as 5, 3-20 or 3-20,30.");
		return this;
	}
}
