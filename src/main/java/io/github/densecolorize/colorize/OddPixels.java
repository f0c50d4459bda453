package io.github.densecolorize.colorize;

import java.util.Locale;
import java.util.function.Consumer;

import ij.process.ColorProcessor;
import ij.process.FloatProcessor;
import ij.process.ImageProcessor;

import io.github.densecolorize.image.GrayMapping;

/**
 * Counts unusual pixels over all slices of an image: those that are not a number, and those outside of the range of gray values, which can't be told
 * from black or white.
 */
final class OddPixels {

	/** If more than this fraction of the pixels lies outside of the range, users are told. */
	private static final double CLIPPED = 0.01;

	private final GrayMapping mapping;
	private long nans, infinities, clipped, all;

	/** @param mapping of gray values; null for colours, which are never unusual */
	OddPixels(GrayMapping mapping) {
		this.mapping = mapping;
	}

	/** Counts the unusual pixels of a slice. */
	void add(ImageProcessor slice) {
		if (mapping == null || slice instanceof ColorProcessor) return;
		int n = slice.getPixelCount();
		all += n;
		boolean floats = slice instanceof FloatProcessor;
		if (!floats && mapping.min() <= 0 && mapping.max() >= (slice.getBitDepth() == 8 ? 255 : 65535)) return;
		float min = (float) mapping.min(), max = (float) mapping.max();
		for (int i = 0; i < n; i++) {
			float value = slice.getf(i);
			// NaN is neither below nor above.
			if (value >= min && value <= max) continue;
			if (Float.isNaN(value)) nans++;
			else if (Float.isInfinite(value)) infinities++;
			else clipped++;
		}
	}

	/** Tells what was found. */
	void tell(Consumer<String> log) {
		if (nans > 0) log.accept(nans + (nans == 1 ? " pixel is" : " pixels are") + " NaN (not a number), taken as black.");
		if (infinities > 0) log.accept(infinities + (infinities == 1 ? " pixel is" : " pixels are") +
			" infinite, taken as white or, below zero, as black.");
		if (clipped > CLIPPED * all && mapping.max() > mapping.min()) log.accept(String.format(Locale.ROOT,
			"%.1f %% of the pixels are outside of the gray values %s, so they become black or white; to see their differences, choose mapping=percentile or full range.",
			100.0 * clipped / all, mapping));
	}
}
