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

public class AllClassesCommandTest {

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

	/** @return what the macro returns after a ramp of 100 by 50 pixels was opened */
	private String run(String code) throws ReflectiveOperationException {
		return MacroBridge.run(context, "newImage('ramp', '8-bit ramp', 100, 50, 1); " + code);
	}

	@Test
	public void aMacroGetsTheSheet() throws ReflectiveOperationException {
		assertEquals(List.of("image", "model", "scale", "mapping", "channel", "device", "tile"), MacroBridge.keys(context, AllClassesCommand.class,
			"Plugins > Colorize > Colorize: All Classes"));
		assertEquals("24 each class of the model", run("run('Colorize: All Classes', 'image=ramp model=tiny device=cpu'); " +
			"selectImage('All classes of ramp'); return '' + bitDepth() + ' ' + Property.get('colorize.category.choice');"), log.toString());
		var said = log.get(log.size() - 1);
		assertTrue(said.startsWith("Classes of model tiny, the most likely first: "), said);
	}

	/** Four pictures are in three columns of 410 pixels; the first one, gray, begins at (10, 80) and is 400 pixels wide. */
	@Test
	public void aSelectionIsShown() throws ReflectiveOperationException {
		var line = "run('Colorize: All Classes', 'image=ramp model=tiny device=cpu mapping=[full range]'); selectImage('All classes of ramp'); " +
			"return '' + (getPixel(12, 100) & 255) + ' ' + (getPixel(408, 100) & 255);";
		var all = run(line).split(" ");
		assertTrue(Integer.parseInt(all[0]) < 5 && Integer.parseInt(all[1]) > 250, String.join(" ", all));
		// Columns 40 to 59 of a ramp of 0 to 255: 102 to 153.
		var part = run("makeRectangle(40, 10, 20, 20); " + line).split(" ");
		assertEquals(102, Integer.parseInt(part[0]), 3);
		assertEquals(151, Integer.parseInt(part[1]), 3);
	}

	@Test
	public void badOptionsAreSaid() throws ReflectiveOperationException {
		assertFalse("went on".equals(run("run('Colorize: All Classes', 'image=ramp model=tiny channel=2'); return 'went on';")));
		assertEquals("Channel is 2; the image has only channel 1.", log.get(log.size() - 1));
	}
}
