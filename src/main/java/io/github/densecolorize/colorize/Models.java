package io.github.densecolorize.colorize;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;

import ij.Prefs;

import io.github.densecolorize.image.Choice;
import io.github.densecolorize.model.ModelFolder;

/** Finds models by name: each is a folder of its own in a {@code models} folder. */
public final class Models {

	/** System property that names one more folder with models, which is looked at first. */
	public static final String FOLDER_PROPERTY = "densecolorize.models";
	/** Where Fiji's launcher says that Fiji is; the last is ImageJ's own. */
	private static final List<String> IMAGEJ_PROPERTIES = List.of("imagej.dir", "ij.dir", "plugins.dir");

	private Models() {}

	/**
	 * @param model name of an installed model, in upper or lower case, or path of a folder with a model
	 * @return its folder, which has a {@code model.json}
	 * @throws IOException if there is none; the message lists those installed and offers the closest
	 */
	public static Path folder(String model) throws IOException {
		var text = model.trim();
		try {
			// Empty, "." and ".." would name the models folder or one above it.
			// Names first: on some systems a path that differs by case is the same one, and the model's own spelling would be lost.
			if (text.equals(String.valueOf(Path.of(text).getFileName()))) for (var name : Choice.find(text, installed()).stream().toList())
				for (var folder : folders())
					if (isModel(folder.resolve(name))) return folder.resolve(name);
			if (!text.isEmpty() && isModel(Path.of(text))) return Path.of(text);
		}
		catch (InvalidPathException e) {
			// No file can have such a name, so there is no such model.
		}
		var installed = installed();
		throw new IOException("Model is \"" + model + "\"" + Choice.meant(model, installed) + "; must be " + (installed.isEmpty() ? "" : String.join(", ", installed) + ", or ") +
			"the path of a folder with " + ModelFolder.SPEC + " (" + (installed.isEmpty() ? "no model is installed; " : "") +
			"models are looked for in " + folders().stream().map(Path::toString).collect(Collectors.joining(" and ")) + ").");
	}

	/**
	 * Where a new model goes.
	 *
	 * @param model a name, for a folder of the first of the {@link #folders()}, or a path
	 * @throws IllegalArgumentException if it is neither
	 */
	public static Path newFolder(String model) {
		var text = model == null ? "" : model.trim();
		try {
			var path = Path.of(text);
			var name = String.valueOf(path.getFileName());
			if (!name.isEmpty() && !name.startsWith(".")) return path.getNameCount() == 1 && !path.isAbsolute() ? folders().get(0).resolve(name)
				: path.toAbsolutePath().normalize();
		}
		catch (InvalidPathException e) {
			// Reported below.
		}
		throw new IllegalArgumentException("Model is \"" + text + "\"; must be a name for the new model, or the path of a folder to write.");
	}

	/**
	 * @param models names as {@link #folder} takes them, separated by commas
	 * @return their folders, in this order
	 * @throws IOException if there is no such model
	 */
	public static List<Path> foldersOf(String models) throws IOException {
		var folders = new ArrayList<Path>();
		for (var model : models.split(","))
			folders.add(folder(model.trim()));
		if (folders.isEmpty()) throw new IOException("Model to start from is \"" + models + "\"; must be the name of a model, or of several with commas between.");
		return folders;
	}

	/**
	 * The model that gets a map of its expected error.
	 *
	 * @param model as {@link #folder} takes it
	 * @throws IOException if there is no such model
	 * @throws IllegalArgumentException if it is not one
	 */
	public static Path withoutTraining(String model) throws IOException {
		if (model == null || model.isBlank() || model.contains(",")) throw new IllegalArgumentException("Epochs is 0, which gives a model a map of its expected" +
			" error, and start is \"" + (model == null ? "" : model) + "\"; must be the name of one model, or epochs 1 or more.");
		return folder(model);
	}

	/** Names of the installed models, sorted. */
	public static List<String> installed() throws IOException {
		var names = new TreeSet<String>();
		for (var folder : folders())
			if (Files.isDirectory(folder)) try (var children = Files.list(folder)) {
				children.filter(Models::isModel).forEach(child -> names.add(child.getFileName().toString()));
			}
		// Names that start with a dot are those of models that are just being written.
		names.removeIf(name -> name.startsWith("."));
		return new ArrayList<>(names);
	}

	/** The folders in which installed models are looked for, in this order; some of them may not exist. */
	public static List<Path> folders() {
		var folders = new LinkedHashSet<Path>();
		var own = System.getProperty(FOLDER_PROPERTY);
		if (own != null && !own.isBlank()) folders.add(Path.of(own).toAbsolutePath().normalize());
		for (var property : IMAGEJ_PROPERTIES) {
			var value = System.getProperty(property);
			if (value == null || value.isBlank()) continue;
			var folder = Path.of(value).toAbsolutePath().normalize();
			folders.add((property.equals("plugins.dir") && folder.endsWith("plugins") ? folder.getParent() : folder).resolve("models"));
		}
		// The folder in which ImageJ itself thinks that it is installed; without a launcher that is the current folder.
		folders.add(Path.of(Prefs.getImageJDir() + File.separator + "models").toAbsolutePath().normalize());
		return new ArrayList<>(folders);
	}

	private static boolean isModel(Path folder) {
		return Files.isRegularFile(folder.resolve(ModelFolder.SPEC));
	}
}
