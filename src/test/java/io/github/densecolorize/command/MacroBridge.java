package io.github.densecolorize.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Hashtable;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

import org.scijava.Context;
import org.scijava.ItemVisibility;
import org.scijava.command.Command;
import org.scijava.command.CommandInfo;
import org.scijava.command.CommandModule;
import org.scijava.command.CommandService;
import org.scijava.convert.ConvertService;
import org.scijava.module.ModuleException;
import org.scijava.module.ModuleItem;
import org.scijava.module.ModuleRunner;
import org.scijava.module.process.InitPreprocessor;
import org.scijava.service.Service;

import ij.ImagePlus;
import ij.Macro;
import ij.Menus;
import ij.WindowManager;
import ij.macro.Interpreter;
import ij.measure.ResultsTable;
import ij.plugin.Macro_Runner;
import ij.plugin.PlugIn;

/**
 * Stands between ImageJ's run() and the commands of this package, as Fiji does: menu labels lead here, options become inputs, image titles
 * images. ImageJ's menus need a window, so its table of commands is set from outside.
 */
public final class MacroBridge implements PlugIn {

	private static final Map<String, Class<? extends Command>> COMMANDS = Map.ofEntries(Map.entry("Colorize (Dense Network)", ColorizeCommand.class),
		Map.entry("Measure Info_loss", MeasureCommand.class), Map.entry("Plot Info_loss", PlotCommand.class), Map.entry("Montage of Colorization",
			MontageCommand.class), Map.entry("Build Colorizer Data Set", BuildDataSetCommand.class), Map.entry("Train Colorizer", TrainCommand.class), Map.entry(
				"Colorize Folder", ColorizeFolderCommand.class), Map.entry("Colorizer Models and Device", ModelsCommand.class), Map.entry(
					"Measure Info_loss of Folders", MeasureFoldersCommand.class), Map.entry("Adapt Colorizer to Reference", AdaptCommand.class), Map.entry(
						"Colorize: All Classes", AllClassesCommand.class), Map.entry("Methods Text", MethodsCommand.class));

	private static Context context;

	/** The keys of a command's options, after it was checked that it has this menu item, runs without a window and remembers nothing. */
	static List<String> keys(Context with, Class<? extends Command> command, String menu) {
		var info = with.service(CommandService.class).getCommand(command);
		assertEquals(menu, info.getMenuPath().getMenuString());
		assertTrue(info.canRunHeadless());
		var inputs = StreamSupport.stream(info.inputs().spliterator(), false).filter(i -> i.getType() != Context.class && !Service.class
			.isAssignableFrom(i.getType()) && i.getVisibility() != ItemVisibility.MESSAGE).toList();
		for (var input : inputs)
			assertFalse(input.isPersisted(), input.getName() + " would be remembered");
		return inputs.stream().map(ModuleItem::getName).toList();
	}

	/** Runs a macro as ImageJ would, and closes its images. */
	static String run(Context with, String code) throws ReflectiveOperationException {
		context = with;
		var table = new Hashtable<String, String>();
		COMMANDS.keySet().forEach(label -> table.put(label, MacroBridge.class.getName() + "(\"" + label + "\")"));
		table.put("Clear Results", "ij.plugin.filter.Analyzer(\"clear\")");
		table.put("Results...", "ij.plugin.MeasurementsWriter");
		table.put("Tiff...", "ij.plugin.filter.Writer(\"tiff\")");
		setMenus(table);
		try {
			return new Macro_Runner().runMacro(code, "");
		}
		finally {
			setMenus(null);
			while (WindowManager.getImageCount() > 0) {
				var image = WindowManager.getImage(1);
				// Or with a window ImageJ asks whether to save it.
				image.changes = false;
				image.close();
			}
			Interpreter.batchMode = false;
			WindowManager.setTempCurrentImage(null);
		}
	}

	/** Runs a script of {@code scripts/}, its {@code #@} parameters given as texts. */
	static String runScript(Context with, String name, Map<String, Object> parameters) throws IOException, ReflectiveOperationException {
		var script = Files.readString(Path.of("scripts", name)).lines().map(line -> line.startsWith("#@") ? "" : line).collect(Collectors.joining(
			"\n"));
		var values = parameters.entrySet().stream().map(e -> e.getKey() + " = \"" + e.getValue() + "\"; ").collect(Collectors.joining());
		return run(with, values + script);
	}

	static void clearResults() {
		ResultsTable.getResultsTable().reset();
	}

	private static void setMenus(Hashtable<String, String> table) throws ReflectiveOperationException {
		var field = Menus.class.getDeclaredField("pluginsTable");
		field.setAccessible(true);
		field.set(null, table);
	}

	@Override
	public void run(String label) {
		try {
			run(context.service(CommandService.class).getCommand(COMMANDS.get(label)));
		}
		catch (ModuleException e) {
			throw new AssertionError(e);
		}
	}

	private static void run(CommandInfo command) throws ModuleException {
		var module = new CommandModule(command);
		context.inject(module.getCommand());
		for (var input : command.inputs()) {
			var text = Macro.getOptions() == null ? null : Macro.getValue(Macro.getOptions(), input.getName().toLowerCase(Locale.ROOT), null);
			if (text == null) continue;
			Object value = input.getType() == ImagePlus.class ? WindowManager.getImage(text) : context.service(ConvertService.class).convert(text, input
				.getType());
			if (value == null) continue;
			module.setInput(input.getName(), value);
			module.resolveInput(input.getName());
		}
		var before = List.of(new MacroDefaults(), new InitPreprocessor());
		before.forEach(context::inject);
		new ModuleRunner(context, module, before, List.of()).run();
	}
}
