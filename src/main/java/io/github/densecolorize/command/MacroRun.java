package io.github.densecolorize.command;

import java.awt.GraphicsEnvironment;
import java.util.Arrays;
import java.util.Set;

import ij.IJ;
import ij.ImagePlus;
import ij.Macro;
import ij.WindowManager;
import ij.macro.Interpreter;

/** What an ImageJ macro has to see of a command that it runs. Does nothing if no macro is running. */
final class MacroRun {

	private MacroRun() {}

	/**
	 * Makes a result one of the macro's images. This is the one place that decides who shows results:
	 * <ul>
	 * <li>with a window, batch mode or not, SciJava shows output images: to show them here as well would list them twice;</li>
	 * <li>without a window nobody does, so that a macro would not find its result: it is shown here, which opens no window;</li>
	 * <li>a script without a window takes the module's output, and needs nothing shown.</li>
	 * </ul>
	 * In batch mode, with a window or without, the macro's current image stays the input: it selects the result by its title.
	 */
	static void show(ImagePlus result) {
		if (!GraphicsEnvironment.isHeadless() || !IJ.isMacro()) return;
		result.show();
		// ImageJ has made it the current image of this thread, which SciJava uses again for other commands.
		WindowManager.setTempCurrentImage(null);
	}

	/**
	 * A title that no open image has, in batch mode and without a window, too, where ImageJ does not look: the title, or that with a number, as
	 * ImageJ would have named it.
	 */
	static String uniqueTitle(String title) {
		var taken = Set.copyOf(Arrays.asList(WindowManager.getImageTitles()));
		var unique = title;
		for (int n = 1; taken.contains(unique); n++)
			unique = title + "-" + n;
		return unique;
	}

	/** Whether the macro's line has the option, even if nothing could be made of its value: a title of no open image is dropped. */
	static boolean gives(String key) {
		return IJ.isMacro() && Macro.getOptions() != null && Macro.getValue(Macro.getOptions(), key, null) != null;
	}

	/** Ends the macro: without this it would go on after a failed command, and save or measure a wrong image. */
	static void abort() {
		if (!IJ.isMacro()) return;
		var interpreter = Interpreter.getInstance();
		if (interpreter != null) {
			// Without this it would show an error of its own; ours has been said.
			interpreter.setIgnoreErrors(true);
			interpreter.abort("");
		}
		// A mark that ends scripts which call IJ.run; the run() of a macro does not look at it.
		try {
			Macro.abort();
		}
		catch (RuntimeException e) {
			// On the macro's own thread ImageJ also throws; what was set before ends the macro as well.
			if (!Macro.MACRO_CANCELED.equals(e.getMessage())) throw e;
		}
	}
}
