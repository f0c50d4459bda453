package io.github.densecolorize.model;

import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;

/**
 * Adds up how long devices are at work, and how long of that values travel between Java and them. A GPU is asked for a single value before its results
 * are fetched, which waits until it has computed them: without this the transfer would seem to take as long. May be used by several threads.
 */
public final class DeviceClock {

	/**
	 * What was added up so far, seconds of all devices together.
	 *
	 * @param work all of it
	 * @param transfers the part in which values travelled
	 */
	public record Times(double work, double transfers) {

		/**
		 * How devices spent some time.
		 *
		 * @param seconds that went by
		 * @param devices how many there are
		 */
		public Shares shares(double seconds, int devices) {
			double all = seconds * devices;
			return new Shares((work - transfers) / all, transfers / all, 1 - work / all);
		}

		/** What was added since. */
		public Times since(Times before) {
			return new Times(work - before.work, transfers - before.transfers);
		}
	}

	/**
	 * Shares of a time, 0 to 1.
	 *
	 * @param kernels in which the devices computed, or were told what to compute
	 * @param transfers in which values travelled
	 * @param waiting in which the devices had nothing to do
	 */
	public record Shares(double kernels, double transfers, double waiting) {}

	private final LongAdder work = new LongAdder(), transfers = new LongAdder();

	/** What was added up so far. */
	public Times times() {
		return new Times(work.sum() / 1e9, transfers.sum() / 1e9);
	}

	/**
	 * Does some work on a device.
	 *
	 * @param job ends with a transfer, or a device goes on when it seems to be done
	 */
	public <T> T work(Supplier<T> job) {
		return timed(work, job);
	}

	/**
	 * Brings values to a device, or from it, within some work.
	 *
	 * @param transfer begins when the device has nothing else to do
	 */
	public <T> T transfer(Supplier<T> transfer) {
		return timed(transfers, transfer);
	}

	/** The values of an array of single precision, once they are computed. */
	float[] floats(NDArray array) {
		await(array);
		return transfer(array::toFloatArray);
	}

	/** Waits until an array is computed. */
	public static void await(NDArray array) {
		if (array.getDevice().isGpu()) try (var first = array.get(new NDIndex(new long[array.getShape().dimension()]))) {
			first.toByteBuffer();
		}
	}

	private static <T> T timed(LongAdder sum, Supplier<T> job) {
		long start = System.nanoTime();
		try {
			return job.get();
		}
		finally {
			sum.add(System.nanoTime() - start);
		}
	}
}
