package io.github.densecolorize.train;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;

import io.github.densecolorize.data.ColorDataSet;
import io.github.densecolorize.model.ColorModel;
import io.github.densecolorize.model.ModelFolder;
import io.github.densecolorize.model.ModelSpec;
import io.github.densecolorize.model.Scale;
import io.github.densecolorize.model.TrainingSettings.Feedback;
import io.github.densecolorize.net.ColorNet;
import io.github.densecolorize.net.Loss;
import io.github.densecolorize.net.NetSpec;
import io.github.densecolorize.net.Preset;

/**
 * What a training begins with, and what suits it.
 *
 * @param net the network
 * @param scale at which it is to know its objects
 * @param models folders of models of this network whose weights are taken, which is fine-tuning: if their classes are others, the layer
 *          of class scores is made anew and the rest kept. Of several models the mean of the weights is taken, which is better than each
 *          if they come from one (Wortsman et al. 2022), for the layer of class scores of those with the classes of the data; random
 *          weights if there is none
 * @param name name and SHA-256 of these models, for the record; empty if there is none
 * @param loss that suits it, by its name: that of the preset or of the model
 * @param feedback that suits it: that of the model, which is used to it, or the paper's
 * @param learningRate that suits it: large steps would make a model forget what it knows
 */
public record Start(NetSpec net, Scale scale, List<Path> models, String name, String loss, Feedback feedback, double learningRate) {

	/** As users type it: the loss that suits. */
	public static final String AUTO = "auto";

	private static final double LEARNING_RATE = 0.002, FINE_TUNING_RATE = 0.0005;

	/** Random weights. */
	public static Start random(Preset preset, Scale scale) {
		return new Start(preset.net(), scale, List.of(), "", preset.loss(), Feedback.INDEPENDENT, LEARNING_RATE);
	}

	/**
	 * The weights of models, and the first one's scale; the guidance stream gets to know fields of the size of the new images.
	 *
	 * @param models at least one, all of one network
	 * @throws IOException if a folder is no model, or one that does not fit to the first
	 */
	public static Start of(List<Path> models, ColorDataSet data) throws IOException {
		var specs = new ArrayList<ModelSpec>();
		for (var model : models)
			specs.add(ModelFolder.spec(model));
		var first = specs.get(0);
		for (var spec : specs)
			if (!spec.net().equals(first.net())) throw new IOException("Model " + models.get(specs.indexOf(spec)) + " has another network than " +
				models.get(0) + "; the mean is of models that began as one.");
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
		if (choice.trim().equalsIgnoreCase(AUTO)) return loss;
		return Loss.of(choice.trim()).orElseThrow(() -> new IllegalArgumentException("loss is \"" + choice + "\"; must be " + AUTO + " or one of " + Loss
			.names())).name();
	}

	/** The same at another scale. */
	public Start at(Scale other) {
		return new Start(net, other, models, name, loss, feedback, learningRate);
	}

	/**
	 * Whether the batch norms take means and variances from the batch. A model that is fine-tuned has them, and keeps them (the "eval mode" of You
	 * et al. 2023, arXiv:2305.11624): it learns as it will be used, so that nothing runs away then that a batch would have normalized.
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
		// They are those of the training images, and made anew.
		all.remove(ColorModel.PROTOTYPES);
		var means = new HashMap<String, NDArray>();
		all.forEach((tensor, values) -> means.put(tensor, values.stream().reduce(NDArray::addi).orElseThrow().divi(values.size())));
		return means;
	}
}
