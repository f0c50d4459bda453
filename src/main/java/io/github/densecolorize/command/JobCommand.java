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

/** A command with a job that takes time: it may be stopped, and says how far it is. */
abstract class JobCommand extends ContextCommand {

	/** How many classes of a model a dialog names at most; if it has more, some stand for all, or the dialog gets too high for a screen. */
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
	 * For a dialog: the installed models and their classes, as HTML, in which a label can break lines. What can't be read is said there and
	 * keeps nobody from using another model.
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

	private static String escaped(String text) {
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
