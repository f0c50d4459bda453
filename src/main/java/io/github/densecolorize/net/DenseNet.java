package io.github.densecolorize.net;

import java.util.ArrayList;
import java.util.List;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;

/**
 * The network of Zhang, Qin, Zeng and Song 2019.
 *
 * <pre>
 * features  conv 3×3, then three times block and transition      (N, 1, H, W) to (N, C, H, W)
 * fusion    conv 1×1 of the features and the tiled vector        (N, C + 64, H, W) to (N, 4k, H, W)
 * output    block 4, BN-ReLU-conv 3×3                            (N, 4k, H, W) to (N, 2, H, W)
 * </pre>
 */
final class DenseNet extends ColorNet {

	/** A block, and the transition or output after it. */
	record Stage(UnitBlock block, BnReluConv after) {}

	private final Conv2d first;
	/** Three blocks before the fusion, one after it. */
	private final List<Stage> stages;
	private final Block features, fuseFeatures, fuseGuidance, output;

	DenseNet(DenseSpec spec, int classes) {
		super(spec, classes);
		first = new Conv2d(3, 2 * spec.growthRate(), true);
		stages = new ArrayList<>();
		for (var stage : spec.stages()) {
			boolean isOutput = stages.size() == DenseSpec.BLOCKS - 1;
			stages.add(new Stage(new UnitBlock(spec.unit(), spec.layers().get(stages.size()), spec.unit() == DenseSpec.Unit.DENSE ? spec.growthRate()
				: stage.in()), new BnReluConv(stage.side(), stage.next(), isOutput)));
		}
		var stream = new ArrayList<Block>(List.of(first));
		for (var stage : stages.subList(0, DenseSpec.BLOCKS - 1))
			stream.addAll(List.of(stage.block, stage.after));
		int fused = spec.stages().get(DenseSpec.BLOCKS - 1).in();
		features = addChildBlock("Features", new Chain(stream.toArray(Block[]::new)));
		addGuidance();
		fuseFeatures = addChildBlock("FuseFeatures", new Conv2d(1, fused, false));
		fuseGuidance = addChildBlock("FuseGuidance", Layers.linear(fused));
		var last = stages.get(DenseSpec.BLOCKS - 1);
		output = addChildBlock("Output", new Chain(last.block, last.after));
	}

	Conv2d first() {
		return first;
	}

	List<Stage> stages() {
		return stages;
	}

	Block fuseFeatures() {
		return fuseFeatures;
	}

	Block fuseGuidance() {
		return fuseGuidance;
	}

	/** @return scaled a*b*, (N, 2, H, W) */
	@Override
	public NDArray output(ParameterStore store, NDArray l, Cues cues, boolean training) {
		var maps = features.forward(store, new NDList(l), training);
		// A 1×1 convolution of [maps, tiled vector] is the sum of a 1×1 convolution of the maps and a linear layer of the vector, so the 64 tiled
		// maps need not exist.
		var local = fuseFeatures.forward(store, maps, training).singletonOrThrow();
		var global = fuseGuidance.forward(store, new NDList(cues.vector()), training).singletonOrThrow();
		var fused = local.add(global.expandDims(-1).expandDims(-1));
		if (!training) {
			maps.close();
			local.close();
		}
		var ab = output.forward(store, new NDList(fused), training).singletonOrThrow();
		if (!training) fused.close();
		return ab;
	}

	@Override
	public <V> V colours(Operations<V> operations, V l, V vector) {
		var x = operations.convolution(Filter.of(first), l);
		for (var stage : stages) {
			if (stage == stages.get(DenseSpec.BLOCKS - 1)) x = operations.sumOfMaps(operations.convolution(Filter.of(fuseFeatures), x), operations.linear(Filter.of(
				fuseGuidance), vector));
			x = stage.after.takeDown(operations, stage.block.takeDown(operations, x));
		}
		return x;
	}

	@Override
	public Shape[] getOutputShapes(Shape[] inputShapes) {
		var l = inputShapes[0];
		var scores = classScores().getOutputShapes(guidance().getOutputShapes(new Shape[] { inputShapes[1] }))[0];
		return new Shape[] { new Shape(l.get(0), 2, l.get(2), l.get(3)), scores };
	}

	@Override
	protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputShapes) {
		features.initialize(manager, type, inputShapes[0]);
		var maps = features.getOutputShapes(new Shape[] { inputShapes[0] })[0];
		initializeGuidance(manager, type, inputShapes[1]);
		fuseFeatures.initialize(manager, type, maps);
		fuseGuidance.initialize(manager, type, new Shape(1, NetSpec.GUIDANCE));
		output.initialize(manager, type, fuseFeatures.getOutputShapes(new Shape[] { maps }));
	}
}
