package io.github.densecolorize.command;

import java.awt.GraphicsEnvironment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CancellationException;

import org.scijava.Cancelable;
import org.scijava.log.LogService;

import ij.IJ;

import io.github.densecolorize.colorize.Bug;
import io.github.densecolorize.colorize.EngineMessages;

/**
 * Runs the job of a command. If the user stops it, it ends quietly; what the user can mend is reported in one sentence; a bug is reported with all
 * details. All three end a macro.
 */
final class Attempt {

	/** What the command is for. */
	@FunctionalInterface
	interface Work {

		void run() throws IOException;
	}

	private final Cancelable command;
	private final LogService log;

	Attempt(Cancelable command, LogService log) {
		this.command = command;
		this.log = log;
	}

	void run(Work job) {
		boolean done = false;
		try (var quiet = EngineMessages.errorsOnly()) {
			job.run();
			done = true;
		}
		catch (CancellationException e) {
			// The user knows about it; without a reason no dialog is shown.
			command.cancel(null);
		}
		catch (IOException | IllegalArgumentException | ArithmeticException e) {
			log.debug(e);
			refuse(e.getMessage());
		}
		catch (UncheckedIOException e) {
			log.debug(e);
			refuse(e.getCause().getMessage());
		}
		catch (OutOfMemoryError e) {
			refuse("There is not enough memory; give Java more, with Edit > Options > Memory & Threads.");
		}
		catch (RuntimeException | StackOverflowError e) {
			bug(e);
			refuse(Bug.sentence(e));
		}
		finally {
			if (!done) MacroRun.abort();
		}
	}

	/** For the log. */
	void tell(String sentence) {
		if (GraphicsEnvironment.isHeadless()) log.info(sentence);
		else IJ.log(sentence);
	}

	/** The log gets the place where it happened; the user is told elsewhere what it means. */
	void bug(Throwable e) {
		tell(Bug.trace(e));
	}

	private void refuse(String reason) {
		// Without a window SciJava reports nothing. With a window, an error in SciJava's log would open the Console on top of the dialog.
		if (GraphicsEnvironment.isHeadless()) {
			command.cancel(reason);
			log.error(reason);
		}
		else {
			command.cancel(inLines(reason));
			IJ.log(reason);
		}
	}

	/** SciJava's window is as wide as the longest line, even if that is more than the screen. */
	static String inLines(String sentence) {
		return sentence.replaceAll("(.{80,100}) ", "$1\n");
	}
}
