package io.github.densecolorize.net;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;

/** Makes four pixels of each, (N, C, H, W) to (N, C, 2 H, 2 W), in the layout of a {@link Way}. */
final class Doubled extends AbstractBlock implements InWay {

	private Way way = Ways.PLANAR;

	@Override
	public void use(Way other) {
		way = other;
	}

	@Override
	protected NDList forwardInternal(ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
		return new NDList(way.doubled(inputs.singletonOrThrow()));
	}

	@Override
	public Shape[] getOutputShapes(Shape[] inputShapes) {
		var x = inputShapes[0];
		return new Shape[] { new Shape(x.get(0), x.get(1), 2 * x.get(2), 2 * x.get(3)) };
	}
}
