package io.github.densecolorize.model;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.function.LongConsumer;

import net.imglib2.FinalInterval;
import net.imglib2.Interval;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.util.Intervals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

import io.github.densecolorize.image.GrayMapping;
import io.github.densecolorize.image.GrayPixels;
import io.github.densecolorize.image.GuidedUpsampling;
import io.github.densecolorize.image.Lab;
import io.github.densecolorize.image.Reduction;
import io.github.densecolorize.image.Tones;

/**
 * Paints a plane at full resolution on the devices of a model: gray values go there, colours come back. What is computed is what {@link GrayMapping},
 * {@link GuidedUpsampling} and {@link Lab} compute, by the same formulas in single precision. May be used by several threads.
 */
public final class TensorPainter {

	/** Most pixels that are painted at a time, unless a row has more: they bound the memory, about 0.4 kB each, and still keep a device busy. */
	private static final int BAND = 1 << 21;

	private final ColorModel model;
	private final GrayPixels gray;
	private final Reduction reduced;
	private final boolean upsample;
	private final LongConsumer took;
	private final int most;

	/**
	 * @param l L* of the plane
	 * @param reduced the plane as the network sees it
	 * @param took told after each tile the nanoseconds that its device was busy
	 */
	public TensorPainter(ColorModel model, RandomAccessibleInterval<FloatType> l, Reduction reduced, LongConsumer took) {
		this(model, l, reduced, took, BAND);
	}

	/** @param most pixels that are painted at a time, unless a row has more */
	TensorPainter(ColorModel model, RandomAccessibleInterval<FloatType> l, Reduction reduced, LongConsumer took, int most) {
		this.most = most;
		this.took = took;
		this.model = model;
		this.reduced = reduced;
		gray = GrayPixels.of(l);
		upsample = reduced.width() < l.dimension(0) || reduced.height() < l.dimension(1);
	}

	/**
	 * Makes opaque sRGB colours.
	 *
	 * @param write pixels of the plane
	 * @param seen reduced pixels whose colours are known: those of {@code write}, with the margin of {@link GuidedUpsampling} if there are fewer than those
	 *          of the plane
	 * @param l L* of these, row by row
	 * @param made their colours
	 * @return for each pixel that is written
	 */
	public int[] argb(Interval write, Interval seen, float[] l, TileMaps made) {
		var argb = new int[(int) Intervals.numElements(write)];
		paint(write, seen, l, made, (from, fullL, a, b) -> {
			var colours = TensorLab.toArgb(fullL.flatten(), a.flatten(), b.flatten());
			DeviceClock.await(colours);
			var values = model.clock().transfer(colours::toIntArray);
			System.arraycopy(values, 0, argb, from, values.length);
		});
		return argb;
	}

	/** The same as L*, a* and b*. */
	public float[][] lab(Interval write, Interval seen, float[] l, TileMaps made) {
		var lab = new float[3][(int) Intervals.numElements(write)];
		paint(write, seen, l, made, (from, fullL, a, b) -> {
			put(fullL, lab[0], from);
			put(a, lab[1], from);
			put(b, lab[2], from);
		});
		return lab;
	}

	private void put(NDArray band, float[] whole, int from) {
		var values = model.clock().floats(band);
		System.arraycopy(values, 0, whole, from, values.length);
	}

	/** Takes the colours of some rows, as arrays (rows, width) that are closed afterwards. */
	private interface Bands {

		/** @param from index of the first pixel */
		void put(int from, NDArray l, NDArray a, NDArray b);
	}

	private void paint(Interval write, Interval seen, float[] l, TileMaps made, Bands bands) {
		int width = (int) write.dimension(0), height = (int) write.dimension(1), bandRows = Math.max(1, most / width);
		var values = gray.read(write);
		model.compute(device -> {
			long start = System.nanoTime();
			var upsampling = upsample ? new TensorUpsampling(seen, part(device, l, seen, seen), part(device, made.a(), seen, seen), part(device, made.b(), seen, seen),
				reduced) : null;
			for (int top = 0; top < height; top += bandRows)
				try (var scope = new NDScope()) {
					int rows = Math.min(bandRows, height - top);
					var band = FinalInterval.createMinSize(write.min(0), write.min(1) + top, width, rows);
					int from = top * width;
					var there = model.clock().transfer(() -> array(device, values, from, new Shape(rows, width)));
					var ab = upsample ? null : new NDList(part(device, made.a(), seen, band), part(device, made.b(), seen, band));
					var fullL = lightness(there, gray.tones());
					if (upsample) ab = upsampling.ab(band, fullL);
					bands.put(from, fullL, ab.get(0), ab.get(1));
					scope.suppressNotUsedWarning();
				}
			took.accept(System.nanoTime() - start);
			return null;
		});
	}

	private NDArray part(NDManager device, float[] values, Interval whole, Interval part) {
		return model.clock().transfer(() -> device.create(TileMaps.part(values, whole, part), new Shape(part.dimension(1), part.dimension(0))));
	}

	/** @param values as {@link GrayPixels#read} gives them */
	private static NDArray array(NDManager device, Object values, int from, Shape shape) {
		int count = (int) shape.size();
		if (values instanceof byte[] bytes) return device.create(ByteBuffer.wrap(bytes, from, count), shape, DataType.UINT8);
		if (values instanceof short[] shorts) return unsigned(device, shorts, from, shape);
		return device.create(FloatBuffer.wrap((float[]) values, from, count), shape, DataType.FLOAT32);
	}

	/** The engine takes no numbers of 16 bits, so they come in two bytes each. */
	private static NDArray unsigned(NDManager device, short[] shorts, int from, Shape shape) {
		int count = (int) shape.size();
		var bytes = ByteBuffer.allocate(2 * count).order(ByteOrder.LITTLE_ENDIAN);
		bytes.asShortBuffer().put(shorts, from, count);
		var halves = device.create(bytes, shape.add(2), DataType.UINT8).toType(DataType.INT32, false);
		return halves.mul(device.create(new int[] { 1, 256 })).sum(new int[] { 2 });
	}

	/** @param tones null if the values are L* already */
	static NDArray lightness(NDArray gray, Tones tones) {
		if (tones == null) return gray;
		var table = gray.getManager().create(tones.table());
		if (tones.range() == null) return table.take(gray);
		var range = tones.range();
		long last = table.size() - 1;
		// Values far from 0 differ by less than single precision tells.
		var position = gray.toType(DataType.FLOAT64, false).sub(exact(gray, range.min())).div(exact(gray, range.max() - range.min())).clip(0, 1).mul(last);
		var known = NDArrays.where(position.isNaN(), position.zerosLike(), position);
		var before = known.floor().clip(0, last - 1);
		var rest = known.sub(before).toType(DataType.FLOAT32, false);
		var low = table.take(before);
		return low.add(table.take(before.add(1)).sub(low).mul(rest));
	}

	private static NDArray exact(NDArray device, double value) {
		return device.getManager().create(value);
	}
}
