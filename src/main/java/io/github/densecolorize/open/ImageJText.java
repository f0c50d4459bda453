package io.github.densecolorize.open;

import java.io.IOException;
import java.io.StringReader;
import java.util.Properties;

/** What ImageJ writes into the description of a TIFF file, as do other programs so that ImageJ opens it correctly. */
final class ImageJText {

	private final Properties values = new Properties();

	private ImageJText(String description) throws IOException {
		try {
			values.load(new StringReader(description));
		}
		catch (IllegalArgumentException e) {
			throw Refusal.damaged("ImageJ's description can't be read");
		}
	}

	static boolean isIn(String description) {
		return description.startsWith("ImageJ=") || description.startsWith("SCIFIO=");
	}

	/** Reads any description; one that is not in this form has no entries. */
	static ImageJText of(String description) throws IOException {
		return new ImageJText(isIn(description) ? description : "");
	}

	/** The number of an entry, or a default if it is missing. */
	double number(String key, double otherwise) {
		try {
			double value = Double.parseDouble(values.getProperty(key, ""));
			return Double.isFinite(value) ? value : otherwise;
		}
		catch (NumberFormatException e) {
			return otherwise;
		}
	}

	/** How many images it states. */
	int images() {
		return (int) Math.max(1, number("images", 1));
	}

	/** The order of this many planes; null if it states another number. */
	Order order(int planes) {
		int channels = (int) Math.max(1, number("channels", 1)), frames = (int) Math.max(1, number("frames", 1));
		int slices = (int) Math.max(1, number("slices", Math.max(1, planes / channels / frames)));
		if (channels == 1 && frames == 1) return planes == slices ? Order.stack(planes) : null;
		return (long) channels * slices * frames == planes ? Order.of(channels, slices, frames) : null;
	}

	/** Whether it states the gray values between which the image was shown. */
	boolean hasRange() {
		return number("max", 0) > number("min", 0);
	}

	/** The unit of lengths; "" if there is none. */
	String unit() {
		return values.getProperty("unit", "");
	}
}
