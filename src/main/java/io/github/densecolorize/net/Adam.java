package io.github.densecolorize.net;

import java.util.Map;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;

/**
 * The optimizer Adam (Kingma and Ba 2015) with moments that can be saved: those of DJL's own Adam are private, so a run with it can't be resumed
 * exactly.
 */
public final class Adam {

	private static final float BETA1 = 0.9f, BETA2 = 0.999f, EPSILON = 1e-8f;
	/** Gradients over this many times their usual norm are clipped. */
	private static final double LONGEST = 10;

	private final NDArray weights;
	private NDArray mean, variance;

	/**
	 * @param manager owns the moments
	 * @param weights all that are to be learned, see {@link LearnedWeights}
	 */
	public Adam(NDManager manager, NDArray weights) {
		this.weights = weights;
		mean = zeros(manager, "adam.mean");
		variance = zeros(manager, "adam.variance");
	}

	private NDArray zeros(NDManager manager, String name) {
		var array = manager.zeros(weights.getShape());
		array.setName(name);
		return array;
	}

	/** The moments: two named arrays. */
	public NDList state() {
		return new NDList(mean, variance);
	}

	/**
	 * Continues from saved moments.
	 *
	 * @param saved removed from the map, and owned by this optimizer from now on
	 * @throws MismatchException if a moment is missing or has another shape
	 */
	public void restore(Map<String, NDArray> saved) throws MismatchException {
		mean = restored(saved, mean);
		variance = restored(saved, variance);
	}

	private static NDArray restored(Map<String, NDArray> saved, NDArray old) throws MismatchException {
		try (old) {
			var moment = Tensors.take(saved, old.getName(), old.getShape());
			moment.attach(old.getManager());
			return moment;
		}
	}

	/**
	 * Moves the weights against their gradients, and sets the gradients to zero. Gradients over {@value #LONGEST} times the usual norm are clipped
	 * to that: a single bad step would spoil the moments, and with them the weights, for a thousand steps. The norm is that of all gradients
	 * together, and the usual one is the root of the sum of the second moments.
	 *
	 * @param step 1 for the first
	 * @return whether the gradients were finite; if not, nothing was changed
	 */
	public boolean step(long step, float learningRate) {
		// Each call gives a new handle, which would stay with the weights' manager if it were not closed.
		try (var gradient = weights.getGradient()) {
			double length, usual;
			// Both are read in one transfer, since a GPU has to be waited for at each.
			try (var norm = gradient.norm(); var sum = variance.sum(); var both = NDArrays.stack(new NDList(norm, sum))) {
				var values = both.toFloatArray();
				length = values[0];
				usual = usualLength(values[1], step);
			}
			if (!Double.isFinite(length)) return false;
			float corrected = (float) (learningRate * Math.sqrt(1 - Math.pow(BETA2, step)) / (1 - Math.pow(BETA1, step)));
			float shortened = (float) Math.min(1, LONGEST * usual / length);
			weights.getNDArrayInternal().adamUpdate(new NDList(weights, gradient, mean, variance), new NDList(weights), learningRate, corrected, 0,
				shortened, -1, BETA1, BETA2, EPSILON, true, false);
			return true;
		}
	}

	/** The norm that is expected from the steps before; infinite as long as there was no gradient. */
	private static double usualLength(double sumOfVariances, long step) {
		return sumOfVariances == 0 ? Double.POSITIVE_INFINITY : Math.sqrt(sumOfVariances / (1 - Math.pow(BETA2, step - 1)));
	}
}
