package io.github.densecolorize;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.util.Intervals;
import net.imglib2.view.Views;

import io.github.densecolorize.Colorizer.Options;
import io.github.densecolorize.model.ColorModel;
import io.github.densecolorize.model.Head;
import io.github.densecolorize.model.HeadTensors;
import io.github.densecolorize.model.ModelFolder;

public class ReferencesTest {

	private static final String HASH = "0123456789abcdef".repeat(4), OTHER = "fedcba9876543210".repeat(4);
	/** The references in full. */
	private static final Options FULL = new Options("one", 1, 0, 1, 1);

	@TempDir
	static Path folder;
	private static Path tiny;
	private static ColorModel model;

	@BeforeAll
	static void open() throws IOException {
		tiny = TinyModel.write(folder, "tiny", "one", "two");
		model = ColorModel.open(tiny, "cpu");
	}

	@AfterAll
	static void close() {
		model.close();
	}

	/** A stain that is white in the background and stronger the darker it is. */
	private static final DoubleUnaryOperator A = l -> 0.6 * (100 - l), B = l -> -0.3 * (100 - l);

	@Test
	public void coloursOfAReferenceAreTakenOver() {
		var head = References.fit(model, FULL, List.of(reference(scene(1, 90, 70), A, B, HASH)));
		assertEquals(List.of(HASH), head.references());
		var other = scene(2, 80, 60);
		var ab = chroma(new Colorizer(model, FULL, head), other);
		double error = 0, own = 0;
		var before = chroma(new Colorizer(model, FULL), other);
		int pixels = 80 * 60, i = 0;
		for (var l : Views.flatIterable(other)) {
			error += Math.pow(ab[i] - A.applyAsDouble(l.get()), 2) + Math.pow(ab[pixels + i] - B.applyAsDouble(l.get()), 2);
			own += Math.pow(before[i] - A.applyAsDouble(l.get()), 2) + Math.pow(before[pixels + i] - B.applyAsDouble(l.get()), 2);
			i++;
		}
		assertTrue(Math.sqrt(error / 2 / pixels) < 2, "error " + Math.sqrt(error / 2 / pixels));
		assertTrue(Math.sqrt(own / 2 / pixels) > 10, "without reference " + Math.sqrt(own / 2 / pixels));
	}

	@Test
	public void whiteStaysWhite() {
		var head = References.fit(model, FULL, List.of(reference(scene(1, 90, 70), A, B, HASH)));
		var white = ArrayImgs.floats(40, 40);
		white.forEach(l -> l.set(99.5f));
		for (float c : chroma(new Colorizer(model, FULL, head), white))
			assertEquals(0, c, 2);
	}

	/** Each has half of the say, whatever its size. */
	@Test
	public void severalReferencesCountAlike() {
		var large = reference(scene(1, 150, 120), l -> 30, l -> 0, HASH);
		var small = reference(scene(2, 40, 40), l -> -10, l -> 20, OTHER);
		var head = References.fit(model, FULL, List.of(large, small));
		assertEquals(List.of(HASH, OTHER), head.references());
		var ab = chroma(new Colorizer(model, FULL, head), scene(3, 60, 60));
		assertEquals(10, mean(ab, 0, 3600), 3);
		assertEquals(10, mean(ab, 3600, 3600), 3);
	}

	@Test
	public void theStrengthIsTheUsers() {
		var head = References.fit(model, FULL, List.of(reference(scene(1, 90, 70), A, B, HASH)));
		var scene = scene(2, 50, 50);
		float[] none = chroma(new Colorizer(model, FULL), scene), full = chroma(new Colorizer(model, FULL, head), scene);
		var half = chroma(new Colorizer(model, new Options("one", 1, 0, 1, 0.5), head), scene);
		assertArrayEquals(none, chroma(new Colorizer(model, new Options("one", 1, 0, 1, 0), head), scene), 1e-3f);
		for (int i = 0; i < half.length; i++)
			assertEquals((none[i] + full[i]) / 2, half[i], 1e-2);
		assertEquals(0.7, new Colorizer(model, new Options("one", 1, 0, 1, 0.7), head).plan(List.of(scene), 0).share());
	}

