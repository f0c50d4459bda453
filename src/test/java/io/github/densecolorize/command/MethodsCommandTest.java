package io.github.densecolorize.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
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

import io.github.densecolorize.TinyModel;
import io.github.densecolorize.colorize.Models;

public class MethodsCommandTest {

	@TempDir
	private Path folder;
	private Context context;
	private final List<String> log = new ArrayList<>();

	@BeforeEach
	void open() throws IOException {
		context = new Context(CommandService.class, LogService.class, StatusService.class, TaskService.class);
		context.service(LogService.class).addLogListener(message -> log.add(message.text()));
		System.setProperty(Models.FOLDER_PROPERTY, folder.toString());
		TinyModel.write(folder, "tiny", "he", "ihc");
	}

	@AfterEach
	void close() {
		context.dispose();
		System.clearProperty(Models.FOLDER_PROPERTY);
	}

	@Test
	public void aResultIsDescribed() throws ReflectiveOperationException {
		assertEquals(List.of("image"), MacroBridge.keys(context, MethodsCommand.class, "Plugins > Colorize > Methods Text"));
		assertEquals("went on", MacroBridge.run(context, "newImage('ramp', '8-bit ramp', 32, 32, 1); run('Colorize (Dense Network)', " +
			"'image=ramp model=tiny category=ihc scale=1/2 device=cpu'); run('Methods Text', 'image=[ramp colorized]'); return 'went on';"), log.toString());
		var text = log.get(log.size() - 1);
		assertTrue(text.startsWith("The image was colorized with the Fiji plugin Dense Colorize (development build), a densely connected convolutional " +
			"neural network after Zhang et al. (2019), and the model tiny (SHA-256 "), text);
		assertTrue(text.contains("...). The network was given the lightness of the image (display range, 0 to 255) at 0.5 of its size. The class ihc was chosen " +
			"by the user. The network predicted "), text);
		assertTrue(text.endsWith("\nLicence of the model tiny: none (see the model's card, README.md in its folder)."), text);
	}

	@Test
	public void otherImagesAreRefused() throws ReflectiveOperationException {
		assertFalse("went on".equals(MacroBridge.run(context, "newImage('ramp', '8-bit ramp', 32, 32, 1); run('Methods Text', 'image=ramp'); return 'went on';")));
		assertTrue(log.get(log.size() - 1).startsWith("ramp does not record how it was colorized; choose a result of this plugin"), log.toString());
	}
}
