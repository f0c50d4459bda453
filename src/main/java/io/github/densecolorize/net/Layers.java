package io.github.densecolorize.net;

import java.util.ArrayList;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.pooling.Pool;

/** The groups of layers that the two streams repeat. Maps are (N, C, H, W); none but the pooling changes H and W. */
final class Layers {

	private Layers() {}

	/** (N, C, H, W) to (N, maps, H, W); zeros outside. */
	static Block conv(int kernel, int maps, boolean bias) {
		return new Conv2d(kernel, maps, bias);
	}

	/** (N, C, H, W) to (N, maps, H, W). Without bias where another batch norm follows and would take it out again. */
	static Block bnReluConv(int kernel, int maps, boolean bias) {
		return new Chain(BatchNorm.builder().build(), Activation.reluBlock(), conv(kernel, maps, bias));
	}

	/** One layer of a dense block: (N, C, H, W) to (N, growthRate, H, W), through a bottleneck of four times as many maps. */
	static Block denseLayer(int growthRate) {
		return new Chain(bnReluConv(1, 4 * growthRate, false), bnReluConv(3, growthRate, false));
	}

	/** The change that a residual unit adds to its input: (N, maps, H, W) to the same. */
	static Block residualLayer(int maps) {
		return new Chain(bnReluConv(3, maps, false), bnReluConv(3, maps, false));
	}

	/** The guidance stream: (N, 1, G, G) to (N, {@value NetSpec#GUIDANCE}). */
	static Block vgg(NetSpec.Vgg spec) {
		var layers = new ArrayList<Block>();
		for (int stage = 0; stage < spec.widths().size(); stage++) {
			for (int i = 0; i < spec.convolutions().get(stage); i++) {
				layers.add(conv(3, spec.widths().get(stage), !spec.batchNorm()));
				if (spec.batchNorm()) layers.add(BatchNorm.builder().build());
				layers.add(Activation.reluBlock());
			}
			layers.add(Pool.maxPool2dBlock(new Shape(2, 2), new Shape(2, 2)));
		}
		layers.add(spec.globalPool() ? Pool.globalAvgPool2dBlock() : Blocks.batchFlattenBlock());
		for (int units : spec.fc()) {
			layers.add(linear(units));
			layers.add(Activation.reluBlock());
		}
		layers.add(linear(NetSpec.GUIDANCE));
		return new Chain(layers.toArray(Block[]::new));
	}

	/** (N, C) to (N, units). */
	static Block linear(int units) {
		return Linear.builder().setUnits(units).build();
	}
}
