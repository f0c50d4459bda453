package io.github.densecolorize.colorize;

import java.awt.Rectangle;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import ij.gui.Line;
import ij.gui.Roi;
import ij.process.FloatPolygon;

import io.github.densecolorize.Hint.Run;

/**
 * The pixels of an image that a ROI covers. Those of an area are the ones that ImageJ measures. A line covers all pixels whose centre is at most half
 * its width away from it, which for a straight line of an odd width is what ImageJ measures and the last pixel. Coordinates of points and lines are
 * those of pixel centres.
 */
final class RoiPixels {

	/** An area has a mask of a byte for each pixel of the rectangle around it. */
	static final long MOST_MASK = 1 << 27;
	/** Of two rows of pixels that are equally far from the middle of a line, the upper one is covered, as in ImageJ; columns likewise. */
	private static final double TIE = 1e-4;

	private final int width, height;
	private final List<Run> runs = new ArrayList<>();

	private RoiPixels(int width, int height) {
		this.width = width;
		this.height = height;
	}

	/** The pixel of a point; none if it is outside of the image. */
	static List<Run> ofPoint(double x, double y, int width, int height) {
		double column = Math.floor(x + 0.5), row = Math.floor(y + 0.5);
		boolean inside = column >= 0 && column < width && row >= 0 && row < height;
		return inside ? List.of(new Run((int) row, (int) column, (int) column)) : List.of();
	}

	/**
	 * The pixels of an area, sorted by y and x; none if it is outside of the image or empty.
	 *
	 * @throws IllegalArgumentException with a sentence without its subject if the area is too large
	 */
	static List<Run> ofArea(Roi roi, int width, int height) {
		var pixels = new RoiPixels(width, height);
		pixels.addArea(roi);
		return pixels.runs;
	}

	/**
	 * The pixels of a line or a line with several segments, sorted by y and x; none if it is outside of the image.
	 *
	 * @throws IllegalArgumentException with a sentence without its subject if the line is too long
	 */
	static List<Run> ofLine(Roi roi, int width, int height) {
		var pixels = new RoiPixels(width, height);
		FloatPolygon points = roi instanceof Line line ? line.getFloatPoints() : roi.getFloatPolygon();
		double radius = Math.max(1, roi.getStrokeWidth()) / 2;
		for (int i = 0; i < points.npoints; i++) {
			int j = Math.max(0, i - 1);
			pixels.addSegment(points.xpoints[j] - TIE, points.ypoints[j] - TIE, points.xpoints[i] - TIE, points.ypoints[i] - TIE, radius);
		}
		return joined(pixels.runs);
	}

	private void addArea(Roi roi) {
		var bounds = roi.getBounds();
		boolean masked = roi.getType() != Roi.RECTANGLE || roi.getCornerDiameter() > 0;
		if (masked && (long) bounds.width * bounds.height > MOST_MASK) throw new IllegalArgumentException("is " + bounds.width + " x " + bounds.height +
			" pixels large; must be at most " + MOST_MASK + " pixels, so draw a smaller area.");
		// ImageJ keeps the mask in the ROI that it is asked of; the list of all masks would be long, and this ROI is the user's.
		var mask = masked ? ((Roi) roi.clone()).getMask() : null;
		// A copy of a composite may be smaller by a pixel, since it rounds otherwise.
		var shape = mask == null ? bounds : new Rectangle(bounds.x, bounds.y, mask.getWidth(), mask.getHeight());
		var inside = shape.intersection(new Rectangle(width, height));
		for (int y = inside.y; y < inside.y + inside.height; y++) {
			int from = -1;
			for (int x = inside.x; x < inside.x + inside.width; x++) {
				boolean covered = mask == null || mask.get(x - bounds.x, y - bounds.y) != 0;
				if (covered && from < 0) from = x;
				if (!covered && from >= 0) {
					runs.add(new Run(y, from, x - 1));
					from = -1;
				}
			}
			if (from >= 0) runs.add(new Run(y, from, inside.x + inside.width - 1));
		}
	}

	/** What is within a distance of a segment is convex, so a row has one run of it at most: from the first to the last of all points on its edge. */
	private void addSegment(double x0, double y0, double x1, double y1, double radius) {
		double length = Math.hypot(x1 - x0, y1 - y0), nx = length == 0 ? 0 : (y0 - y1) / length * radius, ny = length == 0 ? 0 : (x1 - x0) / length *
			radius;
		double[] xs = { x0 + nx, x1 + nx, x1 - nx, x0 - nx }, ys = { y0 + ny, y1 + ny, y1 - ny, y0 - ny };
		int top = (int) Math.max(0, Math.ceil(Math.min(y0, y1) - radius)), bottom = (int) Math.min(height - 1, Math.floor(Math.max(y0, y1) + radius));
		for (int y = top; y <= bottom; y++) {
			double from = Double.POSITIVE_INFINITY, to = Double.NEGATIVE_INFINITY;
			for (int end = 0; end < 2; end++) {
				double x = end == 0 ? x0 : x1, dy = y - (end == 0 ? y0 : y1), half = Math.sqrt(radius * radius - dy * dy);
				if (Double.isNaN(half)) continue;
				from = Math.min(from, x - half);
				to = Math.max(to, x + half);
			}
			for (int i = 0; i < 4; i++) {
				int j = (i + 1) % 4;
				if (ys[i] > y == ys[j] > y) continue;
				double x = xs[i] + (y - ys[i]) / (ys[j] - ys[i]) * (xs[j] - xs[i]);
				from = Math.min(from, x);
				to = Math.max(to, x);
			}
			// Coordinates of a damaged file may be no numbers, of which nothing is true.
			if (!(from <= to)) continue;
			int left = (int) Math.max(0, Math.ceil(from)), right = (int) Math.min(width - 1, Math.floor(to));
			if (left > right) continue;
			if (runs.size() == RoiHints.MOST_RUNS) throw new IllegalArgumentException("has segments that cross more than " + RoiHints.MOST_RUNS +
				" rows of pixels together; draw a shorter line.");
			runs.add(new Run(y, left, right));
		}
	}

	/** The same pixels, each in one run only. */
	private static List<Run> joined(List<Run> runs) {
		runs.sort(Comparator.comparingInt(Run::y).thenComparingInt(Run::from));
		var joined = new ArrayList<Run>();
		for (var run : runs) {
			var last = joined.isEmpty() ? null : joined.get(joined.size() - 1);
			if (last == null || last.y() != run.y() || last.to() < run.from() - 1) joined.add(run);
			else if (last.to() < run.to()) joined.set(joined.size() - 1, new Run(run.y(), last.from(), run.to()));
		}
		return joined;
	}
}