	/** The references are those of the image: no error of the model, no trust. */
	@Test
	public void theStrengthIsFoundForEachImage() {
		var auto = new Options(Options.AUTO, 1, 0);
		var scene = scene(1, 90, 70);
		var head = References.fit(model, auto, List.of(reference(scene, A, B, HASH)));
		double share = new Colorizer(model, auto, head).plan(List.of(scene), 0).share();
		var guidance = new Colorizer(model, auto).plan(List.of(scene), 0).guidance();
		// The maps are those of the reference itself, so only error and class count.
		double known = 8 * Math.pow(guidance.probability(), 20), error = head.error();
		assertEquals(0.9 * error * error / (error * error + known * known), share, 1e-3);
	}

	@Test
	public void theColoursBecomeStrongerOrWeaker() {
		var scene = scene(1, 50, 50);
		float[] one = chroma(new Colorizer(model, new Options("one", 1, 0)), scene), two = chroma(new Colorizer(model, new Options("one", 1, 0, 2,
			Options.AUTO_STRENGTH)), scene);
		for (int i = 0; i < one.length; i++)
			assertEquals(2 * one[i], two[i], 1e-4);
		for (float c : chroma(new Colorizer(model, new Options("one", 1, 0, 0, Options.AUTO_STRENGTH)), scene))
			assertEquals(0, c, 1e-9);
		assertEquals("Strength is 2.5; must be 0 (gray) to 2, where 1 is as predicted.", assertThrows(IllegalArgumentException.class,
			() -> new Options("one", 1, 0, 2.5, 1)).getMessage());
		assertEquals("Reference strength is 1.5; must be auto, or 0 (the model's colours) to 1 (those of the references).", assertThrows(
			IllegalArgumentException.class, () -> new Options("one", 1, 0, 1, 1.5)).getMessage());
	}

	@Test
	public void tilesFitTogether() {
		var head = References.fit(model, FULL, List.of(reference(scene(1, 90, 70), A, B, HASH)));
		var scene = scene(2, 110, 90);
		for (double scale : new double[] { 1, 0.5 }) {
			var whole = chroma(new Colorizer(model, new Options("one", scale, 512, 1, 1), head), scene);
			assertArrayEquals(whole, chroma(new Colorizer(model, new Options("one", scale, 32, 1, 1), head), scene), 1e-3f);
		}
	}

	@Test
	public void anAdaptedModelIsOneWithItsHead() throws IOException {
		var head = References.fit(model, FULL, List.of(reference(scene(1, 90, 70), A, B, HASH), reference(scene(4, 50, 50), A, B, OTHER)));
		var adapted = folder.resolve("adapted");
		HeadTensors.write(tiny, head, adapted);
		var scene = scene(2, 60, 50);
		var expected = chroma(new Colorizer(model, FULL, head), scene);
		try (var opened = ColorModel.open(adapted, "cpu")) {
			assertArrayEquals(expected, chroma(new Colorizer(opened, FULL), scene), 1e-3f);
			assertEquals(List.of(HASH, OTHER), opened.head().references());
			assertEquals(head.error(), opened.head().error());
			var auto = new Options(Options.AUTO, 1, 0);
			assertEquals(new Colorizer(model, auto, head).plan(List.of(scene), 0).share(), new Colorizer(opened, auto).plan(List.of(scene), 0).share(),
				1e-4);
			// Other references take the place of those that the model was adapted to.
			var others = References.fit(opened, FULL, List.of(reference(scene(1, 90, 70), B, A, HASH)));
			assertArrayEquals(chroma(new Colorizer(model, FULL, References.fit(model, FULL, List.of(reference(scene(1, 90, 70), B, A, HASH)))), scene),
				chroma(new Colorizer(opened, FULL, others), scene), 1e-3f);
			HeadTensors.write(adapted, others, folder.resolve("again"));
		}
		var json = Files.readString(adapted.resolve(ModelFolder.SPEC));
		assertTrue(json.contains("\"format\": 2") && json.contains("\"name\": \"adapted\"") && json.contains(OTHER), json);
		assertEquals(List.of(HASH), ModelFolder.spec(folder.resolve("again")).adaptation().references());
		assertTrue(Files.readString(tiny.resolve(ModelFolder.SPEC)).contains("\"format\": 1"));
	}

