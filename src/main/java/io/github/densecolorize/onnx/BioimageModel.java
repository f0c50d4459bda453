package io.github.densecolorize.onnx;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import com.google.gson.GsonBuilder;

import net.imglib2.FinalInterval;
import net.imglib2.img.array.ArrayImgs;

import io.github.densecolorize.files.NewFile;
import io.github.densecolorize.files.Sha256;
import io.github.densecolorize.image.MirroredPlane;
import io.github.densecolorize.model.ColorModel;
import io.github.densecolorize.model.ModelArchive;
import io.github.densecolorize.model.ModelFolder;
import io.github.densecolorize.model.ModelSpec;
import io.github.densecolorize.model.TileCues;
import io.github.densecolorize.net.Tensors;

/**
 * Writes a model as a package of the BioImage Model Zoo (bioimage.io), specification 0.5: its description, the network as ONNX, tensors for a test, a
 * cover and, as attachments, the files of the model's folder, so that {@link ModelArchive#read} gives the model back.
 */
public final class BioimageModel {

	private static final String FORMAT = "0.5.7", INPUT = "l", COLOURS = "ab", SCORES = "scores";
	private static final String PAPER = "Zhang, N., Qin, P., Zeng, J., Song, Y.: Image Colorization Algorithm based on Dense Neural Network. " +
		"International Journal of Performability Engineering 15(1), 2019.";
	/** Also stands for the address that the zoo wants with each citation. */
	private static final String REPOSITORY = "https://github.com/densecolorize/dense-colorize";
	/** A licence by its SPDX identifier; one that has none is told in the card. */
	private static final String SPDX = "(?:MIT|CC0-1\\.0|CC-BY-[\\w.-]+|Apache-2\\.0|BSD-\\d-Clause)";
	/** More is allowed, with a warning. */
	private static final int LONGEST_DESCRIPTION = 512;

	private final Path model;
	private final ModelSpec spec;
	private final Map<String, byte[]> files = new LinkedHashMap<>();

	private BioimageModel(Path model, ModelSpec spec) {
		this.model = model;
		this.spec = spec;
	}

	/**
	 * @param model folder of a model that was not adapted to references
	 * @param cover PNG image that shows what the model does; empty for none
	 * @param file zip file to write; must not exist
	 * @param version of this program
	 * @throws IOException if the model can't be read or the file can't be written
	 * @throws IllegalArgumentException if the model can't be exported
	 */
	public static void write(Path model, byte[] cover, Path file, String version) throws IOException {
		if (Files.exists(file)) throw new IOException("File " + file + " exists; choose another name.");
		var made = new BioimageModel(model, ModelFolder.spec(model));
		made.files.put("weights.onnx", OnnxModel.of(model, made.spec, "auto", version).toByteArray());
		made.addTest();
		if (cover.length > 0) made.files.put("cover.png", cover);
		made.addModel();
		made.files.put("rdf.yaml", made.description(version).getBytes(StandardCharsets.UTF_8));
		NewFile.write(file, false, out -> {
			var zip = new ZipOutputStream(out);
			for (var each : made.files.entrySet()) {
				zip.putNextEntry(new ZipEntry(each.getKey()));
				zip.write(each.getValue());
			}
			zip.finish();
		});
	}

	/** The files of the model's folder. */
	private void addModel() throws IOException {
		for (var file : ModelArchive.files(model))
			files.put(file.getFileName().toString(), Files.readAllBytes(file));
		files.computeIfAbsent("README.md", name -> ("# " + spec.name() + "\n\nThis model has no card.\n").getBytes(StandardCharsets.UTF_8));
	}

	/** What comes out for an image of the size that the guidance stream sees, which is not resized. */
	private void addTest() throws IOException {
		int side = spec.net().vgg().imageSize(), halo = spec.net().halo(), wide = side + 2 * halo;
		float[] l = new float[side * side], seen = new float[wide * wide], a = new float[l.length], b = new float[l.length];
		for (int i = 0; i < l.length; i++)
			l[i] = (float) (50 + 40 * Math.sin(i % side / 7.0) * Math.cos(i / side / 5.0));
		new MirroredPlane(ArrayImgs.floats(l, side, side)).read(FinalInterval.createMinSize(-halo, -halo, wide, wide), seen);
		float[] probabilities;
		try (var opened = ColorModel.open(model, "cpu")) {
			var guidance = opened.guide(List.of(l));
			opened.predictAb(seen, wide, wide, new TileCues(guidance.vector()), a, b);
			probabilities = guidance.probabilities();
		}
		var ab = new float[2 * l.length];
		System.arraycopy(a, 0, ab, 0, a.length);
		System.arraycopy(b, 0, ab, a.length, b.length);
		files.put(test(INPUT), npy(l, 1, 1, side, side));
		files.put(test(COLOURS), npy(ab, 1, 2, side, side));
		files.put(test(SCORES), npy(probabilities, 1, probabilities.length));
	}

