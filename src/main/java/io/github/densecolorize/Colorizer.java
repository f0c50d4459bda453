package io.github.densecolorize;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

import net.imglib2.FinalInterval;
import net.imglib2.Interval;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.ARGBType;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.util.Intervals;
import net.imglib2.view.Views;

import io.github.densecolorize.image.GrayMapping;
import io.github.densecolorize.image.GuidedUpsampling;
import io.github.densecolorize.image.Lab;
import io.github.densecolorize.image.MirroredPlane;
import io.github.densecolorize.image.Reduction;
import io.github.densecolorize.image.Tile;
import io.github.densecolorize.image.Turn;
import io.github.densecolorize.model.ColorModel;
import io.github.densecolorize.model.Guidance;

/**
 * Applies a model to images: L* in, a*b* out, tile by tile, so that memory is bounded whatever the image's size.
 *
 * <pre>{@code
 * try (var model = ColorModel.open(folder, "auto")) {
 * 	var gray = ArrayImgs.unsignedBytes(pixels, 512, 512, 60);
 * 	var rgb = ArrayImgs.argbs(512, 512, 60);
 * 	new Colorizer(model, Options.DEFAULT).colorize(gray, GrayMapping.fullRange(8), rgb, Progress.NONE);
 * }
 * }</pre>
 */
public final class Colorizer {

	/**
	 * What a user may choose.
	 *
	 * @param category {@value #AUTO}, or a class of the model
	 * @param scale reduction before the network, above 0 and at most 1; {@link #AUTO_SCALE} takes the model's
	 * @param tile side of a tile in pixels that the network sees, {@value #SMALLEST_TILE} to {@value #LARGEST_TILE}; smaller ones need less
	 *          memory and give the same picture
	 */
	public record Options(String category, double scale, int tile) {

		public static final String AUTO = "auto";
		public static final double AUTO_SCALE = 0;
		public static final int SMALLEST_TILE = 32, LARGEST_TILE = 4096;
		public static final Options DEFAULT = new Options(AUTO, AUTO_SCALE, 256);

		public Options {
			if (scale != AUTO_SCALE && !(scale > 0 && scale <= 1)) throw new IllegalArgumentException("Scale is " + scale +
				"; must be auto, or above 0 and at most 1 (such as 1/2 or 0.25).");
			if (tile < SMALLEST_TILE || tile > LARGEST_TILE) throw new IllegalArgumentException("Tile is " + tile + "; must be " +
				SMALLEST_TILE + " to " + LARGEST_TILE + " pixels.");
		}
	}

	/** Slices of a stack that the guidance vector is the mean over; the mean of this many changes little with more. */
	private static final int SAMPLED_SLICES = 9;
	/** Fields of view along each axis of a plane that the guidance stream looks at. */
	private static final int SAMPLED_FIELDS = 4;

	private final ColorModel model;
	private final Options options;
	private final int halo;

	/** @throws IllegalArgumentException if the model has no such category */
	public Colorizer(ColorModel model, Options options) {
		this(model, options, model.spec().net().halo());
	}

	/** With another halo, for the test that shows that it must not be smaller. */
	Colorizer(ColorModel model, Options options, int halo) {
		this.model = model;
		this.options = options;
		this.halo = halo;
		if (!options.category().equals(Options.AUTO)) model.guide(options.category());
	}

	/**
	 * Decides the scale and the guidance of an image.
	 *
	 * @param planes L* of all planes, all of one size; some of them are read, one at a time
	 * @param pixelSize in micrometres; 0 or NaN if the image has no calibration
	 */
	public Plan plan(List<? extends RandomAccessibleInterval<FloatType>> planes, double pixelSize) {
		var first = planes.get(0);
		double scale = options.scale() == Options.AUTO_SCALE ? model.spec().scale().of(first.dimension(0), first.dimension(1), pixelSize)
			: options.scale();
		return new Plan(scale, options.category().equals(Options.AUTO) ? guide(planes, scale) : model.guide(options.category()));
	}

	private Guidance guide(List<? extends RandomAccessibleInterval<FloatType>> planes, double scale) {
		int n = Math.min(SAMPLED_SLICES, planes.size()), size = model.spec().net().vgg().imageSize();
		var images = new ArrayList<float[]>();
		for (int i = 0; i < n; i++) {
			var plane = Views.zeroMin(planes.get((int) ((i + 0.5) * planes.size() / n)));
			for (var field : fields(plane, model.spec().scale().field() / scale))
				images.add(resized(Views.interval(plane, field), size));
		}
		return model.guide(turned(images, size));
	}

	/**
	 * The same scene turned gives another vector, and the mean over the turns that the network was trained with is better than one of them.
	 * Many images come in one turn each, few in several: equally many of each image.
	 */
	private List<float[]> turned(List<float[]> images, int size) {
		int turns = model.spec().training().augmentation().turns(), each = (turns + images.size() - 1) / images.size();
		return IntStream.range(0, each * images.size()).mapToObj(i -> Turn.of(i % turns).apply(images.get(i % images.size()), size)).toList();
	}

