package io.github.densecolorize;

/** Told how far a long job is; may throw {@link java.util.concurrent.CancellationException} to stop it. */
@FunctionalInterface
public interface Progress {

	Progress NONE = (done, total) -> {};

	/**
	 * @param done parts that are finished
	 * @param total parts in all
	 */
	void update(long done, long total);
}
