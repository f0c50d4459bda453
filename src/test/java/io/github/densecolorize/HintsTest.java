package io.github.densecolorize;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.view.Views;

import io.github.densecolorize.Colorizer.Options;
import io.github.densecolorize.Hint.Run;
import io.github.densecolorize.image.GrayMapping;
import io.github.densecolorize.image.Lab;
import io.github.densecolorize.model.ColorModel;
import io.github.densecolorize.model.Head;
import io.github.densecolorize.net.RivalsTest;
import io.github.densecolorize.net.ToyArchitecture;
import io.github.densecolorize.net.Vgg;
import io.github.densecolorize.open.ImageFiles;

/** Hints in images, by an untrained network. */
public class HintsTest {

	private static final int A = 0, B = 1;

	@TempDir
	static Path folder;
	private static ColorModel model, toy, unet;

	@BeforeAll
	static void open() throws IOException {
		model = ColorModel.open(TinyModel.write(folder, "tiny", "one", "two"), "cpu");
		toy = ColorModel.open(TinyModel.write(new ToyArchitecture.Numbers(8, new Vgg(8, List.of(4), List.of(1), true, true, List.of(8))), folder, "toy", "one",
			"two"), "cpu");
		unet = ColorModel.open(TinyModel.write(RivalsTest.small("unet"), folder, "unet", "one", "two"), "cpu");
	}

	@AfterAll
	static void close() {
		model.close();
		toy.close();
		unet.close();
	}

	/** A plane with values row by row. */
	private record Plane(float[] l, int width, int height) {

		Plane(int width, int height, float value) {
			this(new float[width * height], width, height);
			Arrays.fill(l, value);
		}

		RandomAccessibleInterval<FloatType> image() {
			return ArrayImgs.floats(l, width, height);
		}

		/** Sets some columns. */
		Plane columns(int from, int to, float value) {
			for (int y = 0; y < height; y++)
				Arrays.fill(l, y * width + from, y * width + to + 1, value);
			return this;
		}

		int at(int x, int y) {
			return y * width + x;
		}
	}

	/** Stripes, waves and noise, dark and light. */
	private static Plane pattern(int width, int height) {
		var random = new Random(1);
		var plane = new Plane(width, height, 0);
		for (int y = 0; y < height; y++)
			for (int x = 0; x < width; x++)
				plane.l[plane.at(x, y)] = (float) (50 + 25 * Math.sin(x / 9.0 + Math.cos(y / 17.0)) + (x / 40 + y / 30) % 2 * 15 + 8 * random.nextFloat());
		return plane;
	}

	private static float[][] colours(Plane plane, Colorizer colorizer, List<Hint> hints) {
		var ab = new float[2][plane.l.length];
		colorizer.colorize(plane.image(), 0, colorizer.plan(List.of(plane.image()), 0, hints), (tile, l, a, b) -> {
			int i = 0;
			for (long y = tile.min(1); y <= tile.max(1); y++)
				for (long x = tile.min(0); x <= tile.max(0); x++, i++) {
					ab[A][plane.at((int) x, (int) y)] = a[i];
					ab[B][plane.at((int) x, (int) y)] = b[i];
				}
		}, Progress.NONE);
		return ab;
	}

	private static Colorizer colorizer(double scale) {
		return new Colorizer(model, new Options("one", scale, 64));
	}

	private static Hint hint(double a, double b, Run... runs) {
		return new Hint(0, (float) a, (float) b, List.of(runs), "hint");
	}

	private static Hint point(double a, double b, int x, int y) {
		return hint(a, b, new Run(y, x, x));
	}

	/** What a hint changes, if at its place it wants more a* and less b* than there is, by the same number. */
	private static float[][] change(Plane plane, double scale, double by, int x, int y) {
		var before = colours(plane, colorizer(scale), List.of());
		int at = plane.at(x, y);
		var after = colours(plane, colorizer(scale), List.of(point(before[A][at] + by, before[B][at] - by, x, y)));
		for (int c = 0; c < 2; c++)
			for (int i = 0; i < before[c].length; i++)
				after[c][i] -= before[c][i];
		return after;
	}

	/**
	 * Areas of L* 60, divided by a black line. At the end of the hint's own area, 110 and 28 pixels away, its 40 becomes 40 / (1 + 0.15²) ·
	 * exp(-½ (110² + 28²) / 200²) = 33.3; beyond the line, where the barrier is 0.6 / 0.2, less than 40 · exp(-½ 3²) = 0.44.
	 */
	@Test
	public void coloursFillAnAreaButDoNotCrossItsEdge() {
		var plane = new Plane(200, 64, 60).columns(150, 151, 0);
		var change = change(plane, 1, 40, 10, 32);
		assertEquals(33.3, change[A][plane.at(120, 60)], 0.3);
		assertEquals(-33.3, change[B][plane.at(120, 60)], 0.3);
		for (int y = 0; y < plane.height; y++)
			for (int x = 152; x < plane.width; x++) {
				assertEquals(0, change[A][plane.at(x, y)], 0.45);
				assertEquals(0, change[B][plane.at(x, y)], 0.45);
			}
	}

