package io.github.densecolorize.model;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.github.densecolorize.net.Tensors;

/** A model on disk: {@value #SPEC} and {@value #WEIGHTS}, in a folder of its own. Nothing in it is ever executed. */
public final class ModelFolder {

	/** Name of the file with the {@link ModelSpec}. */
	public static final String SPEC = "model.json";
	/** Name of the file with the tensors, readable by {@code numpy.load}. */
	public static final String WEIGHTS = "weights.npz";

	private static final Gson GSON = new GsonBuilder().setPrettyPrinting().create();

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
			var json = GSON.fromJson(Files.readString(file), JsonObject.class);
			if (json == null || !json.has("format")) throw new JsonParseException("no format number");
			int format = json.get("format").getAsInt();
			if (format != ModelSpec.FORMAT) throw new IOException(file + " has format " + format + ", this version reads format " +
				ModelSpec.FORMAT + "; update the plugin, or use a model made for it.");
			var spec = GSON.fromJson(json, ModelSpec.class);
			if (Stream.of(spec.name(), spec.net(), spec.scale(), spec.training(), spec.sha256()).anyMatch(Objects::isNull) || spec.classes()
				.isEmpty()) throw new JsonParseException("name, net, classes, scale, training and sha256 must all be there");
			if (!ModelSpec.Normalization.CURRENT.equals(spec.normalization())) throw new JsonParseException("normalization is " + spec
				.normalization() + "; must be " + ModelSpec.Normalization.CURRENT);
			return spec;
		}
		catch (RuntimeException e) {
			// Gson wraps what the records say of a wrong value, at a depth that differs.
			Throwable cause = e;
			while (cause.getCause() != null)
				cause = cause.getCause();
			throw new IOException(file + " can't be used: " + cause.getMessage() + "; copy the model again.", e);
		}
	}

	/**
	 * Reads the tensors after their hash was checked.
	 *
	 * @param manager owns them
	 * @throws IOException if the file is missing, damaged or not the one that the specification means
	 */
	public static Map<String, NDArray> weights(Path folder, ModelSpec spec, NDManager manager) throws IOException {
		var file = folder.resolve(WEIGHTS);
		if (!Files.isRegularFile(file)) throw new IOException("Model folder " + folder + " has no " + WEIGHTS + "; copy the model again.");
		var found = sha256(file);
		if (!found.equals(spec.sha256())) throw new IOException(file + " has SHA-256 " + found + ", " + SPEC + " says " + spec.sha256() +
			"; the file is damaged or was changed: copy the model again.");
		try (var in = new BufferedInputStream(Files.newInputStream(file))) {
			return Tensors.read(manager, in);
		}
		catch (IOException e) {
			throw new IOException(file + " can't be read (" + e.getMessage() + "); copy the model again.", e);
		}
	}

	/**
	 * Writes a model in one step: what was in the folder's {@value #SPEC} and {@value #WEIGHTS} is replaced as a whole or not at all, other
	 * files (card, sample) stay.
	 *
	 * @param tensors named arrays
	 */
	public static void write(Path folder, ModelSpec spec, NDList tensors) throws IOException {
		var parent = folder.toAbsolutePath().getParent();
		Files.createDirectories(parent);
		// Not createTempDirectory: others than its owner could not read the model.
		var temporary = Files.createDirectory(parent.resolve(".model-" + UUID.randomUUID()));
		try {
			var weights = temporary.resolve(WEIGHTS);
			try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(weights))) {
				Tensors.write(tensors, out);
			}
			Files.writeString(temporary.resolve(SPEC), GSON.toJson(spec.withSha256(sha256(weights))) + "\n");
			if (!Files.exists(folder)) {
				Files.move(temporary, folder, StandardCopyOption.ATOMIC_MOVE);
				return;
			}
			// A crash between these two leaves a hash that differs, which opening refuses.
			Files.move(weights, folder.resolve(WEIGHTS), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
			Files.move(temporary.resolve(SPEC), folder.resolve(SPEC), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
		}
		finally {
			delete(temporary);
		}
	}

	/** Removes a folder with all that is in it, if it is there. */
	public static void delete(Path folder) throws IOException {
		if (!Files.exists(folder)) return;
		var files = new ArrayList<Path>();
		try (var all = Files.walk(folder)) {
			all.forEach(file -> files.add(0, file));
		}
		for (var file : files)
			Files.delete(file);
	}

	private static String sha256(Path file) throws IOException {
		try (var in = new DigestInputStream(Files.newInputStream(file), MessageDigest.getInstance("SHA-256"))) {
			in.transferTo(OutputStream.nullOutputStream());
			return HexFormat.of().formatHex(in.getMessageDigest().digest());
		}
		catch (NoSuchAlgorithmException e) {
			throw new IllegalStateException("every Java has SHA-256", e);
		}
	}
}
