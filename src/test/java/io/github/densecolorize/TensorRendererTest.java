package io.github.densecolorize;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import net.imglib2.Interval;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.util.Intervals;
import net.imglib2.view.Views;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.densecolorize.Colorizer.Options;
import io.github.densecolorize.image.GrayMapping;
import io.github.densecolorize.image.Lab;
import io.github.densecolorize.model.ColorModel;

/** What a GPU paints, on the CPU: it must be what the CPU paints by itself. */
public class TensorRendererTest {

	@TempDir
	static Path folder;
	private static ColorModel model;

	@BeforeAll
	static void makeModel() throws IOException {
		model = ColorModel.open(TinyModel.write(folder, "tiny", "one", "two", "three"), "cpu");
	}

	@AfterAll
	static void close() {
		model.close();
	}

	@ParameterizedTest
	@CsvSource({ "8, 1, 33, 21", "8, 0.25, 133, 71", "16, 1, 37, 40", "16, 0.25, 50, 131", "32, 1, 45, 29", "32, 0.25, 129, 67", "64, 1, 20, 31", "64, 0.4, 61, 47",
		"8, 0.25, 1, 1", "32, 0.25, 1, 77" })
	public void paintsWhatTheCpuPaints(int bits, double scale, int width, int height) {
		var gray = gray(bits, width, height);
		// Strong colours, so that many are outside of sRGB; and more black and white than the values themselves have.
		var mapping = GrayMapping.range(at(bits, 0.1), at(bits, 0.9));
		paintsTheSame(gray, mapping, new Options("one", scale, 32, 2, Options.AUTO_STRENGTH));
	}

	/** The mapping of a constant image has no range, and some types can't be read as they are: then L* goes to the device. */
	@Test
	public void whatADeviceCantMapIsMappedBefore() {
		paintsTheSame(gray(32, 23, 17), GrayMapping.range(0.5, 0.5), new Options("one", 0.5, 32));
		paintsTheSame(gray(-8, 23, 17), GrayMapping.range(-100, 100), new Options("one", 0.5, 32));
	}

	@SuppressWarnings({ "unchecked", "rawtypes" })
	private static void paintsTheSame(RandomAccessibleInterval gray, GrayMapping mapping, Options options) {
		RandomAccessibleInterval<FloatType> l = mapping.lightness(gray);
		int pixels = (int) Intervals.numElements(l);
		int[] own = new int[pixels], tensors = new int[pixels];
		new Colorizer(model, options, null, false).colorize(gray, mapping, ArrayImgs.argbs(own, l.dimensionsAsLongArray()), Progress.NONE);
		new Colorizer(model, options, null, true).colorize(gray, mapping, ArrayImgs.argbs(tensors, l.dimensionsAsLongArray()), Progress.NONE);
		int differ = 0;
		for (int i = 0; i < pixels; i++) {
			for (int shift = 0; shift < 32; shift += 8)
				assertEquals(own[i] >>> shift & 255, tensors[i] >>> shift & 255, 1, "pixel " + i);
			if (own[i] != tensors[i]) differ++;
		}
		assertTrue(differ <= pixels / 100, differ + " of " + pixels + " pixels differ");
		int i = 0;
		var lab = new float[3];
		for (var expected : Views.flatIterable(l)) {
			Lab.fromArgb(tensors[i++], lab);
			assertEquals(expected.get(), lab[0], 0.3f);
		}
		assertLab(lab(l, options, false), lab(l, options, true));
	}

	private static void assertLab(List<float[]> expected, List<float[]> made) {
		for (int c = 0; c < 3; c++)
			for (int i = 0; i < expected.get(c).length; i++)
				assertEquals(expected.get(c)[i], made.get(c)[i], c == 0 ? 1e-3f : 0.02f, "pixel " + i + " of channel " + c);
	}

	/** L*, a* and b* as a sink that does not want sRGB gets them. */
	private static List<float[]> lab(RandomAccessibleInterval<FloatType> l, Options options, boolean tensors) {
		var colorizer = new Colorizer(model, options, null, tensors);
		var sink = new LabPlane(l);
		colorizer.colorize(l, colorizer.plan(List.of(l), 0), sink, Progress.NONE);
		return sink.lab;
	}

	private static final class LabPlane implements TileSink {

		private final int width;
		private final List<float[]> lab = new ArrayList<>();

		LabPlane(RandomAccessibleInterval<FloatType> l) {
			width = (int) l.dimension(0);
			for (int c = 0; c < 3; c++)
				lab.add(new float[(int) Intervals.numElements(l)]);
		}

