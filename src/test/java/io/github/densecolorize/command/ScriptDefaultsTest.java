package io.github.densecolorize.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.TreeSet;

import org.junit.jupiter.api.Test;
import org.scijava.Context;
import org.scijava.app.StatusService;
import org.scijava.command.Command;
import org.scijava.command.CommandService;
import org.scijava.log.LogService;
import org.scijava.module.ModuleService;
import org.scijava.task.TaskService;

import ij.IJ;

/** What SciJava would ask for in a dialog. */
public class ScriptDefaultsTest {

	private static TreeSet<String> asked(Class<? extends Command> command, Map<String, Object> given) {
		try (var context = new Context(CommandService.class, ModuleService.class, TaskService.class, StatusService.class, LogService.class)) {
			var info = context.service(CommandService.class).getCommand(command);
			var module = context.service(ModuleService.class).createModule(info);
			given.forEach((name, value) -> {
				module.setInput(name, value);
				module.resolveInput(name);
			});
			new ScriptDefaults().process(module);
			var names = new TreeSet<String>();
			for (var input : info.inputs())
				if (!module.isInputResolved(input.getName()) && !input.getType().getName().startsWith("org.scijava")) names.add(input.getName());
			return names;
		}
	}

	@Test
	public void aCallWithoutOptionsIsLeftAlone() {
		assertEquals(18, asked(ColorizeCommand.class, Map.of()).size());
	}

	@Test
	public void oneOptionDecidesForAllButTheImage() {
		assertEquals(new TreeSet<>(List.of("image")), asked(ColorizeCommand.class, Map.of("model", "microscopy")));
	}

	@Test
	public void anImageDecidesForAll() {
		var image = IJ.createImage("gray", "8-bit ramp", 8, 8, 1);
		assertEquals(new TreeSet<>(), asked(ColorizeCommand.class, Map.of("image", image)));
		assertEquals(new TreeSet<>(), asked(MeasureCommand.class, Map.of("original", image)));
	}
}
