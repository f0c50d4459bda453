package io.github.densecolorize.colorize;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.function.Supplier;

import ij.process.ImageProcessor;

import io.github.densecolorize.Workers;

/**
 * Makes the slices of a result one after the other, but may begin with the next ones before they are asked for: a small slice is a single tile, and a
 * GPU would have nothing to do while it is read and written. A CPU has enough to do, and is slower when it works on several slices at once.
 */
final class SlicesAhead implements AutoCloseable {

	/** How many slices are begun before they are asked for, if they are small. */
	private static final int MOST = 2;
	/** So many pixels of these slices at most: larger ones have tiles enough, and need much memory. */
	private static final int PIXELS = 1 << 22;

	private final int to, count;
	private final IntFunction<Supplier<List<ImageProcessor>>> maker;
	private final Workers workers;
	private final Deque<Future<List<ImageProcessor>>> begun = new ArrayDeque<>();
	/** The first one that is not begun. */
	private int next;

	/**
	 * @param from first slice
	 * @param to the one after the last
	 * @param count how many are begun before they are asked for
	 * @param maker reads the slices, one after the other; what it returns makes them, on other threads
	 */
	SlicesAhead(int from, int to, int count, IntFunction<Supplier<List<ImageProcessor>>> maker) {
		this.to = to;
		this.count = count;
		this.maker = maker;
		next = from;
		workers = new Workers(1 + count);
	}

	/**
	 * How many slices are worth to be begun ahead.
	 *
	 * @param pixels of a slice
	 */
	static int count(long pixels) {
		return (int) Math.min(MOST, PIXELS / pixels);
	}

	/** A slice. Usually they are asked for in order, each once; any other is made when it is asked for. */
	List<ImageProcessor> get(int i) {
		if (i != next - begun.size()) return maker.apply(i).get();
		while (next < to && next <= i + count)
			begun.add(CompletableFuture.supplyAsync(maker.apply(next++), workers));
		return Workers.result(begun.remove());
	}

	/** Stops those that are begun. */
	@Override
	public void close() {
		workers.close();
	}
}
