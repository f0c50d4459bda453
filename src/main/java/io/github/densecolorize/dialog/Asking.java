package io.github.densecolorize.dialog;

import org.scijava.module.Module;
import org.scijava.module.process.AbstractPreprocessorPlugin;
import org.scijava.module.process.PreprocessorPlugin;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.ui.UIService;
import org.scijava.widget.InputHarvester;

import ij.plugin.frame.Recorder;

/**
 * Asks for what nobody has given to a command, if the command is a {@link Form}. It takes the place of SciJava's dialog, whose lists do not follow
 * each other, and which is closed before the values are checked.
 */
// Before SciJava's dialog, and before a single file is asked for with a file chooser only; after all that finds values without the user.
@Plugin(type = PreprocessorPlugin.class, priority = InputHarvester.PRIORITY + 2)
public final class Asking extends AbstractPreprocessorPlugin {

	@Parameter(required = false)
	private UIService windows;

	@Override
	public void process(Module module) {
		// The same conditions as for SciJava's dialog.
		if (!(module.getDelegateObject() instanceof Form) || windows == null || windows.isHeadless() || !windows.isVisible()) return;
		var questions = new Questions(module);
		if (!questions.asked().isEmpty() && !ModuleDialog.ask(module, questions)) {
			// Nothing was done, so there is nothing to record.
			if (Recorder.record) Recorder.setCommand(null);
			cancel(null);
		}
	}
}