	/** L* 20 and 65: what is 0.45 / 0.3 in lightness and 0.45 / 0.2 in barrier away gets less than 40 · exp(-½ (1.5² + 2.25²)) = 1.03. */
	@Test
	public void eachOfTwoHintsColoursItsOwnArea() {
		var plane = new Plane(120, 60, 20).columns(60, 119, 65);
		var before = colours(plane, colorizer(1), List.of());
		int dark = plane.at(5, 5), light = plane.at(115, 55);
		var after = colours(plane, colorizer(1), List.of(point(before[A][dark] + 40, before[B][dark], 5, 5), point(before[A][light], before[B][light] - 40,
			115, 55)));
		int inDark = plane.at(25, 40), inLight = plane.at(95, 20);
		// (20² + 35²) / 120² away from the hint, without the other's part.
		double near = 40 / 1.0225 * Math.exp(-0.5 * (20 * 20 + 35 * 35) / 120 / 120);
		assertEquals(near, after[A][inDark] - before[A][inDark], 1.1);
		assertEquals(0, after[B][inDark] - before[B][inDark], 1.1);
		assertEquals(-near, after[B][inLight] - before[B][inLight], 1.1);
		assertEquals(0, after[A][inLight] - before[A][inLight], 1.1);
	}

	/**
	 * Two hints in a plain area, 60 pixels of 100 apart: k = exp(-0.18) = 0.8353, so that (1.0225 c + 0.8353 d, 0.8353 c + 1.0225 d) = (40, 0): c =
	 * 117.6, d = -96.1. Between them, 30 pixels from both, k = exp(-0.045) = 0.956 makes of it 20.6.
	 */
	@Test
	public void betweenTwoHintsTheColoursChangeSmoothly() {
		var plane = new Plane(100, 40, 50);
		var before = colours(plane, colorizer(1), List.of());
		var after = colours(plane, colorizer(1), List.of(point(before[A][0] + 40, before[B][0], 20, 20), point(before[A][0], before[B][0], 80, 20)));
		assertEquals(20.6, after[A][plane.at(50, 20)] - before[A][0], 0.1);
		assertEquals(0, after[B][plane.at(50, 20)] - before[B][0], 0.01);
	}

	@ParameterizedTest
	@ValueSource(doubles = { 1, 0.5, 0.23 })
	public void pointsLinesAndAreasHoldExactly(double scale) {
		var plane = pattern(150, 110);
		var hints = List.of(point(60, -50, 0, 0), point(-30, 20, 149, 109), point(5, 5, 77, 31), hint(-60, 60, new Run(50, 3, 140)), hint(20, 70, IntStream.range(
			70, 105).mapToObj(y -> new Run(y, 20, 90)).toArray(Run[]::new)));
		var ab = colours(plane, colorizer(scale), hints);
		for (var hint : hints)
			for (var run : hint.runs())
				for (int x = run.from(); x <= run.to(); x++) {
					assertEquals(hint.a(), ab[A][plane.at(x, run.y())]);
					assertEquals(hint.b(), ab[B][plane.at(x, run.y())]);
				}
		for (var values : ab)
			for (float value : values)
				assertTrue(Float.isFinite(value));
	}

	@ParameterizedTest
	@CsvSource({ "1, 1", "1, 90", "70, 1", "2, 2" })
	public void theSmallestImagesTakeHints(int width, int height) {
		var plane = pattern(width, height);
		for (double scale : new double[] { 1, 0.2 }) {
			var ab = colours(plane, colorizer(scale), List.of(point(40, -30, 0, 0), point(10, 20, width - 1, height - 1)).subList(width * height == 1 ? 1 : 0, 2));
			assertEquals(10, ab[A][plane.l.length - 1]);
			assertEquals(20, ab[B][plane.l.length - 1]);
			for (var values : ab)
				for (float value : values)
					assertTrue(Float.isFinite(value));
		}
	}

