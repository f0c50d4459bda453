package io.github.densecolorize.command;

import java.awt.GraphicsEnvironment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CancellationException;

import org.scijava.Cancelable;
import org.scijava.log.LogService;

import ij.IJ;

/** The life of a command's job: a stop is quiet, what the user can mend is said in one sentence, a bug stays loud; all three end a macro. */
final class Attempt {

	/** What the command is for. */
	@FunctionalInterface
	interface Job {

		void run() throws IOException;
	}

	private final Cancelable command;
	private final LogService log;

	Attempt(Cancelable command, LogService log) {
		this.command = command;
		this.log = log;
	}

	void run(Job job) {
		boolean done = false;
		try {
			job.run();
			done = true;
		}
		catch (CancellationException e) {
			// The user knows; no reason means no dialog.
			command.cancel(null);
		}
		catch (UncheckedIOException e) {
			log.debug(e);
			refuse(e.getCause().getMessage());
		}
		catch (IOException | IllegalArgumentException | ArithmeticException e) {
			log.debug(e);
			refuse(e.getMessage());
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

	private void refuse(String reason) {
		command.cancel(reason);
		// Without a window SciJava says nothing. With one, an error on SciJava's log would open the Console over the dialog.
		if (GraphicsEnvironment.isHeadless()) log.error(reason);
		else IJ.log(reason);
	}
}
