package io.github.densecolorize.open;

import java.lang.reflect.Field;

import ij.IJ;

/**
 * While one of these is open, on any thread, errors that ImageJ finds in a file go to the log. Otherwise ImageJ would show a dialog and end the
 * running macro, although the command that opens the file can handle the error.
 */
final class QuietErrors implements AutoCloseable {

	private static int open;
	/** Whether errors went to the log before. */
	private static boolean redirected;
	/** The interpreter that {@code IJ.error} ends; null if no macro runs. */
	private static Object macro;

	QuietErrors() {
		synchronized (QuietErrors.class) {
			if (open++ > 0) return;
			macro = exchange(null);
			redirected = IJ.redirectingErrorMessages();
			IJ.redirectErrorMessages(true);
		}
	}

	@Override
	public void close() {
		synchronized (QuietErrors.class) {
			if (--open > 0) return;
			IJ.redirectErrorMessages(redirected);
			exchange(macro);
			macro = null;
		}
	}

	/** ImageJ keeps the interpreter of a run() in a private field and has no method for it. */
	private static Object exchange(Object interpreter) {
		try {
			Field field = IJ.class.getDeclaredField("macroInterpreter");
			field.setAccessible(true);
			var before = field.get(null);
			field.set(null, interpreter);
			return before;
		}
		catch (ReflectiveOperationException e) {
			// A different version of ImageJ; then a damaged file ends the macro.
			return null;
		}
	}
}
