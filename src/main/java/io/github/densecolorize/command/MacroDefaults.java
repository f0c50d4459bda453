package io.github.densecolorize.command;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.scijava.ItemVisibility;
import org.scijava.Priority;
import org.scijava.log.LogService;
import org.scijava.module.Module;
import org.scijava.module.ModuleItem;
import org.scijava.module.process.AbstractPreprocessorPlugin;
import org.scijava.module.process.PreprocessorPlugin;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

import ij.IJ;
import ij.Macro;

import io.github.densecolorize.image.Choice;

/**
 * Reads the line of a macro that runs a command of this package. SciJava has read it before, but ignores keys that it does not know, or that are not
 * in lower case, and values that it can't use; here they end the macro. Options that are left out get their default values, as in ImageJ's own
 * commands: SciJava would open a dialog for them, or take what was chosen last. A {@code run("...")} without any option still opens the dialog.
 */
@Plugin(type = PreprocessorPlugin.class, priority = Priority.VERY_HIGH)
public final class MacroDefaults extends AbstractPreprocessorPlugin {

	@Parameter
	private LogService log;

	@Override
	public void process(Module module) {
		if (!ScriptDefaults.isOurs(module) || !IJ.isMacro() || Macro.getOptions() == null) return;
		new Attempt(this, log).run(() -> fill(module, MacroLine.options(Macro.getOptions())));
	}

	private static void fill(Module module, Map<String, String> line) {
		var options = options(module);
		line.forEach((key, text) -> {
			var option = options.get(key);
			if (option == null) throw new IllegalArgumentException(unknown(module, key, text, List.copyOf(options.keySet())));
			module.setInput(option.getName(), MacroValue.of(option, text));
			module.resolveInput(option.getName());
		});
		for (var input : module.getInfo().inputs())
			if (!module.isInputResolved(input.getName())) module.resolveInput(input.getName());
	}

	/** By their keys, in the order of the dialog. */
	private static Map<String, ModuleItem<?>> options(Module module) {
		var options = new LinkedHashMap<String, ModuleItem<?>>();
		for (var input : module.getInfo().inputs())
			if (!ScriptDefaults.isService(input) && input.getVisibility() != ItemVisibility.MESSAGE) options.put(input.getName().toLowerCase(
				Locale.ROOT), input);
		return options;
	}

	private static String unknown(Module module, String key, String value, List<String> keys) {
		return module.getInfo().getTitle() + " has no option \"" + key + "\"" + Choice.meant(key, keys) + "; its options are " + String.join(", ",
			keys) + (value == null ? ", and a value with spaces goes into brackets, as in mapping=[display range]." : ".");
	}
}
