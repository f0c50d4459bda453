package io.github.densecolorize.colorize;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

import io.github.densecolorize.Colorizer.Options;
import io.github.densecolorize.model.ModelArchive;
import io.github.densecolorize.onnx.OnnxModel;

/** Writes models into files, for others. */
public final class ExportedModel {

	private ExportedModel() {}

	/**
	 * Writes a model in the format that the file's ending names: {@code .zip} for this program, {@code .onnx} for others.
	 *
	 * @param model as {@link Models#folder} takes it
	 * @param category class whose colours the ONNX file gives, or {@code auto}
	 * @param file to write; must not exist
	 * @throws IOException if the model can't be read or the file can't be written
	 * @throws IllegalArgumentException with a sentence if the file has another ending, or the model can't be written like this
	 */
	public static void write(String model, String category, Path file) throws IOException {
		var folder = Models.folder(model);
		var name = file.toString().toLowerCase(Locale.ROOT);
		if (name.endsWith(".onnx")) OnnxModel.write(folder, category.trim(), file, Provenance.version());
		else if (!name.endsWith(".zip")) throw new IllegalArgumentException("File " + file +
			" has neither the ending .zip (a model for this program) nor .onnx (for other programs); choose one of them.");
		else if (!category.trim().equals(Options.AUTO)) throw new IllegalArgumentException("Category is \"" + category +
			"\", but a zip file holds the whole model, with all classes; leave the category out, or write a file that ends in .onnx.");
		else ModelArchive.write(folder, file);
	}
}
