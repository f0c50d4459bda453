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

/** The life of a command's job: a stop is quiet, what the user can mend is said in one sentence, a bug stays loud; all three end a macro. */
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
			// The user knows; no reason means no dialog.
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

	/** Where it happened goes to the log; what it means, the user is told elsewhere. */
	void bug(Throwable e) {
		tell(Bug.trace(e));
	}

	private void refuse(String reason) {
		command.cancel(reason);
		// Without a window SciJava says nothing. With one, an error on SciJava's log would open the Console over the dialog.
		if (GraphicsEnvironment.isHeadless()) log.error(reason);
		else IJ.log(reason);
	}
}
