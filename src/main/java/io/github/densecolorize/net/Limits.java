package io.github.densecolorize.net;

import java.util.List;
import java.util.Locale;

/** Bounds for the numbers of a network. They allow every network that could be useful, but none that would be too large for the program to run. */
final class Limits {

	static final int MOST_LAYERS = 64, MOST_STAGES = 16, MOST_MAPS = 4096, MOST_UNITS = 1 << 16;
	/** Largest number of floating-point operations for a megapixel, and of bytes of the weights. */
	private static final double MOST_OPERATIONS = 1e13, MOST_BYTES = 64e9;

	private Limits() {}

	/**
	 * @param name in {@code model.json}
	 * @throws IllegalArgumentException if there are too many values, or one is out of its bounds, with name and value
	 */
	static void check(String name, List<Integer> values, int mostValues, int most) {
		if (values.size() > mostValues) throw new IllegalArgumentException(name + " holds " + values.size() + " numbers; must be at most " +
			mostValues);
		for (int value : values)
			if (value < 1 || value > most) throw new IllegalArgumentException(name + " holds " + value + "; must be 1 to " + most);
	}

	/**
	 * @param operations of the guidance stream for an image
	 * @param bytes of its maps
	 */
	static void checkImage(double operations, double bytes) {
		if (operations > MOST_OPERATIONS || bytes > MOST_BYTES) throw new IllegalArgumentException(String.format(Locale.ROOT,
			"the numbers of vgg make %.1e operations an image and maps of %.1f GB; must be at most %.0e and %.0f GB, or no machine can compute them",
			operations, bytes / 1e9, MOST_OPERATIONS, MOST_BYTES / 1e9));
	}

	/**
	 * @param numbers of the network, for users: "growthRate 12 and layers [4, 4, 4, 4]"
	 * @param flops operations a pixel
	 * @param weights numbers of all parameters
	 */
	static void check(String numbers, double flops, double weights) {
		double operations = 1e6 * flops, bytes = Float.BYTES * weights;
		if (operations > MOST_OPERATIONS) throw new IllegalArgumentException(String.format(Locale.ROOT,
			"%s make a network of %.1e operations a megapixel; must be at most %.0e, or an image would take hours", numbers, operations,
			MOST_OPERATIONS));
		if (bytes > MOST_BYTES) throw new IllegalArgumentException(String.format(Locale.ROOT,
			"the numbers of net make weights of %.1f GB; must be at most %.0f GB, to fit into a machine's memory", bytes / 1e9, MOST_BYTES / 1e9));
	}
}
