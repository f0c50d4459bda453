package io.github.densecolorize.open;

import java.io.IOException;
import java.util.function.DoubleUnaryOperator;

import io.github.densecolorize.image.GrayMapping;

/**
 * A window of gray values that are shown (PS3.3, section C.11.2.1).
 *
 * @param function LINEAR, LINEAR_EXACT or SIGMOID
 * @param center of the window
 * @param width above 0
 */
record DicomWindow(String function, double center, double width) implements DoubleUnaryOperator {

	static final int CENTER = 0x00281050;
	private static final int WIDTH = 0x00281051, FUNCTION = 0x00281056;
	private static final String LINEAR = "LINEAR", EXACT = "LINEAR_EXACT", SIGMOID = "SIGMOID";

	/** The first window of the file; null if there is none, or it has no width. */
	static DicomWindow of(DicomData data) throws IOException {
		double[] centers = data.decimals(CENTER, "window centre"), widths = data.decimals(WIDTH, "window width");
		if (centers.length == 0 || widths.length == 0 || !(widths[0] > 0)) return null;
		var function = data.has(FUNCTION) ? data.text(FUNCTION) : LINEAR;
		if (!function.equals(LINEAR) && !function.equals(EXACT) &&
			!function.equals(SIGMOID)) throw Refusal.unsupported("has a window of the function " +
			function + ", which is not known here", "convert it to TIFF with the window applied, with dcm2img +Wi 1 for one");
		// For a width below 1 the linear function is not defined, but windows of values between 0 and 1 are written so nevertheless.
		return new DicomWindow(function.equals(LINEAR) && widths[0] < 1 ? EXACT : function, centers[0], widths[0]);
	}

	/** Whether its function is linear. */
	boolean isLinear() {
		return !function.equals(SIGMOID);
	}

	/** The values that a linear window shows as black and as white. */
	GrayMapping range() {
		if (function.equals(EXACT)) return GrayMapping.range(center - width / 2, center + width / 2);
		double min = center - width / 2, max = center + width / 2 - 1;
		// All values above it are white.
		return GrayMapping.range(min, Math.max(max, min + Math.ulp((float) min)));
	}

	@Override
	public double applyAsDouble(double value) {
		return isLinear() ? range().apply(value) : 1 / (1 + Math.exp(-4 * (value - center) / width));
	}
}
