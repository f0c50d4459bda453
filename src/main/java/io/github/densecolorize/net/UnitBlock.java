package io.github.densecolorize.net;

import java.util.List;
import java.util.stream.IntStream;

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

	/**
	 * Two convolutions. Of a dense block: (N, C, H, W) to (N, k, H, W), through a bottleneck of four times as many maps; of a residual one, the
	 * change that is added: (N, maps, H, W) to the same.
	 */
	static final class Layer extends Chain {

		private final BnReluConv first, second;

		private Layer(BnReluConv first, BnReluConv second) {
			super(first, second);
			this.first = first;
			this.second = second;
		}

		static Layer of(DenseSpec.Unit unit, int maps) {
			return unit == DenseSpec.Unit.DENSE ? new Layer(new BnReluConv(1, 4 * maps, false), new BnReluConv(3, maps, false))
				: new Layer(new BnReluConv(3, maps, false), new BnReluConv(3, maps, false));
		}

		BnReluConv first() {
			return first;
		}

		BnReluConv second() {
			return second;
		}
	}

	private final DenseSpec.Unit unit;
	private final List<Layer> layers;

	/**
	 * @param layers how often the unit is repeated
	 * @param maps feature maps that a dense layer adds, or the width of a residual block
	 */
	UnitBlock(DenseSpec.Unit unit, int layers, int maps) {
		this.unit = unit;
		this.layers = IntStream.range(0, layers).mapToObj(i -> addChildBlock("Layer", Layer.of(unit, maps))).toList();
	}

	DenseSpec.Unit unit() {
		return unit;
	}

	List<Layer> layers() {
		return layers;
	}

	@Override
	protected NDList forwardInternal(ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
		var input = inputs.singletonOrThrow();
		var x = input;
		for (var layer : layers) {
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

	/** Takes down its operations. */
	<V> V takeDown(Operations<V> operations, V input) {
		var x = input;
		for (var layer : layers) {
			var bent = operations.relu(operations.normalized(layer.first.norm(), x));
			var wide = operations.relu(operations.convolution(layer.first.filter().before(layer.second.norm()), bent));
			var y = operations.convolution(layer.second.filter(), wide);
			x = unit == DenseSpec.Unit.DENSE ? operations.joined(x, y) : operations.sum(x, y);
		}
		return x;
	}

	private NDArray join(NDArray x, NDArray y) {
		return unit == DenseSpec.Unit.DENSE ? x.concat(y, 1) : x.add(y);
	}

	@Override
	public Shape[] getOutputShapes(Shape[] inputShapes) {
		var shape = inputShapes[0];
		for (var layer : layers)
			shape = joined(layer, shape);
		return new Shape[] { shape };
	}

	@Override
	protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputShapes) {
		var shape = inputShapes[0];
		for (var layer : layers) {
			layer.initialize(manager, type, shape);
			shape = joined(layer, shape);
		}
	}

	private Shape joined(Block layer, Shape x) {
		if (unit == DenseSpec.Unit.RESIDUAL) return x;
		long added = layer.getOutputShapes(new Shape[] { x })[0].get(1);
		return new Shape(x.get(0), x.get(1) + added, x.get(2), x.get(3));
	}
}
