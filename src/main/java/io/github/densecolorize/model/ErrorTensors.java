package io.github.densecolorize.model;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import ai.djl.ndarray.NDArray;

import io.github.densecolorize.net.MismatchException;

/** The {@link ErrorMap} of a model, as tensors among its weights. */
public final class ErrorTensors {

	private static final String WEIGHTS = "error.weights", IMAGE = "error.image", CURVE = "error.curve";

	/** The names of all of them. */
	public static final List<String> NAMES = List.of(WEIGHTS, IMAGE, CURVE);

	private ErrorTensors() {}

	/** How many numbers the error map of a model has; 0 if there is none. */
	static long numbers(ModelSpec spec) {
		return spec.errorMap() == null ? 0 : spec.net().lastMaps() + ErrorMap.OF_IMAGE + ErrorMap.OF_CURVE;
	}

	/**
	 * Removes the error map from the tensors of a model.
	 *
	 * @return null if the model has none
	 * @throws MismatchException if a tensor is missing or has another shape
	 */
	static ErrorMap take(ModelSpec spec, Map<String, NDArray> tensors) throws MismatchException {
		if (spec.errorMap() == null) return null;
		return new ErrorMap(OwnTensors.numbers(tensors, WEIGHTS, spec.net().lastMaps()), OwnTensors.numbers(tensors, IMAGE, ErrorMap.OF_IMAGE), OwnTensors
			.numbers(tensors, CURVE, ErrorMap.OF_CURVE));
	}

	/**
	 * Writes a model with an error map.
	 *
	 * @param model folder of the model that the map was fitted to; an error map that it had before is replaced
	 * @param sample what it was fitted to
	 * @param folder to write, which may be that of the model; its name is the new model's, and what it holds is replaced
	 * @throws IOException if the model can't be read, or the folder can't be written
	 */
	public static void write(Path model, ErrorMap map, ModelSpec.ErrorSample sample, Path folder) throws IOException {
		var tensors = new OwnTensors(model);
		tensors.put(WEIGHTS, map.weights(), map.weights().length);
		tensors.put(IMAGE, map.image(), ErrorMap.OF_IMAGE);
		tensors.put(CURVE, map.curve(), ErrorMap.OF_CURVE);
		var name = folder.toAbsolutePath().normalize().getFileName().toString();
		tensors.write(folder, spec -> spec.with(name, sample));
	}
}
