package io.github.densecolorize.net;

import java.util.ArrayList;
import java.util.List;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.pooling.Pool;

/** Layers that every network has. */
final class Layers {

	private Layers() {}

	/** The guidance stream: (N, 1, G, G) to (N, {@value NetSpec#GUIDANCE}). */
	static Block vgg(Vgg spec) {
		var layers = new ArrayList<Block>();
		for (int stage = 0; stage < spec.widths().size(); stage++) {
			for (int i = 0; i < spec.convolutions().get(stage); i++) {
				layers.add(new Conv2d(3, spec.widths().get(stage), !spec.batchNorm()));
				if (spec.batchNorm()) layers.add(BatchNorm.builder().build());
				layers.add(Activation.reluBlock());
			}
			layers.add(halved());
		}
		layers.add(spec.globalPool() ? Pool.globalAvgPool2dBlock() : Blocks.batchFlattenBlock());
		for (int units : spec.fc()) {
			layers.add(linear(units));
			layers.add(Activation.reluBlock());
		}
		layers.add(linear(NetSpec.GUIDANCE));
		return new Chain(layers.toArray(Block[]::new));
	}

	/** Takes down the operations of a stream that {@link #vgg(Vgg)} made. */
	static <V> V vgg(Vgg spec, Block stream, Operations<V> operations, V image) {
		var trained = stream.getChildren().values().stream().filter(block -> !block.getDirectParameters().isEmpty()).iterator();
		var x = image;
		for (int stage = 0; stage < spec.widths().size(); stage++) {
			for (int i = 0; i < spec.convolutions().get(stage); i++) {
				var filter = Filter.of(trained.next());
				x = operations.relu(operations.convolution(spec.batchNorm() ? filter.before(Norm.of(trained.next())) : filter, x));
			}
			x = operations.halved(x);
		}
		x = spec.globalPool() ? operations.mean(x) : operations.flat(x);
		for (int i = 0; i < spec.fc().size(); i++)
			x = operations.relu(operations.linear(Filter.of(trained.next()), x));
		return operations.linear(Filter.of(trained.next()), x);
	}

	/** Convolutions of 3×3 pixels, each with batch norm and ReLU after it: (N, C, H, W) to (N, maps, H, W). */
	static Chain stage(int convolutions, int maps) {
		var layers = new ArrayList<Block>();
		for (int i = 0; i < convolutions; i++)
			layers.addAll(List.of(new Conv2d(3, maps, false), BatchNorm.builder().build(), Activation.reluBlock()));
		return new Chain(layers.toArray(Block[]::new));
	}

	/** The maximum of each 2×2 pixels: (N, C, H, W) to (N, C, H / 2, W / 2). */
	static Block halved() {
		return Pool.maxPool2dBlock(new Shape(2, 2), new Shape(2, 2));
	}

	/** (N, C) to (N, units). */
	static Block linear(int units) {
		return Linear.builder().setUnits(units).build();
	}
}
