package io.github.densecolorize.command;

import org.scijava.ItemVisibility;
import org.scijava.command.Command;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

import io.github.densecolorize.Colorizer;
import io.github.densecolorize.colorize.AdaptedModel;
import io.github.densecolorize.colorize.ReferenceSource;

/**
 * Writes a model that has the colours of reference images.
 *
 * <pre>{@code
 * run("Adapt Colorizer to Reference", "model=microscopy reference=[/data/slide.tif] newmodel=our-stain");
 * }</pre>
 */
@Plugin(type = Command.class, menuPath = "Plugins>Colorize>Adapt Colorizer to Reference", headless = true, initializer = "prepare",
	description = "Makes, in seconds, a model that has the colours of your reference images.")
public class AdaptCommand extends JobCommand {

	@Parameter(label = "Model", persist = false, description = "Name of an installed model, or path of a folder with model.json.")
	private String model = "microscopy";

	@Parameter(label = "Reference", required = false, persist = false,
		description = "Title of an open RGB image, a file, or a folder of images, of the stain and laboratory that you have; several with commas.")
	private String reference = "";

	@Parameter(label = "New model", required = false, persist = false, description = "A name that no model has yet, or the path of a folder to write.")
	private String newModel = "";

	@Parameter(visibility = ItemVisibility.MESSAGE, required = false, persist = false)
	private String installed = "";

	@Override
	public void run() {
		var attempt = attempt();
		attempt.run(() -> AdaptedModel.write(model, ReferenceSource.split(reference), Colorizer.Options.DEFAULT, "auto", newModel, attempt::tell));
	}

	/** Called by SciJava before the dialog. */
	@SuppressWarnings("unused")
	private void prepare() {
		installed = installedModels();
	}
}
