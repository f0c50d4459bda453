package io.github.densecolorize;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import net.imglib2.img.array.ArrayImgs;

import io.github.densecolorize.Hint.Run;
import io.github.densecolorize.image.Reduction;

public class HintCentreTest {

	private static List<HintCentre> of(double scale, Hint... hints) {
		return HintCentre.of(List.of(hints), new Reduction(ArrayImgs.floats(400, 400), scale));
	}

	private static Hint hint(float a, Run... runs) {
		return new Hint(0, a, -a, List.of(runs), "hint");
	}

	/** Pixels 8 to 11 become pixel 2 at a quarter of the size. */
	@Test
	public void aPixelOfTheReducedPlaneCountsOnce() {
		assertEquals(List.of(new HintCentre(2, 5, 7, -7)), of(0.25, hint(7, new Run(20, 8, 11), new Run(23, 8, 11))));
		assertEquals(List.of(new HintCentre(2, 5, 4, -4)), of(0.25, hint(7, new Run(20, 8, 11)), hint(1, new Run(21, 9, 9))));
	}

	@Test
	public void aShortLineIsTakenWhole() {
		assertEquals(IntStream.range(30, 46).mapToObj(x -> new HintCentre(x, 3, 7, -7)).toList(), of(1, hint(7, new Run(3, 30, 40), new Run(3, 41, 45))));
	}

	/** Each sixteenth of a line has one, and each of the four quarters of an area has some. */
	@Test
	public void centresLieEvenly() {
		var line = of(1, hint(7, new Run(3, 0, 319)));
		for (int i = 0; i < 16; i++)
			assertEquals(i, line.get(i).x() / 20);
		var area = of(1, hint(7, IntStream.range(100, 300).mapToObj(y -> new Run(y, 100, 299)).toArray(Run[]::new)));
		assertEquals(16, area.size());
		assertEquals(area, of(1, hint(7, IntStream.range(100, 300).mapToObj(y -> new Run(y, 100, 299)).toArray(Run[]::new))));
		for (int quarter = 0; quarter < 4; quarter++) {
			long left = 100 + quarter % 2 * 100, top = 100 + quarter / 2 * 100;
			long inside = area.stream().filter(c -> c.x() >= left && c.x() < left + 100 && c.y() >= top && c.y() < top + 100).count();
			assertTrue(inside >= 2, inside + " centres from " + left + ", " + top);
		}
	}

	@Test
	public void manyHintsShareTheCentresFairly() {
		var hints = IntStream.range(0, 100).mapToObj(i -> hint(i, new Run(i, 0, 399))).toArray(Hint[]::new);
		var centres = of(1, hints);
		assertEquals(500, centres.size());
		for (int i = 0; i < 100; i++) {
			double a = i;
			assertEquals(5, centres.stream().filter(c -> c.a() == a).count());
		}
		var points = IntStream.range(0, 2048).mapToObj(i -> hint(i, new Run(i / 400, i % 400, i % 400))).toArray(Hint[]::new);
		assertEquals(IntStream.range(0, 512).mapToObj(i -> 4.0 * i).toList(), of(1, points).stream().map(HintCentre::a).toList());
	}
}
