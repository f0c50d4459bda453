package io.github.densecolorize.net;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Block;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.training.ParameterStore;

/**
 * The guidance stream of a trained {@link ColorNet}, rewritten to be fast in use: each batch norm is merged into the convolution before it. The
 * result differs from that of the plain network only by rounding. Calls may come from several threads.
 */
public final class FoldedGuidance {

	private final List<UnaryOperator<NDArray>> steps = new ArrayList<>();
	private final Block classScores;

	/**
	 * @param net trained; its convolutions are copied, its other layers used
	 * @param way of its convolutions
	 * @param manager owns the copies, on the device of the network
	 */
	public FoldedGuidance(ColorNet net, Way way, NDManager manager) {
		classScores = net.classScores();
		var blocks = net.guidance().getChildren().values();
		for (int i = 0; i < blocks.size(); i++) {
			var block = blocks.get(i);
			if (!(block instanceof Conv2d)) {
				steps.add(x -> forward(block, x));
				continue;
			}
			var filter = Filter.of(block);
			if (blocks.get(i + 1) instanceof BatchNorm) {
				i++;
				filter = filter.before(Norm.of(blocks.get(i)));
			}
			steps.add(new Convolution(filter, filter.side() / 2, way, manager)::of);
		}
	}

	private static NDArray forward(Block block, NDArray x) {
		var y = block.forward(new ParameterStore(x.getManager(), false), new NDList(x), false).singletonOrThrow();
		if (block instanceof Linear) Witness.look(witness -> {
			var parameters = block.getDirectParameters();
			witness.saw(x, parameters.get("weight").getArray(), parameters.get("bias").getArray(), 0, y);
		});
		return y;
	}

	/**
	 * @param image scaled L*, (N, 1, G, G), in the layout of the way; its manager gets the results
	 * @return the guidance vector (N, 64) and the class scores before softmax (N, classes)
	 */
	public NDList guide(NDArray image) {
		var x = image;
		for (var step : steps) {
			var in = x;
			x = step.apply(in);
			if (in != image) in.close();
		}
		return new NDList(x, forward(classScores, x));
	}
}
