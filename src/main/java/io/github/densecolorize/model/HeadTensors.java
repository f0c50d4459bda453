package io.github.densecolorize.model;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

import io.github.densecolorize.image.LightnessCurve;
import io.github.densecolorize.net.MismatchException;
import io.github.densecolorize.net.Tensors;

/** The {@link Head} of an adapted model, as tensors among its weights. */
public final class HeadTensors {

	private static final String CURVES = "head.curves", OWN = "head.own", WEIGHTS = "head.weights", MEAN = "head.mean", SPREAD = "head.spread",
			PROBABILITIES = "head.probabilities";

	/** The names of all of them. */
	public static final List<String> NAMES = List.of(CURVES, OWN, WEIGHTS, MEAN, SPREAD, PROBABILITIES);

	private static final int AB = 2;
	/** How far the sum of probabilities, which are stored as 32-bit numbers, may be from 1. */
	private static final double ROUNDING = 1e-3;

	private HeadTensors() {}

	/** How many numbers the head of a model has; 0 if it was not adapted. */
	static long numbers(ModelSpec spec) {
		return spec.adaptation() == null ? 0 : AB * (Head.KNOTS + AB) + 4L * spec.net().maps() + spec.classes().size();
	}

	/**
	 * Removes the head from the tensors of a model.
	 *
	 * @return null if the model was not adapted
	 * @throws MismatchException if a tensor is missing, has another shape, or holds numbers that can't be
	 */
	static Head take(ModelSpec spec, Map<String, NDArray> tensors) throws MismatchException {
		if (spec.adaptation() == null) return null;
		int maps = spec.net().maps(), classes = spec.classes().size();
		var curves = numbers(tensors, CURVES, AB, Head.KNOTS);
		double[] a = Arrays.copyOf(curves, Head.KNOTS), b = Arrays.copyOfRange(curves, Head.KNOTS, curves.length);
		var spread = numbers(tensors, SPREAD, maps);
		for (double each : spread)
			if (!(each > 0)) throw new MismatchException("tensor " + SPREAD + " holds " + each + ", must be above 0");
		var probabilities = numbers(tensors, PROBABILITIES, classes);
		var floats = new float[classes];
		double sum = 0;
		for (int i = 0; i < classes; i++) {
			if (!(probabilities[i] >= 0)) throw new MismatchException("tensor " + PROBABILITIES + " holds " + probabilities[i] + ", must be 0 or more");
			floats[i] = (float) probabilities[i];
			sum += floats[i];
		}
		if (!(Math.abs(sum - 1) < ROUNDING)) throw new MismatchException("tensor " + PROBABILITIES + " has the sum " + (float) sum + ", must be 1");
		return new Head(new LightnessCurve(a), new LightnessCurve(b), numbers(tensors, OWN, AB, AB), numbers(tensors, WEIGHTS, AB, maps), numbers(
			tensors, MEAN, maps), spread, spec.adaptation().error(), floats, spec.adaptation().references());
	}

	private static double[] numbers(Map<String, NDArray> tensors, String name, long... shape) throws MismatchException {
		try (var array = Tensors.take(tensors, name, new Shape(shape))) {
			var values = array.toFloatArray();
			var numbers = new double[values.length];
			for (int i = 0; i < numbers.length; i++)
				numbers[i] = values[i];
			return numbers;
		}
	}

	/**
	 * Writes an adapted model: the network of another one, with a head.
	 *
	 * @param model folder of the model that the head was fitted with; a head that it had before is replaced
	 * @param folder to write; what it holds is replaced
	 * @throws IOException if the model can't be read, or the folder can't be written
	 */
	public static void write(Path model, Head head, Path folder) throws IOException {
		var spec = ModelFolder.spec(model);
		try (var manager = Torch.engine().newBaseManager()) {
			var tensors = ModelFolder.weights(model, spec, manager);
			NAMES.forEach(tensors::remove);
			var list = new NDList();
			tensors.forEach((name, array) -> add(list, array, name));
			var curves = new double[AB * Head.KNOTS];
			System.arraycopy(head.a().values(), 0, curves, 0, Head.KNOTS);
			System.arraycopy(head.b().values(), 0, curves, Head.KNOTS, Head.KNOTS);
			int maps = head.mean().length;
			add(list, floats(manager, curves, AB, Head.KNOTS), CURVES);
			add(list, floats(manager, head.own(), AB, AB), OWN);
			add(list, floats(manager, head.weights(), AB, maps), WEIGHTS);
			add(list, floats(manager, head.mean(), maps), MEAN);
			add(list, floats(manager, head.spread(), maps), SPREAD);
			add(list, manager.create(head.probabilities()), PROBABILITIES);
			list.sort(Comparator.comparing(NDArray::getName));
			var name = folder.toAbsolutePath().normalize().getFileName().toString();
			ModelFolder.write(folder, spec.adapted(name, new ModelSpec.Adaptation(head.error(), head.references())), list);
		}
	}

	private static void add(NDList list, NDArray array, String name) {
		array.setName(name);
		list.add(array);
	}

	private static NDArray floats(NDManager manager, double[] numbers, long... shape) {
		var values = new float[numbers.length];
		for (int i = 0; i < values.length; i++)
			values[i] = (float) numbers[i];
		return manager.create(values, new Shape(shape));
	}
}
