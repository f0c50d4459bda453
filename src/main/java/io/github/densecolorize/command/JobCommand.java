package io.github.densecolorize.command;

import java.io.File;

import org.scijava.app.StatusService;
import org.scijava.command.ContextCommand;
import org.scijava.log.LogService;
import org.scijava.plugin.Parameter;
import org.scijava.task.TaskService;

/** A command with a job that takes time: it can be stopped, and shows how far it has got. */
abstract class JobCommand extends ContextCommand {

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
	 * @param which of the folders, for the message
	 * @throws IllegalArgumentException if none was given
	 */
	static File given(File folder, String which) {
		if (folder == null || folder.getPath().isBlank()) throw new IllegalArgumentException("No " + which + " folder was given; choose one.");
		return folder;
	}

	/** @throws IllegalArgumentException if none was given, or it is not there */
	static void requireFolder(File folder, String which) {
		if (!given(folder, which).isDirectory()) throw new IllegalArgumentException("Folder " + folder + " is not there; choose another " + which + " folder.");
	}
}
