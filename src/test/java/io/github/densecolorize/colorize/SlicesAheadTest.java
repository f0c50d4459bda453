package io.github.densecolorize.colorize;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntFunction;
import java.util.function.Supplier;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import ij.process.ByteProcessor;
import ij.process.ImageProcessor;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
public class SlicesAheadTest {

	private final List<Integer> read = new ArrayList<>();

	private Supplier<List<ImageProcessor>> slice(int i) {
		read.add(i);
		return () -> List.of(new ByteProcessor(1 + i, 1));
	}

	@Test
	public void slicesAreReadAheadInOrder() {
		try (var ahead = new SlicesAhead(2, 6, 2, this::slice)) {
			assertEquals(3, ahead.get(2).get(0).getWidth());
			assertEquals(List.of(2, 3, 4), read);
			for (int i = 3; i < 6; i++)
				assertEquals(1 + i, ahead.get(i).get(0).getWidth());
			assertEquals(List.of(2, 3, 4, 5), read);
		}
		read.clear();
		try (var ahead = new SlicesAhead(0, 4, 0, this::slice)) {
			ahead.get(0);
			assertEquals(List.of(0), read);
			assertEquals(2, ahead.get(1).get(0).getWidth());
		}
	}

	@Test
	public void anyOtherSliceIsMadeWhenItIsAskedFor() {
		try (var ahead = new SlicesAhead(0, 5, 2, this::slice)) {
			for (int i : new int[] { 0, 0, 1, 4, 2, 3, 1, 4 })
				assertEquals(1 + i, ahead.get(i).get(0).getWidth());
		}
	}

	@Test
	public void ofLargeSlicesFewerAreBegun() {
		assertEquals(2, SlicesAhead.count(512 * 512));
		assertEquals(1, SlicesAhead.count(2048 * 2048));
		assertEquals(0, SlicesAhead.count(2048 * 2049));
		assertEquals(0, SlicesAhead.count(1L << 32));
	}

	@Test
	public void theNextSlicesAreMadeMeanwhile() {
		var second = new CountDownLatch(1);
		IntFunction<Supplier<List<ImageProcessor>>> maker = i -> () -> {
			if (i == 1) second.countDown();
			else await(second);
			return List.of();
		};
		try (var ahead = new SlicesAhead(0, 2, 1, maker)) {
			assertTrue(ahead.get(0).isEmpty());
		}
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException e) {
			throw new IllegalStateException("interrupted", e);
		}
	}

	@Test
	public void throwsWhatAMakerThrowsAndBeginsNothingMore() {
		var error = new OutOfMemoryError("full");
		var begun = new ArrayList<Integer>();
		IntFunction<Supplier<List<ImageProcessor>>> maker = i -> {
			begun.add(i);
			return () -> {
				if (i == 1) throw error;
				return List.of();
			};
		};
		try (var ahead = new SlicesAhead(0, 9, 2, maker)) {
			ahead.get(0);
			assertSame(error, assertThrows(OutOfMemoryError.class, () -> ahead.get(1)));
		}
		assertEquals(List.of(0, 1, 2, 3), begun);
	}

	@Test
	public void closingWaitsForSlicesThatAreBeingMade() {
		var started = new CountDownLatch(1);
		var ended = new AtomicBoolean();
		IntFunction<Supplier<List<ImageProcessor>>> maker = i -> () -> {
			if (i == 1) {
				started.countDown();
				try {
					await(new CountDownLatch(1));
				}
				catch (IllegalStateException e) {
					ended.set(true);
				}
			}
			return List.of();
		};
		var ahead = new SlicesAhead(0, 2, 1, maker);
		ahead.get(0);
		await(started);
		assertFalse(ended.get());
		ahead.close();
		assertTrue(ended.get());
	}
}
