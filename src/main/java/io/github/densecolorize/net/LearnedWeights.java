package io.github.densecolorize.net;

import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;

/**
 * A network in training. All numbers that it learns lie in one array, of which its parameters are views, so that whatever is done to all of them (a
 * step of the optimizer, the sum of two GPUs' gradients) takes a few calls, and not some for each of hundreds of parameters.
 */
public final class LearnedWeights {

	private final ColorNet net;
	/** One-dimensional; requires a gradient. */
	private final NDArray all;
	/** The parameters that are learned, in the order in which they lie in the array. */
	private final List<Parameter> learned;

	/**
	 * @param manager owns the array and the copy, on its device
	 * @param trained is copied
	 */
	public LearnedWeights(NDManager manager, ColorNet trained) {
		var parameters = learned(trained);
		try (var scope = parameters.get(0).getArray().getManager().newSubManager()) {
			var flat = new NDList();
			for (var parameter : parameters) {
				// A parameter requires a gradient, and what is computed from it would lead back to it.
				var apart = parameter.getArray().stopGradient();
				apart.attach(scope);
				flat.add(apart.flatten());
			}
			all = NDArrays.concat(flat).toDevice(manager.getDevice(), true);
			all.attach(manager);
		}
		try (var scope = manager.newSubManager()) {
			var arrays = new HashMap<String, NDArray>();
			var views = views(parameters, scope).iterator();
			for (var named : trained.getParameters()) {
				var parameter = named.getValue();
				// Cut off, since what PyTorch knows to be a part of the array could not be used any more once the array is changed in place.
				arrays.put(named.getKey(), parameter.requiresGradient() ? views.next().stopGradient() : parameter.getArray().duplicate());
			}
			net = trained.copy(manager, arrays);
		}
		learned = learned(net);
		all.setRequiresGradient(true);
	}

	private static List<Parameter> learned(ColorNet net) {
		return net.getParameters().values().stream().filter(Parameter::requiresGradient).toList();
	}

	/**
	 * The parts of the array, in the shapes of parameters.
	 *
	 * @param scope owns them
	 */
	private List<NDArray> views(List<Parameter> parameters, NDManager scope) {
		var ends = parameters.stream().mapToLong(parameter -> parameter.getArray().size()).toArray();
		Arrays.parallelPrefix(ends, Long::sum);
		// The last part ends where the array does.
		var parts = all.split(Arrays.copyOf(ends, ends.length - 1));
		parts.attach(scope);
		return IntStream.range(0, parts.size()).mapToObj(i -> parts.get(i).reshape(parameters.get(i).getArray().getShape())).toList();
	}

	/** The network; its parameters must be changed in place only, as they are views. */
	public ColorNet net() {
		return net;
	}

	/** All numbers that are learned, one after the other. */
	public NDArray all() {
		return all;
	}

	/**
	 * What a layer takes its parameters from, in a pass that is to give gradients.
	 *
	 * @param scope owns the parameters of this pass, through which the gradients reach the array
	 */
	public ParameterStore store(NDManager scope) {
		var views = views(learned, scope);
		var ofPass = new IdentityHashMap<Parameter, NDArray>();
		for (int i = 0; i < views.size(); i++)
			ofPass.put(learned.get(i), views.get(i));
		return new ParameterStore(scope, false) {

			@Override
			public NDArray getValue(Parameter parameter, Device device, boolean training) {
				var view = ofPass.get(parameter);
				return view == null ? super.getValue(parameter, device, training) : view;
			}
		};
	}

	/** Sets all gradients to zero, even those that are no numbers. */
	public void clearGradient() {
		// Each call gives a new handle, which would stay with the array's manager if it were not closed.
		if (all.hasGradient()) try (var gradient = all.getGradient()) {
			// Multiplying by 0 would not do, as NaN stays NaN; nor would an array of Java, whose memory would be freed with this handle.
			gradient.set(new NDIndex().addEllipseDim(), 0);
		}
	}

	/** Adds the gradients of a copy on another device, and clears them there. */
	public void addGradient(LearnedWeights copy) {
		try (var sum = all.getGradient(); var gradient = copy.all.getGradient(); var here = gradient.toDevice(all.getDevice(), true)) {
			sum.addi(here);
		}
		copy.clearGradient();
	}

	/** Gives a copy on another device the parameters of this network, those that are not learned included. */
	public void copyTo(LearnedWeights copy) {
		set(copy.all, all);
		var parameters = net.getParameters().values();
		var copies = copy.net.getParameters().values();
		for (int i = 0; i < parameters.size(); i++)
			if (!parameters.get(i).requiresGradient()) set(copies.get(i).getArray(), parameters.get(i).getArray());
	}

	/** Takes over the weights of a model, by their names; the optimizer's state does not fit them any more. */
	public void take(Map<String, NDArray> tensors) {
		for (var named : net.getParameters())
			set(named.getValue().getArray(), tensors.get(named.getKey()));
	}

	/** Divides the class scores, by dividing the weights of their layer. */
	public void divideScores(double temperature) {
		for (var named : net.getParameters())
			if (ColorNet.isOfClassScores(named.getKey())) try (var apart = named.getValue().getArray().stopGradient()) {
				apart.divi(temperature);
			}
	}

	/** Sets the values of an array. It is cut off for that, as PyTorch records gradients on most threads and then lets nobody change what is learned. */
	private static void set(NDArray array, NDArray values) {
		try (var there = values.toDevice(array.getDevice(), true); var apart = array.stopGradient()) {
			apart.muli(0).addi(there);
		}
	}
}
