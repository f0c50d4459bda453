package io.github.densecolorize.net;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;

/** Convolutions against the same sums in double precision. */
public class WayTest {

	/** Input maps: the kernels that are known to be wrong want 64. */
	private static final int IN = 64;
	/** Pixels that are compared, spread over the image. */
	private static final int PIXELS = 50;
	private static final double ALLOWED = 1e-4;

	private final SplittableRandom random = new SplittableRandom(1);

	private float[] noise(int n) {
		var values = new float[n];
		for (int i = 0; i < n; i++)
			values[i] = (float) random.nextDouble(-1, 1);
		return values;
	}

	/** 3 × 3 pixels, all 1; the window sums the map and ten times the other one, and 0.5: 9 · 11 + 0.5, fewer at the border. */
	@ParameterizedTest
	@EnumSource
	public void theBorderIsOfZeros(Ways way) {
		try (var manager = NDManager.newBaseManager()) {
			var x = way.maps(manager, new Shape(1, 2, 3, 3));
			x.set(new NDIndex(":"), manager.ones(x.getShape()));
			var filters = new float[18];
			for (int i = 0; i < 18; i++)
				filters[i] = i < 9 ? 1 : 10;
			var weight = way.prepared(manager.create(filters, new Shape(1, 2, 3, 3)), manager);
			var bias = way.prepared(manager.create(new float[] { 0.5f }), manager);
			assertArrayEquals(new float[] { 44.5f, 66.5f, 44.5f, 66.5f, 99.5f, 66.5f, 44.5f, 66.5f, 44.5f }, way.convolve(x, weight, bias, 1, 1)
				.toFloatArray());
			assertArrayEquals(new float[] { 99.5f }, way.convolve(x, weight, bias, 0, 1).toFloatArray());
		}
	}

	/**
	 * On a processor where PyTorch errs, a way may be wrong; then a witness must have said so. The last way is right everywhere, and there is
	 * always one that is.
	 */
	@ParameterizedTest
	@CsvSource({ "1, 9, 11", "1, 17, 19", "1, 65, 67", "3, 17, 19" })
	public void noNumberOfMapsIsWrongUnnoticed(int side, int height, int width) {
		var unnoticed = new ArrayList<String>();
		for (int maps = 1; maps <= 200; maps++)
			// Not planar maps, which are a way out only: some of its kernels are so wrong here that they seem to write past their memory.
			for (var way : List.of(Ways.PADDED, Ways.PRODUCTS))
				try (var manager = NDManager.newBaseManager()) {
					float[] values = noise(IN * height * width), filters = noise(maps * IN * side * side), biases = noise(maps);
					var x = interleavedOrNot(way, manager.create(values, new Shape(1, IN, height, width)));
					NDArray weight = manager.create(filters, new Shape(maps, IN, side, side)), bias = manager.create(biases);
					var y = way.convolve(x, way.prepared(weight, manager), way.prepared(bias, manager), side / 2, maps);
					double error = error(y.toFloatArray(), values, filters, biases, side, height, width);
					try (var witness = new Witness()) {
						witness.saw(x, weight, bias, side / 2, y);
						boolean said = witness.error() > ALLOWED;
						if (error > ALLOWED && (!said || way == Ways.PRODUCTS)) unnoticed.add(way + ", " + maps + " maps: " + error);
					}
				}
		assertEquals(List.of(), unnoticed);
	}

	private static NDArray interleavedOrNot(Way way, NDArray planar) {
		var x = way.maps(planar.getManager(), planar.getShape());
		x.set(new NDIndex(":"), planar);
		return x;
	}

	/** Largest, as a share of the sum of magnitudes; of all maps at some pixels. */
	private static double error(float[] y, float[] x, float[] filters, float[] biases, int side, int height, int width) {
		double largest = 0;
		for (int i = 0; i < PIXELS; i++) {
			int pixel = i * (height * width - 1) / (PIXELS - 1), row = pixel / width, column = pixel % width;
			for (int map = 0; map < biases.length; map++) {
				double sum = biases[map], magnitude = Math.abs(sum);
				for (int in = 0; in < IN; in++)
					for (int k = 0; k < side * side; k++) {
						int r = row + k / side - side / 2, c = column + k % side - side / 2;
						if (r < 0 || r >= height || c < 0 || c >= width) continue;
						double product = (double) x[(in * height + r) * width + c] * filters[(map * IN + in) * side * side + k];
						sum += product;
						magnitude += Math.abs(product);
					}
				largest = Math.max(largest, Math.abs(y[map * height * width + pixel] - sum) / magnitude);
			}
		}
		return largest;
	}

	/** 36 maps fill two registers and a quarter of one; 2 are not worth it. */
	@Test
	public void mapsArePaddedToWholeRegisters() {
		try (var manager = NDManager.newBaseManager()) {
			var padded = Ways.PADDED.prepared(manager.ones(new Shape(36, 2, 1, 1)), manager);
			assertEquals(new Shape(48, 2, 1, 1), padded.getShape());
			assertEquals(72, padded.sum().getFloat());
			assertEquals(new Shape(96), Ways.PADDED.prepared(manager.ones(new Shape(72)), manager).getShape());
			assertEquals(new Shape(2), Ways.PADDED.prepared(manager.ones(new Shape(2)), manager).getShape());
			assertEquals(new Shape(36), Ways.PLANAR.prepared(manager.ones(new Shape(36)), manager).getShape());
		}
	}

	/** Each way is left with nothing but its result. */
	@ParameterizedTest
	@EnumSource
	public void nothingElseStays(Ways way) {
		try (var manager = NDManager.newBaseManager(); var weights = manager.newSubManager(); var call = manager.newSubManager()) {
			var weight = way.prepared(weights.ones(new Shape(12, 2, 3, 3)), weights);
			int before = weights.getManagedArrays().size();
			way.convolve(way.maps(call, new Shape(1, 2, 5, 5)), weight, null, 1, 12);
			assertEquals(before, weights.getManagedArrays().size());
			assertTrue(call.getManagedArrays().size() <= 3, call.getManagedArrays().size() + " arrays");
		}
	}

	/** Native code must not use memory of Java that Java may give away. */
	@ParameterizedTest
	@EnumSource
	public void theGarbageCollectorLeavesItsValues(Ways way) {
		try (var manager = NDManager.newBaseManager()) {
			var values = noise(30 * 40);
			var map = way.map(manager, values, 30, 40);
			GarbageCollector.overwriteFreed(4 * values.length);
			assertArrayEquals(values, map.toFloatArray());
		}
	}
}
