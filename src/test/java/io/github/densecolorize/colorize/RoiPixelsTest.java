package io.github.densecolorize.colorize;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import ij.gui.Line;
import ij.gui.OvalRoi;
import ij.gui.PolygonRoi;
import ij.gui.Roi;
import ij.gui.ShapeRoi;

import io.github.densecolorize.Hint.Run;

public class RoiPixelsTest {

	private static final int WIDTH = 20, HEIGHT = 12;

	@ParameterizedTest
	@CsvSource({ "3, 4, 3, 4", "2.5, 4.4, 3, 4", "-0.5, 11.49, 0, 11" })
	public void aPointIsThePixelWhoseCentreIsNearest(double x, double y, int column, int row) {
		assertEquals(List.of(new Run(row, column, column)), RoiPixels.ofPoint(x, y, WIDTH, HEIGHT));
	}

	@ParameterizedTest
	@CsvSource({ "-0.6, 4", "19.5, 4", "3, -1", "3, 12", "NaN, 4", "3, Infinity" })
	public void aPointOutsideIsNoPixel(double x, double y) {
		assertEquals(List.of(), RoiPixels.ofPoint(x, y, WIDTH, HEIGHT));
	}

	@Test
	public void aRectangleIsCutToTheImage() {
		assertEquals(List.of(new Run(10, 17, 19), new Run(11, 17, 19)), RoiPixels.ofArea(new Roi(17, 10, 5, 5), WIDTH, HEIGHT));
		assertEquals(List.of(new Run(0, 0, 1)), RoiPixels.ofArea(new Roi(-2, -3, 4, 4), WIDTH, HEIGHT));
		assertEquals(List.of(), RoiPixels.ofArea(new Roi(20, 3, 4, 4), WIDTH, HEIGHT));
	}

	/** Below the diagonal of a square of 4 pixels, the centres (x + 1/2, y + 1/2) with x < y lie inside; those on the diagonal belong to one of both sides. */
	@Test
	public void aTriangleIsThePixelsWhoseCentresAreInIt() {
		var below = new PolygonRoi(new int[] { 2, 6, 2 }, new int[] { 3, 7, 7 }, 3, Roi.POLYGON);
		var above = new PolygonRoi(new int[] { 2, 6, 6 }, new int[] { 3, 3, 7 }, 3, Roi.POLYGON);
		var pixels = pixels(RoiPixels.ofArea(below, WIDTH, HEIGHT));
		assertTrue(pixels.containsAll(Set.of("2 4", "2 5", "3 5", "2 6", "3 6", "4 6")), pixels.toString());
		var both = new ArrayList<>(pixels);
		both.addAll(pixels(RoiPixels.ofArea(above, WIDTH, HEIGHT)));
		assertEquals(16, both.size());
		assertEquals(pixels(List.of(new Run(3, 2, 5), new Run(4, 2, 5), new Run(5, 2, 5), new Run(6, 2, 5))), new HashSet<>(both));
	}

	@Test
	public void aRowOfARingHasTwoRuns() {
		var ring = new ShapeRoi(new Roi(1, 1, 9, 5)).not(new ShapeRoi(new Roi(4, 3, 2, 1)));
		assertEquals(List.of(new Run(1, 1, 9), new Run(2, 1, 9), new Run(3, 1, 3), new Run(3, 6, 9), new Run(4, 1, 9), new Run(5, 1, 9)), RoiPixels
			.ofArea(ring, WIDTH, HEIGHT));
	}

	@Test
	public void anAreaCutAtTheLeftKeepsItsShape() {
		var whole = pixels(RoiPixels.ofArea(new OvalRoi(4, 2, 9, 7), WIDTH, HEIGHT));
		var cut = pixels(RoiPixels.ofArea(new OvalRoi(-3, 2, 9, 7), WIDTH, HEIGHT));
		var moved = new HashSet<String>();
		for (var pixel : whole) {
			var xy = pixel.split(" ");
			int x = Integer.parseInt(xy[0]) - 7;
			if (x >= 0) moved.add(x + " " + xy[1]);
		}
		assertEquals(moved, cut);
	}

