package io.github.densecolorize.open;

import java.util.Locale;

import ij.measure.Calibration;

/** How large a pixel is in the object. */
public final class PixelSize {

	/** In micrometres. Dots per inch or centimetre from cameras, scanners and printers give pixels larger than this; 2 are 12,700 dpi. */
	static final double LARGEST_OF_RESOLUTION = 2;

	private PixelSize() {}

	/** Width of a pixel in micrometres; 0 if the unit is not one of a measured length. */
	public static double micrometres(Calibration calibration) {
		return micrometres(calibration.pixelWidth, calibration.getUnit());
	}

	/** The same for a length in a unit. */
	public static double micrometres(double length, String unit) {
		double micrometres = length * switch (unit.trim().toLowerCase(Locale.ROOT)) {
			case "nm", "nanometer", "nanometre", "nanometers", "nanometres" -> 1e-3;
			case "\u00e5", "\u212b", "angstrom" -> 1e-4;
			case "pm" -> 1e-6;
			// Both signs for micro: the Greek letter and the one of Latin-1.
			case "\u00b5m", "\u03bcm", "um", "micron", "microns", "micrometer", "micrometre", "micrometers", "micrometres" -> 1;
			case "mm", "millimeter", "millimetre", "millimeters", "millimetres" -> 1e3;
			case "cm", "centimeter", "centimetre" -> 1e4;
			case "inch", "in" -> 25400;
			case "m", "meter", "metre" -> 1e6;
			default -> 0;
		};
		boolean resolution = unit.matches("(?i)\\s*(cm|centimeter|centimetre|inch|in)\\s*");
		if (resolution && micrometres > LARGEST_OF_RESOLUTION) return 0;
		return micrometres > 0 && micrometres < Double.POSITIVE_INFINITY ? micrometres : 0;
	}
}
