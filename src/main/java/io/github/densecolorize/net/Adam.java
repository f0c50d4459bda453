package io.github.densecolorize.net;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.nn.Block;

/**
 * The optimizer Adam (Kingma and Ba 2015) with moments that can be saved: those of DJL's own Adam are private, so a run with it can't be resumed
 * exactly.
 */
public final class Adam {

	private static final float BETA1 = 0.9f, BETA2 = 0.999f, EPSILON = 1e-8f;
	/** Gradients over this many times their usual norm are clipped. */
	private static final double LONGEST = 10;

	private final List<NDArray> weights = new ArrayList<>();
	private final NDList state = new NDList();

	/**
	 * @param manager owns the moments
	 * @param block initialized; all of its parameters that require a gradient are trained
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

	/** The moments: two named arrays for each parameter. */
	public NDList state() {
		return state;
	}

	/**
	 * Continues from saved moments.
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
	 * Moves the weights against their gradients, and sets the gradients to zero. Gradients over {@value #LONGEST} times the usual norm are clipped
	 * to that: a single bad step would spoil the moments, and with them the weights, for a thousand steps. The norm is that of all gradients
	 * together, and the usual one is the root of the sum of the second moments.
	 *
	 * @param step 1 for the first
	 * @return whether the gradients were finite; if not, no weight was changed
	 */
	public boolean step(long step, float learningRate) {
		double length = length(), longest = LONGEST * usualLength(step);
		boolean finite = Double.isFinite(length);
		float corrected = (float) (learningRate * Math.sqrt(1 - Math.pow(BETA2, step)) / (1 - Math.pow(BETA1, step)));
		float shortened = (float) Math.min(1, longest / length);
		for (int i = 0; i < weights.size(); i++) {
			var weight = weights.get(i);
			// Each call gives a new handle, which would stay with the weight's manager if it were not closed.
			try (var gradient = weight.getGradient()) {
				if (!finite) {
					// Multiplying by 0 would not do, as NaN stays NaN; nor would an array of Java, whose memory would be freed with this handle.
					gradient.set(new NDIndex().addEllipseDim(), 0);
					continue;
				}
				var moments = new NDList(weight, gradient, state.get(2 * i), state.get(2 * i + 1));
				weight.getNDArrayInternal().adamUpdate(moments, new NDList(weight), learningRate, corrected, 0, shortened, -1, BETA1, BETA2,
					EPSILON, true, false);
			}
		}
		return finite;
	}

	/** Norm of all gradients as one vector. */
	private double length() {
		var lengths = new NDList();
		for (var weight : weights)
			try (var gradient = weight.getGradient()) {
				lengths.add(gradient.norm());
			}
		return Math.sqrt(fetched(lengths).map(length -> length * length).sum());
	}

	/** The norm that is expected from the steps before; infinite as long as there was no gradient. */
	private double usualLength(long step) {
		var sums = new NDList();
		for (int i = 1; i < state.size(); i += 2)
			sums.add(state.get(i).sum());
		double squares = fetched(sums).sum();
		return squares == 0 ? Double.POSITIVE_INFINITY : Math.sqrt(squares / (1 - Math.pow(BETA2, step - 1)));
	}

	/** Reads several scalars in one transfer, since a GPU has to be waited for at each; closes them. */
	private static DoubleStream fetched(NDList scalars) {
		try (scalars; var all = NDArrays.stack(scalars)) {
			var values = all.toFloatArray();
			return IntStream.range(0, values.length).mapToDouble(i -> values[i]);
		}
	}

	private static NDArray zeros(NDManager manager, NDArray weight, String name) {
		var array = manager.zeros(weight.getShape());
		array.setName(name);
		return array;
	}
}
