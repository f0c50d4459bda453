package io.github.densecolorize.colorize;

import java.awt.Rectangle;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

import net.imglib2.FinalInterval;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.view.Views;

import io.github.densecolorize.Hint;
import io.github.densecolorize.image.Reduction;

/**
 * The part of an image that has to be known to colorize what a window shows: the visible pixels and what the network sees around them, not finer than
 * the screen shows them or the network sees them.
 */
final class PreviewPart {

	private static final int STRIPS = 16;

	private final View view;
	/** Pixels of the image. */
	private final Rectangle read;
	private final double resolution;
	private final int width, height;
	private final float[] l;

	/**
	 * @param plane L* of the visible slice
	 * @param scale at which the network sees the image
	 * @param halo what the network and the upsampling need around a pixel, in pixels that the network sees
	 * @param stride of the network, likewise
	 */
	PreviewPart(RandomAccessibleInterval<FloatType> plane, View view, double scale, int halo, int stride) {
		this.view = view;
		read = around(view.part(), plane, (int) Math.ceil(halo / scale), stride * (int) Math.max(1, Math.round(1 / scale)));
		resolution = Math.max(Math.min(1, view.zoom()), scale);
		var reduced = new Reduction(Views.zeroMin(Views.interval(plane, FinalInterval.createMinSize(read.x, read.y, read.width, read.height))), resolution);
		width = (int) reduced.width();
		height = (int) reduced.height();
		l = new float[width * height];
		IntStream.range(0, STRIPS).parallel().forEach(i -> readRows(reduced, i * height / STRIPS, (i + 1) * height / STRIPS));
	}

	/** Begins at multiples of a step, so that the network sees the same pixels as in the whole image. */
	private static Rectangle around(Rectangle part, RandomAccessibleInterval<FloatType> plane, int margin, int step) {
		int x = Math.max(0, part.x - margin) / step * step, y = Math.max(0, part.y - margin) / step * step;
		int right = (int) Math.min(plane.dimension(0), part.x + part.width + margin), bottom = (int) Math.min(plane.dimension(1), part.y + part.height +
			margin);
		return new Rectangle(x, y, right - x, bottom - y);
	}

	private void readRows(Reduction reduced, int from, int to) {
		if (from == to) return;
		var rows = new float[width * (to - from)];
		reduced.read(FinalInterval.createMinSize(0, from, width, to - from), rows);
		System.arraycopy(rows, 0, l, width * from, rows.length);
	}

	/** Pixels of this part for a pixel of the image, above 0 to 1. */
	double resolution() {
		return resolution;
	}

	/** The column of the image in the middle of a column of this part. */
	int column(int x) {
		return read.x + (int) ((x + 0.5) / resolution);
	}

	/** The row of the image in the middle of a row of this part. */
	int row(int y) {
		return read.y + (int) ((y + 0.5) / resolution);
	}

	int width() {
		return width;
	}

	int height() {
		return height;
	}

	/** L*, row by row. */
	float[] l() {
		return l;
	}

	RandomAccessibleInterval<FloatType> lightness() {
		return ArrayImgs.floats(l, width, height);
	}

	/** The visible pixels of this part. */
	Rectangle visible() {
		int x = (int) Math.round((view.part().x - read.x) * resolution), y = (int) Math.round((view.part().y - read.y) * resolution);
		return new Rectangle(x, y, (int) Math.max(1, Math.round(view.part().width * resolution)), (int) Math.max(1, Math.round(view.part().height *
			resolution))).intersection(new Rectangle(width, height));
	}

	/** The hints that lie in this part, in its pixels. Where several of them fall on a pixel, the first one has it. */
	List<Hint> hints(List<Hint> ofImage) {
		var taken = new HashSet<Integer>();
		var hints = new ArrayList<Hint>();
		for (var hint : ofImage) {
			if (hint.plane() != Hint.ALL && hint.plane() != view.plane()) continue;
			var runs = runs(hint, taken);
			if (!runs.isEmpty()) hints.add(new Hint(Hint.ALL, hint.a(), hint.b(), runs, hint.name()));
		}
		return hints;
	}

	private List<Hint.Run> runs(Hint hint, Set<Integer> taken) {
		var pixels = new TreeSet<Integer>();
		for (var run : hint.runs()) {
			int y = (int) Math.floor((run.y() - read.y) * resolution);
			if (y < 0 || y >= height) continue;
			int from = (int) Math.floor((run.from() - read.x) * resolution), to = (int) Math.floor((run.to() - read.x) * resolution);
			for (int x = Math.max(0, from); x <= Math.min(width - 1, to); x++)
				if (taken.add(y * width + x)) pixels.add(y * width + x);
		}
		return pixels.stream().map(i -> new Hint.Run(i / width, i % width, i % width)).toList();
	}
}
