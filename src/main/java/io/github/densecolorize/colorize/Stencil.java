package io.github.densecolorize.colorize;

import java.awt.Rectangle;
import java.util.function.IntConsumer;

import net.imglib2.FinalInterval;
import net.imglib2.Interval;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.util.Intervals;

import ij.ImagePlus;

import io.github.densecolorize.ErrorSink;
import io.github.densecolorize.TileSink;
import io.github.densecolorize.image.MirroredPlane;
import io.github.densecolorize.model.TileMaps;

/** Lets colours through to a part of a plane only: that of an {@link Area}. Sinks of the result count its pixels, not those of the plane. */
final class Stencil {

	private final Area area;
	private final Rectangle frame;
	private final Region region;

	private Stencil(Area area, Rectangle frame, Region region) {
		this.area = area;
		this.frame = frame;
		this.region = region;
	}

	/** @throws IllegalArgumentException with a sentence for the user if the image has no such area */
	static Stencil of(ImagePlus image, Area area) {
		var all = Region.all(image);
		if (area == Area.IMAGE) return new Stencil(area, all.bounds(), all);
		var region = Region.selected(image, "draw an area (a rectangle, for example), or choose area=image");
		return new Stencil(area, area == Area.CROP ? region.bounds() : all.bounds(), region);
	}

	/** The pixels of the plane that the result has. */
	Rectangle frame() {
		return frame;
	}

	/** The smallest rectangle of the plane around the colours. */
	Interval coloured() {
		return interval(region.bounds());
	}

	/** Whether a pixel of the plane gets colours. */
	boolean has(int x, int y) {
		return region.has(x, y);
	}

	/** Whether colours are everywhere. */
	boolean isWhole() {
		return area == Area.IMAGE;
	}

	/**
	 * Paints the result without colours.
	 *
	 * @param part of the plane, with all its columns
	 */
	void paintGray(RandomAccessibleInterval<FloatType> l, Interval part, TileSink result) {
		var plane = new MirroredPlane(l);
		float[] row = new float[frame.width], zero = new float[frame.width];
		for (int y = (int) Math.max(0, part.min(1) - frame.y); y < Math.min(frame.height, part.max(1) + 1 - frame.y); y++) {
			plane.read(FinalInterval.createMinSize(frame.x, frame.y + y, frame.width, 1), row);
			result.put(FinalInterval.createMinSize(0, y, frame.width, 1), row, zero, zero);
		}
	}

	/** Takes tiles of the plane, of which only the coloured part goes into the result. */
	TileSink onto(TileSink result) {
		if (isWhole()) return result;
		return (tile, l, a, b) -> {
			var part = Intervals.intersect(tile, coloured());
			float[] partA = TileMaps.part(a, tile, part), partB = TileMaps.part(b, tile, part);
			if (region.inside() != null) forEachOutside(part, i -> partA[i] = partB[i] = 0);
			result.put(placed(part), TileMaps.part(l, tile, part), partA, partB);
		};
	}

	/** Takes the expected errors of tiles of the plane, of which only those of the coloured part go into the result; the others become NaN. */
	ErrorSink onto(ErrorSink result) {
		if (isWhole()) return result;
		return (tile, error) -> {
			var part = Intervals.intersect(tile, coloured());
			var of = TileMaps.part(error, tile, part);
			if (region.inside() != null) forEachOutside(part, i -> of[i] = Float.NaN);
			result.put(placed(part), of);
		};
	}

	/** The pixels of the result for a part of the plane. */
	private Interval placed(Interval part) {
		return Intervals.translate(part, new long[] { -frame.x, -frame.y });
	}

	/** @param pixel told the index, in a part of the plane, of each pixel that is outside of the selection */
	private void forEachOutside(Interval part, IntConsumer pixel) {
		int width = (int) part.dimension(0), left = (int) part.min(0) - region.bounds().x, top = (int) part.min(1) - region.bounds().y;
		for (int y = 0; y < part.dimension(1); y++)
			for (int x = 0; x < width; x++)
				if (!region.inside()[(top + y) * region.bounds().width + left + x]) pixel.accept(y * width + x);
	}

	private static Interval interval(Rectangle rectangle) {
		return FinalInterval.createMinSize(rectangle.x, rectangle.y, rectangle.width, rectangle.height);
	}

	/** For provenance: which part of the image it is; empty for all of it. */
	@Override
	public String toString() {
		var bounds = region.bounds();
		return isWhole() ? "" : area + ", x " + bounds.x + ", y " + bounds.y + ", " + bounds.width + " x " + bounds.height + " pixels";
	}
}
