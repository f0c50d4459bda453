package io.github.densecolorize.colorize;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.densecolorize.Hint;
import io.github.densecolorize.Hint.Run;

public class HintConflictTest {

	private static final int RED = 0xff0000, BLUE = 0x0000ff;

	@Test
	public void twoColoursOnOnePixelAreRefused() {
		var refusal = assertThrows(IllegalArgumentException.class, () -> HintConflict.check(List.of(hint("hint 1", 2, RED, new Run(5, 3, 9)), hint("hint 2",
			2, BLUE, new Run(5, 9, 9)))));
		assertEquals("At x 9, y 5, hint 1 and hint 2 want different colours; move or delete one of them.", refusal.getMessage());
	}

	@Test
	public void hintsSideBySideOrOnOtherPlanesAgree() {
		assertDoesNotThrow(() -> HintConflict.check(List.of(hint("1", 2, RED, new Run(5, 3, 9)), hint("2", 2, BLUE, new Run(5, 10, 12)), hint("3", 2, BLUE,
			new Run(6, 3, 9)), hint("4", 1, BLUE, new Run(5, 3, 9)))));
	}

	@Test
	public void aHintOnAllPlanesMeetsEachOther() {
		for (int plane : new int[] { Hint.ALL, 0, 7 }) {
			var all = hint("all", Hint.ALL, RED, new Run(5, 3, 9));
			var one = hint("one", plane, BLUE, new Run(5, 4, 4));
			assertThrows(IllegalArgumentException.class, () -> HintConflict.check(List.of(all, one)));
			var earlier = hint("one", plane, BLUE, new Run(5, 2, 4));
			assertThrows(IllegalArgumentException.class, () -> HintConflict.check(List.of(all, earlier)));
		}
	}

	/** The lightness of a hint is not meant, and all grays have a* = b* = 0. */
	@Test
	public void darkAndBrightGrayAgree() {
		assertDoesNotThrow(() -> HintConflict.check(List.of(hint("1", 0, 0x303030, new Run(5, 3, 9)), hint("2", 0, 0xd0d0d0, new Run(5, 3, 9)))));
	}

	/** Against a comparison of all pixels of all hints with each other. */
	@ParameterizedTest
	@ValueSource(ints = { 3, 6 })
	public void findsWhatAComparisonOfAllPixelsFinds(int n) {
		int refused = 0;
		for (int seed = 0; seed < 2000; seed++) {
			var random = new Random(seed);
			var hints = IntStream.range(0, n).mapToObj(i -> {
				int from = random.nextInt(12);
				return hint("hint " + i, random.nextInt(3) - 1, random.nextBoolean() ? RED : BLUE, new Run(random.nextInt(2), from, from + random.nextInt(5)));
			}).toList();
			if (meets(hints)) {
				refused++;
				assertThrows(IllegalArgumentException.class, () -> HintConflict.check(hints), hints.toString());
			}
			else assertDoesNotThrow(() -> HintConflict.check(hints), hints.toString());
		}
		assertEquals(1000, refused, 700, "both cases must occur");
	}

	private static boolean meets(List<Hint> hints) {
		var seen = new ArrayList<Object[]>();
		for (var hint : hints)
			for (var run : hint.runs())
				for (int x = run.from(); x <= run.to(); x++) {
					for (var other : seen) {
						boolean samePlane = hint.plane() == (int) other[2] || hint.plane() == Hint.ALL || (int) other[2] == Hint.ALL;
						if (samePlane && x == (int) other[0] && run.y() == (int) other[1] && hint.a() != (float) other[3]) return true;
					}
					seen.add(new Object[] { x, run.y(), hint.plane(), hint.a() });
				}
		return false;
	}

	private static Hint hint(String name, int plane, int rgb, Run run) {
		return Hint.of(plane, rgb, List.of(run), name);
	}
}
