package io.github.densecolorize.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.scijava.Context;
import org.scijava.app.StatusService;
import org.scijava.command.CommandService;
import org.scijava.log.LogService;
import org.scijava.task.TaskService;

import io.github.densecolorize.TinyModel;
import io.github.densecolorize.colorize.Models;

/** A SciJava context, and a folder of models with the model "tiny" of the classes he and ihc. */
abstract class MacroFixture {

	@TempDir
	Path folder;
	/** In the folder. */
	Path models;
	Context context;
	final List<String> log = new ArrayList<>();

	@BeforeEach
	final void openContext() throws IOException {
		context = new Context(CommandService.class, LogService.class, StatusService.class, TaskService.class);
		context.service(LogService.class).addLogListener(message -> log.add(message.text()));
		models = Files.createDirectory(folder.resolve("models"));
		System.setProperty(Models.FOLDER_PROPERTY, models.toString());
		TinyModel.write(models, "tiny", "he", "ihc");
	}

	@AfterEach
	final void closeContext() {
		context.dispose();
		System.clearProperty(Models.FOLDER_PROPERTY);
	}

	/** The last sentence in the log. */
	final String said() {
		return log.get(log.size() - 1);
	}
}