		@Override
		public void put(Interval tile, float[] l, float[] a, float[] b) {
			int n = (int) tile.dimension(0);
			for (int j = 0; j < tile.dimension(1); j++) {
				int to = (int) (tile.min(1) + j) * width + (int) tile.min(0);
				System.arraycopy(l, j * n, lab.get(0), to, n);
				System.arraycopy(a, j * n, lab.get(1), to, n);
				System.arraycopy(b, j * n, lab.get(2), to, n);
			}
		}
	}

	/** Hints hold at full resolution, after the upsampling. */
	@Test
	public void hintsHoldAsOnTheCpu() {
		var l = GrayMapping.fullRange(8).lightness(ArrayImgs.unsignedBytes((byte[]) bytes(80, 60), 80, 60));
		var hints = List.of(new Hint(Hint.ALL, 40, -30, List.of(new Hint.Run(30, 20, 33)), "line"));
		var made = new ArrayList<List<float[]>>();
		for (boolean tensors : new boolean[] { false, true }) {
			var colorizer = new Colorizer(model, new Options("one", 0.5, 32), null, tensors);
			var sink = new LabPlane(l);
			colorizer.colorize(l, 0, colorizer.plan(List.of(l), 0, hints), sink, Progress.NONE);
			made.add(sink.lab);
		}
		assertLab(made.get(0), made.get(1));
		assertEquals(40, made.get(1).get(1)[30 * 80 + 31], 1e-3f);
	}

	/** A part of a plane, in bands that the tiles do not fit, of several plans at once. */
	@Test
	public void partsAndSeveralPlansAsOnTheCpu() {
		var l = GrayMapping.fullRange(8).lightness(ArrayImgs.unsignedBytes((byte[]) bytes(150, 90), 150, 90));
		var made = new ArrayList<List<float[]>>();
		for (boolean tensors : new boolean[] { false, true }) {
			var first = new Colorizer(model, new Options("one", 0.5, 32), null, tensors);
			List<Plan> plans = List.of(first.plan(List.of(l), 0), new Colorizer(model, new Options("two", 0.5, 32)).plan(List.of(l), 0));
			LabPlane one = new LabPlane(l), two = new LabPlane(l), part = new LabPlane(l);
			first.colorize(l, plans, List.of(one, two), Progress.NONE);
			first.colorize(l, 0, plans.get(0), Intervals.createMinSize(7, 31, 100, 20), part, Progress.NONE);
			made.addAll(List.of(one.lab, two.lab, part.lab));
		}
		for (int i = 0; i < 3; i++)
			assertLab(made.get(i), made.get(i + 3));
		var part = made.get(5).get(0);
		for (int i = 0; i < part.length; i++)
			assertEquals(i % 150 >= 7 && i % 150 < 107 && i / 150 >= 31 && i / 150 < 51 ? made.get(3).get(0)[i] : 0, part[i], "pixel " + i);
	}

	private static byte[] bytes(int width, int height) {
		var bytes = new byte[width * height];
		new Random(1).nextBytes(bytes);
		return bytes;
	}

	/** Random values from the lowest to the highest that a type has, both of them included; -8: signed, 64: double precision. */
	private static RandomAccessibleInterval<? extends RealType<?>> gray(int bits, int width, int height) {
		var image = switch (bits) {
			case 8 -> ArrayImgs.unsignedBytes(width, height);
			case -8 -> ArrayImgs.bytes(width, height);
			case 16 -> ArrayImgs.unsignedShorts(width, height);
			case 32 -> ArrayImgs.floats(width, height);
			default -> ArrayImgs.doubles(width, height);
		};
		var random = new Random(1);
		int i = 0;
		for (RealType<?> pixel : image) {
			double v = i % 9 == 0 ? 0 : i % 9 == 1 ? 1 : random.nextDouble();
			pixel.setReal(bits == -8 ? -128 + Math.floor(255 * v) : at(bits, v));
			i++;
		}
		if (bits == 32 && width > 3) image.randomAccess().setPositionAndGet(2, 0).setReal(Double.NaN);
		return image;
	}

	/** The floating point values are a thousandth apart, far from 0. */
	private static double at(int bits, double v) {
		return switch (bits) {
			case 8 -> Math.rint(255 * v);
			case 16 -> Math.rint(65535 * v);
			default -> 5000 + 10 * v;
		};
	}
}