	/** Rectangles of about the given side; if there are too many, every second, third, ... of a row and of a column. */
	private static List<Interval> fields(Interval plane, double side) {
		long columns = Math.max(1, Math.round(plane.dimension(0) / side)), rows = Math.max(1, Math.round(plane.dimension(1) / side));
		long shownColumns = Math.min(columns, SAMPLED_FIELDS), shownRows = Math.min(rows, SAMPLED_FIELDS);
		var fields = new ArrayList<Interval>();
		for (long j = 0; j < shownRows; j++)
			for (long i = 0; i < shownColumns; i++) {
				long column = (2 * i + 1) * columns / (2 * shownColumns), row = (2 * j + 1) * rows / (2 * shownRows);
				fields.add(FinalInterval.createMinMax(column * plane.dimension(0) / columns, row * plane.dimension(1) / rows, (column + 1) *
					plane.dimension(0) / columns - 1, (row + 1) * plane.dimension(1) / rows - 1));
			}
		return fields;
	}

	private static float[] resized(RandomAccessibleInterval<FloatType> field, int size) {
		var image = new float[size * size];
		var reduction = new Reduction(field, size, size);
		reduction.read(reduction.plane(), image);
		return image;
	}

	/**
	 * Colorizes a plane, a stack or a hyperstack as one thing: one plan, plane after plane.
	 *
	 * @param gray x, y and any further dimensions
	 * @param mapping of its values to L*
	 * @param out of the same size
	 * @param progress told after each tile of all planes; may throw a {@code CancellationException}
	 * @return the plan that was followed
	 */
	public <T extends RealType<T>> Plan colorize(RandomAccessibleInterval<T> gray, GrayMapping mapping, RandomAccessibleInterval<ARGBType> out,
		Progress progress)
	{
		if (!Arrays.equals(gray.dimensionsAsLongArray(), out.dimensionsAsLongArray())) throw new IllegalArgumentException("The gray image is " + Intervals.toString(gray) +
			", the result " + Intervals.toString(out) + "; must be of one size.");
		var planes = planes(mapping.lightness(gray));
		var results = planes(out);
		var plan = plan(planes, 0);
		for (int i = 0; i < planes.size(); i++) {
			int before = i;
			colorize(planes.get(i), plan, rgb(results.get(i)), (done, total) -> progress.update(before * total + done, planes.size() * total));
		}
		return plan;
	}

	private static <T> List<RandomAccessibleInterval<T>> planes(RandomAccessibleInterval<T> image) {
		int last = image.numDimensions() - 1;
		if (last == 1) return List.of(Views.zeroMin(image));
		var planes = new ArrayList<RandomAccessibleInterval<T>>();
		for (long i = image.min(last); i <= image.max(last); i++)
			planes.addAll(planes(Views.hyperSlice(image, last, i)));
		return planes;
	}

	/** Merges L* and a*b* into the pixels of a plane. */
	private static Canvas rgb(RandomAccessibleInterval<ARGBType> plane) {
		return (tile, l, a, b) -> {
			int i = 0;
			for (var pixel : Views.flatIterable(Views.interval(plane, tile))) {
				pixel.set(Lab.toArgb(l[i], a[i], b[i]));
				i++;
			}
		};
	}

	/**
	 * Colorizes a plane.
	 *
	 * @param l its L*, 0 to 100
	 * @param plan of the image that the plane is part of
	 * @param canvas takes the tiles, on the calling thread
	 * @param progress told after each tile; may throw a {@code CancellationException}
	 */
	public void colorize(RandomAccessibleInterval<FloatType> l, Plan plan, Canvas canvas, Progress progress) {
		var full = new MirroredPlane(Views.zeroMin(l));
		var reduced = new Reduction(l, plan.scale());
		boolean upsample = reduced.width() < l.dimension(0) || reduced.height() < l.dimension(1);
		var upsampling = new GuidedUpsampling(GuidedUpsampling.RADIUS, GuidedUpsampling.EPSILON);
		var tiles = Tile.cover(reduced.plane(), options.tile(), upsample ? halo + upsampling.margin() : halo);
		for (int i = 0; i < tiles.size(); i++) {
			var tile = tiles.get(i);
			var seen = predict(reduced, tile.read(), plan);
			var write = reduced.full(tile.write());
			if (upsample) {
				int pixels = (int) Intervals.numElements(write);
				float[] fullL = new float[pixels], a = new float[pixels], b = new float[pixels];
				full.read(write, fullL);
				upsampling.upsample(seen.pixels, seen.l, seen.a, seen.b, write, fullL, reduced, a, b);
				canvas.put(write, fullL, a, b);
			}
			else canvas.put(write, seen.l, seen.a, seen.b);
			progress.update(i + 1, tiles.size());
		}
	}

	private Seen predict(Reduction reduced, Interval read, Plan plan) {
		int width = (int) read.dimension(0), height = (int) read.dimension(1);
		float[] l = new float[width * height], a = new float[width * height], b = new float[width * height];
		reduced.read(read, l);
		model.predictAb(l, width, height, plan.guidance().vector(), a, b);
		return new Seen(Intervals.expand(read, -halo), inner(l, width, height), inner(a, width, height), inner(b, width, height));
	}

	/** The part that no pixel outside has reached. */
	private float[] inner(float[] values, int width, int height) {
		int innerWidth = width - 2 * halo, innerHeight = height - 2 * halo;
		var inner = new float[innerWidth * innerHeight];
		for (int y = 0; y < innerHeight; y++)
			System.arraycopy(values, (y + halo) * width + halo, inner, y * innerWidth, innerWidth);
		return inner;
	}

	/** What the network was given and gave, without the halo. */
	private record Seen(Interval pixels, float[] l, float[] a, float[] b) {}
}
