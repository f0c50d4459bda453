package io.github.densecolorize.cli;

import java.io.PrintStream;

import io.github.densecolorize.Progress;

/** Shows how far a job has got, in one line on stderr that disappears when the job ends; only if the script found that stderr is a terminal. */
final class TerminalProgress implements Progress, AutoCloseable {

	private static final boolean TERMINAL = Boolean.getBoolean("densecolorize.terminal");
	private static final long NANOS_BETWEEN_UPDATES = 200_000_000;
	/** Goes back to the start of the line and erases it (ECMA-48). */
	private static final String ERASE = "\r\u001b[K";

	private final String job;
	/** Not the command's own writer, which removes control characters. */
	private final PrintStream err = System.err;
	private long next = System.nanoTime();

	TerminalProgress(String job) {
		this.job = job;
	}

	@Override
	public void update(long done, long total) {
		if (!TERMINAL || System.nanoTime() < next) return;
		err.print(ERASE + job + "  " + 100 * done / Math.max(1, total) + " %");
		err.flush();
		next = System.nanoTime() + NANOS_BETWEEN_UPDATES;
	}

	/** Erases the line, so that another one can be printed. */
	void erase() {
		if (!TERMINAL) return;
		err.print(ERASE);
		err.flush();
	}

	@Override
	public void close() {
		erase();
	}
}
