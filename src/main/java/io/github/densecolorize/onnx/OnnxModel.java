package io.github.densecolorize.onnx;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

import ai.onnx.proto.OnnxMl.ModelProto;

import io.github.densecolorize.files.NewFile;
import io.github.densecolorize.model.ColorModel;
import io.github.densecolorize.model.ModelFolder;
import io.github.densecolorize.model.ModelSpec;
import io.github.densecolorize.model.Torch;
import io.github.densecolorize.net.ColorNet;
import io.github.densecolorize.net.MismatchException;
import io.github.densecolorize.net.NetSpec;
import io.github.densecolorize.net.Tensors;

/**
 * Writes a model as an ONNX file.
 *
 * <pre>
 * in    l        (1, 1, H, W)      L* of 0 to 100, at the scale of the model; H and W at least the network's halo
 * out   ab       (1, 2, H, W)      a* and b*
 *       scores   (1, classes)      probabilities of the classes, sum 1; not if the colours of a class were chosen
 * </pre>
 *
 * The guidance stream sees the whole input, reduced by one antialiased resize.
 */
public final class OnnxModel {

	private OnnxModel() {}

	/**
	 * @param model folder of a model that was not adapted to references
	 * @param category {@code auto}, so that the guidance stream finds the class, or the class whose colours are taken
	 * @param file to write; must not exist
	 * @param version of this program
	 * @throws IOException if the model can't be read or the file can't be written
	 * @throws IllegalArgumentException if the model has no such class, or can't be exported
	 */
	public static void write(Path model, String category, Path file, String version) throws IOException {
		if (Files.exists(file)) throw new IOException("File " + file + " exists; choose another name.");
		var spec = ModelFolder.spec(model);
		var onnx = of(model, spec, category, version);
		NewFile.write(file, false, onnx::writeTo);
	}

	/** @throws IOException if the model can't be read */
	static ModelProto of(Path model, ModelSpec spec, String category, String version) throws IOException {
		if (spec.adaptation() != null) throw new IllegalArgumentException("Model " + spec.name() +
			" was adapted to reference images, which ONNX can't hold; export the model that it was adapted from.");
		try (var manager = Torch.engine().newBaseManager(Device.cpu())) {
			var tensors = ModelFolder.weights(model, spec, manager);
			var net = spec.net().build(spec.classes().size());
			var prototypes = Tensors.take(tensors, ColorModel.PROTOTYPES, new Shape(spec.classes().size(), NetSpec.GUIDANCE));
			Tensors.initialize(net, manager, tensors, false);
			return graph(spec, net, category, prototypes).model(version, "L* (0 to 100) of a grayscale image to a* and b*.", facts(spec, category));
		}
		catch (MismatchException e) {
			throw new IOException(model.resolve(ModelFolder.WEIGHTS) + " does not fit " + ModelFolder.SPEC + ": " + e.getMessage() +
				"; copy the model again.", e);
		}
		catch (UnsupportedOperationException e) {
			throw new IllegalArgumentException("Model " + spec.name() + " can't be written as ONNX: " + e.getMessage() + ".", e);
		}
	}

	private static OnnxGraph graph(ModelSpec spec, ColorNet net, String category, NDArray prototypes) {
		var graph = new OnnxGraph(spec.name());
		var l = graph.scaled(graph.input("l", 1, 1, "height", "width"), 1.0 / ColorNet.L_SCALE, -1);
		boolean auto = category.equals("auto");
		var vector = auto ? net.guide(graph, graph.resized(l, spec.net().vgg().imageSize())) : prototype(spec, graph, category, prototypes);
		int halo = spec.net().halo();
		var ab = graph.cropped(net.colours(graph, graph.mirrored(l, halo), vector), halo);
		graph.output("ab", graph.scaled(ab, ColorNet.AB_SCALE, 0), 1, 2, "height", "width");
		if (auto) graph.output("scores", graph.probabilities(net.scores(graph, vector)), 1, spec.classes().size());
		return graph;
	}

	private static String prototype(ModelSpec spec, OnnxGraph graph, String category, NDArray prototypes) {
		try (var row = prototypes.get(spec.classes().indexOf(spec.choice(category)))) {
			var values = row.toFloatArray();
			var numbers = new double[values.length];
			for (int i = 0; i < numbers.length; i++)
				numbers[i] = values[i];
			return graph.floats(numbers, 1, NetSpec.GUIDANCE);
		}
	}

	private static Map<String, String> facts(ModelSpec spec, String category) {
		var facts = new LinkedHashMap<String, String>();
		facts.put("statement", "Colour predicted by a neural network, not measured.");
		facts.put("model", spec.name());
		facts.put("model.sha256", spec.sha256());
		facts.put("classes", String.join(",", spec.classes()));
		facts.put("category", category);
		facts.put("scale", spec.scale().longSide() > 0 ? "long side " + spec.scale().longSide() : Float.toString((float) spec.scale().factor()));
		if (spec.training() != null) facts.put("licence", spec.training().licence());
		return facts;
	}
}
