package io.github.densecolorize.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;

import net.imglib2.img.array.ArrayImgs;

import io.github.densecolorize.Colorizer;
import io.github.densecolorize.Progress;
import io.github.densecolorize.TinyModel;
import io.github.densecolorize.model.ColorModel;
import io.github.densecolorize.model.ModelFolder;
import io.github.densecolorize.model.TileCues;
import io.github.densecolorize.net.DenseSpec;
import io.github.densecolorize.net.Preset;
import io.github.densecolorize.net.Vgg;

/** What ONNX Runtime makes of the files, against this program. */
public class OnnxModelTest {

	private static final double ALLOWED = 1e-3;

	@TempDir
	private Path folder;

	/** A model that is installed, or an untrained one of a preset. */
	private Path model(String name) throws IOException {
		return Files.exists(Path.of("models", name)) ? Path.of("models", name) : TinyModel.write(small((DenseSpec) Preset.named(name).net()), folder,
			name, "one", "two");
	}

	/** With narrow fully connected layers, since those of the preset paper take half a gigabyte. */
	private static DenseSpec small(DenseSpec net) {
		var vgg = net.vgg();
		return new DenseSpec(net.unit(), net.growthRate(), net.layers(), new Vgg(32, vgg.widths(), vgg.convolutions(), vgg.batchNorm(), vgg.globalPool(),
			List.of(64, 64)));
	}

	/** Smooth blobs with some noise. */
	private static float[] lightness(int width, int height) {
		var random = new SplittableRandom(1);
		var l = new float[width * height];
		for (int i = 0; i < l.length; i++)
			l[i] = (float) Math.max(0, Math.min(100, 50 + 40 * Math.sin(i % width / 7.0) * Math.cos(i / width / 5.0) + random.nextDouble(-5, 5)));
		return l;
	}

	private static Map<String, float[]> run(Path onnx, float[] l, int width, int height) throws OrtException {
		var environment = OrtEnvironment.getEnvironment();
		try (var options = new OrtSession.SessionOptions();
			var session = environment.createSession(onnx.toString(), options);
			var input = OnnxTensor.createTensor(environment, FloatBuffer.wrap(l), new long[] { 1, 1, height, width });
			var results = session.run(Map.of("l", input)))
		{
			assertArrayEquals(new long[] { 1, 2, height, width }, ((OnnxTensor) results.get("ab").orElseThrow()).getInfo().getShape());
			var arrays = new HashMap<String, float[]>();
			for (var each : results)
				arrays.put(each.getKey(), ((OnnxTensor) each.getValue()).getFloatBuffer().array());
			return arrays;
		}
	}

	/** The whole image up to its borders, as Colorize does it. */
	@ParameterizedTest
	@CsvSource({ "microscopy, ihc-dab", "natural, valley", "residual, two", "paper, two", "tiny, two" })
	public void theColoursOfAClassAreOurs(String name, String category) throws IOException, OrtException {
		var model = name.equals("tiny") ? TinyModel.write(folder, name, "one", "two") : model(name);
		var file = folder.resolve("model.onnx");
		OnnxModel.write(model, category, file, "1");
		int width = 61, height = 47;
		var l = lightness(width, height);
		var found = run(file, l, width, height);
		assertEquals(Set.of("ab"), found.keySet());
		var expected = new float[2 * l.length];
		try (var opened = ColorModel.open(model, "cpu")) {
			var colorizer = new Colorizer(opened, new Colorizer.Options(category, 1, 0));
			var image = ArrayImgs.floats(l, width, height);
			colorizer.colorize(image, colorizer.plan(List.of(image), 0), (tile, seen, a, b) -> {
				int n = (int) tile.dimension(0);
				for (int i = 0; i < a.length; i++) {
					int at = (int) (tile.min(1) + i / n) * width + (int) tile.min(0) + i % n;
					expected[at] = a[i];
					expected[l.length + at] = b[i];
				}
			}, Progress.NONE);
		}
		assertTrue(spread(expected) > 0.1, "spread " + spread(expected));
		// Untrained networks give large numbers.
		assertArrayEquals(expected, found.get("ab"), (float) (ALLOWED * Math.max(1, spread(expected) / 10)));
	}

