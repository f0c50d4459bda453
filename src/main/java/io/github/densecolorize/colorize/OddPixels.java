package io.github.densecolorize.colorize;

import java.util.Locale;
import java.util.function.Consumer;

import ij.process.ColorProcessor;
import ij.process.FloatProcessor;
import ij.process.ImageProcessor;

import io.github.densecolorize.image.GrayMapping;

/** Counts pixels whose gray is none, or is not told from others, over all slices of an image. */
final class OddPixels {

	/** More than this part of the pixels beyond the range is said. */
	private static final double CLIPPED = 0.01;

	private final GrayMapping mapping;
	private long nans, infinities, clipped, all;

	/** @param mapping of gray values; null for colours, which are never odd */
	OddPixels(GrayMapping mapping) {
		this.mapping = mapping;
	}

	/** Counts those of a slice. */
	void add(ImageProcessor slice) {
		if (mapping == null || slice instanceof ColorProcessor) return;
		int n = slice.getPixelCount();
		all += n;
		boolean floats = slice instanceof FloatProcessor;
		if (!floats && mapping.min() <= 0 && mapping.max() >= (slice.getBitDepth() == 8 ? 255 : 65535)) return;
		float min = (float) mapping.min(), max = (float) mapping.max();
		for (int i = 0; i < n; i++) {
			float value = slice.getf(i);
			// NaN is neither.
			if (value >= min && value <= max) continue;
			if (Float.isNaN(value)) nans++;
			else if (Float.isInfinite(value)) infinities++;
			else clipped++;
		}
	}

	/** Says what there was. */
	void tell(Consumer<String> log) {
		if (nans > 0) log.accept(nans + (nans == 1 ? " pixel is" : " pixels are") + " NaN (not a number), taken as black.");
		if (infinities > 0) log.accept(infinities + (infinities == 1 ? " pixel is" : " pixels are") +
			" infinite, taken as white or, below zero, as black.");
		if (clipped > CLIPPED * all && mapping.max() > mapping.min()) log.accept(String.format(Locale.ROOT,
			"%.1f %% of the pixels are outside of the gray values %s to %s, and black or white; to see them, choose mapping=percentile or full range.",
			100.0 * clipped / all, LightnessPlanes.number(mapping.min()), LightnessPlanes.number(mapping.max())));
	}
}
