package io.github.densecolorize;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

import net.imglib2.Interval;
import net.imglib2.util.Intervals;

import io.github.densecolorize.image.Reduction;
import io.github.densecolorize.model.TileCues;
import io.github.densecolorize.net.Cues;

/**
 * A pixel of the reduced plane from which a known colour spreads.
 *
 * @param x column of the pixel
 * @param y row
 * @param a a* that is known there; the mean if several hints cover the pixel
 * @param b b*
 */
record HintCentre(long x, long y, double a, double b) {

	/** How many centres a hint has, and all hints together: more cost time and change next to nothing. */
	static final int MOST_EACH = 16, MOST = 512;

	/** A pixel of the reduced plane. */
	private record Place(long x, long y) {}

	/**
	 * Takes equally many places from each hint, spread evenly over its pixels. The same hints give the same centres.
	 *
	 * @param hints that act on the plane
	 */
	static List<HintCentre> of(List<Hint> hints, Reduction reduced) {
		var found = new LinkedHashMap<Place, List<Hint>>();
		int count = Math.min(hints.size(), MOST);
		for (int i = 0; i < count; i++) {
			var hint = hints.get((int) ((long) i * hints.size() / count));
			for (var place : places(hint, Math.min(MOST_EACH, MOST / count), reduced))
				found.computeIfAbsent(place, p -> new ArrayList<>()).add(hint);
		}
		var centres = new ArrayList<HintCentre>();
		found.forEach((place, known) -> centres.add(new HintCentre(place.x, place.y, known.stream().mapToDouble(Hint::a).average().orElseThrow(),
			known.stream().mapToDouble(Hint::b).average().orElseThrow())));
		return centres;
	}

	/** One of each of some equally long parts of the hint's pixels; which one is drawn, so that the places of an area are not all in one column. */
	private static Set<Place> places(Hint hint, int most, Reduction reduced) {
		var random = new SplittableRandom(1);
		long pixels = hint.runs().stream().mapToLong(run -> run.to() - run.from() + 1).sum();
		long count = Math.min(most, pixels), before = 0;
		var places = new LinkedHashSet<Place>();
		int r = 0;
		for (long i = 0; i < count; i++) {
			long first = i * pixels / count, pixel = random.nextLong(first, (i + 1) * pixels / count);
			while (pixel - before > hint.runs().get(r).to() - hint.runs().get(r).from()) {
				before += hint.runs().get(r).to() - hint.runs().get(r).from() + 1;
				r++;
			}
			var run = hint.runs().get(r);
			places.add(new Place(nearest(reduced.column(run.from() + pixel - before)), nearest(reduced.row(run.y()))));
		}
		return places;
	}

	/**
	 * Centres as a network takes them.
	 *
	 * @param part pixels of the reduced plane, some of which may lie outside of it
	 * @return see {@link TileCues#hints}
	 */
	static float[] told(List<HintCentre> centres, Interval part) {
		int width = (int) part.dimension(0), pixels = (int) Intervals.numElements(part);
		var hints = new float[Cues.HINTS * pixels];
		for (var centre : centres) {
			long x = centre.x - part.min(0), y = centre.y - part.min(1);
			if (x < 0 || y < 0 || x >= width || y >= part.dimension(1)) continue;
			int at = (int) (y * width + x);
			hints[at] = (float) centre.a;
			hints[pixels + at] = (float) centre.b;
			hints[2 * pixels + at] = 1;
		}
		return hints;
	}

	private static long nearest(double position) {
		return (long) Math.floor(position + 0.5);
	}
}