	/** Of twelve slices, in the order z before t, the eighth is z = 2, t = 3 of three and four. */
	@Test
	public void aHintActsOnItsSliceOnly() {
		var gray = grays(40, 30, 3, 4);
		var hint = new Hint(7, 60, 60, List.of(new Run(10, 5, 30)), "hint");
		var plain = rgb(gray, List.of());
		var hinted = rgb(gray, List.of(hint));
		for (int i = 0; i < 12; i++)
			assertEquals(i != 7, Arrays.equals(plain.get(i), hinted.get(i)), "slice " + i);
		var everywhere = rgb(gray, List.of(new Hint(Hint.ALL, hint.a(), hint.b(), hint.runs(), "hint")));
		for (int i = 0; i < 12; i++) {
			assertFalse(Arrays.equals(plain.get(i), everywhere.get(i)), "slice " + i);
			var lab = new float[3];
			Lab.fromArgb(everywhere.get(i)[10 * 40 + 20], lab);
			// The colour may be more than sRGB has at this lightness, but is of this hue.
			if (lab[0] > 40) assertEquals(Math.PI / 4, Math.atan2(lab[2], lab[1]), 0.1);
		}
	}

	private static RandomAccessibleInterval<UnsignedByteType> grays(long... size) {
		var random = new Random(1);
		var gray = ArrayImgs.unsignedBytes(size);
		gray.forEach(v -> v.set(random.nextInt(256)));
		return gray;
	}

	private static List<int[]> rgb(RandomAccessibleInterval<UnsignedByteType> gray, List<Hint> hints) {
		var pixels = new int[(int) (gray.dimension(0) * gray.dimension(1) * gray.dimension(2) * gray.dimension(3))];
		var out = ArrayImgs.argbs(pixels, gray.dimensionsAsLongArray());
		new Colorizer(model, new Options("one", 0.5, 64)).colorize(gray, GrayMapping.fullRange(8), 0, hints, out, Progress.NONE);
		int plane = (int) (gray.dimension(0) * gray.dimension(1));
		return IntStream.range(0, pixels.length / plane).mapToObj(i -> Arrays.copyOfRange(pixels, i * plane, (i + 1) * plane)).toList();
	}

	@Test
	public void lightnessIsKept() {
		var gray = grays(64, 64, 1, 1);
		var hints = List.of(hint(70, -90, new Run(9, 0, 63)), hint(-60, 60, IntStream.range(20, 50).mapToObj(y -> new Run(y, 20, 40)).toArray(Run[]::new)));
		var rgb = rgb(gray, hints).get(0);
		var lab = new float[3];
		int i = 0;
		for (var v : Views.flatIterable(gray)) {
			Lab.fromArgb(rgb[i++], lab);
			assertEquals(Lab.lightness(v.get() / 255.0), lab[0], 0.3);
		}
	}

	/** The model's colours become gray, so that all there is to see is the hint: 40 / 1.0225 · exp(-½ 50² / 100²) = 34.5. */
	@Test
	public void strengthIsForPredictedColoursOnly() {
		var plane = new Plane(100, 40, 50);
		var ab = colours(plane, new Colorizer(model, new Options("one", 1, 64, 0, Options.AUTO_STRENGTH)), List.of(point(40, -40, 20, 20)));
		assertEquals(40, ab[A][plane.at(20, 20)]);
		assertEquals(34.5, ab[A][plane.at(70, 20)], 0.1);
		assertEquals(-34.5, ab[B][plane.at(70, 20)], 0.1);
	}

	@ParameterizedTest
	@CsvSource({ "tiny, 1, false", "tiny, 0.5, false", "tiny, 0.29, true", "tiny, 1, true", "toy, 1, false", "toy, 0.41, false", "unet, 1, false", "unet, 0.41, true" })
	public void tilesGiveTheSameAsOnePiece(String name, double scale, boolean reference) {
		var plane = pattern(260, 190);
		var network = name.equals("toy") ? toy : name.equals("unet") ? unet : model;
		var hints = List.of(point(60, -50, 0, 0), point(-30, 20, 259, 189), point(30, 20, 31, 33), hint(-60, 60, new Run(60, 3, 240)), hint(20, 70, IntStream
			.range(70, 180).mapToObj(y -> new Run(y, 20, 90)).toArray(Run[]::new)));
		var options = new Options("one", scale, Options.LARGEST_TILE);
		var head = reference ? head(network, options) : null;
		var whole = rgb(plane, colours(plane, new Colorizer(network, options, head), hints));
		assertFalse(Arrays.equals(whole, rgb(plane, colours(plane, new Colorizer(network, options, head), List.of()))));
		for (int tile : new int[] { 32, 96 })
			assertEquals(0, difference(whole, rgb(plane, colours(plane, new Colorizer(network, new Options("one", scale, tile), head), hints))), 1);
	}

