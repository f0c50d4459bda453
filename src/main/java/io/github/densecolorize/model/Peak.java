package io.github.densecolorize.model;

import java.util.function.Supplier;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;

/** The highest speed of a device, measured in single precision; the speed of a network is compared with it. */
public final class Peak {

	private static final int MATRIX = 2048, COPIED = 64 << 20, TRIES = 8;

	private Peak() {}

	/** GFLOP/s of a product of two matrices of 2048 × 2048. */
	public static double matrixProduct(Device device) {
		try (var manager = Torch.engine().newBaseManager(device)) {
			var matrix = manager.randomNormal(new Shape(MATRIX, MATRIX));
			return 2e-9 * MATRIX * MATRIX * MATRIX / shortest(() -> matrix.matMul(matrix));
		}
	}

	/** GB/s of copying 256 MiB, read and written bytes counted. */
	public static double copy(Device device) {
		try (var manager = Torch.engine().newBaseManager(device)) {
			NDArray from = manager.ones(new Shape(COPIED)), to = manager.zeros(new Shape(COPIED));
			// Copies into memory that is already in use, since fetching new pages would take longer than the copy.
			return 2e-9 * Float.BYTES * COPIED / shortest(() -> {
				to.set(new NDIndex(":"), from);
				return to;
			});
		}
	}

	/** Seconds of the shortest run. */
	private static double shortest(Supplier<NDArray> operation) {
		double shortest = Double.POSITIVE_INFINITY;
		for (int i = 0; i < TRIES; i++) {
			long start = System.nanoTime();
			// Reading a part of the result waits until a GPU is done.
			try (var part = operation.get().get(0)) {
				part.toByteBuffer();
			}
			shortest = Math.min(shortest, (System.nanoTime() - start) / 1e9);
		}
		return shortest;
	}
}
