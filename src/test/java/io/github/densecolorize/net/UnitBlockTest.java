package io.github.densecolorize.net;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.junit.jupiter.api.Test;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.Initializer;

/** All weights 1 and all pixels 1 on a 3×3 image, so that the middle pixel can be worked out on paper. */
public class UnitBlockTest {

	/**
	 * Layer 1: the bottleneck gives 4 maps of 1, 3×3 sums 36 of them; 24 at an edge, 16 in a corner. Layer 2: the bottleneck sums both maps,
	 * 4 maps of 1 + layer 1, whose 9 pixels add up to 9 + 36 + 4·24 + 4·16 = 205, four times: 820.
	 */
	@Test
	public void eachDenseLayerSeesAllMapsBeforeIt() {
		assertArrayEquals(new float[] { 1, 36, 820 }, middle(new UnitBlock(DenseSpec.Unit.DENSE, 2, 1)), 0.05f);
	}

	/** Two convolutions: 9 in the middle, 6 at an edge, 4 in a corner; then 9 + 4·6 + 4·4 = 49, added to the input's 1. */
	@Test
	public void residualLayerAddsToItsInput() {
		assertArrayEquals(new float[] { 50 }, middle(new UnitBlock(DenseSpec.Unit.RESIDUAL, 1, 1)), 0.01f);
	}

	private static float[] middle(Block block) {
		block.setInitializer(Initializer.ONES, Parameter.Type.WEIGHT);
		try (var manager = NDManager.newBaseManager()) {
			block.initialize(manager, DataType.FLOAT32, new Shape(1, 1, 3, 3));
			var y = block.forward(new ParameterStore(manager, false), new NDList(manager.ones(new Shape(1, 1, 3, 3))), false);
			return y.singletonOrThrow().get(":, :, 1, 1").toFloatArray();
		}
	}
}
