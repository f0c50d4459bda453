package io.github.densecolorize;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

import net.imglib2.Interval;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.util.Intervals;

import io.github.densecolorize.image.ColorDifference;
import io.github.densecolorize.image.GuidedUpsampling;
import io.github.densecolorize.image.Lab;
import io.github.densecolorize.image.Reduction;
import io.github.densecolorize.model.ColorModel;
import io.github.densecolorize.model.ErrorMap;
import io.github.densecolorize.model.ModelSpec;
import io.github.densecolorize.model.TileMaps;

/**
 * Fits a model's {@link ErrorMap} to colour images that it did not learn from: colorizes them, finds the errors, and leaves the rest to
 * {@link ErrorRegression}.
 */
public final class ErrorFit {

	/** How many pixels that the network sees are drawn of each image: neighbours tell the same. */
	private static final int PIXELS = 150;

	private final ColorModel model;
	private final Colorizer colorizer;
	private final GuidedUpsampling upsampling = new GuidedUpsampling(GuidedUpsampling.RADIUS, GuidedUpsampling.EPSILON);
	private final SplittableRandom random = new SplittableRandom(1);
	private final List<ErrorRegression.Sample> samples = new ArrayList<>();
	private int images;

	/** @param model whose own colours are looked at */
	public ErrorFit(ColorModel model) {
		this.model = model;
		colorizer = new Colorizer(model, Colorizer.Options.DEFAULT);
	}

	/**
	 * Colorizes an image and compares, at full resolution, as the result is seen.
	 *
	 * @param argb sRGB pixels of the true colours, row by row
	 * @param width of a row
	 */
	public void add(int[] argb, int width) {
		int height = argb.length / width;
		float[] l = new float[argb.length], a = l.clone(), b = l.clone(), errors = l.clone();
		Lab.fromArgb(argb, l, a, b);
		var plane = ArrayImgs.floats(l, width, height);
		var plan = colorizer.plan(List.of(plane), 0);
		var reduced = new Reduction(plane, plan.scale());
		var found = new Reduction(ArrayImgs.floats(errors, width, height), plan.scale());
		var seen = new ArrayList<ErrorRegression.Sample>();
		for (var field : References.fields(reduced.plane())) {
			// A window of the reduction may begin in the pixels of the neighbour.
			var around = Intervals.intersect(Intervals.expand(field, 1), reduced.plane());
			var block = Intervals.expand(around, upsampling.margin());
			var maps = References.maps(model, reduced, block, plan.cues());
			compare(reduced, block, maps, new float[][] { l, a, b }, errors, width);
			var inner = maps.part(block, field).maps();
			var error = References.values(found, field);
			for (int i = 0; i < error.length; i++) {
				var inputs = new float[inner.length + 1];
				for (int m = 0; m < inner.length; m++)
					inputs[m] = inner[m][i];
				inputs[inner.length] = plan.guidance().probability();
				seen.add(new ErrorRegression.Sample(images, inputs, error[i]));
			}
		}
		for (int i = 0; i < PIXELS; i++)
			samples.add(seen.get(random.nextInt(seen.size())));
		images++;
	}

	/**
	 * Finds the errors at full resolution.
	 *
	 * @param block reduced pixels whose maps and colours are given, with the margin of the upsampling
	 * @param truth L*, a* and b* of the whole plane
	 * @param errors of the whole plane, set where the block without its margin lies
	 */
	private void compare(Reduction reduced, Interval block, TileMaps maps, float[][] truth, float[] errors, int width) {
		var full = reduced.full(Intervals.expand(block, -upsampling.margin()));
		int pixels = (int) Intervals.numElements(full);
		float[] l = new float[pixels], a = l.clone(), b = l.clone(), lab = new float[3];
		int columns = (int) full.dimension(0);
		for (int i = 0; i < pixels; i++)
			l[i] = truth[0][(int) (full.min(1) + i / columns) * width + (int) full.min(0) + i % columns];
		upsampling.upsample(block, References.values(reduced, block), maps.a(), maps.b(), full, l, reduced, a, b);
		for (int i = 0; i < pixels; i++) {
			int at = (int) (full.min(1) + i / columns) * width + (int) full.min(0) + i % columns;
			Lab.fromArgb(Lab.toArgb(l[i], a[i], b[i]), lab);
			errors[at] = (float) ColorDifference.ciede2000(lab[0], lab[1], lab[2], truth[0][at], truth[1][at], truth[2][at]);
		}
	}

	/** What the map was fitted to. */
	public ModelSpec.ErrorSample sample() {
		return new ModelSpec.ErrorSample(images, samples.stream().mapToDouble(ErrorRegression.Sample::error).average().orElseThrow());
	}

	/** The map that fits best. */
	public ErrorMap map() {
		return ErrorRegression.map(samples);
	}
}
