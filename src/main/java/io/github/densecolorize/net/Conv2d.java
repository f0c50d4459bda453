package io.github.densecolorize.net;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;

/**
 * Like DJL's layer of the same name (which is part of the names of tensors in model folders), but the {@link Way} in which its convolution is
 * computed can be changed. Stride 1, zeros outside, (N, C, H, W) to (N, maps, H, W).
 */
final class Conv2d extends ai.djl.nn.convolutional.Conv2d implements InWay {

	private Way way = Ways.PLANAR;

	/** @param side of its window in pixels, an odd number */
	Conv2d(int side, int maps, boolean bias) {
		super(builder().setKernelShape(new Shape(side, side)).setFilters(maps).optPadding(new Shape(side / 2, side / 2)).optBias(bias));
	}

	@Override
	public void use(Way other) {
		way = other;
	}

	@Override
	protected NDList forwardInternal(ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
		var x = inputs.singletonOrThrow();
		NDArray filters = store.getValue(weight, x.getDevice(), training), biases = store.getValue(bias, x.getDevice(), training);
		int border = getPadding().size() == 0 ? 0 : (int) getPadding().get(0);
		var prepared = way.prepared(filters, x.getManager());
		var y = way.convolve(x, prepared, biases == null ? null : way.prepared(biases, x.getManager()), border, getFilters());
		Witness.look(witness -> {
			witness.saw(x, filters, biases, border, y);
			if (witness.asksForGradients()) Gradients.compare(witness, way, x, filters, border, y);
		});
		// If maps were cut off, the others have gaps between them in memory, with which PyTorch's batch norm computes its gradients ten times as slowly.
		// A sum is a copy without gaps that lets gradients pass; a duplicate would not.
		return new NDList(training && prepared.getShape().get(0) > getFilters() ? y.add(0) : y);
	}
}
