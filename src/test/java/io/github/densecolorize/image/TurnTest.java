package io.github.densecolorize.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.HashSet;

import org.junit.jupiter.api.Test;

public class TurnTest {

	private static final float[] SQUARE = { 1, 2, 3, 4, 5, 6, 7, 8, 9 };

	@Test
	public void turnsByHand() {
		assertArrayEquals(SQUARE, Turn.NONE.apply(SQUARE, 3));
		assertArrayEquals(new float[] { 3, 2, 1, 6, 5, 4, 9, 8, 7 }, Turn.of(1).apply(SQUARE, 3));
		assertArrayEquals(new float[] { 7, 8, 9, 4, 5, 6, 1, 2, 3 }, Turn.of(2).apply(SQUARE, 3));
		assertArrayEquals(new float[] { 1, 4, 7, 2, 5, 8, 3, 6, 9 }, Turn.of(4).apply(SQUARE, 3));
	}

	@Test
	public void allEightDiffer() {
		var seen = new HashSet<String>();
		for (int i = 0; i < 8; i++)
			seen.add(Arrays.toString(Turn.of(i).apply(SQUARE, 3)));
		assertEquals(8, seen.size());
	}
}
