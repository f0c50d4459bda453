package io.github.densecolorize.command;

import java.awt.Dimension;
import java.awt.Point;
import java.awt.Rectangle;
import java.util.Collection;
import java.util.Comparator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Finds a place on the screen for a new window. */
final class FreePlace {

	private FreePlace() {}

	/**
	 * The place where a window covers nothing that is taken; of several the topmost, and of these the leftmost. If there is none, where it covers
	 * least.
	 *
	 * @param screen in which the window must lie; if it is too large, it begins at the top left
	 * @param taken by other windows
	 */
	static Point of(Rectangle screen, Collection<Rectangle> taken, Dimension size) {
		// A free place can be moved up and to the left until it touches something, so no others have to be looked at.
		var xs = starts(screen.x, screen.width, size.width, taken.stream().map(r -> r.x + r.width));
		var ys = starts(screen.y, screen.height, size.height, taken.stream().map(r -> r.y + r.height));
		return IntStream.of(ys).boxed().flatMap(y -> IntStream.of(xs).mapToObj(x -> new Point(x, y))).min(Comparator.comparingLong(p -> covered(
			new Rectangle(p, size), taken))).orElseThrow();
	}

	/** The screen's beginning and end, and where other windows end, in this order: from the top or left. */
	private static int[] starts(int from, int length, int size, Stream<Integer> ends) {
		int last = Math.max(from, from + length - size);
		return IntStream.concat(IntStream.of(from, last), ends.mapToInt(end -> end)).filter(start -> start >= from && start <= last).sorted().distinct()
			.toArray();
	}

	/** Pixels, counted once for each window that is covered there. */
	private static long covered(Rectangle window, Collection<Rectangle> taken) {
		return taken.stream().map(window::intersection).filter(common -> !common.isEmpty()).mapToLong(common -> (long) common.width * common.height)
			.sum();
	}
}
