package io.github.densecolorize.colorize;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

import javax.imageio.ImageIO;

import ij.process.ColorProcessor;

import io.github.densecolorize.Colorizer.Options;
import io.github.densecolorize.model.ModelArchive;
import io.github.densecolorize.onnx.BioimageModel;
import io.github.densecolorize.onnx.OnnxModel;
import io.github.densecolorize.open.ImageFiles;

/** Writes models into files, for others. */
public final class ExportedModel {

	private ExportedModel() {}

	/**
	 * Writes a model in the format that the file's ending names: {@code .zip} for this program, {@code .onnx} for others,
	 * {@code .bioimage.zip} for the BioImage Model Zoo.
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
		if (name.endsWith(".onnx")) {
			OnnxModel.write(folder, category.trim(), file, Provenance.version());
			return;
		}
		if (!name.endsWith(".zip")) throw new IllegalArgumentException("File " + file +
			" has none of the endings .zip (a model for this program), .onnx (for other programs) and .bioimage.zip (for the BioImage Model Zoo); choose one of them.");
		if (!category.trim().equals(Options.AUTO)) throw new IllegalArgumentException("Category is \"" + category +
			"\", but a zip file holds the whole model, with all classes; leave the category out, or write a file that ends in .onnx.");
		if (name.endsWith(".bioimage.zip")) BioimageModel.write(folder, cover(folder), file, Provenance.version());
		else ModelArchive.write(folder, file);
	}

	/** The sample, gray and coloured, side by side, as PNG; nothing if the model has none. */
	private static byte[] cover(Path folder) throws IOException {
		Path gray = folder.resolve("sample.tif"), coloured = folder.resolve("sample-colorized.tif");
		if (!Files.exists(gray) || !Files.exists(coloured)) return new byte[0];
		var left = ImageFiles.open(gray, sentence -> {}).getProcessor().convertToRGB();
		var right = ImageFiles.open(coloured, sentence -> {}).getProcessor().convertToRGB();
		var both = new ColorProcessor(left.getWidth() + right.getWidth(), Math.max(left.getHeight(), right.getHeight()));
		both.insert(left, 0, 0);
		both.insert(right, left.getWidth(), 0);
		var png = new ByteArrayOutputStream();
		ImageIO.write(both.getBufferedImage(), "png", png);
		return png.toByteArray();
	}
}
