package io.github.densecolorize.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;

import io.github.densecolorize.TinyModel;
import io.github.densecolorize.image.LightnessCurve;

public class ErrorMapTest {

	@TempDir
	Path parent;

	/** Sums of 0 and ln 3, of an image whose class is sure or half sure: 4 times 2, 4 times the root of 2; and each three times that. */
	@Test
	public void theErrorIsAnExponential() {
		var map = new ErrorMap(new double[0], new double[] { Math.log(4), Math.log(2) }, new double[] { -9, 9, 0, 1, 0 });
		var sums = new float[] { 0, (float) Math.log(3), 50, Float.POSITIVE_INFINITY };
		assertArrayEquals(new float[] { 8, 24, 100, 100 }, map.expected(sums, 1), 1e-4f);
		assertArrayEquals(new float[] { 5.65685f, 16.97056f, 100, 100 }, map.expected(sums, 0.5), 1e-4f);
	}

	/** e to the power of 1 + 2 s - s², up to a score of 1. */
	@Test
	public void theScoreIsBent() {
		var map = new ErrorMap(new double[0], new double[2], new double[] { -1, 1, 1, 2, -1 });
		for (double[] each : new double[][] { { -7, -2 }, { -1, -2 }, { 0, 1 }, { 0.5, 1.75 }, { 1, 2 }, { 7, 2 } })
			assertEquals(Math.exp(each[1]), map.at(each[0]), 1e-9);
	}

	@Test
	public void aMapIsReadAsItWasWritten() throws IOException {
		var folder = TinyModel.withErrorMap(parent, "tiny", "one", "two");
		try (var model = ColorModel.open(folder, "cpu")) {
			var weights = model.errorMap().weights();
			assertEquals(TinyModel.NET.lastMaps(), weights.length);
			// (37 i mod 11 - 5) / 20 of 0, 1, 2.
			assertArrayEquals(new double[] { -0.25, -0.05, 0.15 }, List.of(weights[0], weights[1], weights[2]).stream().mapToDouble(w -> w).toArray(), 1e-7);
			assertArrayEquals(new double[] { 1, 0.5 }, model.errorMap().image());
		}
		assertEquals(new ModelSpec.ErrorSample(7, 4.5), ModelFolder.spec(folder).errorMap());
		assertTrue(json(folder).contains("\"format\": 2"), json(folder));
		var without = TinyModel.write(parent, "plain", "one", "two");
		assertTrue(json(without).contains("\"format\": 1") && !json(without).contains("errorMap"), json(without));
		try (var model = ColorModel.open(without, "cpu")) {
			assertNull(model.errorMap());
		}
	}

	@Test
	public void otherFilesOfTheFolderAndTheRestOfTheModelStay() throws IOException {
		var folder = TinyModel.write(parent, "tiny", "one", "two");
		Files.writeString(folder.resolve("README.md"), "card");
		var before = ModelFolder.spec(folder);
		ErrorTensors.write(folder, new ErrorMap(new double[TinyModel.NET.lastMaps()], new double[2], new double[5]), new ModelSpec.ErrorSample(1, 0), folder);
		assertEquals("card", Files.readString(folder.resolve("README.md")));
		var after = ModelFolder.spec(folder);
		assertEquals(List.of(before.name(), before.training(), before.quality(), before.scale()), List.of(after.name(), after.training(), after.quality(), after
			.scale()));
	}

	/** Its colours are others, and nobody knows how wrong they are. */
	@Test
	public void anAdaptedModelHasNone() throws IOException {
		int maps = TinyModel.NET.lastMaps();
		var spread = new double[maps];
		Arrays.fill(spread, 1);
		var curve = new LightnessCurve(new double[Head.KNOTS]);
		var adapted = parent.resolve("adapted");
		HeadTensors.write(TinyModel.withErrorMap(parent, "tiny", "one", "two"), new Head(curve, curve, new double[4], new double[2 * maps], new double[maps],
			spread, 5, new float[] { 1, 0 }, List.of("0".repeat(64))), adapted);
		try (var model = ColorModel.open(adapted, "cpu")) {
			assertNull(model.errorMap());
			assertFalse(model.head() == null);
		}
	}

	@Test
	public void aDescriptionThatCantBeIsRefused() throws IOException {
		var folder = TinyModel.withErrorMap(parent, "tiny", "one", "two");
		var json = json(folder);
		for (var wrong : Map.of("\"format\": 2", "\"format\": 1", "\"images\": 7", "\"images\": 0", "\"mean\": 4.5", "\"mean\": -1").entrySet()) {
			Files.writeString(folder.resolve(ModelFolder.SPEC), json.replace(wrong.getKey(), wrong.getValue()));
			var message = assertThrows(IOException.class, () -> ModelFolder.spec(folder)).getMessage();
			assertTrue(message.contains("format is 1; must be 2 for a model with an error map") || message.contains("errorMap.images is 0; must be 1 or more") ||
				message.contains("errorMap.mean is -1.0; must be 0 to 100"), message);
		}
		Files.writeString(folder.resolve(ModelFolder.SPEC), json.replaceAll("(?s)\"errorMap\": \\{.*?\\},", ""));
		assertRefused(folder, "tensor error.");
	}

	@Test
	public void tensorsThatCantBeAreRefused() throws IOException {
		rewrite(tensors -> tensors.remove("error.image"), "it has no tensor error.image");
		rewrite(tensors -> tensors.put("error.weights", tensors.get("error.weights").get(new NDIndex("1:")).duplicate()), "tensor error.weights has shape ");
		rewrite(tensors -> tensors.get("error.weights").set(new NDIndex(3), Float.NaN), "tensor \"error.weights\" holds a value that is no number");
		// Numbers, but such that their sum is none.
		rewrite(tensors -> tensors.get("error.weights").muli(0).addi(3e38f), "with these weights the network gives no numbers (NaN)");
	}

	private void rewrite(Consumer<Map<String, NDArray>> change, String why) throws IOException {
		var folder = TinyModel.withErrorMap(parent, "tiny", "one", "two");
		TinyModel.change(folder, change);
		assertRefused(folder, why);
	}

	private static void assertRefused(Path folder, String why) {
		var message = assertThrows(IOException.class, () -> ColorModel.open(folder, "cpu").close()).getMessage();
		assertTrue(message.contains(why), message);
	}

	private static String json(Path folder) throws IOException {
		return Files.readString(folder.resolve(ModelFolder.SPEC));
	}
}
