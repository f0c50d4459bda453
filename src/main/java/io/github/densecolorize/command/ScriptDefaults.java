package io.github.densecolorize.command;

import org.scijava.Context;
import org.scijava.Priority;
import org.scijava.module.Module;
import org.scijava.module.ModuleItem;
import org.scijava.module.process.AbstractPreprocessorPlugin;
import org.scijava.module.process.PreprocessorPlugin;
import org.scijava.plugin.Plugin;
import org.scijava.service.Service;

import ij.ImagePlus;

/**
 * Gives the options that a script's call of {@code CommandService.run} leaves out their default values, as {@link MacroDefaults} does for macros,
 * since a script must not wait for a dialog. A call without any option still opens the dialog, and if the image is left out, it is the active one.
 */
// Runs before anything else that fills in inputs, so that whatever is filled in now was given by the caller.
@Plugin(type = PreprocessorPlugin.class, priority = 4 * Priority.VERY_HIGH)
public final class ScriptDefaults extends AbstractPreprocessorPlugin {

	@Override
	public void process(Module module) {
		if (!isOurs(module)) return;
		boolean image = false, option = false;
		for (var input : module.getInfo().inputs())
			if (module.isInputResolved(input.getName())) {
				image |= isImage(input);
				option |= !isImage(input);
			}
		if (!image && !option) return;
		for (var input : module.getInfo().inputs())
			if (isImage(input) ? image : !isService(input)) module.resolveInput(input.getName());
	}

	/** Whether a command of this package is to be run. */
	static boolean isOurs(Module module) {
		return module.getDelegateObject().getClass().getPackage() == ScriptDefaults.class.getPackage();
	}

	private static boolean isImage(ModuleItem<?> input) {
		return input.getType() == ImagePlus.class;
	}

	/** Set by SciJava's context. */
	static boolean isService(ModuleItem<?> input) {
		return input.getType() == Context.class || Service.class.isAssignableFrom(input.getType());
	}
}
