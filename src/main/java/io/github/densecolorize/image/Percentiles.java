package io.github.densecolorize.image;

import java.util.Arrays;
import java.util.function.IntConsumer;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.IntegerType;
import net.imglib2.type.numeric.RealType;

/**
 * Exact percentiles of the finite values of any number of planes, with a fixed amount of memory (a radix selection).
 * <p>
 * Each value is turned into a 32-bit key that sorts in the same order, and the keys are counted by their upper half; those among which a percentile
 * lies are counted a second time by their lower half. Unlike with a histogram from minimum to maximum, a single hot pixel does not spoil the result.
 */
final class Percentiles {

	private final Iterable<? extends RandomAccessibleInterval<? extends RealType<?>>> planes;
	private final Keys keys;
	private final long[] upper = new long[1 << 16];

	/**
	 * @param planes planes of one pixel type; read once here and, if it has more than 16 bits, once by {@link #at}
	 */
	Percentiles(Iterable<? extends RandomAccessibleInterval<? extends RealType<?>>> planes) {
		this.planes = planes;
		keys = planes.iterator().hasNext() ? Keys.of(planes.iterator().next().getType()) : new OfFloats();
		forEachKey(key -> upper[key >>> 16]++);
	}

	/**
	 * @param percent 0..100 each
	 * @return for each the smallest value that at least so many percent of all values do not exceed; 0 if there is no
	 *         finite value
	 */
	float[] at(double... percent) {
		var result = new float[percent.length];
		long count = Arrays.stream(upper).sum();
		if (count == 0) return result;
		// The small number compensates for the product having been rounded up.
		long[] ranks = Arrays.stream(percent).mapToLong(p -> Math.max(1, (long) Math.ceil(p * count / 100 - 1e-6))).toArray();
		int[] bins = Arrays.stream(ranks).mapToInt(rank -> bin(upper, rank)).toArray();
		var lower = new long[percent.length][1 << 16];
		if (!keys.isUpperHalfEnough()) forEachKey(key -> {
			for (int i = 0; i < bins.length; i++)
				if (key >>> 16 == bins[i]) lower[i][key & 0xffff]++;
		});
		for (int i = 0; i < result.length; i++) {
			long rank = ranks[i] - Arrays.stream(upper, 0, bins[i]).sum();
			result[i] = keys.value(bins[i] << 16 | (keys.isUpperHalfEnough() ? 0 : bin(lower[i], rank)));
		}
		return result;
	}

	private void forEachKey(IntConsumer action) {
		for (var plane : planes)
			for (RealType<?> pixel : plane) {
				float value = pixel.getRealFloat();
				if (Float.isFinite(value)) action.accept(keys.key(value));
			}
	}

	private static int bin(long[] histogram, long rank) {
		int bin = 0;
		for (long seen = histogram[0]; seen < rank; seen += histogram[bin])
			bin++;
		return bin;
	}

	/** Keys: unsigned 32-bit numbers that sort in the order of the values. */
	private sealed interface Keys {

		int key(float value);

		float value(int key);

		boolean isUpperHalfEnough();

		static Keys of(RealType<?> type) {
			boolean small = type instanceof IntegerType && type.getBitsPerPixel() <= 16;
			return small ? new OfSmallIntegers((int) type.getMinValue()) : new OfFloats();
		}
	}

	private record OfSmallIntegers(int first) implements Keys {

		@Override
		public int key(float value) {
			return (int) value - first << 16;
		}

		@Override
		public float value(int key) {
			return (key >>> 16) + first;
		}

		@Override
		public boolean isUpperHalfEnough() {
			return true;
		}
	}

	/** Positive floats sort like their bits; negative ones sort in the opposite order, and come before them. */
	private record OfFloats() implements Keys {

		@Override
		public int key(float value) {
			int bits = Float.floatToIntBits(value);
			return bits < 0 ? ~bits : bits | 1 << 31;
		}

		@Override
		public float value(int key) {
			return Float.intBitsToFloat(key < 0 ? key & ~(1 << 31) : ~key);
		}

		@Override
		public boolean isUpperHalfEnough() {
			return false;
		}
	}
}
