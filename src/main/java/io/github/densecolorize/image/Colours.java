package io.github.densecolorize.image;

/**
 * Measurements on the colours of one image.
 *
 * @param inEnA InEn of a*, in the unit of the {@link Entropy.Kind}, 0..8 bits
 * @param inEnB InEn of b*
 * @param inEn InEn of the image, 0..16 bits
 * @param colourfulness see {@link Colourfulness}
 */
public record Colours(double inEnA, double inEnB, double inEn, double colourfulness) {

	static Colours of(Entropy entropy, Colourfulness colourfulness) {
		return new Colours(entropy.ofA(), entropy.ofB(), entropy.inEn(), colourfulness.value());
	}

	/** @param argb sRGB pixels, alpha ignored */
	public static Colours of(int[] argb, Entropy.Kind kind) {
		var colourfulness = new Colourfulness();
		colourfulness.add(argb);
		return of(Entropy.of(argb, kind), colourfulness);
	}
}
