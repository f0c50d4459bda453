package io.github.densecolorize.net;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;

/**
 * Blocks one after the other. Unlike DJL's {@code SequentialBlock} it frees each intermediate array as soon as the next one is computed, unless the
 * backward pass still needs it; otherwise a forward pass would hold the maps of all layers at once.
 */
class Chain extends AbstractBlock {

	Chain(Block... blocks) {
		// These names are part of the names of the tensors in a model folder.
		for (var block : blocks)
			addChildBlock(block instanceof Chain ? "Chain" : block.getClass().getSimpleName(), block);
	}

	@Override
	protected NDList forwardInternal(ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
		var x = inputs;
		for (var block : children.values()) {
			var y = block.forward(store, x, training, params);
			if (!training && x != inputs) x.close();
			x = y;
		}
		return x;
	}

	@Override
	public Shape[] getOutputShapes(Shape[] inputShapes) {
		var shapes = inputShapes;
		for (var block : children.values())
			shapes = block.getOutputShapes(shapes);
		return shapes;
	}

	@Override
	protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputShapes) {
		var shapes = inputShapes;
		for (var block : children.values()) {
			block.initialize(manager, type, shapes);
			shapes = block.getOutputShapes(shapes);
		}
	}
}
