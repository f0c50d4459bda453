package io.github.densecolorize.colorize;

import java.awt.Rectangle;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

import net.imglib2.FinalInterval;
import net.imglib2.Interval;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.view.Views;

import ij.ImagePlus;
import ij.process.ColorProcessor;

import io.github.densecolorize.Colorizer;
import io.github.densecolorize.Plan;
import io.github.densecolorize.Progress;
import io.github.densecolorize.TileSink;
import io.github.densecolorize.image.Lab;
import io.github.densecolorize.image.Reduction;
import io.github.densecolorize.model.ColorModel;
import io.github.densecolorize.model.Guidance;
import io.github.densecolorize.open.PixelSize;

/**
 * Small pictures of a part of an image: gray, as {@code auto} colorizes it, and in the colours of each class. The class that is found and the scale
 * are those of the whole image or stack, so that colorizing it gives what the picture shows.
 *
 * @param pictures the gray one, that of {@code auto}, and those of the classes, the most likely first
 * @param guidance what the model finds
 * @param unknown whether the image resembles none of the classes, so that {@code auto} leaves it gray
 * @param scale reduction before the network
 * @param mapping how gray values became L*, for users
 */
record ClassPictures(List<Picture> pictures, Guidance guidance, boolean unknown, double scale, String mapping) {

	/** How many pictures come before those of the classes. */
	static final int WITHOUT_CLASS = 2;
	/** What the gray picture is called. */
	static final String GRAY = "gray";

	/**
	 * One of them.
	 *
	 * @param name {@value #GRAY}, {@value io.github.densecolorize.Colorizer.Options#AUTO} or the name of a class
	 * @param probability of the class, 0 to 1; NaN if it is none
	 */
	record Picture(String name, double probability, ColorProcessor pixels) {

		boolean isClass() {
			return !Double.isNaN(probability);
		}
	}

	/**
	 * @param options of which category, output and own colours do not matter
	 * @param part of a slice; not empty
	 * @param plane counted from 0, z before t
	 * @param side long side of the pictures, in pixels
	 * @throws IllegalArgumentException with a sentence for the user if there is nothing to colorize, or no such channel
	 */
	static ClassPictures of(ColorModel model, ColorizeOptions options, ImagePlus image, Rectangle part, int plane, int side, Progress progress) {
		var input = new ChannelSlices(image, ImageColorizer.channel(image, options), () -> progress.update(0, 1));
		var mapping = input.mapping(options.mapping());
		var planes = input.lightness(mapping);
		if (planes.isConstant()) throw new IllegalArgumentException("All pixels of " + image.getTitle() +
			" have the same gray, so there is nothing to colorize; choose another image.");
		var names = Stream.concat(Stream.of(Colorizer.Options.AUTO), model.spec().choices().stream()).toList();
		var colorizers = names.stream().map(name -> new Colorizer(model, new Colorizer.Options(name, options.scale(), options.tile()))).toList();
		var plans = colorizers.stream().map(colorizer -> colorizer.plan(planes, PixelSize.micrometres(image.getCalibration()))).toList();
		var plan = plans.get(0);

		// What is read and computed is of the pictures' size, or of the size at which the network sees the part if that is more.
		double fit = (double) side / Math.max(part.width, part.height), view = Math.max(fit, plan.scale());
		int width = scaled(part.width, fit), height = scaled(part.height, fit);
		var whole = Views.interval(planes.get(plane), FinalInterval.createMinSize(part.x, part.y, part.width, part.height));
		var seen = reduced(whole, scaled(part.width, view), scaled(part.height, view));
		var means = names.stream().map(name -> new Means(width, height, seen)).toList();
		colorizers.get(0).colorize(seen, plans.stream().map(each -> at(plan.scale() / view, each)).toList(), List.copyOf(means), progress);

		var l = new float[width * height];
		var small = new Reduction(seen, width, height);
		small.read(small.plane(), l);
		var gray = new Means(width, height, seen);
		var guidance = plan.guidance();
		var pictures = new ArrayList<Picture>();
		for (int i = 1; i < names.size(); i++)
			pictures.add(new Picture(names.get(i), guidance.probabilities()[guidance.classes().indexOf(names.get(i))], means.get(i).picture(l)));
		pictures.sort(Comparator.comparingDouble(Picture::probability).reversed());
		pictures.add(0, new Picture(Colorizer.Options.AUTO, Double.NaN, (plan.isUnknown() ? gray : means.get(0)).picture(l)));
		pictures.add(0, new Picture(GRAY, Double.NaN, gray.picture(l)));
		return new ClassPictures(pictures, guidance, plan.isUnknown(), plan.scale(), input.describe(options.mapping(), mapping));
	}

	private static int scaled(int length, double scale) {
		return (int) Math.max(1, Math.round(length * scale));
	}

	private static RandomAccessibleInterval<FloatType> reduced(RandomAccessibleInterval<FloatType> plane, int width, int height) {
		var values = new float[width * height];
		var reduction = new Reduction(plane, width, height);
		reduction.read(reduction.plane(), values);
		return ArrayImgs.floats(values, width, height);
	}

	private static Plan at(double scale, Plan plan) {
		return new Plan(scale, plan.guidance(), plan.tile(), plan.head(), plan.share(), List.of(), new float[0]);
	}

	/** The mean a* and b* of the pixels that fall into each pixel of a picture. */
	private static final class Means implements TileSink {

		private final int width, height;
		private final Interval plane;
		private final float[] sumA, sumB;
		private final int[] count;

		/** @param plane that is at least as large as the picture */
		Means(int width, int height, Interval plane) {
			this.width = width;
			this.height = height;
			this.plane = plane;
			sumA = new float[width * height];
			sumB = sumA.clone();
			count = new int[sumA.length];
		}

		@Override
		public synchronized void put(Interval tile, float[] l, float[] a, float[] b) {
			int i = 0;
			for (long y = tile.min(1); y <= tile.max(1); y++)
				for (long x = tile.min(0); x <= tile.max(0); x++, i++) {
					int at = (int) (y * height / plane.dimension(1) * width + x * width / plane.dimension(0));
					sumA[at] += a[i];
					sumB[at] += b[i];
					count[at]++;
				}
		}

		/** In the colours that came in so far; gray without any. */
		ColorProcessor picture(float[] l) {
			var picture = new ColorProcessor(width, height);
			for (int i = 0; i < l.length; i++) {
				int n = Math.max(1, count[i]);
				picture.set(i, Lab.toArgb(l[i], sumA[i] / n, sumB[i] / n));
			}
			return picture;
		}
	}
}
