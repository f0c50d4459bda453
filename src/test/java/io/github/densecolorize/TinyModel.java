package io.github.densecolorize;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

import io.github.densecolorize.model.ColorModel;
import io.github.densecolorize.model.ErrorMap;
import io.github.densecolorize.model.ErrorTensors;
import io.github.densecolorize.model.ModelFolder;
import io.github.densecolorize.model.ModelSpec;
import io.github.densecolorize.model.Scale;
import io.github.densecolorize.model.Torch;
import io.github.densecolorize.model.TrainingSettings;
import io.github.densecolorize.net.DenseSpec;
import io.github.densecolorize.net.NetSpec;
import io.github.densecolorize.net.Tensors;
import io.github.densecolorize.net.Vgg;

/** An untrained model of a few hundred weights, for tests that need any model: it paints, but nothing sensible. */
public final class TinyModel {

	/** Its network. */
	public static final NetSpec NET = new DenseSpec(DenseSpec.Unit.DENSE, 2, List.of(1, 1, 1, 1), new Vgg(16, List.of(4, 4), List.of(1,
		1), true, true, List.of(8, 8)));

	/** Half size, or 0.5 µm a pixel. */
	public static final Scale SCALE = new Scale(0.5, 0.5, 0, 32);

	private TinyModel() {}

	/**
	 * Writes the model, with the same weights at each call.
	 *
	 * @param parent existing folder
	 * @param name of the model and of its folder
	 * @param classes names of its classes
	 * @return the model's folder
	 */
	public static Path write(Path parent, String name, String... classes) throws IOException {
		return write(NET, parent, name, classes);
	}

	/** The same with another network. */
	public static Path write(NetSpec net, Path parent, String name, String... classes) throws IOException {
		var training = TrainingSettings.on("none").licence("none").epochs(1).batch(2).patch(8).feedback(TrainingSettings.Feedback.JOINT).balance(0).augmentation(
			TrainingSettings.Augmentation.MIRROR).build();
		var spec = ModelSpec.of(name, net, List.of(classes), SCALE, training, new ModelSpec.Quality(0, 1, 0, 0));
		Torch.engine().setRandomSeed(1);
		try (var manager = Torch.engine().newBaseManager()) {
			var built = net.build(classes.length);
			built.initialize(manager);
			// Each class steers the colours a way of its own.
			var prototypes = manager.randomNormal(0, 1, new Shape(classes.length, NetSpec.GUIDANCE), DataType.FLOAT32);
			prototypes.setName(ColorModel.PROTOTYPES);
			var tensors = new NDList(Tensors.of(built));
			tensors.add(prototypes);
			ModelFolder.write(parent.resolve(name), spec, tensors);
		}
		return parent.resolve(name);
	}

	/** The same with a map of its expected error, which differs from pixel to pixel but means nothing. */
	public static Path withErrorMap(Path parent, String name, String... classes) throws IOException {
		var weights = new double[NET.lastMaps()];
		for (int i = 0; i < weights.length; i++)
			weights[i] = (i * 37 % 11 - 5) / 20.0;
		return withErrorMap(parent, name, new ErrorMap(weights, new double[] { 1, 0.5 }, new double[] { -50, 50, 0, 1, 0 }), classes);
	}

	/** The same with this map. */
	public static Path withErrorMap(Path parent, String name, ErrorMap map, String... classes) throws IOException {
		var folder = write(parent, name, classes);
		ErrorTensors.write(folder, map, new ModelSpec.ErrorSample(7, 4.5), folder);
		return folder;
	}

	/** Changes the weights of a model, with a hash that fits, as whoever makes such a file would see to. */
	public static void change(Path folder, Consumer<Map<String, NDArray>> change) throws IOException {
		try (var manager = Torch.engine().newBaseManager()) {
			var spec = ModelFolder.spec(folder);
			var tensors = ModelFolder.weights(folder, spec, manager);
			change.accept(tensors);
			var list = new NDList();
			tensors.forEach((name, array) -> {
				array.setName(name);
				list.add(array);
			});
			ModelFolder.write(folder, spec, list);
		}
	}
}