	private static String test(String tensor) {
		return "test_" + tensor + ".npy";
	}

	/** NumPy's format. */
	private static byte[] npy(float[] values, int... shape) {
		var sides = new StringBuilder();
		for (int side : shape)
			sides.append(side).append(", ");
		var header = Tensors.header("<f4", sides.toString());
		var bytes = ByteBuffer.allocate(header.length + Float.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN).put(header);
		for (float value : values)
			bytes.putFloat(value);
		return bytes.array();
	}

	/** The description, as JSON, which is YAML too. */
	private String description(String version) {
		var rdf = new LinkedHashMap<String, Object>();
		rdf.put("format_version", FORMAT);
		rdf.put("type", "model");
		rdf.put("name", "Dense Colorize " + spec.name().replaceAll("[^\\w ()-]", "-"));
		var description = "Predicts colours (a*, b*) for grayscale images from L*. The colour is predicted by a neural network, not measured." +
			(spec.training() == null ? "" : " Licence: " + spec.training().licence() + ".") + " Classes: " + String.join(", ", spec.choices()) + ".";
		rdf.put("description", description.length() <= LONGEST_DESCRIPTION ? description : description.substring(0, LONGEST_DESCRIPTION - 3) + "...");
		rdf.put("authors", List.of(Map.of("name", "Dense Colorize developers")));
		rdf.put("cite", List.of(Map.of("text", PAPER, "url", REPOSITORY)));
		if (spec.training() != null && spec.training().licence().matches(SPDX)) rdf.put("license", spec.training().licence());
		rdf.put("git_repo", REPOSITORY);
		rdf.put("tags", List.of("colorization", "2d", "grayscale"));
		rdf.put("timestamp", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
		rdf.put("documentation", "README.md");
		if (files.containsKey("cover.png")) rdf.put("covers", List.of("cover.png"));
		rdf.put("attachments", files.keySet().stream().filter(name -> !name.matches("README\\.md|weights\\.onnx|cover\\.png|test_.*")).map(this::file)
			.toList());
		rdf.put("inputs", List.of(tensor(INPUT, "L* (CIE 1976) of 0 to 100, at the scale of the model", List.of(Map.of("type", "batch", "size", 1),
			channels(List.of("L*")), space("y", smallest()), space("x", smallest())), "data", Map.of("type", "float32", "range", List.of(0, 100)))));
		rdf.put("outputs", List.of(tensor(COLOURS, "a* and b*; the input's own L* belongs to them", List.of(Map.of("type", "batch"), channels(List.of("a*",
			"b*")), outputSpace("y"), outputSpace("x")), "data", Map.of("type", "float32")), tensor(SCORES, "probability of each class", List.of(Map.of(
				"type", "batch"), channels(spec.classes())), "data", Map.of("type", "float32", "range", List.of(0, 1)))));
		rdf.put("weights", Map.of("onnx", Map.of("source", "weights.onnx", "sha256", hash("weights.onnx"), "opset_version", OnnxGraph.OPSET)));
		// JDLL wants a nickname, or an id; the zoo refuses to upload a model that has an id.
		rdf.put("config", Map.of("bioimageio", Map.of("nickname", "dense-colorize-" + spec.name()), "dense_colorize", Map.of("version", version, "model",
			spec.name(), "scale", spec.scale(), "sha256", spec.sha256())));
		return new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create().toJson(rdf) + "\n";
	}

	/** A tile that is seen with its halo must have a pixel of its own. */
	private int smallest() {
		return 2 * spec.net().halo() + 1;
	}

	private Map<String, Object> tensor(String name, String description, List<Map<String, Object>> axes, String key, Object value) {
		var tensor = new LinkedHashMap<String, Object>();
		tensor.put("id", name);
		tensor.put("description", description);
		tensor.put("axes", axes);
		tensor.put(key, value);
		tensor.put("test_tensor", file(test(name)));
		return tensor;
	}

	private static Map<String, Object> channels(List<String> names) {
		// Names with other signs are refused by some readers.
		var plain = new ArrayList<String>();
		for (var name : names)
			plain.add(name.replace("*", "").replaceAll("\\W", "_").replaceFirst("^(?=\\d)", "_"));
		return Map.of("type", "channel", "channel_names", plain);
	}

	private static Map<String, Object> space(String name, int smallest) {
		return Map.of("type", "space", "id", name, "size", Map.of("min", smallest, "step", 1));
	}

	private Map<String, Object> outputSpace(String name) {
		return Map.of("type", "space", "id", name, "size", Map.of("tensor_id", INPUT, "axis_id", name), "halo", spec.net().halo());
	}

	private Map<String, Object> file(String name) {
		return Map.of("source", name, "sha256", hash(name));
	}

	private String hash(String name) {
		return Sha256.of(files.get(name));
	}
}
