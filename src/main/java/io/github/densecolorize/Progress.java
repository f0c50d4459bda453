package io.github.densecolorize;

/** Is told how far a long job has got, and may throw a {@link java.util.concurrent.CancellationException} to stop it. */
@FunctionalInterface
public interface Progress {

	Progress NONE = (done, total) -> {};

	/**
	 * @param done parts that are finished
	 * @param total parts in all
	 */
	void update(long done, long total);
}
