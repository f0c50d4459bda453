package io.github.densecolorize.net;

import java.util.function.UnaryOperator;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;

/**
 * A way whose convolutions go wrong, as on a processor that its library does not fit.
 *
 * @param way that is right
 * @param fault what becomes of its results, (N, maps, H, W)
 */
public record Spoiled(Way way, UnaryOperator<NDArray> fault) implements Way {

	/** The last quarter of the maps, if there are eight or more, is half of what it should be. */
	public static final UnaryOperator<NDArray> LAST_MAPS = y -> {
		long maps = y.getShape().get(1), right = maps - maps / 4;
		if (maps < 8) return y;
		NDArray first = y.get(new NDIndex().addAllDim().addSliceDim(0, right)), last = y.get(new NDIndex().addAllDim().addSliceDim(right, maps));
		return first.concat(last.mul(0.5), 1);
	};

	/** The values are right, their gradients are twice as large. */
	public static final UnaryOperator<NDArray> GRADIENTS = y -> y.add(y).sub(y.stopGradient());

	/** The fastest way with the last maps spoiled. */
	public static Way lastMaps() {
		return new Spoiled(Ways.PADDED, LAST_MAPS);
	}

	/** The fastest way with spoiled gradients. */
	public static Way gradients() {
		return new Spoiled(Ways.PADDED, GRADIENTS);
	}

	/** The last of the ways, which needs no convolution of a library. */
	public static Way products() {
		return Ways.PRODUCTS;
	}

	@Override
	public NDArray maps(NDManager manager, Shape shape) {
		return way.maps(manager, shape);
	}

	@Override
	public NDArray map(NDManager manager, float[] values, int height, int width) {
		return way.map(manager, values, height, width);
	}

	@Override
	public NDArray prepared(NDArray weights, NDManager owner) {
		return way.prepared(weights, owner);
	}

	@Override
	public NDArray convolve(NDArray x, NDArray weight, NDArray bias, int padding, int maps) {
		return fault.apply(way.convolve(x, weight, bias, padding, maps));
	}

	@Override
	public String toString() {
		return "spoiled " + way;
	}

	@Override
	public NDArray doubled(NDArray x) {
		return way.doubled(x);
	}
}
