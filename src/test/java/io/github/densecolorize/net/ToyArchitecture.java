package io.github.densecolorize.net;

import java.util.List;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.pooling.Pool;
import ai.djl.training.ParameterStore;

/**
 * An architecture in one file, unlike the others in all that may differ: it works at half the size, so that tiles lie on a grid, its output is three
 * maps, of which the sum with the third is a*b*, and it has nothing faster than its layers.
 */
public final class ToyArchitecture implements Architecture {

	/** @param maps in the middle */
	public record Numbers(int maps, Vgg vgg) implements NetSpec {

		@Override
		public String type() {
			return "toy";
		}

		@Override
		public Numbers withImageSize(int imageSize) {
			return new Numbers(maps, vgg.withImageSize(imageSize));
		}

		/** Two 3×3 convolutions of pixels of twice the size, and the other half of such a pixel. */
		@Override
		public int halo() {
			return 6;
		}

		@Override
		public int stride() {
			return 2;
		}

		@Override
		public long flops() {
			return 2 * (9 * maps + 9 * 3 * maps) / 4;
		}

		@Override
		public long bytesAPixel() {
			return Float.BYTES * (1 + maps);
		}

		@Override
		public long weights(int classes) {
			return 9 * maps + maps + 9 * 3 * maps + 3 + (GUIDANCE + 1) * maps + vgg.weights(classes);
		}

		@Override
		public String describe() {
			return "toy, " + maps + " maps";
		}

		@Override
		public ColorNet build(int classes) {
			return new Net(this, classes);
		}
	}

	private static final class Net extends ColorNet {

		private final Block pool, first, steer, last;

		Net(Numbers numbers, int classes) {
			super(numbers, classes);
			pool = addChildBlock("Pool", Pool.avgPool2dBlock(new Shape(2, 2), new Shape(2, 2)));
			first = addChildBlock("First", new Conv2d(3, numbers.maps, true));
			addGuidance();
			steer = addChildBlock("Steer", Layers.linear(numbers.maps));
			last = addChildBlock("Last", new Conv2d(3, 3, true));
		}

		@Override
		public NDArray output(ParameterStore store, NDArray l, Cues cues, boolean training) {
			var maps = first.forward(store, pool.forward(store, new NDList(l), training), training).singletonOrThrow();
			var steered = steer.forward(store, new NDList(cues.vector()), training).singletonOrThrow().expandDims(-1).expandDims(-1);
			var small = last.forward(store, new NDList(maps.add(steered).maximum(0)), training).singletonOrThrow();
			return small.repeat(2, 2).repeat(3, 2);
		}

		@Override
		public NDArray ab(NDArray output) {
			return output.get(":, 0:2").add(output.get(":, 2:"));
		}

		@Override
		public Shape[] getOutputShapes(Shape[] inputShapes) {
			return new Shape[] { new Shape(inputShapes[0].get(0), 3, inputShapes[0].get(2), inputShapes[0].get(3)) };
		}

		@Override
		protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputShapes) {
			var small = new Shape(1, 1, inputShapes[0].get(2) / 2, inputShapes[0].get(3) / 2);
			first.initialize(manager, type, small);
			initializeGuidance(manager, type, inputShapes[1]);
			steer.initialize(manager, type, new Shape(1, NetSpec.GUIDANCE));
			last.initialize(manager, type, first.getOutputShapes(new Shape[] { small }));
		}
	}

	@Override
	public String type() {
		return "toy";
	}

	@Override
	public Class<Numbers> numbers() {
		return Numbers.class;
	}

	@Override
	public List<Preset> presets() {
		return List.of(new Preset("toy", "for tests", new Numbers(8, new Vgg(8, List.of(4), List.of(1), true, true, List.of(8))), "toy"));
	}
}
