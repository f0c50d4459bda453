package io.github.densecolorize.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

import io.github.densecolorize.TinyModel;
import io.github.densecolorize.files.Workspace;
import io.github.densecolorize.net.DenseSpec;
import io.github.densecolorize.net.Preset;
import io.github.densecolorize.net.Tensors;
import io.github.densecolorize.net.Vgg;

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
	public void classesAreChosenInAnyCase() throws IOException {
		try (var model = ColorModel.open(folder, "CPU")) {
			assertEquals("two", model.guide(" TWO").category());
			assertArrayEquals(model.guide("two").vector(), model.guide("Two").vector());
		}
	}

	/** The list of many classes would fill the screen. */
	@Test
	public void ofManyClassesTheClosestAreOffered() throws IOException {
		var classes = new ArrayList<>(IntStream.range(0, 107).mapToObj(i -> "n" + (char) ('a' + i % 26) + "x" + i).toList());
		classes.addAll(List.of("airport_terminal", "airport", "abbey"));
		try (var model = ColorModel.open(TinyModel.write(parent, "many", classes.toArray(String[]::new)), "cpu")) {
			assertEquals("Category is \"airprot\" (did you mean airport?); model many has 110 classes, which " +
				"Colorizer Models and Device (models in a shell) lists; or choose auto.", assertThrows(IllegalArgumentException.class, () -> model.guide("airprot")).getMessage());
		}
	}

	@Test
	public void twentyCallsLeaveNoNativeArray() throws IOException {
		try (var model = ColorModel.open(folder, "cpu")) {
			int before = model.nativeArrays();
			int size = model.spec().net().vgg().imageSize(), halo = model.spec().net().halo(), width = 11 + 2 * halo, height = 9 + 2 * halo;
			for (int i = 0; i < 20; i++) {
				var guidance = model.guide(List.of(new float[size * size], new float[size * size]));
				model.predictAb(new float[width * height], width, height, new TileCues(guidance.vector()), new float[99], new float[99]);
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

	/** A training gives the two files of a better model their names one after the other. */
	@Test
	public void aModelThatIsBeingReplacedIsOpenedABitLater() throws Exception {
		var better = TinyModel.write(Files.createDirectory(parent.resolve("better")), "model", "he");
		Files.copy(better.resolve(ModelFolder.SPEC), folder.resolve(ModelFolder.SPEC), StandardCopyOption.REPLACE_EXISTING);
		var training = new Thread(() -> {
			LockSupport.parkNanos(100_000_000);
			assertTrue(better.resolve(ModelFolder.WEIGHTS).toFile().renameTo(folder.resolve(ModelFolder.WEIGHTS).toFile()));
		});
		training.start();
		try (var model = ColorModel.open(folder, "cpu")) {
			assertEquals(List.of("he"), model.spec().classes());
		}
		training.join();
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
		assertRefused("has format 7, this version reads formats 1 and 2", folder);
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

	/** Each says the value, the bound and where it is, at once: nothing of it is built. */
	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', value = { //
		"\"growthRate\": 2|\"growthRate\": 1e6|growthRate is 1000000; must be 1 to 4096", //
		"\"growthRate\": 2|\"growthRate\": 4000|operations a megapixel; must be at most 1e+13", //
		"\"growthRate\": 2|\"growthRate\": 2.5|net.growthRate is \"2.5\"; must be a whole number", //
		"\"growthRate\": 2|\"growthRate\": 1e999999999|net.growthRate is", //
		"\"growthRate\": 2|\"growthRate\": \"2\"|net.growthRate is \"2\"; must be a number", //
		"\"imageSize\": 16|\"imageSize\": 8192|vgg.imageSize is 8192; must be at most 1024", //
		"\"unit\": \"DENSE\"|\"unit\": \"GRAPH\"|net.unit is \"GRAPH\", this version knows DENSE and RESIDUAL: the model was made by a newer version", //
		"\"unit\": \"DENSE\",||net.unit is missing", //
		"\"batchNorm\": true,||net.vgg.batchNorm is missing", //
		"\"loss\": \"MSE\"|\"loss\": \"PERCEPTUAL\"|training.loss is \"PERCEPTUAL\", this version knows bins, colourful, huber, mse, rebalanced, toy", //
		"\"factor\": 0.5|\"factor\": null|scale.factor is missing", //
		"\"longSide\": 0|\"longSide\": -3|scale.longSide is -3; must be 0 to 1000000", //
		"\"name\": \"tiny\"|\"name\": \"\\u001b[31mtiny\"|name holds a control character", //
		"\"one\",|\"two\",|classes holds an empty name, or one twice", //
		"\"format\": 1|\"format\": \"one\"|format is \"one\"; must be a number" })
	public void hostileNumbersAreRefused(String old, String replacement, String why) throws IOException {
		edit(old, replacement == null ? "" : replacement);
		assertTimeout(Duration.ofSeconds(2), () -> assertRefused(why, folder));
	}

	@Test
	public void layersWithoutEndAreRefused() throws IOException {
		var file = folder.resolve(ModelFolder.SPEC);
		Files.writeString(file, Files.readString(file).replaceFirst("(\"layers\": \\[\\s*)1", "$11000000"));
		assertTimeout(Duration.ofSeconds(2), () -> assertRefused("layers holds 1000000; must be 1 to 64", folder));
		Files.writeString(file, "[".repeat(900_000));
		assertTimeout(Duration.ofSeconds(2), () -> assertRefused("model.json can't be used: ", folder));
		Files.writeString(file, " ".repeat(1 << 21));
		assertRefused("it has 2097152 bytes, no model has more than", folder);
	}

	/** Fully connected layers of 60,000 units: within each bound, but not together. */
	@Test
	public void moreThanAMachineHoldsIsRefused() {
		var message = assertThrows(IllegalArgumentException.class, () -> new DenseSpec(DenseSpec.Unit.DENSE, 12, List.of(4, 4, 4, 4), new Vgg(96,
			List.of(16), List.of(2), true, true, List.of(60_000, 60_000, 60_000, 60_000, 60_000, 60_000)))).getMessage();
		assertEquals("the numbers of net make weights of 72.0 GB; must be at most 64 GB, to fit into a machine's memory", message);
	}

	/** The sizes of all parameters that DJL makes, added up. */
	@Test
	public void weightsAreCounted() {
		for (var net : List.of(Preset.named("compact").net(), Preset.named("residual").net(), Preset.named("eccv16").net(), Preset.named("unet").net(), Preset.named("iizuka").net(), TinyModel.NET, new DenseSpec(DenseSpec.Unit.RESIDUAL, 2, List.of(1, 2,
			1, 2), new Vgg(16, List.of(4, 5), List.of(1, 2), false, false, List.of(8, 9)))))
			try (var manager = Torch.engine().newBaseManager()) {
				var made = net.build(3);
				made.initialize(manager);
				assertEquals(Tensors.of(made).stream().mapToLong(NDArray::size).sum(), net.weights(3));
			}
	}

	@Test
	public void weightsThatAreNoNumbersAreRefused() throws IOException {
		for (var value : List.of(Float.NaN, Float.POSITIVE_INFINITY)) {
			TinyModel.change(folder, tensors -> tensors.get(ColorModel.PROTOTYPES).set(new NDIndex(0, 3), value));
			assertRefused("weights.npz can't be read (tensor \"prototypes\" holds a value that is no number (NaN) or infinite)", folder);
			TinyModel.write(parent, "tiny", "one", "two");
		}
		// Numbers, but such that the sum of two is none.
		TinyModel.change(folder, tensors -> tensors.values().forEach(array -> array.muli(0).addi(3e38f)));
		assertRefused("with these weights the network gives no numbers (NaN)", folder);
	}

	@Test
	public void weightsOfOtherTypesAreRefused() throws IOException {
		for (var type : List.of(DataType.FLOAT64, DataType.INT32, DataType.BOOLEAN)) {
			TinyModel.change(folder, tensors -> tensors.computeIfPresent(ColorModel.PROTOTYPES, (name, array) -> array.toType(type, true)));
			assertRefused("tensor \"prototypes\" is of type \"" + type.asNumpy().replace("=", "<") + "\"; must be <f4", folder);
			TinyModel.write(parent, "tiny", "one", "two");
		}
	}

	/** A header that says more than there is, or than a long holds. */
	@Test
	public void shapesWithoutEndAreRefused() throws IOException {
		for (var shape : List.of("(4611686018427387904, 4)", "(99999999999999999999,)", "(1000000, 1000000)", "(0,)")) {
			var bytes = new ByteArrayOutputStream();
			try (var zip = new ZipOutputStream(bytes)) {
				zip.putNextEntry(new ZipEntry("prototypes.npy"));
				var text = ("{'descr': '<f4', 'fortran_order': False, 'shape': " + shape + ", }\n").getBytes(StandardCharsets.US_ASCII);
				zip.write(new byte[] { (byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, (byte) text.length, 0 });
				zip.write(text);
			}
			try (var manager = Torch.engine().newBaseManager()) {
				var message = assertThrows(IOException.class, () -> Tensors.readWeights(manager, new ByteArrayInputStream(bytes.toByteArray()), 1 << 20))
					.getMessage();
				assertTrue(message.startsWith("tensor \"prototypes\" has shape "), message);
			}
		}
	}

	/** A program that was stopped between the two files of a model: the reader finishes what it had begun. */
	@Test
	public void aModelThatWasHalfReplacedIsFinished() throws IOException {
		var newer = TinyModel.write(parent, "newer", "one", "two", "three");
		var left = Files.createDirectory(parent.resolve(Workspace.PREFIX + "00000000-0000-0000-0000-000000000000"));
		Files.createFile(left.resolve(".lock"));
		Files.copy(newer.resolve(ModelFolder.WEIGHTS), left.resolve("weights"));
		try (var note = new DataOutputStream(Files.newOutputStream(left.resolve("landing")))) {
			note.writeInt(1);
			note.writeUTF("weights");
			note.writeUTF("tiny/" + ModelFolder.WEIGHTS);
			note.writeInt(0);
		}
		Files.copy(newer.resolve(ModelFolder.SPEC), folder.resolve(ModelFolder.SPEC), StandardCopyOption.REPLACE_EXISTING);
		try (var model = ColorModel.open(folder, "cpu")) {
			assertEquals(3, model.spec().classes().size());
		}
		assertFalse(Files.exists(left));
	}

	@Test
	public void namesThatNotEverySystemHasAreRefused() throws IOException {
		for (var name : List.of("CON", "con.model", "b.", "b ", "LPT1", "a:b", "a\u001b[31m", "-x", "x".repeat(201)))
			assertThrows(IOException.class, () -> ModelFolder.checkPlace(parent.resolve(name)), name);
		assertTrue(assertThrows(IOException.class, () -> ModelFolder.checkPlace(parent.resolve("TINY"))).getMessage().contains(
			"differs from that of " + folder + " by case only"));
		assertTrue(assertThrows(IOException.class, () -> ModelFolder.checkPlace(Path.of("/"))).getMessage().contains("give a name"));
		assertTrue(assertThrows(IOException.class, () -> ModelFolder.checkPlace(Files.createFile(parent.resolve("file")))).getMessage().contains(
			"is a file; give another name"));
		for (var name : List.of("F\u00e4rbung", "\u67d3\u8272 2", "he+e (v2)", "tiny", "console"))
			ModelFolder.checkPlace(parent.resolve(name));
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
				one.predictAb(l, side, side, new TileCues(vector), wanted, b);
				two.predictAb(l, side, side, new TileCues(vector), found, b);
				assertArrayEquals(wanted, found, 1e-4f);
			});
		}
	}
}
