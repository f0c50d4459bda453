package io.github.densecolorize.command;

import java.awt.GraphicsEnvironment;
import java.util.Arrays;
import java.util.Set;

import ij.IJ;
import ij.ImagePlus;
import ij.Macro;
import ij.WindowManager;
import ij.macro.Interpreter;

/** Lets an ImageJ macro see the results and failures of a command that it runs. Does nothing if no macro is running. */
final class MacroRun {

	private MacroRun() {}

	/**
	 * Makes a result one of the macro's images. This is the one place that decides who shows results:
	 * <ul>
	 * <li>with a window, in batch mode or not, SciJava shows output images; if they were shown here too, they would be listed twice;</li>
	 * <li>without a window SciJava does not show them, and a macro would not find its result; so it is shown here, which opens no window;</li>
	 * <li>a script without a window uses the module's output, so nothing has to be shown.</li>
	 * </ul>
	 * In batch mode, with a window or without, the input is still the macro's current image; the macro selects the result by its title.
	 */
	static void show(ImagePlus result) {
		if (!GraphicsEnvironment.isHeadless() || !IJ.isMacro()) return;
		result.show();
		// ImageJ has made the result the current image of this thread, and SciJava uses the thread again for other commands.
		WindowManager.setTempCurrentImage(null);
	}

	/**
	 * A title that no open image has, also in batch mode and without a window, where ImageJ does not check this: the title itself, or with a number,
	 * as ImageJ would choose it.
	 */
	static String uniqueTitle(String title) {
		var taken = Set.copyOf(Arrays.asList(WindowManager.getImageTitles()));
		var unique = title;
		for (int n = 1; taken.contains(unique); n++)
			unique = title + "-" + n;
		return unique;
	}

	/** Ends the macro, which would otherwise continue after a failed command and save or measure a wrong image. */
	static void abort() {
		if (!IJ.isMacro()) return;
		var interpreter = Interpreter.getInstance();
		if (interpreter != null) {
			// Without this ImageJ would show an error of its own, although ours has been reported.
			interpreter.setIgnoreErrors(true);
			interpreter.abort("");
		}
		// This mark ends scripts that call IJ.run; the run() of a macro ignores it.
		try {
			Macro.abort();
		}
		catch (RuntimeException e) {
			// On the macro's own thread ImageJ also throws; what was set before ends the macro as well.
			if (!Macro.MACRO_CANCELED.equals(e.getMessage())) throw e;
		}
	}
}
