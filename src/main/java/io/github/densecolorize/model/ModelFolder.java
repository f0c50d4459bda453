package io.github.densecolorize.model;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.Type;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonSerializationContext;
import com.google.gson.JsonSerializer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;

import io.github.densecolorize.files.Sha256;
import io.github.densecolorize.files.Workspace;
import io.github.densecolorize.net.DenseSpec;
import io.github.densecolorize.net.NetSpec;
import io.github.densecolorize.net.Tensors;

/** A model on disk: {@value #SPEC} and {@value #WEIGHTS}, in a folder of its own. Nothing in it is ever executed. */
public final class ModelFolder {

	/** Name of the file with the {@link ModelSpec}. */
	public static final String SPEC = "model.json";
	/** Name of the file with the tensors, readable by {@code numpy.load}. */
	public static final String WEIGHTS = "weights.npz";

	/** Thrown if the two files do not belong to the same model: one is damaged, or a training is just replacing them. */
	static final class ChangedException extends IOException {

		private static final long serialVersionUID = 1;

		ChangedException(String sentence) {
			super(sentence);
		}
	}

	/** Largest number of bytes of {@value #SPEC}; those of the plugin's models have three thousand. */
	private static final long MOST_SPEC_BYTES = 1 << 20;
	private static final int MOST_BRACKETS = 1000, LONGEST_REASON = 300;
	/** By which factor weights may grow when they are unpacked; those of trained networks grow 1.1 times. Small files may grow more. */
	private static final long MOST_UNPACKED = 16, SMALL = 4 << 20;

	private static final Gson GSON = new GsonBuilder().setPrettyPrinting().registerTypeHierarchyAdapter(NetSpec.class, new NetWriter()).create();

	/** Writes the type of the network before its numbers, if {@link ModelSpec#FIRST_FORMAT} can't be used. */
	private static final class NetWriter implements JsonSerializer<NetSpec> {

		@Override
		public JsonElement serialize(NetSpec net, Type declared, JsonSerializationContext context) {
			var numbers = new Gson().toJsonTree(net).getAsJsonObject();
			if (net instanceof DenseSpec) return numbers;
			var json = new JsonObject();
			json.addProperty(SpecReader.TYPE, net.type());
			numbers.entrySet().forEach(number -> json.add(number.getKey(), number.getValue()));
			return json;
		}
	}

	private ModelFolder() {}

	/**
	 * Reads and checks {@value #SPEC}.
	 *
	 * @throws IOException with the value found and the value wanted if the folder is not a model of this format
	 */
	public static ModelSpec spec(Path folder) throws IOException {
		var file = folder.resolve(SPEC);
		if (!Files.isDirectory(folder)) throw new IOException("Model folder " + folder +
			" does not exist; give a folder that holds " + SPEC + " and " + WEIGHTS + ".");
		if (!Files.isRegularFile(file)) throw new IOException("Model folder " + folder + " has no " + SPEC +
			"; copy the model again, or choose a folder that has one.");
		try {
			if (Files.size(file) > MOST_SPEC_BYTES) throw new JsonParseException("it has " + Files.size(file) + " bytes, no model has more than " +
				MOST_SPEC_BYTES);
			var text = Files.readString(file);
			// Gson's parser would take seconds for very deeply nested text.
			if (text.chars().filter(c -> c == '[' || c == '{').count() > MOST_BRACKETS) throw new JsonParseException("it has more than " +
				MOST_BRACKETS + " lists and objects");
			if (!(JsonParser.parseString(text) instanceof JsonObject json)) throw new JsonParseException("it holds no object");
			if (!json.has("format")) throw new JsonParseException("it has no format number");
			var format = SpecReader.single(int.class, json.get("format"), "format");
			if (!List.of(ModelSpec.FIRST_FORMAT, ModelSpec.FORMAT).contains(format)) throw new IOException(file + " has format " + format +
				", this version reads formats " + ModelSpec.FIRST_FORMAT + " and " + ModelSpec.FORMAT + "; update the plugin, or use a model made for it.");
			var spec = SpecReader.read(ModelSpec.class, json, "");
			if (!ModelSpec.Normalization.CURRENT.equals(spec.normalization())) throw new JsonParseException("normalization is " + spec
				.normalization() + "; must be " + ModelSpec.Normalization.CURRENT);
			return spec;
		}
		catch (JsonParseException | CharacterCodingException | StackOverflowError e) {
			throw new IOException(file + " can't be used: " + why(e) + "; copy the model again.", e);
		}
	}

