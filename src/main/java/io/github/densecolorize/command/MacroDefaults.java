package io.github.densecolorize.command;

import org.scijava.Priority;
import org.scijava.module.Module;
import org.scijava.module.process.AbstractPreprocessorPlugin;
import org.scijava.module.process.PreprocessorPlugin;
import org.scijava.plugin.Plugin;

import ij.IJ;
import ij.Macro;

/**
 * Gives the options that a macro's line leaves out their default values, as in ImageJ's own commands. SciJava would open a dialog for them, or take
 * what was chosen last. This applies only to the commands of this package; a {@code run("...")} without any option still opens the dialog.
 */
@Plugin(type = PreprocessorPlugin.class, priority = Priority.VERY_HIGH)
public final class MacroDefaults extends AbstractPreprocessorPlugin {

	@Override
	public void process(Module module) {
		var command = module.getDelegateObject().getClass();
		if (command.getPackage() != getClass().getPackage() || !IJ.isMacro() || Macro.getOptions() == null) return;
		for (var input : module.getInfo().inputs())
			if (!module.isInputResolved(input.getName())) module.resolveInput(input.getName());
	}
}