	@Test
	public void aDamagedAdaptationIsRefused() throws IOException {
		var head = References.fit(model, FULL, List.of(reference(scene(1, 90, 70), A, B, HASH)));
		var adapted = folder.resolve("damaged");
		HeadTensors.write(tiny, head, adapted);
		var json = Files.readString(adapted.resolve(ModelFolder.SPEC));
		for (var wrong : Map.of("\"format\": 2", "\"format\": 1", HASH, "no hash", "\"error\": ", "\"error\": -").entrySet()) {
			Files.writeString(adapted.resolve(ModelFolder.SPEC), json.replace(wrong.getKey(), wrong.getValue()));
			var message = assertThrows(IOException.class, () -> ModelFolder.spec(adapted)).getMessage();
			assertTrue(message.contains("format is 1; must be 2 for an adapted model") || message.contains("\"no hash\"; must be a SHA-256") || message
				.contains("adaptation.error is -"), message);
		}
		// Without the entry the tensors are none of the network's.
		Files.writeString(adapted.resolve(ModelFolder.SPEC), json.replaceAll("(?s)\"adaptation\": \\{.*?\\},", ""));
		assertTrue(assertThrows(IOException.class, () -> ColorModel.open(adapted, "cpu")).getMessage().contains("head."));
	}

	@Test
	public void numbersThatCantBeAreRefused() throws IOException {
		var head = References.fit(model, FULL, List.of(reference(scene(1, 90, 70), A, B, HASH)));
		int classes = head.probabilities().length;
		float[] none = new float[classes], negative = new float[classes];
		negative[0] = -1;
		negative[classes - 1] = 2;
		var spread = head.spread().clone();
		spread[0] = 0;
		for (var wrong : Map.of("head.probabilities has the sum 0.0, must be 1", with(head, none, head.spread()),
			"head.probabilities holds -1.0, must be 0 or more", with(head, negative, head.spread()), "head.spread holds 0.0, must be above 0", with(head, head
				.probabilities(), spread)).entrySet())
		{
			var adapted = Files.createTempDirectory(folder, "wrong").resolve("model");
			HeadTensors.write(tiny, wrong.getValue(), adapted);
			var message = assertThrows(IOException.class, () -> ColorModel.open(adapted, "cpu")).getMessage();
			assertTrue(message.contains(wrong.getKey()), message);
		}
	}

	private static Head with(Head head, float[] probabilities, double[] spread) {
		return new Head(head.a(), head.b(), head.own(), head.weights(), head.mean(), spread, head.error(), probabilities, head.references());
	}

	/** Blobs of many gray values, smooth, so that reducing them changes little. */
	private static RandomAccessibleInterval<FloatType> scene(long seed, int width, int height) {
		var random = new Random(seed);
		double p = random.nextDouble(6), q = random.nextDouble(6);
		var l = ArrayImgs.floats(width, height);
		var cursor = l.localizingCursor();
		while (cursor.hasNext()) {
			cursor.fwd();
			double x = cursor.getDoublePosition(0), y = cursor.getDoublePosition(1);
			cursor.get().setReal(55 + 22 * Math.sin(x / 7 + p) + 22 * Math.cos(y / 9 + q));
		}
		return l;
	}

	private static Reference reference(RandomAccessibleInterval<FloatType> l, DoubleUnaryOperator a, DoubleUnaryOperator b, String hash) {
		return new Reference(l, of(l, a), of(l, b), 0, hash);
	}

	private static RandomAccessibleInterval<FloatType> of(RandomAccessibleInterval<FloatType> l, DoubleUnaryOperator c) {
		var plane = ArrayImgs.floats(l.dimensionsAsLongArray());
		var out = Views.flatIterable(plane).cursor();
		for (var each : Views.flatIterable(l))
			out.next().setReal(c.applyAsDouble(each.get()));
		return plane;
	}

	/** All a* and then all b* of a plane. */
	private static float[] chroma(Colorizer colorizer, RandomAccessibleInterval<FloatType> l) {
		int width = (int) l.dimension(0), pixels = (int) Intervals.numElements(l);
		var ab = new float[2 * pixels];
		colorizer.colorize(l, colorizer.plan(List.of(l), 0), (part, tileL, a, b) -> {
			int i = 0;
			for (long y = part.min(1); y <= part.max(1); y++)
				for (long x = part.min(0); x <= part.max(0); x++, i++) {
					ab[(int) (y * width + x)] = a[i];
					ab[(int) (pixels + y * width + x)] = b[i];
				}
		}, Progress.NONE);
		return ab;
	}

	private static double mean(float[] values, int from, int count) {
		double sum = 0;
		for (int i = from; i < from + count; i++)
			sum += values[i];
		return sum / count;
	}
}