	/** An image of the size that the guidance stream sees, so that nothing is resized. */
	@ParameterizedTest
	@CsvSource({ "microscopy", "natural", "paper" })
	public void theClassIsOurs(String name) throws IOException, OrtException {
		var model = model(name);
		var file = folder.resolve("model.onnx");
		OnnxModel.write(model, "auto", file, "1");
		try (var opened = ColorModel.open(model, "cpu")) {
			int side = opened.spec().net().vgg().imageSize(), halo = opened.spec().net().halo(), inner = side - 2 * halo;
			var l = lightness(side, side);
			var found = run(file, l, side, side);
			var guidance = opened.guide(List.of(l));
			assertArrayEquals(guidance.probabilities(), found.get("scores"), (float) ALLOWED);
			if (inner <= 0) return;
			float[] a = new float[inner * inner], b = a.clone();
			opened.predictAb(l, side, side, new TileCues(guidance.vector()), a, b);
			for (int i = 0; i < a.length; i++) {
				int at = (i / inner + halo) * side + i % inner + halo;
				assertEquals(a[i], found.get("ab")[at], ALLOWED);
				assertEquals(b[i], found.get("ab")[side * side + at], ALLOWED);
			}
		}
	}

	/** From 4 to 2, each number reaches 2 steps far: 3, 3, 1, 0 of 7 for the first, 0, 1, 3, 3 of 7 for the second. Columns stay as they are. */
	@Test
	public void anImageIsReducedByTriangles() throws OrtException {
		var graph = new OnnxGraph("reduction");
		graph.output("small", graph.resized(graph.input("large", 1, 1, "height", "width"), 2), 1, 1, 2, 2);
		var large = FloatBuffer.wrap(new float[] { 7, 0, 0, 0, 0, 7, 0, 0 });
		var environment = OrtEnvironment.getEnvironment();
		try (var session = environment.createSession(graph.model("1", "", Map.of()).toByteArray());
			var input = OnnxTensor.createTensor(environment, large, new long[] { 1, 1, 4, 2 });
			var results = session.run(Map.of("large", input)))
		{
			assertArrayEquals(new float[] { 3, 1, 0, 3 }, ((OnnxTensor) results.get(0)).getFloatBuffer().array(), 1e-6f);
		}
	}

	private static double spread(float[] values) {
		double sum = 0, squares = 0;
		for (float value : values) {
			sum += value;
			squares += value * value;
		}
		return Math.sqrt(squares / values.length - Math.pow(sum / values.length, 2));
	}

	@Test
	public void theFileSaysWhatItIs() throws IOException, OrtException {
		var tiny = TinyModel.write(folder, "tiny", "one", "two");
		var file = folder.resolve("tiny.onnx");
		OnnxModel.write(tiny, "auto", file, "1.2");
		try (var options = new OrtSession.SessionOptions(); var session = OrtEnvironment.getEnvironment().createSession(file.toString(), options)) {
			var facts = session.getMetadata();
			assertEquals("Dense Colorize", facts.getProducerName());
			assertEquals(Map.of("statement", "Colour predicted by a neural network, not measured.", "model", "tiny", "model.sha256", ModelFolder.spec(tiny)
				.sha256(), "classes", "one,two", "category", "auto", "scale", "0.5", "licence", "none"), facts.getCustomMetadata());
		}
		assertTrue(assertThrows(IOException.class, () -> OnnxModel.write(tiny, "auto", file, "1.2")).getMessage().contains("exists"));
		assertEquals("Category is \"three\"; model tiny has auto, one, two.", assertThrows(IllegalArgumentException.class, () -> OnnxModel.write(tiny,
			"three", folder.resolve("three.onnx"), "1.2")).getMessage());
		assertFalse(Files.exists(folder.resolve("three.onnx")));
	}
}
