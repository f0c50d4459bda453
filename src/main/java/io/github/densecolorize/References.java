package io.github.densecolorize;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import net.imglib2.FinalInterval;
import net.imglib2.Interval;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.util.Intervals;

import io.github.densecolorize.image.ColorDifference;
import io.github.densecolorize.image.Reduction;
import io.github.densecolorize.model.ColorModel;
import io.github.densecolorize.model.Head;
import io.github.densecolorize.model.TileCues;
import io.github.densecolorize.model.TileMaps;
import io.github.densecolorize.net.ColorNet;
import io.github.densecolorize.net.OutputChange;

/**
 * Fits a model's colours to reference images: training of the last layer in closed form, without gradients.
 *
 * <pre>{@code
 * var head = References.fit(model, options, references);
 * new Colorizer(model, options, head).colorize(gray, mapping, rgb, Progress.NONE);
 * }</pre>
 */
public final class References {

	/** Side in pixels that the network sees of the fields that are looked at, and how many along each axis, at most: of a reference, ... */
	private static final int FIELD = 64, FIELDS = 3;
	/** ... and of an image of which it is told what changes, for which a rough mean suffices. */
	private static final int SAMPLE = 32, SAMPLES = 2;

	private References() {}

	/** What a model sees in a reference, and the colours there. It can be fitted several times, with others. */
	public static final class Seen {

		private final HeadFit.Sample sample;

		private Seen(HeadFit.Sample sample) {
			this.sample = sample;
		}
	}

	/**
	 * @param options of the colorization that the head is for; only category and scale matter
	 * @param references at least one
	 */
	public static Head fit(ColorModel model, Colorizer.Options options, List<Reference> references) {
		return fit(references.stream().map(reference -> see(model, options, reference)).toList());
	}

	/** @param references at least one, all seen by the same model */
	public static Head fit(List<Seen> references) {
		var fit = new HeadFit();
		references.forEach(seen -> fit.add(seen.sample));
		return fit.head();
	}

	/**
	 * Looks at a reference, whose pixels are not needed after that.
	 *
	 * @param options of the colorization that it is for; only category and scale matter
	 */
	public static Seen see(ColorModel model, Colorizer.Options options, Reference reference) {
		// The network alone is fitted, even if it was adapted before.
		var colorizer = new Colorizer(model, new Colorizer.Options(options.category(), options.scale(), options.tile(), 1, 0));
		var plan = colorizer.plan(List.of(reference.l()), reference.pixelSize());
		var l = new Reduction(reference.l(), plan.scale());
		var a = new Reduction(reference.a(), plan.scale());
		var b = new Reduction(reference.b(), plan.scale());
		var sample = new HeadFit.Sample(plan.guidance().probabilities(), reference.sha256());
		for (var field : fields(l.plane()))
			sample.add(values(l, field), maps(model, l, field, new TileCues(plan.guidance().vector())), values(a, field), values(b, field));
		return new Seen(sample);
	}

	/** Mean of each map over some fields of a plane, fewer than of a reference. */
	static double[] means(ColorModel model, Reduction l, TileCues cues) {
		var fields = fields(l.plane(), FIELD, FIELDS - 1).stream().map(field -> maps(model, l, field, cues).maps()).toList();
		long pixels = fields.stream().mapToLong(maps -> maps[0].length).sum();
		return IntStream.range(0, fields.get(0).length).mapToDouble(m -> fields.stream().mapToDouble(maps -> sum(maps[m])).sum() / pixels).toArray();
	}

	private static double sum(float[] values) {
		double sum = 0;
		for (float value : values)
			sum += value;
		return sum;
	}

	/**
	 * What references change in an image, as a mean over a few fields of a plane.
	 *
	 * @param ownA mean a* of the model alone
	 * @param ownB mean b*
	 * @param a mean a* with the references
	 * @param b mean b*
	 * @param difference mean CIEDE2000 between both
	 */
	public record Change(double ownA, double ownB, double a, double b, double difference) {}

