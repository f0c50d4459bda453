package io.github.densecolorize.net;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Block;

/**
 * Adam (Kingma and Ba 2015) with moments that can be saved: those of DJL's own are private, so a run with it can't be resumed exactly.
 */
public final class Adam {

	private static final float BETA1 = 0.9f, BETA2 = 0.999f, EPSILON = 1e-8f;

	private final List<NDArray> weights = new ArrayList<>();
	private final NDList state = new NDList();

	/**
	 * @param manager owns the moments
	 * @param block initialized; all of its parameters that want a gradient are trained
	 */
	public Adam(NDManager manager, Block block) {
		for (var named : block.getParameters()) {
			var parameter = named.getValue();
			if (!parameter.requiresGradient()) continue;
			var weight = parameter.getArray();
			weights.add(weight);
			state.add(zeros(manager, weight, "mean." + named.getKey()));
			state.add(zeros(manager, weight, "variance." + named.getKey()));
		}
	}

	/** The moments, two named arrays a parameter. */
	public NDList state() {
		return state;
	}

	/**
	 * Goes on from saved moments.
	 *
	 * @param saved removed from the map, and owned by this optimizer from now on
	 * @throws MismatchException if a moment is missing or has another shape
	 */
	public void restore(Map<String, NDArray> saved) throws MismatchException {
		for (int i = 0; i < state.size(); i++) {
			try (var old = state.get(i)) {
				var moment = Tensors.take(saved, old.getName(), old.getShape());
				moment.attach(old.getManager());
				state.set(i, moment);
			}
		}
	}

	/**
	 * Moves the weights against their gradients, and sets these to zero.
	 *
	 * @param step 1 for the first
	 */
	public void step(long step, float learningRate) {
		float corrected = (float) (learningRate * Math.sqrt(1 - Math.pow(BETA2, step)) / (1 - Math.pow(BETA1, step)));
		for (int i = 0; i < weights.size(); i++) {
			var weight = weights.get(i);
			// A handle of its own each time, which would stay with the weight's manager.
			try (var gradient = weight.getGradient()) {
				var moments = new NDList(weight, gradient, state.get(2 * i), state.get(2 * i + 1));
				weight.getNDArrayInternal().adamUpdate(moments, new NDList(weight), learningRate, corrected, 0, 1, -1, BETA1, BETA2,
					EPSILON, true, false);
			}
		}
	}

	private static NDArray zeros(NDManager manager, NDArray weight, String name) {
		var array = manager.zeros(weight.getShape());
		array.setName(name);
		return array;
	}
}
