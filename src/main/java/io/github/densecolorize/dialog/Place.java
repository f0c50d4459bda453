package io.github.densecolorize.dialog;

import java.awt.Dimension;
import java.awt.Rectangle;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Finds room for a window. */
public final class Place {

	private Place() {}

	/**
	 * The place at which a window covers least of others: beside one of them, or in a corner of the screen.
	 *
	 * @param size of the window
	 * @param screen where it must lie
	 * @param others what it should not cover, what matters most first; covering a pixel of one is worse than covering any number of the next
	 */
	public static Rectangle beside(Dimension size, Rectangle screen, List<Rectangle> others) {
		var places = new ArrayList<Rectangle>();
		for (var other : others)
			places.add(new Rectangle(other.x + other.width, other.y, size.width, size.height));
		for (var other : others)
			places.add(new Rectangle(other.x - size.width, other.y, size.width, size.height));
		for (var other : others)
			places.add(new Rectangle(other.x, other.y + other.height, size.width, size.height));
		int right = screen.x + screen.width - size.width, bottom = screen.y + screen.height - size.height;
		for (int x : new int[] { right, screen.x })
			for (int y : new int[] { screen.y, bottom })
				places.add(new Rectangle(x, y, size.width, size.height));
		for (var place : places)
			place.setLocation(Math.max(screen.x, Math.min(right, place.x)), Math.max(screen.y, Math.min(bottom, place.y)));
		Comparator<Rectangle> least = (a, b) -> 0;
		for (var other : others)
			least = least.thenComparing(place -> covered(place, other));
		return places.stream().min(least).orElseThrow();
	}

	private static long covered(Rectangle place, Rectangle other) {
		var both = place.intersection(other);
		return both.isEmpty() ? 0 : (long) both.width * both.height;
	}
}
