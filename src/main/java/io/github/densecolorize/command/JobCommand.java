package io.github.densecolorize.command;

import java.io.File;
import java.io.IOException;

import org.scijava.app.StatusService;
import org.scijava.command.ContextCommand;
import org.scijava.log.LogService;
import org.scijava.plugin.Parameter;
import org.scijava.task.TaskService;

import io.github.densecolorize.colorize.Models;
import io.github.densecolorize.model.ModelFolder;

/** A command with a job that takes time: it can be stopped, and shows how far it has got. */
abstract class JobCommand extends ContextCommand {

	/**
	 * Largest number of classes of a model that a dialog lists; if there are more, only some are listed as examples, as the dialog would otherwise
	 * be too high for a screen.
	 */
	private static final int MOST_LISTED = 12, SOME = 4;

	@Parameter
	private TaskService tasks;

	@Parameter
	private StatusService status;

	@Parameter
	private LogService log;

	final Attempt attempt() {
		return new Attempt(this, log);
	}

	/**
	 * @param name of the job
	 * @param part what is counted, such as "tile"
	 */
	final TaskProgress progress(String name, String part) {
		return new TaskProgress(name, part, tasks, status, this::isCanceled);
	}

	/**
	 * The installed models and their classes for a dialog, as HTML, since only that allows several lines in a label. If a model can't be read, this
	 * says so, and the other models can still be used.
	 */
	static String installedModels() {
		var text = new StringBuilder("<html><body width=300>Installed:");
		try {
			for (var model : Models.installed())
				text.append("<br><b>").append(escaped(model)).append("</b>: ").append(escaped(classes(model)));
		}
		catch (IOException e) {
			text.append("<br>unknown, as a folder of models can't be read: ").append(escaped(e.getMessage()));
		}
		return text.toString();
	}

	private static String classes(String model) {
		try {
			var classes = ModelFolder.spec(Models.folder(model)).choices();
			if (classes.size() <= MOST_LISTED) return String.join(", ", classes);
			return String.join(", ", classes.subList(0, SOME)) + ", ... (" + classes.size() + " in all)";
		}
		catch (IOException e) {
			return "damaged, see Colorizer Models and Device";
		}
	}

	static String escaped(String text) {
		return text.replace("&", "&amp;").replace("<", "&lt;");
	}

	/**
	 * @param which of the folders, for the message
	 * @throws IllegalArgumentException if none was given
	 */
	static File given(File folder, String which) {
		if (folder == null || folder.getPath().isBlank()) throw new IllegalArgumentException("No " + which + " folder was given; choose one.");
		return folder;
	}
}
