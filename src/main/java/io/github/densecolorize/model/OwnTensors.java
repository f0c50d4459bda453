package io.github.densecolorize.model;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;

import io.github.densecolorize.net.MismatchException;
import io.github.densecolorize.net.Tensors;

/** Tensors of a model that are none of its network's: a copy of the model with other ones. */
final class OwnTensors {

	private record Numbers(double[] values, Shape shape) {}

	private final Path model;
	private final Map<String, Numbers> own = new LinkedHashMap<>();

	/** @param model folder of the model, which is not changed unless it is also the folder to {@link #write} */
	OwnTensors(Path model) {
		this.model = model;
	}

	/** Removes a tensor from the map and gives its numbers. */
	static double[] numbers(Map<String, NDArray> tensors, String name, long... shape) throws MismatchException {
		try (var array = Tensors.take(tensors, name, new Shape(shape))) {
			var values = array.toFloatArray();
			var numbers = new double[values.length];
			for (int i = 0; i < numbers.length; i++)
				numbers[i] = values[i];
			return numbers;
		}
	}

	/** The copy has no tensors of these names. */
	void remove(List<String> names) {
		names.forEach(name -> own.put(name, null));
	}

	/** The copy has this tensor, whether the model has one of the name or not. */
	void put(String name, double[] values, long... shape) {
		own.put(name, new Numbers(values, new Shape(shape)));
	}

	/**
	 * Writes the copy.
	 *
	 * @param folder to write; what it holds is replaced
	 * @param description of the copy, from that of the model
	 * @throws IOException if the model can't be read, or the folder can't be written
	 */
	void write(Path folder, UnaryOperator<ModelSpec> description) throws IOException {
		var spec = ModelFolder.spec(model);
		try (var manager = Torch.engine().newBaseManager()) {
			var tensors = ModelFolder.weights(model, spec, manager);
			own.forEach((name, numbers) -> {
				tensors.remove(name);
				if (numbers == null) return;
				var values = new float[numbers.values.length];
				for (int i = 0; i < values.length; i++)
					values[i] = (float) numbers.values[i];
				tensors.put(name, manager.create(values, numbers.shape));
			});
			var list = new NDList();
			new TreeMap<>(tensors).forEach((name, array) -> {
				array.setName(name);
				list.add(array);
			});
			ModelFolder.write(folder, description.apply(spec), list);
		}
	}
}
