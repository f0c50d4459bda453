package io.github.densecolorize.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import ai.djl.Device;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import io.github.densecolorize.TinyModel;

public class ModelFolderTest {

	@TempDir
	Path parent;
	private Path folder;

	@BeforeEach
	void write() throws IOException {
		folder = TinyModel.write(parent, "tiny", "one", "two");
	}

	@Test
	public void writtenModelOpens() throws IOException {
		try (var model = ColorModel.open(folder, "cpu")) {
			assertEquals("tiny", model.spec().name());
			assertEquals(List.of("one", "two"), model.spec().classes());
			assertEquals(64, model.guide("two").vector().length);
		}
	}

	@Test
	public void unknownCantBeChosen() throws IOException {
		try (var model = ColorModel.open(TinyModel.write(parent, "careful", "one", "two", "unknown"), "cpu")) {
			assertEquals(List.of("one", "two"), model.spec().choices());
			var e = assertThrows(IllegalArgumentException.class, () -> model.guide("unknown"));
			assertEquals("Category is \"unknown\"; model careful has auto, one, two.", e.getMessage());
		}
	}

	@Test
	public void twentyCallsLeaveNoNativeArray() throws IOException {
		try (var model = ColorModel.open(folder, "cpu")) {
			int before = model.nativeArrays();
			int size = model.spec().net().vgg().imageSize(), halo = model.spec().net().halo(), width = 11 + 2 * halo, height = 9 + 2 * halo;
			for (int i = 0; i < 20; i++) {
				var guidance = model.guide(List.of(new float[size * size], new float[size * size]));
				model.predictAb(new float[width * height], width, height, guidance.vector(), new float[99], new float[99]);
			}
			assertEquals(before, model.nativeArrays());
		}
	}

	/** The vector of two images is the mean of their vectors, and probabilities sum to 1. */
	@Test
	public void guidanceIsTheMean() throws IOException {
		try (var model = ColorModel.open(folder, "cpu")) {
			int pixels = model.spec().net().vgg().imageSize() * model.spec().net().vgg().imageSize();
			float[] dark = new float[pixels], ramp = new float[pixels];
			for (int i = 0; i < pixels; i++)
				ramp[i] = 100f * i / pixels;
			var both = model.guide(List.of(dark, ramp));
			float[] one = model.guide(List.of(dark)).vector(), other = model.guide(List.of(ramp)).vector();
			var mean = new float[one.length];
			for (int i = 0; i < mean.length; i++)
				mean[i] = (one[i] + other[i]) / 2;
			assertArrayEquals(mean, both.vector(), 1e-5f);
			assertEquals(1, both.probabilities()[0] + both.probabilities()[1], 1e-6);
		}
	}

	@Test
	public void missingFilesAreNamed() throws IOException {
		assertRefused("does not exist", parent.resolve("none"));
		Files.delete(folder.resolve(ModelFolder.WEIGHTS));
		assertRefused("has no weights.npz; copy the model again.", folder);
		Files.delete(folder.resolve(ModelFolder.SPEC));
		assertRefused("has no model.json", folder);
	}

	@Test
	public void damagedWeightsAreRefused() throws IOException {
		var file = folder.resolve(ModelFolder.WEIGHTS);
		var bytes = Files.readAllBytes(file);
		bytes[bytes.length / 2] ^= 1;
		Files.write(file, bytes);
		assertRefused("has SHA-256", folder);
	}

	@Test
	public void newerFormatIsRefused() throws IOException {
		edit("\"format\": 1", "\"format\": 7");
		assertRefused("has format 7, this version reads format 1", folder);
	}

	@Test
	public void otherShapesAreRefused() throws IOException {
		edit("\"growthRate\": 2", "\"growthRate\": 3");
		assertRefused("has shape", folder);
	}

	@Test
	public void anotherNumberOfClassesIsRefused() throws IOException {
		edit("\"one\",", "\"one\", \"and a half\",");
		assertRefused("has shape", folder);
	}

	@Test
	public void unknownTensorsAreRefused() throws IOException {
		try (var manager = Torch.engine().newBaseManager()) {
			var tensors = new NDList(ModelFolder.weights(folder, ModelFolder.spec(folder), manager).entrySet().stream().map(e -> {
				e.getValue().setName(e.getKey());
				return e.getValue();
			}).toList());
			var stray = manager.zeros(new Shape(1));
			stray.setName("stray");
			tensors.add(stray);
			ModelFolder.write(folder, ModelFolder.spec(folder), tensors);
		}
		assertRefused("tensor stray is none of the network's; copy the model again.", folder);
	}

	@Test
	public void wrongValuesAreRefused() throws IOException {
		edit("\"growthRate\": 2", "\"growthRate\": -1");
		assertRefused("growthRate is -1; must be 1 to 4096", folder);
	}

	@Test
	public void textThatIsNoJsonIsRefused() throws IOException {
		Files.writeString(folder.resolve(ModelFolder.SPEC), "weights, mostly");
		assertRefused("model.json can't be used", folder);
	}

	/** A card that lies beside the weights stays when the model is written again. */
	@Test
	public void otherFilesStay() throws IOException {
		Files.writeString(folder.resolve("README.md"), "card");
		TinyModel.write(parent, "tiny", "one", "two", "three");
		assertEquals("card", Files.readString(folder.resolve("README.md")));
		assertEquals(3, ModelFolder.spec(folder).classes().size());
		try (var files = Files.list(parent)) {
			assertEquals(List.of(folder), files.toList());
		}
	}

	private void edit(String old, String replacement) throws IOException {
		var file = folder.resolve(ModelFolder.SPEC);
		var text = Files.readString(file);
		assertTrue(text.contains(old), text);
		Files.writeString(file, text.replace(old, replacement));
	}

	private static void assertRefused(String part, Path folder) {
		var message = assertThrows(IOException.class, () -> ColorModel.open(folder, "cpu").close()).getMessage();
		assertTrue(message.contains(part), message);
	}

	/** Two copies of the weights, as on two GPUs: callers on several threads get what one gets. */
	@Test
	public void severalDevicesShareTheTiles() throws IOException {
		try (var one = ColorModel.open(folder, "cpu"); var two = ColorModel.open(folder, List.of(Device.cpu(), Device.cpu()))) {
			assertEquals(2, two.devices().size());
			int side = 20 + 2 * one.spec().net().halo();
			var vector = one.guide("two").vector();
			IntStream.range(0, 24).parallel().forEach(i -> {
				var l = new float[side * side];
				Arrays.fill(l, 4 * i);
				float[] wanted = new float[400], found = new float[400], b = new float[400];
				one.predictAb(l, side, side, vector, wanted, b);
				two.predictAb(l, side, side, vector, found, b);
				assertArrayEquals(wanted, found, 1e-4f);
			});
		}
	}
}
