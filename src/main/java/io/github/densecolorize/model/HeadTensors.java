package io.github.densecolorize.model;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import ai.djl.ndarray.NDArray;

import io.github.densecolorize.image.LightnessCurve;
import io.github.densecolorize.net.MismatchException;

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
		return spec.adaptation() == null ? 0 : AB * (Head.KNOTS + AB) + 4L * spec.net().lastMaps() + spec.classes().size();
	}

	/**
	 * Removes the head from the tensors of a model.
	 *
	 * @return null if the model was not adapted
	 * @throws MismatchException if a tensor is missing, has another shape, or holds numbers that can't be
	 */
	static Head take(ModelSpec spec, Map<String, NDArray> tensors) throws MismatchException {
		if (spec.adaptation() == null) return null;
		int maps = spec.net().lastMaps(), classes = spec.classes().size();
		var curves = OwnTensors.numbers(tensors, CURVES, AB, Head.KNOTS);
		double[] a = Arrays.copyOf(curves, Head.KNOTS), b = Arrays.copyOfRange(curves, Head.KNOTS, curves.length);
		var spread = OwnTensors.numbers(tensors, SPREAD, maps);
		for (double each : spread)
			if (!(each > 0)) throw new MismatchException("tensor " + SPREAD + " holds " + each + ", must be above 0");
		var probabilities = OwnTensors.numbers(tensors, PROBABILITIES, classes);
		var floats = new float[classes];
		double sum = 0;
		for (int i = 0; i < classes; i++) {
			if (!(probabilities[i] >= 0)) throw new MismatchException("tensor " + PROBABILITIES + " holds " + probabilities[i] + ", must be 0 or more");
			floats[i] = (float) probabilities[i];
			sum += floats[i];
		}
		if (!(Math.abs(sum - 1) < ROUNDING)) throw new MismatchException("tensor " + PROBABILITIES + " has the sum " + (float) sum + ", must be 1");
		return new Head(new LightnessCurve(a), new LightnessCurve(b), OwnTensors.numbers(tensors, OWN, AB, AB), OwnTensors.numbers(tensors, WEIGHTS, AB, maps), OwnTensors
			.numbers(tensors, MEAN, maps), spread, spec.adaptation().error(), floats, spec.adaptation().references());
	}

	/**
	 * Writes an adapted model: the network of another one, with a head.
	 *
	 * @param model folder of the model that the head was fitted with; a head that it had before is replaced
	 * @param folder to write; what it holds is replaced
	 * @throws IOException if the model can't be read, or the folder can't be written
	 */
	public static void write(Path model, Head head, Path folder) throws IOException {
		int maps = head.mean().length;
		var curves = new double[AB * Head.KNOTS];
		System.arraycopy(head.a().values(), 0, curves, 0, Head.KNOTS);
		System.arraycopy(head.b().values(), 0, curves, Head.KNOTS, Head.KNOTS);
		var probabilities = new double[head.probabilities().length];
		for (int i = 0; i < probabilities.length; i++)
			probabilities[i] = head.probabilities()[i];
		var name = folder.toAbsolutePath().normalize().getFileName().toString();
		var tensors = new OwnTensors(model);
		tensors.remove(ErrorTensors.NAMES);
		tensors.put(CURVES, curves, AB, Head.KNOTS);
		tensors.put(OWN, head.own(), AB, AB);
		tensors.put(WEIGHTS, head.weights(), AB, maps);
		tensors.put(MEAN, head.mean(), maps);
		tensors.put(SPREAD, head.spread(), maps);
		tensors.put(PROBABILITIES, probabilities, probabilities.length);
		tensors.write(folder, spec -> spec.adapted(name, new ModelSpec.Adaptation(head.error(), head.references())));
	}
}
