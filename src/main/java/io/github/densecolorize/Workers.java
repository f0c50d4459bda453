package io.github.densecolorize;

import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Threads that work for a job and end with it; they begin what is submitted first. */
public final class Workers implements Executor, AutoCloseable {

	private final ExecutorService threads;

	/** @param count how many do at most work at once */
	public Workers(int count) {
		threads = Executors.newFixedThreadPool(count);
	}

	@Override
	public void execute(Runnable work) {
		threads.execute(work);
	}

	/**
	 * Waits for a result; throws what the work has thrown.
	 *
	 * @throws CancellationException if the waiting thread is interrupted
	 */
	public static <T> T result(Future<T> work) {
		try {
			return work.get();
		}
		catch (ExecutionException e) {
			if (e.getCause() instanceof Error error) throw error;
			throw (RuntimeException) e.getCause();
		}
		catch (InterruptedException e) {
			Thread.currentThread().interrupt();
			throw new CancellationException("The computation was stopped.");
		}
	}

	/** Waits for what is being worked on, which is interrupted, without starting anything else. */
	@Override
	public void close() {
		threads.shutdownNow();
		boolean interrupted = false;
		while (!threads.isTerminated()) try {
			threads.awaitTermination(1, TimeUnit.DAYS);
		}
		catch (InterruptedException e) {
			interrupted = true;
		}
		if (interrupted) Thread.currentThread().interrupt();
	}
}
