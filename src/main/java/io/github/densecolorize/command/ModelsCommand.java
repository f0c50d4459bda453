package io.github.densecolorize.command;

import java.awt.GraphicsEnvironment;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import org.scijava.command.Command;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.widget.FileWidget;

import ij.measure.ResultsTable;

import io.github.densecolorize.colorize.ExportedModel;
import io.github.densecolorize.colorize.Models;
import io.github.densecolorize.dialog.Form;
import io.github.densecolorize.dialog.Option;
import io.github.densecolorize.image.Choice;
import io.github.densecolorize.model.ColorModel;
import io.github.densecolorize.model.GpuLibraries;
import io.github.densecolorize.model.ModelArchive;
import io.github.densecolorize.model.ModelFolder;
import io.github.densecolorize.model.ModelIndex;
import io.github.densecolorize.model.Torch;

/**
 * Says which models are installed and whether they are complete, and which device computes and, if it is not a GPU, why; imports models from zip
 * files and exports them, also for other programs; fetches the libraries that a GPU needs.
 *
 * <pre>{@code
 * run("Colorizer Models and Device", "action=list");
 * run("Colorizer Models and Device", "action=export model=my-stains file=[/data/my-stains.zip]");
 * run("Colorizer Models and Device", "action=import file=[/data/my-stains.zip]");
 * run("Colorizer Models and Device", "action=get model=microscopy index=[https://example.org/models/]");
 * run("Colorizer Models and Device", "action=[install gpu]");
 * }</pre>
 */
@Plugin(type = Command.class, menuPath = "Plugins>Colorize>Colorizer Models and Device", headless = true,
	description = "Shows the installed models and what computes; imports and exports models.")
public class ModelsCommand extends JobCommand implements Form {

	private static final String TABLE = "Colorizer Models";
	/** What the model is for and where it fails. */
	static final String CARD = "README.md";

	@Parameter(label = "Action", persist = false, choices = { "list", "import", "export", "available", "get", "install gpu" },
		description = "list shows models and device; import takes a model from a zip file; export makes one, or an ONNX file for other " +
			"programs; available shows the models of a list on the web, get fetches one of them; install gpu fetches about 3 GB.")
	private String action = "list";

	@Parameter(label = "Model", required = false, persist = false, description = "Name of the model to export or to get.")
	private String model = "";

	@Parameter(label = "File", required = false, persist = false, style = FileWidget.SAVE_STYLE,
		description = "Zip file to import from, or to export to; or, to export for other programs, a file that ends in .onnx.")
	private File file;

	@Parameter(label = "List of models", required = false, persist = false, description = "Address of a list on the web from which models can be had: " +
		"models.json, or its folder with a slash at the end. Nothing is fetched from it until you ask.")
	private String index = "";

	private final Offers offers = new Offers();

	@Override
	public void run() {
		var attempt = attempt();
		attempt.run(() -> {
			switch (Choice.of("Action", action, List.of("list", "import", "export", "available", "get", "install gpu"))) {
				case "list" -> list(attempt);
				case "import" -> attempt.tell("Model " + ModelArchive.read(file(), Models.folders().get(0)) + " is installed.");
				case "export" -> {
					ExportedModel.write(model, "auto", file());
					attempt.tell("Model " + Models.folder(model).getFileName() + " is in " + file() + ".");
				}
				case "available" -> available(attempt);
				case "get" -> get(attempt);
				default -> installGpu(attempt);
			}
		});
	}

	@Override
	public String page() {
		return action.equals("install gpu") ? "gpu.md" : "install.md";
	}

	@Override
	public List<Option> options(String input) {
		return switch (input) {
			case "action" -> List.of(Option.of("list", "Shows the installed models, and the device."), Option.of("import", "Takes a model from a zip file."), Option.of(
				"export", "Writes the model into a zip file, or an ONNX file for other programs."), Option.of("available", "Shows the models of a list on the web."), Option
					.of("get", "Fetches a model of a list on the web."), Option.of("install gpu", "Fetches the libraries for a GPU, about 3 GB."));
			case "model" -> offers.modelsAfter(Option.of(""));
			default -> List.of();
		};
	}

	@Override
	public void check(String input) throws IOException {
		switch (input) {
			case "model" -> {
				if (action.equals("export")) Models.folder(model);
			}
			case "file" -> {
				if (action.equals("export") || action.equals("import")) file();
				if (action.equals("import") && !file.isFile()) throw new IOException("File " + file + " is not there; choose the zip file of a model.");
			}
			case "index" -> {
				if (action.equals("available") || action.equals("get")) requireIndex();
			}
			default -> {}
		}
	}

	private String requireIndex() {
		if (index == null || index.isBlank()) throw new IllegalArgumentException("No list of models was given; type its address.");
		return index;
	}

	private void available(Attempt attempt) throws IOException {
		var table = new ResultsTable();
		for (var model : ModelIndex.read(requireIndex()).models()) {
			if (GraphicsEnvironment.isHeadless()) attempt.tell(model.name() + ": " + model);
			table.addRow();
			table.addValue("model", model.name());
			table.addValue("version", model.version());
			table.addValue("megabytes", String.format(Locale.ROOT, "%.1f", model.bytes() / 1e6));
			table.addValue("licence", model.licence());
			table.addValue("classes", String.join(", ", model.classes()));
		}
		if (!GraphicsEnvironment.isHeadless()) table.show("Models to get");
	}

	private void get(Attempt attempt) throws IOException {
		var list = ModelIndex.read(requireIndex());
		try (var progress = progress("Fetching model " + model, "byte")) {
			attempt.tell("Model " + list.fetch(model, Models.folders().get(0), progress::update) + " is installed.");
		}
	}

	private void installGpu(Attempt attempt) throws IOException {
		try (var progress = progress("Fetching GPU libraries", "MiB")) {
			attempt.tell("GPU libraries are in " + GpuLibraries.install(progress::update) + "; restart to use them.");
		}
	}

	private Path file() {
		if (file == null || file.getPath().isBlank()) throw new IllegalArgumentException("No file was given; choose one.");
		return file.toPath();
	}

	private static void list(Attempt attempt) throws IOException {
		Torch.facts().forEach((name, fact) -> attempt.tell(name + ": " + fact));
		var table = new ResultsTable();
		for (var name : Models.installed()) {
			var row = describe(Models.folder(name));
			if (GraphicsEnvironment.isHeadless()) attempt.tell(name + ": " + row);
			table.addRow();
			table.addValue("model", name);
			row.forEach(table::addValue);
		}
		if (!GraphicsEnvironment.isHeadless()) table.show(TABLE);
	}

	/** Columns of the table. */
	private static Map<String, String> describe(Path folder) {
		var row = new TreeMap<String, String>();
		row.put("folder", folder.toString());
		row.put("card", Files.exists(folder.resolve(CARD)) ? folder.resolve(CARD).toString() : "none");
		try {
			var spec = ModelFolder.spec(folder);
			row.put("classes", String.join(", ", spec.choices()));
			row.put("expected error", spec.errorMap() == null ? "not known" : String.format(Locale.ROOT, "known, %.1f on average", spec.errorMap().mean()));
			row.put("licence", spec.training().licence());
			row.put("megabytes", String.format(Locale.ROOT, "%.1f", Files.size(folder.resolve(ModelFolder.WEIGHTS)) / 1e6));
			try (var model = ColorModel.open(folder, "auto")) {
				row.put("arithmetic", String.join("; ", model.arithmetic()));
			}
			row.put("state", "whole, hash checked");
		}
		catch (IOException | IllegalArgumentException e) {
			row.put("state", e.getMessage());
		}
		return row;
	}
}
