package io.github.densecolorize.colorize;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

import io.github.densecolorize.Colorizer;
import io.github.densecolorize.model.ColorModel;
import io.github.densecolorize.model.HeadTensors;
import io.github.densecolorize.model.ModelFolder;

/** Adapts models to reference images. */
public final class AdaptedModel {

	private AdaptedModel() {}

	/**
	 * Where the new model goes.
	 *
	 * @param newModel as {@link Models#newFolder} takes it
	 * @throws IOException if there is a model already, or it can't be written
	 */
	public static Path newFolder(String newModel) throws IOException {
		var to = Models.newFolder(newModel);
		ModelFolder.checkPlace(to);
		if (Files.exists(to)) throw new IOException("Model folder " + to + " exists; choose another name.");
		return to;
	}

	/**
	 * Checks that there are references, without reading them.
	 *
	 * @throws IllegalArgumentException if there is none, or one is missing
	 */
	public static void requireReferences(List<String> references) {
		if (references.isEmpty()) throw new IllegalArgumentException("No reference was given; give an image with the colours that you want.");
		ReferenceSource.require(references);
	}

	/**
	 * Writes a model that has the colours of references.
	 *
	 * @param model as {@link Models#folder} takes it
	 * @param references as {@link ReferenceSource#fit} takes them
	 * @param options category and scale at which the references are looked at
	 * @param newModel as {@link Models#newFolder} takes it
	 * @param log takes sentences
	 * @return the folder
	 * @throws IOException if a file can't be read or written
	 * @throws IllegalArgumentException with a sentence if there is no reference, or one can't be used
	 */
	public static Path write(String model, List<String> references, Colorizer.Options options, String device, String newModel, Consumer<String> log)
		throws IOException
	{
		var from = Models.folder(model);
		var to = newFolder(newModel);
		requireReferences(references);
		try (var network = ColorModel.open(from, device)) {
			var head = ReferenceSource.fit(references, network, options, log);
			HeadTensors.write(from, head, to);
			int count = head.references().size();
			log.accept(String.format(Locale.ROOT, "Model %s, adapted to %d reference %s, on which the colours of %s are wrong by %.1f (ab RMSE), is in %s.",
				to.getFileName(), count, count == 1 ? "image" : "images", network.spec().name(), head.error(), to));
		}
		return to;
	}
}
