package io.github.densecolorize.command;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.scijava.command.Command;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

import io.github.densecolorize.Colorizer;
import io.github.densecolorize.colorize.AdaptedModel;
import io.github.densecolorize.colorize.Models;
import io.github.densecolorize.colorize.ReferenceSource;
import io.github.densecolorize.dialog.Form;
import io.github.densecolorize.dialog.Option;

/**
 * Writes a model that has the colours of reference images.
 *
 * <pre>{@code
 * run("Adapt Colorizer to Reference", "model=microscopy reference=[/data/slide.tif] newmodel=our-stain");
 * }</pre>
 */
@Plugin(type = Command.class, menuPath = "Plugins>Colorize>Adapt Colorizer to Reference", headless = true,
	description = "Makes, in seconds, a model that has the colours of your reference images.")
public class AdaptCommand extends JobCommand implements Form {

	@Parameter(label = "Model", persist = false, description = "Name of an installed model, or path of a folder with model.json.")
	private String model = "microscopy";

	@Parameter(label = "Reference", required = false, persist = false,
		description = "Title of an open RGB image, a file, or a folder of images, of the stain and laboratory that you have; several with commas.")
	private String reference = "";

	@Parameter(label = "New model", required = false, persist = false, description = "A name that no model has yet, or the path of a folder to write.")
	private String newModel = "";

	private final Offers offers = new Offers();

	@Override
	public void run() {
		var attempt = attempt();
		attempt.run(() -> AdaptedModel.write(model, ReferenceSource.split(reference), Colorizer.Options.DEFAULT, "auto", newModel, attempt::tell));
	}

	@Override
	public String page() {
		return "your-colours.md#a-model-of-your-own-in-seconds";
	}

	@Override
	public List<Option> options(String input) {
		return switch (input) {
			case "model" -> offers.models();
			case "reference" -> Offers.colourImages(Option.of(""));
			default -> List.of();
		};
	}

	@Override
	public Set<String> paths() {
		return Set.of("reference");
	}

	@Override
	public Map<String, Object> presets() {
		return offers.bestModel(model);
	}

	@Override
	public void check(String input) throws IOException {
		switch (input) {
			case "model" -> Models.folder(model);
			case "reference" -> AdaptedModel.requireReferences(ReferenceSource.split(reference));
			case "newModel" -> AdaptedModel.newFolder(newModel);
			default -> {}
		}
	}
}