	/** At its place the hint holds as always; beyond the three pixels around it, it acts as far as the network sees and no farther, to both sides. */
	@Test
	public void aNetworkThatTakesHintsIsTold() {
		var plane = pattern(160, 96);
		var colorizer = new Colorizer(unet, new Options("one", 1, 64));
		float[][] without = colours(plane, colorizer, List.of()), with = colours(plane, colorizer, List.of(point(60, -50, 80, 40)));
		assertEquals(60, with[A][plane.at(80, 40)], 1e-4);
		assertEquals(-50, with[B][plane.at(80, 40)], 1e-4);
		int near = 0, halo = unet.spec().net().halo();
		for (int y = 0; y < 96; y++)
			for (int x = 0; x < 160; x++) {
				int distance = Math.max(Math.abs(x - 80), Math.abs(y - 40));
				float change = Math.abs(with[A][plane.at(x, y)] - without[A][plane.at(x, y)]);
				if (distance > halo) assertEquals(0, change, 1e-3);
				else if (distance > 5 && change > 0.01) near++;
			}
		assertTrue(near > 100, near + " pixels were changed");
		assertEquals(0, colorizer.plan(List.of(plane.image()), 0, List.of(point(60, -50, 80, 40))).mapWeights().length);
	}

	/** Colours that depend on the lightness. */
	private static Head head(ColorModel network, Options options) {
		var plane = pattern(120, 90);
		float[] a = new float[plane.l.length], b = a.clone();
		for (int i = 0; i < a.length; i++) {
			a[i] = 50 - plane.l[i];
			b[i] = plane.l[i] / 2;
		}
		return References.fit(network, options, List.of(new Reference(plane.image(), ArrayImgs.floats(a, 120, 90), ArrayImgs.floats(b, 120, 90), 0, "0")));
	}

	private static int[] rgb(Plane plane, float[][] ab) {
		var rgb = new int[plane.l.length];
		Lab.toArgb(plane.l, ab[A], ab[B], rgb);
		return rgb;
	}

	/** Largest difference of a channel, in 8-bit levels. */
	private static int difference(int[] one, int[] other) {
		int largest = 0;
		for (int i = 0; i < one.length; i++)
			for (int shift = 0; shift < 24; shift += 8)
				largest = Math.max(largest, Math.abs((one[i] >> shift & 255) - (other[i] >> shift & 255)));
		return largest;
	}

	/** Each fourth pixel has a colour of its own. */
	@Test
	public void thousandsOfHintsTakeSeconds() {
		var plane = pattern(200, 200);
		var hints = IntStream.range(0, 10_000).mapToObj(i -> point(i % 61 - 30, i % 53 - 26, 2 * (i % 100), 2 * (i / 100))).toList();
		assertTimeout(Duration.ofSeconds(20), () -> {
			var ab = colours(plane, colorizer(0.25), hints);
			for (var hint : hints)
				assertEquals(hint.a(), ab[A][plane.at(hint.runs().get(0).from(), hint.runs().get(0).y())]);
		});
	}

	@Test
	public void theSameHintsGiveTheSame() {
		var plane = pattern(130, 90);
		var hints = List.of(hint(-60, 60, new Run(60, 3, 120)), point(30, 20, 31, 33));
		var first = colours(plane, colorizer(0.5), hints);
		for (int i = 0; i < 3; i++) {
			var again = colours(plane, colorizer(0.5), hints);
			assertArrayEquals(first[A], again[A]);
			assertArrayEquals(first[B], again[B]);
		}
	}

	/** With real weights, on a real image: hints hold, change what is alike, and tiles and lightness are as without them. */
	@Test
	public void hintsOnARealImage() throws IOException {
		var folder = Path.of("models", "microscopy");
		var sample = ImageFiles.open(folder.resolve("sample.tif"), sentence -> {}).getProcessor();
		var plane = new Plane(sample.getWidth(), sample.getHeight(), 0);
		for (int i = 0; i < plane.l.length; i++)
			plane.l[i] = Lab.lightness(sample.get(i) / 255.0);
		try (var real = ColorModel.open(folder, "cpu")) {
			var before = colours(plane, new Colorizer(real, new Options("auto", 0.5, 512)), List.of());
			int x = plane.width / 2, y = plane.height / 2, at = plane.at(x, y);
			var hints = List.of(point(before[A][at] + 15, before[B][at] - 15, x, y), hint(before[A][0], before[B][0], new Run(0, 0, 9)));
			var whole = colours(plane, new Colorizer(real, new Options("auto", 0.5, 512)), hints);
			assertEquals(before[A][at] + 15, whole[A][at], 0.01);
			double changed = 0;
			for (int i = 0; i < plane.l.length; i++)
				changed += (whole[A][i] - before[A][i]) / plane.l.length;
			assertTrue(changed > 1 && changed < 15, "a* changed by " + changed + " on average");
			var rgb = rgb(plane, whole);
			assertEquals(0, difference(rgb, rgb(plane, colours(plane, new Colorizer(real, new Options("auto", 0.5, 96)), hints))), 1);
			var lab = new float[3];
			for (int i = 0; i < rgb.length; i++) {
				Lab.fromArgb(rgb[i], lab);
				assertEquals(plane.l[i], lab[0], 0.3);
			}
		}
	}
}
