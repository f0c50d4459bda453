package io.github.densecolorize.colorize;

import java.util.Locale;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

import net.imglib2.Interval;
import net.imglib2.type.numeric.IntegerType;
import net.imglib2.type.numeric.RealType;
import net.imglib2.util.Intervals;
import net.imglib2.view.Views;

import io.github.densecolorize.image.GrayMapping;
import io.github.densecolorize.open.Plane;

/**
 * Counts unusual pixels over all slices of an image: those that are not a number, and those outside of the range of gray values, which can't be told
 * from black or white. They may come from several threads.
 */
final class OddPixels {

	/** If more than this fraction of the pixels lies outside of the range, users are told. */
	private static final double CLIPPED = 0.01;

	private final GrayMapping mapping;
	private final LongAdder nans = new LongAdder(), infinities = new LongAdder(), clipped = new LongAdder(), all = new LongAdder();

	/** @param mapping of gray values; null for colours, which are never unusual */
	OddPixels(GrayMapping mapping) {
		this.mapping = mapping;
	}

	/** Counts the unusual pixels of a part of a slice. */
	void add(Plane slice, Interval part) {
		if (mapping == null || slice.gray() == null) return;
		all.add(Intervals.numElements(part));
		boolean integers = slice.gray().getType() instanceof IntegerType;
		if (integers && mapping.min() <= 0 && mapping.max() >= slice.gray().getType().getMaxValue()) return;
		float min = (float) mapping.min(), max = (float) mapping.max();
		for (RealType<?> pixel : Views.interval(slice.gray(), part)) {
			float value = pixel.getRealFloat();
			// NaN is neither below nor above.
			if (value >= min && value <= max) continue;
			if (Float.isNaN(value)) nans.increment();
			else if (Float.isInfinite(value)) infinities.increment();
			else clipped.increment();
		}
	}

	/** Tells what was found. */
	void tell(Consumer<String> log) {
		if (nans.sum() > 0) log.accept(nans + (nans.sum() == 1 ? " pixel is" : " pixels are") + " NaN (not a number), taken as black.");
		if (infinities.sum() > 0) log.accept(infinities + (infinities.sum() == 1 ? " pixel is" : " pixels are") +
			" infinite, taken as white or, below zero, as black.");
		if (clipped.sum() > CLIPPED * all.sum() && mapping.max() > mapping.min()) log.accept(String.format(Locale.ROOT,
			"%.1f %% of the pixels are outside of the gray values %s, so they become black or white; to see their differences, choose mapping=percentile or full range.",
			100.0 * clipped.sum() / all.sum(), mapping));
	}
}
