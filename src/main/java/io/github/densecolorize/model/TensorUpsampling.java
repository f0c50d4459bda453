package io.github.densecolorize.model;

import java.util.Arrays;

import net.imglib2.Interval;
import net.imglib2.util.Intervals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.pooling.Pool;

import io.github.densecolorize.image.GuidedUpsampling;
import io.github.densecolorize.image.Interpolation;
import io.github.densecolorize.image.Reduction;

/** {@link GuidedUpsampling} with its usual radius and epsilon, on a device: the same formulas in single precision. */
final class TensorUpsampling {

	private static final int WINDOW = 2 * GuidedUpsampling.RADIUS + 1, BORDER = 2 * GuidedUpsampling.RADIUS;

	private final Interval block;
	private final Reduction geometry;
	/** The slopes of a* and b* over L*, and then their offsets: (4, H, W). */
	private final NDArray lines;

	/**
	 * @param reduced the reduced pixels of {@code l}, {@code a}, {@code b}, with the margin of {@link GuidedUpsampling}
	 * @param l L* of these, (height, width), whose manager owns what is kept
	 * @param a a* likewise
	 * @param b b* likewise
	 */
	TensorUpsampling(Interval reduced, NDArray l, NDArray a, NDArray b, Reduction geometry) {
		this.geometry = geometry;
		block = Intervals.expand(reduced, -BORDER);
		var plane = new Shape(1, 1, reduced.dimension(1), reduced.dimension(0));
		var guide = l.reshape(plane);
		var chroma = a.reshape(plane).concat(b.reshape(plane));
		var mean = mean(guide);
		var variance = mean(guide.mul(guide)).sub(mean.mul(mean));
		var covariance = mean(guide.mul(chroma)).sub(mean.mul(mean(chroma)));
		var slope = mean(covariance.div(variance.add(GuidedUpsampling.EPSILON)));
		lines = slope.concat(inner(chroma).sub(slope.mul(inner(guide)))).squeeze(1);
		DeviceClock.await(lines);
	}

	private static NDArray mean(NDArray values) {
		return Pool.avgPool2d(values, new Shape(WINDOW, WINDOW), new Shape(1, 1), new Shape(0, 0), false, false);
	}

	private static NDArray inner(NDArray values) {
		var shape = values.getShape();
		return values.get(new NDIndex().addAllDim().addAllDim().addSliceDim(BORDER, shape.get(2) - BORDER).addSliceDim(BORDER, shape.get(3) - BORDER));
	}

	/**
	 * @param full full-resolution pixels
	 * @param l L* of these, (height, width)
	 * @return a* and b* of these, of that shape
	 */
	NDList ab(Interval full, NDArray l) {
		var between = new Interpolation(block, full, geometry);
		var rows = between(lines, 1, between.rows(), between.rowWeights());
		var at = between(rows, 2, between.columns(), between.columnWeights());
		return new NDList(at.get(0).mul(l).add(at.get(2)), at.get(1).mul(l).add(at.get(3)));
	}

	/** Values between those of each place and the next one along an axis. */
	private static NDArray between(NDArray values, int axis, int[] places, float[] weights) {
		var before = at(values, axis, places);
		var after = at(values, axis, Arrays.stream(places).map(place -> place + 1).toArray());
		var weight = values.getManager().create(weights, axis == 1 ? new Shape(1, weights.length, 1) : new Shape(1, 1, weights.length));
		return before.add(after.sub(before).mul(weight));
	}

	private static NDArray at(NDArray values, int axis, int[] places) {
		var index = values.getManager().create(places).toType(DataType.INT64, false);
		return values.get(axis == 1 ? ":, {}" : ":, :, {}", index);
	}
}
