package io.github.densecolorize.train;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;

import io.github.densecolorize.data.ColorDataSet;
import io.github.densecolorize.image.Choice;
import io.github.densecolorize.model.ColorModel;
import io.github.densecolorize.model.ErrorTensors;
import io.github.densecolorize.model.HeadTensors;
import io.github.densecolorize.model.ModelFolder;
import io.github.densecolorize.model.ModelSpec;
import io.github.densecolorize.model.Scale;
import io.github.densecolorize.model.TrainingSettings.Feedback;
import io.github.densecolorize.net.ColorNet;
import io.github.densecolorize.net.Loss;
import io.github.densecolorize.net.NetSpec;
import io.github.densecolorize.net.Preset;

/**
 * What a training begins with, and the settings that suit it.
 *
 * @param net the network
 * @param scale at which it is to recognise structures
 * @param models folders of models of this network whose weights are taken over (fine-tuning). If their classes are different, only the layer of
 *          class scores is made anew. If there are several models, their weights are averaged, which is better than each of them if they were
 *          fine-tuned from the same model (Wortsman et al. 2022); class scores are averaged only over models with the classes of the data. If there
 *          is no model, the weights are random
 * @param name name and SHA-256 of these models, for the record; empty if there is none
 * @param loss that suits it, by its name: that of the preset or of the model
 * @param feedback that suits it: that of the preset, or of the model, which is used to it
 * @param learningRate that suits it: large steps would make a model forget what it knows
 */
public record Start(NetSpec net, Scale scale, List<Path> models, String name, String loss, Feedback feedback, double learningRate) {

	/** What users type to have the loss chosen that suits. */
	public static final String AUTO = "auto";

	private static final double LEARNING_RATE = 0.002, FINE_TUNING_RATE = 0.0005;

	/**
	 * A training that begins with random weights.
	 *
	 * @param preset name of a {@link Preset}
	 * @throws IllegalArgumentException if there is none of this name, with those that there are
	 */
	public static Start random(String preset, Scale scale) {
		return random(Preset.named(Choice.of("preset", preset, Preset.all().stream().map(Preset::name).toList())), scale);
	}

	/** A training of a network with random weights. */
	public static Start random(Preset preset, Scale scale) {
		return new Start(preset.net(), scale, List.of(), "", preset.loss(), preset.joint() ? Feedback.JOINT : Feedback.INDEPENDENT, LEARNING_RATE);
	}

	/**
	 * A training that begins with the weights of models, at the scale of the first one; the guidance stream adapts to fields of view of the size of
	 * the new images.
	 *
	 * @param models at least one; all of them have the same network
	 * @throws IOException if a folder is no model, or has another network than the first
	 */
	public static Start of(List<Path> models, ColorDataSet data) throws IOException {
		var specs = new ArrayList<ModelSpec>();
		for (var model : models)
			specs.add(ModelFolder.spec(model));
		var first = specs.get(0);
		for (var spec : specs)
			if (!spec.net().equals(first.net())) throw new IOException("Model " + models.get(specs.indexOf(spec)) + " has another network than " +
				models.get(0) + "; only models that were trained from the same model can be averaged.");
		var scale = first.scale();
		int field = data.scale(scale.of(data.side(), data.side(), 0), 0).field();
		return new Start(first.net(), new Scale(scale.factor(), scale.micrometresPerPixel(), scale.longSide(), field), List.copyOf(models), specs
			.stream().map(spec -> spec.name() + " " + spec.sha256()).collect(Collectors.joining(", ")), first.training().loss(), first.training()
				.feedback(), FINE_TUNING_RATE);
	}

	/**
	 * The loss that a user chose, by its name.
	 *
	 * @param choice {@value #AUTO}, or the name of a loss
	 * @throws IllegalArgumentException if there is none of this name, with those that there are
	 */
	public String loss(String choice) {
		var names = Stream.concat(Stream.of(AUTO), Loss.all().stream().map(Loss::name)).toList();
		var name = Choice.of("loss", choice, names);
		return name.equals(AUTO) ? loss : name;
	}

	/** The same at another scale. */
	public Start at(Scale other) {
		return new Start(net, other, models, name, loss, feedback, learningRate);
	}

	/**
	 * Whether the batch norms take means and variances from the batch. A model that is fine-tuned has means and variances already and keeps them
	 * (the "eval mode" of You et al. 2023, arXiv:2305.11624). So it computes in training exactly as it does in use, where no batch could keep large
	 * values in check.
	 */
	boolean normalizesByBatch() {
		return models.isEmpty();
	}

	/**
	 * The mean of the models' weights.
	 *
	 * @param classes of the data
	 * @param scope owns the arrays
	 * @return no layer of class scores if no model has these classes
	 */
	Map<String, NDArray> weights(List<String> classes, NDManager scope) throws IOException {
		var all = new HashMap<String, List<NDArray>>();
		for (var model : models) {
			var spec = ModelFolder.spec(model);
			ModelFolder.weights(model, spec, scope).forEach((tensor, values) -> {
				if (spec.classes().equals(classes) || !ColorNet.isOfClassScores(tensor)) all.computeIfAbsent(tensor, n -> new ArrayList<>()).add(values);
			});
		}
		// The prototypes are computed anew from the training images, and neither the colours of references nor the error map fit the new weights.
		all.remove(ColorModel.PROTOTYPES);
		HeadTensors.NAMES.forEach(all::remove);
		ErrorTensors.NAMES.forEach(all::remove);
		var means = new HashMap<String, NDArray>();
		all.forEach((tensor, values) -> means.put(tensor, values.stream().reduce(NDArray::addi).orElseThrow().divi(values.size())));
		return means;
	}
}