	/** The mask would have 70,000 x 2,000 bytes, 140 MB. */
	@Test
	public void aMaskThatWouldTakeAllMemoryIsNotMade() {
		var refusal = assertThrows(IllegalArgumentException.class, () -> RoiPixels.ofArea(new OvalRoi(0, 0, 70_000, 2_000), WIDTH, HEIGHT));
		assertEquals("is 70000 x 2000 pixels large; must be at most 134217728 pixels, so draw a smaller area.", refusal.getMessage());
		assertEquals(12, RoiPixels.ofArea(new Roi(-100_000, -100_000, 200_000, 200_000), WIDTH, HEIGHT).size());
	}

	@Test
	public void aLineHasAllPixelsFromEndToEnd() {
		assertEquals(List.of(new Run(7, 3, 9)), line(3, 7, 9, 7, 1));
		assertEquals(List.of(new Run(7, 3, 9)), line(9, 7, 3, 7, 0));
		assertEquals(List.of(new Run(4, 5, 5)), line(5, 4, 5, 4, 1));
		assertEquals(List.of(new Run(2, 2, 2), new Run(3, 3, 3), new Run(4, 4, 4)), line(2, 2, 4, 4, 1));
		assertEquals(List.of(new Run(10, 18, 19)), line(18, 10, 40, 10, 1));
		assertEquals(List.of(), line(3, -5, 9, -5, 1));
	}

	/** Width 3 reaches 1.5 pixels to each side: one more row at each, and one more pixel at each end. Width 2 has two rows, the upper ones. */
	@Test
	public void aWideLineHasAsManyRowsAsItIsWide() {
		assertEquals(List.of(new Run(6, 2, 10), new Run(7, 2, 10), new Run(8, 2, 10)), line(3, 7, 9, 7, 3));
		assertEquals(List.of(6, 7), line(3, 7, 9, 7, 2).stream().map(Run::y).toList());
	}

	/** Down from (2, 1) to (2, 3), to the right to (5, 3). */
	@Test
	public void aPolylineHasEachPixelOnce() {
		var roi = new PolygonRoi(new int[] { 2, 2, 5 }, new int[] { 1, 3, 3 }, 3, Roi.POLYLINE);
		assertEquals(List.of(new Run(1, 2, 2), new Run(2, 2, 2), new Run(3, 2, 5)), RoiPixels.ofLine(roi, WIDTH, HEIGHT));
	}

	/** Each pixel against the distance of its centre to the segment, in whatever direction it goes. */
	@ParameterizedTest
	@CsvSource({ "2, 3, 15, 8, 1", "15, 9, 4, 1, 4.2", "6, 1, 8, 11, 3", "-4, 6, 25, 3, 5" })
	public void aLineHasThePixelsWithinHalfItsWidth(double x0, double y0, double x1, double y1, double width) {
		var pixels = pixels(line(x0, y0, x1, y1, width));
		double dx = x1 - x0, dy = y1 - y0;
		for (int y = 0; y < HEIGHT; y++)
			for (int x = 0; x < WIDTH; x++) {
				double along = Math.min(1, Math.max(0, ((x - x0) * dx + (y - y0) * dy) / (dx * dx + dy * dy)));
				double away = Math.hypot(x - x0 - along * dx, y - y0 - along * dy);
				if (Math.abs(away - width / 2) > 1e-3) assertEquals(away < width / 2, pixels.contains(x + " " + y), x + " " + y);
			}
	}

	@Test
	public void aLineThatGoesToAndFroWithoutEndIsRefused() {
		int n = RoiHints.MOST_RUNS / HEIGHT + 2;
		float[] x = new float[n], y = new float[n];
		for (int i = 0; i < n; i++)
			y[i] = i % 2 * HEIGHT;
		var refusal = assertThrows(IllegalArgumentException.class, () -> RoiPixels.ofLine(new PolygonRoi(x, y, n, Roi.POLYLINE), WIDTH, HEIGHT));
		assertEquals("has segments that cross more than 2097152 rows of pixels together; draw a shorter line.", refusal.getMessage());
	}

	private static List<Run> line(double x0, double y0, double x1, double y1, double width) {
		var line = new Line(x0, y0, x1, y1);
		line.setStrokeWidth(width);
		return RoiPixels.ofLine(line, WIDTH, HEIGHT);
	}

	private static Set<String> pixels(List<Run> runs) {
		var pixels = new HashSet<String>();
		for (var run : runs)
			for (int x = run.from(); x <= run.to(); x++)
				assertTrue(pixels.add(x + " " + run.y()));
		return pixels;
	}
}
