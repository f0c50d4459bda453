package io.github.densecolorize.command;

import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

import org.scijava.app.StatusService;
import org.scijava.task.Task;
import org.scijava.task.TaskService;

import ij.IJ;

import io.github.densecolorize.Progress;

/**
 * Shows progress in the status line and in the Tasks window. If Escape is pressed, the task's stop button is clicked, the command is cancelled or
 * its thread is interrupted, the job ends when it next reports its progress.
 */
final class TaskProgress implements Progress, AutoCloseable {

	private static final long NANOS_BEFORE_ESTIMATE = 5_000_000_000L;

	private final String name, part;
	private final Task task;
	private final StatusService status;
	private final BooleanSupplier canceled;
	private final long began = System.nanoTime();
	/** How much was done at the first report; a resumed job does not begin at 0. */
	private long first = -1;

	/**
	 * @param part what is counted, such as "tile"
	 * @param canceled whether the command was cancelled in another way
	 */
	TaskProgress(String name, String part, TaskService tasks, StatusService status, BooleanSupplier canceled) {
		this.name = name;
		this.part = part;
		this.status = status;
		this.canceled = canceled;
		task = tasks.createTask(name);
		task.start();
		// If Escape was pressed before, it was meant for something else.
		IJ.resetEscape();
	}

	@Override
	public void update(long done, long total) {
		if (task.isCanceled() || IJ.escapePressed() || canceled.getAsBoolean() || Thread.currentThread().isInterrupted())
			throw new CancellationException(name + " was stopped.");
		task.setProgressMaximum(total);
		task.setProgressValue(done);
		if (first < 0) first = done;
		status.showStatus((int) done, (int) total, name + (done == 0 ? ": reading" : ": " + part + " " + done + " of " + total + left(done, total)));
	}

	private String left(long done, long total) {
		long nanos = System.nanoTime() - began;
		if (done == first || nanos < NANOS_BEFORE_ESTIMATE) return "";
		long seconds = Math.round(nanos / 1e9 / (done - first) * (total - done));
		return ", " + (seconds < 90 ? seconds + " s" : Math.round(seconds / 60.0) + " min") + " left";
	}

	@Override
	public void close() {
		// The bar would stay if it were not told of the end.
		status.showStatus(1, 1, "");
		task.finish();
	}
}
