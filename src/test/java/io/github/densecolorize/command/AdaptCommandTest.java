package io.github.densecolorize.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scijava.Context;
import org.scijava.app.StatusService;
import org.scijava.command.CommandService;
import org.scijava.log.LogService;
import org.scijava.task.TaskService;

import ij.ImagePlus;
import ij.io.FileSaver;
import ij.process.ColorProcessor;

import io.github.densecolorize.TinyModel;
import io.github.densecolorize.colorize.Models;
import io.github.densecolorize.model.ModelFolder;

public class AdaptCommandTest {

	@TempDir
	private Path folder;
	private Context context;
	private final List<String> log = new ArrayList<>();

	@BeforeEach
	void open() throws IOException {
		context = new Context(CommandService.class, LogService.class, StatusService.class, TaskService.class);
		context.service(LogService.class).addLogListener(message -> log.add(message.text()));
		System.setProperty(Models.FOLDER_PROPERTY, Files.createDirectory(folder.resolve("models")).toString());
		TinyModel.write(folder.resolve("models"), "tiny", "he", "ihc");
		// Purple of all lightnesses.
		var colours = new ColorProcessor(64, 48);
		for (int i = 0; i < 64 * 48; i++)
			colours.set(i, (40 + i % 200) << 16 | (20 + i % 100) << 8 | 60 + i % 190);
		new FileSaver(new ImagePlus("slide", colours)).saveAsTiff(folder.resolve("slide.tif").toString());
	}

	@AfterEach
	void close() {
		context.dispose();
		System.clearProperty(Models.FOLDER_PROPERTY);
	}

	private String run(String options) throws ReflectiveOperationException {
		return MacroBridge.run(context, "run('Adapt Colorizer to Reference', '" + options + "'); return 'went on';");
	}

	@Test
	public void aModelIsAdaptedAndInstalled() throws IOException, ReflectiveOperationException {
		assertEquals(List.of("model", "reference", "newModel"), MacroBridge.keys(context, AdaptCommand.class,
			"Plugins > Colorize > Adapt Colorizer to Reference"));
		assertEquals("went on", run("model=tiny reference=[" + folder.resolve("slide.tif") + "] newmodel=ours"), log.toString());
		var spec = ModelFolder.spec(Models.folder("ours"));
		assertEquals("ours", spec.name());
		assertEquals(1, spec.adaptation().references().size());
		var said = log.get(log.size() - 1);
		assertTrue(said.startsWith("Model ours, adapted to 1 reference image, on which the colours of tiny are wrong by "), said);
		assertTrue(said.endsWith(" (ab RMSE), is in " + folder.resolve("models/ours") + "."), said);
	}

	@Test
	public void badOptionsAreSaid() throws ReflectiveOperationException {
		refused("model=tiny newmodel=ours", "No reference was given; give an image with the colours that you want.");
		refused("model=tiny reference=[" + folder.resolve("slide.tif") + "] newmodel=tiny", "Model folder " + folder.resolve("models/tiny") +
			" exists; choose another name.");
		refused("model=tiny reference=[" + folder.resolve("none.tif") + "] newmodel=ours", "Reference is \"" + folder.resolve("none.tif") +
			"\"; must be the title of an open RGB image, or the path of a file or folder that is there.");
		assertFalse(Files.exists(folder.resolve("models/ours")));
	}

	private void refused(String options, String why) throws ReflectiveOperationException {
		assertFalse("went on".equals(run(options)));
		assertEquals(why, log.get(log.size() - 1));
	}
}