	private static String why(Throwable e) {
		if (e instanceof CharacterCodingException || e instanceof StackOverflowError) return "it is no text in JSON";
		var why = String.valueOf(e.getMessage()).lines().findFirst().orElse("").replaceAll("\\p{Cntrl}", "?");
		// Gson's parser repeats how deep it is.
		return why.length() > LONGEST_REASON ? why.substring(0, LONGEST_REASON) + "..." : why;
	}

	/**
	 * Checks the hash of the tensors, and reads them.
	 *
	 * @param manager owns them
	 * @throws IOException if the file is missing, damaged or not the one that the specification names
	 */
	public static Map<String, NDArray> weights(Path folder, ModelSpec spec, NDManager manager) throws IOException {
		var file = folder.resolve(WEIGHTS);
		if (!Files.isRegularFile(file)) throw new IOException("Model folder " + folder + " has no " + WEIGHTS + "; copy the model again.");
		long most = Float.BYTES * (spec.net().weights(spec.classes().size()) + (long) spec.classes().size() * NetSpec.GUIDANCE + HeadTensors.numbers(spec) + ErrorTensors
			.numbers(spec));
		// Deflate never makes data longer by more than a thousandth, and a header has a few hundred bytes.
		if (Files.size(file) > most + most / 100 + SMALL) throw new IOException(file + " has " + Files.size(file) +
			" bytes, more than the " + most + " bytes of weights that " + SPEC + " describes; copy the model again.");
		if (most > MOST_UNPACKED * Math.max(Files.size(file), SMALL)) throw new IOException(file + " has " + Files.size(file) +
			" bytes, too few for the " + most + " bytes of weights that " + SPEC + " describes; copy the model again.");
		var found = Sha256.of(file);
		if (!found.equals(spec.sha256())) throw new ChangedException(file + " has SHA-256 " + found + ", " + SPEC + " says " + spec.sha256() +
			"; the file is damaged or was changed: copy the model again.");
		try (var in = new BufferedInputStream(Files.newInputStream(file))) {
			return Tensors.readWeights(manager, in, most + SMALL);
		}
		catch (IOException e) {
			throw new IOException(file + " can't be read (" + e.getMessage() + "); copy the model again.", e);
		}
	}

	/**
	 * Checks whether a model may be written to a folder, which need not exist yet.
	 *
	 * @throws IOException if it is a file, or its name is not possible on every system, or differs from that of another model only by capital
	 *          letters
	 */
	public static void checkPlace(Path folder) throws IOException {
		if (folder.toAbsolutePath().normalize().getFileName() == null) throw new IOException("Model folder " + folder +
			" is no folder that a model can have; give a name.");
		if (Files.exists(folder) && !Files.isDirectory(folder)) throw new IOException("Model folder " + folder +
			" is a file; give another name.");
		if (Files.exists(folder)) return;
		ModelName.check(folder);
		var there = folder.toAbsolutePath().normalize().getParent();
		while (!Files.exists(there))
			there = there.getParent();
		if (!Files.isDirectory(there)) throw new IOException("Model folder " + folder + " can't be made, as " + there +
			" is a file; give another name.");
		if (!Files.isWritable(there)) throw new IOException("Model folder " + folder + " can't be made, as " + there +
			" can't be written; choose another folder, or change its permissions.");
	}

	/**
	 * Writes a model in one step: what was in the folder's {@value #SPEC} and {@value #WEIGHTS} is replaced completely or not at all, and other
	 * files (card, sample) are kept.
	 *
	 * @param tensors named arrays
	 */
	public static void write(Path folder, ModelSpec spec, NDList tensors) throws IOException {
		try (var workspace = Workspace.in(folder.toAbsolutePath().getParent())) {
			var made = Files.createDirectory(workspace.path("model"));
			Path weights = made.resolve(WEIGHTS), json = made.resolve(SPEC);
			try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(weights))) {
				Tensors.write(tensors, out);
			}
			Files.writeString(json, GSON.toJson(spec.withSha256(Sha256.of(weights))) + "\n");
			if (!Files.exists(folder)) {
				workspace.land(made, folder, false);
				return;
			}
			var both = new LinkedHashMap<Path, Path>();
			// If this is stopped after the first file, the hash differs, and the program that opens the model next finishes the work.
			both.put(json, folder.resolve(SPEC));
			both.put(weights, folder.resolve(WEIGHTS));
			workspace.landAll(both, List.of());
		}
	}
}
