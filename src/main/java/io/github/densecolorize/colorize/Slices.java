package io.github.densecolorize.colorize;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import ij.ImagePlus;

/**
 * Which slices of an image are colorized, as users choose it. They are counted from 1, z before t: with 10 slices and 5 frames, the 11th is the first
 * slice of the second frame.
 *
 * @param current whether it is the one that is shown
 * @param ranges empty for the one that is shown, or for all
 */
public record Slices(boolean current, List<Range> ranges) implements Serializable {

	/** All slices. */
	public static final Slices ALL = new Slices(false, List.of());

	private static final String CURRENT = "current";
	/** More digits than any number of slices has would not fit into an {@code int}. */
	private static final Pattern RANGE = Pattern.compile("(\\d{1,9})(?:\\s*-\\s*(\\d{1,9}))?");

	/**
	 * Slices that follow each other.
	 *
	 * @param from the first, at least 1
	 * @param to the last, not before the first
	 */
	public record Range(int from, int to) implements Serializable {

		@Override
		public String toString() {
			return from == to ? String.valueOf(from) : from + "-" + to;
		}
	}

	public Slices {
		ranges = List.copyOf(ranges);
	}

	/**
	 * @param text {@code all}, {@code current}, or numbers and ranges such as {@code 5}, {@code 3-20} or {@code 3-20,30}
	 * @throws IllegalArgumentException for anything else
	 */
	public static Slices of(String text) {
		return switch (text.trim().toLowerCase(Locale.ROOT)) {
			case "all" -> ALL;
			case CURRENT -> new Slices(true, List.of());
			default -> new Slices(false, Arrays.stream(text.split(",", -1)).map(part -> range(part.trim(), text)).toList());
		};
	}

	private static Range range(String part, String text) {
		var match = RANGE.matcher(part);
		if (match.matches()) {
			int from = Integer.parseInt(match.group(1)), to = match.group(2) == null ? from : Integer.parseInt(match.group(2));
			if (from >= 1 && from <= to) return new Range(from, to);
		}
		throw new IllegalArgumentException("Slices is \"" + text +
			"\"; must be all, current, or numbers from 1, the lower one first, such as 5, 3-20 or 3-20,30.");
	}

	/**
	 * The slices of an image, counted from 0, each once, in the order in which the image has them.
	 *
	 * @throws IllegalArgumentException if the image has no such slice
	 */
	int[] of(ImagePlus image) {
		int depth = image.getNSlices(), count = depth * image.getNFrames();
		if (equals(ALL)) return IntStream.range(0, count).toArray();
		if (current) return new int[] { (image.getFrame() - 1) * depth + image.getSlice() - 1 };
		int last = ranges.stream().mapToInt(Range::to).max().orElseThrow();
		if (last > count) throw new IllegalArgumentException("Slices is " + this + "; image " + image.getTitle() + " has " + (count == 1 ? "only slice 1"
			: "slices 1 to " + count) + ".");
		return ranges.stream().flatMapToInt(range -> IntStream.rangeClosed(range.from, range.to)).map(number -> number - 1).sorted().distinct().toArray();
	}

	/**
	 * How many slices of an image they are.
	 *
	 * @throws IllegalArgumentException if the image has no such slice
	 */
	public int count(ImagePlus image) {
		return of(image).length;
	}

	/** The numbers of the slices of an image, for provenance; empty for all. */
	String numbers(ImagePlus image) {
		return equals(ALL) ? "" : current ? String.valueOf(of(image)[0] + 1) : toString();
	}

	/** As users type it. */
	@Override
	public String toString() {
		if (current) return CURRENT;
		return ranges.isEmpty() ? "all" : ranges.stream().map(Range::toString).collect(Collectors.joining(","));
	}
}