	/**
	 * Compares the model's colours with those that a plan with references gives.
	 *
	 * @param plan with a head
	 * @param plane L* of one of the planes that it is for
	 */
	public static Change change(ColorModel model, Plan plan, RandomAccessibleInterval<FloatType> plane) {
		var blend = plan.head().blend(plan.share());
		var reduced = new Reduction(plane, plan.scale());
		double ownA = 0, ownB = 0, newA = 0, newB = 0, difference = 0;
		int n = 0;
		for (var field : fields(reduced.plane(), SAMPLE, SAMPLES)) {
			var l = values(reduced, field);
			var seen = maps(model, reduced, field, new TileCues(plan.guidance().vector()));
			float[] a = changed(blend.change(), 0, seen), b = changed(blend.change(), 1, seen);
			blend.a().addTo(a, l);
			blend.b().addTo(b, l);
			for (int i = 0; i < l.length; i++, n++) {
				ownA += seen.a()[i];
				ownB += seen.b()[i];
				newA += a[i];
				newB += b[i];
				difference += ColorDifference.ciede2000(l[i], seen.a()[i], seen.b()[i], l[i], a[i], b[i]);
			}
		}
		return new Change(ownA / n, ownB / n, newA / n, newB / n, difference / n);
	}

	/** What the changed last layer gives. */
	private static float[] changed(OutputChange change, int colour, TileMaps seen) {
		var changed = new float[seen.a().length];
		for (int i = 0; i < changed.length; i++) {
			double sum = change.own()[2 * colour] * seen.a()[i] + change.own()[2 * colour + 1] * seen.b()[i];
			for (int m = 0; m < seen.maps().length; m++)
				sum += ColorNet.AB_SCALE * change.weights()[colour * seen.maps().length + m] * seen.maps()[m][i];
			changed[i] = (float) sum;
		}
		return changed;
	}

	/** Squares spread evenly over a plane, or the whole plane if it is small. */
	static List<Interval> fields(Interval plane) {
		return fields(plane, FIELD, FIELDS);
	}

	/**
	 * @param side of the squares, in pixels
	 * @param most how many along each axis
	 */
	private static List<Interval> fields(Interval plane, int side, int most) {
		int columns = count(plane.dimension(0), side, most), rows = count(plane.dimension(1), side, most);
		var fields = new ArrayList<Interval>();
		for (int j = 0; j < rows; j++)
			for (int i = 0; i < columns; i++) {
				long width = Math.min(side, plane.dimension(0)), height = Math.min(side, plane.dimension(1));
				fields.add(FinalInterval.createMinSize(start(plane.dimension(0), width, i, columns), start(plane.dimension(1), height, j, rows), width,
					height));
			}
		return fields;
	}

	private static int count(long length, int side, int most) {
		return (int) Math.max(1, Math.min(most, (length + side / 2) / side));
	}

	/** Where the i-th of some fields begins, so that they lie evenly. */
	private static long start(long side, long field, int i, int count) {
		return count == 1 ? (side - field) / 2 : (side - field) * i / (count - 1);
	}

	/** What the network sees in a part of a plane, and the colours that it gives it. */
	static TileMaps maps(ColorModel model, Reduction l, Interval part, TileCues cues) {
		// The network's tiles begin on its grid, and have sides that are multiples of it.
		var net = model.spec().net();
		long stride = net.stride(), left = Math.floorDiv(part.min(0), stride) * stride, top = Math.floorDiv(part.min(1), stride) * stride;
		var whole = FinalInterval.createMinMax(left, top, up(part.max(0) + 1 - left, stride) + left - 1, up(part.max(1) + 1 - top, stride) + top - 1);
		var seen = Intervals.expand(whole, net.halo());
		int width = (int) seen.dimension(0), height = (int) seen.dimension(1);
		var all = model.maps(values(l, seen), width, height, cues);
		return Intervals.equals(whole, part) ? all : all.part(whole, part);
	}

	private static long up(long length, long stride) {
		return (length + stride - 1) / stride * stride;
	}

	static float[] values(Reduction plane, Interval part) {
		var values = new float[(int) Intervals.numElements(part)];
		plane.read(part, values);
		return values;
	}
}
