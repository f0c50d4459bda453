package io.github.densecolorize.net;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;

/**
 * A dense or a residual block: layers whose output joins their input.
 * <p>
 * Dense: x<sub>i</sub> = [x<sub>i-1</sub>, H<sub>i</sub>(x<sub>i-1</sub>)], (N, C, H, W) to (N, C + layers · k, H, W). Residual:
 * x<sub>i</sub> = x<sub>i-1</sub> + H<sub>i</sub>(x<sub>i-1</sub>), (N, C, H, W) to the same.
 * </p>
 */
final class UnitBlock extends AbstractBlock {

	private final NetSpec.Unit unit;

	/**
	 * @param layers how often the unit is repeated
	 * @param maps feature maps that a dense layer adds, or the width of a residual block
	 */
	UnitBlock(NetSpec.Unit unit, int layers, int maps) {
		this.unit = unit;
		for (int i = 0; i < layers; i++)
			addChildBlock("Layer", unit == NetSpec.Unit.DENSE ? Layers.denseLayer(maps) : Layers.residualLayer(maps));
	}

	NetSpec.Unit unit() {
		return unit;
	}

	@Override
	protected NDList forwardInternal(ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
		var input = inputs.singletonOrThrow();
		var x = input;
		for (var layer : children.values()) {
			var y = layer.forward(store, new NDList(x), training, params).singletonOrThrow();
			var joined = join(x, y);
			if (!training) {
				y.close();
				if (x != input) x.close();
			}
			x = joined;
		}
		return new NDList(x);
	}

	private NDArray join(NDArray x, NDArray y) {
		return unit == NetSpec.Unit.DENSE ? x.concat(y, 1) : x.add(y);
	}

	@Override
	public Shape[] getOutputShapes(Shape[] inputShapes) {
		var shape = inputShapes[0];
		for (var layer : children.values())
			shape = joined(layer, shape);
		return new Shape[] { shape };
	}

	@Override
	protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputShapes) {
		var shape = inputShapes[0];
		for (var layer : children.values()) {
			layer.initialize(manager, type, shape);
			shape = joined(layer, shape);
		}
	}

	private Shape joined(Block layer, Shape x) {
		if (unit == NetSpec.Unit.RESIDUAL) return x;
		long added = layer.getOutputShapes(new Shape[] { x })[0].get(1);
		return new Shape(x.get(0), x.get(1) + added, x.get(2), x.get(3));
	}
}
