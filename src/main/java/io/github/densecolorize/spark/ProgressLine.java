package io.github.densecolorize.spark;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/** How far a run is, in one line on stderr that changes every second and disappears at the end; only if the script found that stderr is a terminal. */
final class ProgressLine implements AutoCloseable {

	private static final boolean TERMINAL = Boolean.getBoolean("densecolorize.terminal");
	/** Goes back to the start of the line and erases it (ECMA-48). */
	private static final String ERASE = "\r\u001b[K";

	private final long start = System.nanoTime();
	private final PrintStream err = System.err;
	private long done, total;

	/** @param more how many tasks of the list there are in addition */
	synchronized void expect(long more) {
		total += more;
	}

	/** @param more how many were done since the last time, or failed */
	synchronized void advance(long more) {
		done += more;
	}

	/** Shows the line. */
	void show(long failed) {
		if (!TERMINAL) return;
		err.print(ERASE + text(failed, Duration.ofNanos(System.nanoTime() - start)));
		err.flush();
	}

	/** @param elapsed time since the run began */
	synchronized String text(long failed, Duration elapsed) {
		if (total == 0) return "listing files, " + time(elapsed);
		var left = done == 0 ? "" : ", about " + time(elapsed.multipliedBy(total - done).dividedBy(done)) + " to go";
		return String.format(Locale.ROOT, "%d of %d done, %d failed, %d left, %s%s", done, total, failed, total - done, time(elapsed), left);
	}

	private static String time(Duration time) {
		return String.format(Locale.ROOT, "%d:%02d:%02d", time.toHours(), time.toMinutesPart(), time.toSecondsPart());
	}

	@Override
	public void close() {
		if (!TERMINAL) return;
		err.print(ERASE);
		err.flush();
	}
}
