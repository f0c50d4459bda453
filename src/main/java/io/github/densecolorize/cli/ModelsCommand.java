package io.github.densecolorize.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import io.github.densecolorize.colorize.Models;
import io.github.densecolorize.model.ColorModel;
import io.github.densecolorize.model.ModelFolder;
import io.github.densecolorize.model.ModelIndex;
import io.github.densecolorize.model.ModelSpec;
import io.github.densecolorize.model.Scale;

/** Lists models; each is opened, so that a damaged one is found. Fetches others. */
@Command(name = "models", mixinStandardHelpOptions = true, description = {
	"Lists the installed models, or those of a folder, and checks each.",
	"With --index, it lists what can be had, or fetches a model and installs it." })
final class ModelsCommand implements Callable<Integer> {

	@Spec
	private CommandSpec spec;

	@Parameters(arity = "0..1", paramLabel = "FOLDER", description = "A model, or a folder of models; by default those installed.")
	private Path folder;

	@Option(names = "--index", paramLabel = "URL", description = "Address of a list of models (models.json), or of its folder with a slash at the end.")
	private String index = "";
	@Option(names = "--available", description = "List the models of --index.")
	private boolean available;
	@Option(names = "--get", paramLabel = "NAME", description = "Fetch this model of --index. If that is interrupted, the same command goes on.")
	private String wanted;

	@Override
	public Integer call() throws Exception {
		if (available || wanted != null || !index.isEmpty()) return fetch();
		var models = folder == null ? installed() : in(folder);
		if (models.isEmpty()) throw new IOException("There is no model in " + (folder == null ? Models.folders() : folder) +
			"; make one with train, or give a folder that has one.");
		var batch = new FileBatch(spec, false, () -> {});
		for (var model : models)
			batch.attempt(model, () -> describe(model));
		return batch.status();
	}

	private int fetch() throws IOException {
		if (index.isBlank()) throw new IllegalArgumentException("No list of models was given; add --index with its address.");
		var list = ModelIndex.read(index);
		var out = spec.commandLine().getOut();
		if (wanted != null) try (var progress = new TerminalProgress(wanted)) {
			var folder = list.fetch(wanted, Models.folders().get(0), progress::update);
			progress.erase();
			out.println("Model " + folder + " is installed.");
		}
		else for (var model : list.models())
			describe(model);
		out.flush();
		return ExitCode.OK;
	}

	private void describe(ModelIndex.Entry model) throws IOException {
		var out = spec.commandLine().getOut();
		out.println(model.name());
		out.println("  classes   " + String.join(", ", model.classes()));
		out.println("  licence   " + model.licence());
		out.printf(Locale.ROOT, "  version   %s, %.1f MB, %s%n", model.version(), model.bytes() / 1e6, state(model));
	}

	private static String state(ModelIndex.Entry model) throws IOException {
		if (!Models.installed().contains(model.name())) return "not installed";
		return ModelIndex.version(ModelFolder.spec(Models.folder(model.name()))).equals(model.version()) ? "installed" : "another version is installed";
	}

	private static List<Path> installed() throws IOException {
		var models = new ArrayList<Path>();
		for (var name : Models.installed())
			models.add(Models.folder(name));
		return models;
	}

	private static List<Path> in(Path folder) throws IOException {
		if (Files.exists(folder.resolve(ModelFolder.SPEC))) return List.of(folder);
		try (var children = Files.list(folder)) {
			return children.filter(f -> Files.exists(f.resolve(ModelFolder.SPEC))).sorted().toList();
		}
	}

	private void describe(Path folder) throws IOException {
		ModelSpec model;
		// Checks the hash and every tensor's shape.
		try (var opened = ColorModel.open(folder, "cpu")) {
			model = opened.spec();
		}
		var out = spec.commandLine().getOut();
		out.println(model.name());
		out.println("  folder    " + folder);
		out.println("  classes   " + String.join(", ", model.choices()));
		out.println("  scale     " + scale(model.scale()));
		out.printf(Locale.ROOT, "  network   %s, guidance image %d, %.1f MB%n", model.net().describe(), model.net().vgg().imageSize(), Files.size(folder.resolve(
				ModelFolder.WEIGHTS)) / 1e6);
		if (model.quality() != null) out.printf(Locale.ROOT, "  quality   ab RMSE %.2f, class accuracy %.1f %% on %d images kept from training%n",
			model.quality().abRmse(), 100 * model.quality().classAccuracy(), model.quality().images());
		if (model.training() != null) out.println("  data      " + model.training().data() + "; licence: " + model.training().licence());
		if (model.adaptation() != null) out.printf(Locale.ROOT, "  colours   adapted to %d reference %s%n", model.adaptation().references().size(), model
			.adaptation().references().size() == 1 ? "image" : "images");
		if (model.errorMap() != null) out.printf(Locale.ROOT, "  errors    expected error known, from %d images, with a mean CIEDE2000 of %.1f%n", model
			.errorMap().images(), model.errorMap().mean());
		out.println("  SHA-256   " + model.sha256() + " (checked)");
		out.flush();
	}

	private static String scale(Scale scale) {
		if (scale.longSide() > 0) return "long side " + scale.longSide() + " pixels";
		return (float) scale.factor() + (scale.micrometresPerPixel() > 0 ? "; " + (float) scale.micrometresPerPixel() +
			" micrometres per pixel if the image is calibrated" : "");
	}
}
