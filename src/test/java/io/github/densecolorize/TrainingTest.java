package io.github.densecolorize;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CancellationException;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import ai.djl.ndarray.NDList;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.ARGBType;

import io.github.densecolorize.data.PatchSet;
import io.github.densecolorize.image.Lab;
import io.github.densecolorize.model.ColorModel;
import io.github.densecolorize.model.ModelFolder;
import io.github.densecolorize.model.Scale;
import io.github.densecolorize.model.Torch;
import io.github.densecolorize.model.TrainingSettings;
import io.github.densecolorize.model.TrainingSettings.Augmentation;
import io.github.densecolorize.model.TrainingSettings.Feedback;
import io.github.densecolorize.net.NetSpec;
import io.github.densecolorize.net.Tensors;

/** Two classes that can be told from their lightness: dark images are red, bright ones blue. */
public class TrainingTest {

	private static final NetSpec NET = new NetSpec(NetSpec.Unit.DENSE, 4, List.of(1, 1, 1, 1), new NetSpec.Vgg(8, List.of(4), List.of(1), true,
		true, List.of(8)));
	private static final Scale SCALE = new Scale(0.5, 0, 0, 12);

	@TempDir
	Path temporary;
	private PatchSet data;

	@BeforeEach
	void read() throws IOException {
		for (var name : List.of("dark", "bright"))
			for (int i = 0; i < 10; i++) {
				var file = temporary.resolve("images").resolve(name).resolve(i + ".txt");
				Files.createDirectories(file.getParent());
				Files.writeString(file, name);
			}
		data = PatchSet.read(temporary.resolve("images"), SCALE, 8, TrainingTest::image, skipped -> {
			throw new AssertionError(skipped);
		});
	}

	private static RandomAccessibleInterval<ARGBType> image(Path file) {
		boolean dark = file.getParent().endsWith("dark");
		var random = new Random(file.getFileName().hashCode());
		var rgb = ArrayImgs.argbs(24, 24);
		rgb.forEach(p -> p.set(dark ? Lab.toArgb(20 + 10 * random.nextFloat(), 30, 0) : Lab.toArgb(60 + 10 * random.nextFloat(), 0, -30)));
		return rgb;
	}

	private static TrainingSettings settings(int steps, Feedback feedback) {
		return new TrainingSettings("made up", "any", "", 5, steps, 0, 4, 8, 3e-3, feedback, 0.1, 1, Augmentation.DIHEDRAL, 0.2);
	}

	@Test
	public void learnsColoursAndClasses() throws IOException {
		for (var feedback : Feedback.values()) {
			var folder = temporary.resolve(feedback.toString());
			var reports = new ArrayList<Training.Report>();
			Training.run(data, NET, SCALE, settings(400, feedback), folder, Optional.empty(), "cpu", false, listener(reports, Long.MAX_VALUE));
			var quality = reports.get(reports.size() - 1).quality();
			// Half of the values are 30 and half are 0: gray would have an error of 21.
			assertTrue(quality.abRmse() < 10, feedback + ": ab RMSE " + quality.abRmse());
			assertEquals(1, quality.classAccuracy(), feedback.toString());
			assertEquals(quality, ModelFolder.spec(folder).quality());
			try (var model = ColorModel.open(folder, "cpu")) {
				assertEquals(List.of("bright", "dark"), model.spec().classes());
				var a = new float[64];
				model.predictAb(filled(64, 25), 8, 8, model.guide(List.of(filled(64, 25))).vector(), a, new float[64]);
				assertEquals(30, a[27], 8);
			}
			assertFalse(Files.exists(Training.checkpoint(folder)), "a complete run needs no checkpoint");
		}
	}

	@Test
	public void resumedRunEndsWithTheSameWeights() throws IOException {
		Path straight = temporary.resolve("straight"), stopped = temporary.resolve("stopped");
		var settings = settings(12, Feedback.JOINT);
		Training.run(data, NET, SCALE, settings, straight, Optional.empty(), "cpu", false, listener(new ArrayList<>(), Long.MAX_VALUE));
		for (long stop : new long[] { 5, 9 })
			assertThrows(CancellationException.class, () -> Training.run(data, NET, SCALE, settings, stopped, Optional.empty(), "cpu", true, listener(
				new ArrayList<>(), stop)));
		Training.run(data, NET, SCALE, settings, stopped, Optional.empty(), "cpu", true, listener(new ArrayList<>(), Long.MAX_VALUE));
		assertEquals(ModelFolder.spec(straight).sha256(), ModelFolder.spec(stopped).sha256());
	}

	@Test
	public void sameSeedSameWeights() throws IOException {
		var hashes = new ArrayList<String>();
		for (var name : List.of("first", "second")) {
			Training.run(data, NET, SCALE, settings(5, Feedback.INDEPENDENT), temporary.resolve(name), Optional.empty(), "cpu", false, listener(
				new ArrayList<>(), Long.MAX_VALUE));
			hashes.add(ModelFolder.spec(temporary.resolve(name)).sha256());
		}
		assertEquals(hashes.get(0), hashes.get(1));
	}

	/** A step too small to move a weight leaves those of the model that the run began with; other classes get a layer of their own. */
	@Test
	public void fineTuningBeginsWithAModelsWeights() throws IOException {
		Path first = temporary.resolve("first"), second = temporary.resolve("second");
		Training.run(data, NET, SCALE, settings(3, Feedback.JOINT), first, Optional.empty(), "cpu", false, listener(new ArrayList<>(),
			Long.MAX_VALUE));
		for (var name : List.of("dark", "bright", "other"))
			Files.createDirectories(temporary.resolve("three").resolve(name));
		for (var name : List.of("dark", "bright", "other"))
			for (int i = 0; i < 4; i++)
				Files.writeString(temporary.resolve("three").resolve(name).resolve(i + ".txt"), name);
		var three = PatchSet.read(temporary.resolve("three"), SCALE, 8, TrainingTest::image, skipped -> {});
		var still = new TrainingSettings("made up", "any", "first", 5, 1, 0, 4, 8, 1e-8, Feedback.JOINT, 0.1, 1, Augmentation.DIHEDRAL, 0.3);
		Training.run(three, NET, SCALE, still, second, Optional.of(first), "cpu", false, listener(new ArrayList<>(), Long.MAX_VALUE));
		try (var manager = Torch.engine().newBaseManager()) {
			var before = ModelFolder.weights(first, ModelFolder.spec(first), manager);
			var after = ModelFolder.weights(second, ModelFolder.spec(second), manager);
			var name = "04FuseFeatures_weight";
			assertArrayEquals(before.get(name).toFloatArray(), after.get(name).toFloatArray(), 1e-6f);
			assertEquals(3, after.get("03ClassScores_weight").getShape().get(0));
		}
		var wider = new NetSpec(NET.unit(), 5, NET.layers(), NET.vgg());
		var e = assertThrows(IOException.class, () -> Training.run(data, wider, SCALE, settings(1, Feedback.JOINT), temporary.resolve("third"),
			Optional.of(first), "cpu", false, listener(new ArrayList<>(), Long.MAX_VALUE)));
		assertTrue(e.getMessage().contains("can't be fine-tuned: tensor 01Features"), e.getMessage());
	}

	@Test
	public void aModelIsNotOverwritten() throws IOException {
		var folder = TinyModel.write(temporary, "tiny", "one", "two");
		var before = Files.readAllBytes(folder.resolve(ModelFolder.WEIGHTS));
		var e = assertThrows(IOException.class, () -> Training.run(data, NET, SCALE, settings(1, Feedback.JOINT), folder, Optional.empty(), "cpu", false,
			listener(new ArrayList<>(), Long.MAX_VALUE)));
		assertTrue(e.getMessage().contains("holds a model; choose another folder"), e.getMessage());
		assertArrayEquals(before, Files.readAllBytes(folder.resolve(ModelFolder.WEIGHTS)));
	}

	@Test
	public void aCheckpointOfOtherSettingsIsRefused() {
		var folder = temporary.resolve("run");
		assertThrows(CancellationException.class, () -> Training.run(data, NET, SCALE, settings(9, Feedback.JOINT), folder, Optional.empty(), "cpu", false,
			listener(new ArrayList<>(), 2)));
		var e = assertThrows(IOException.class, () -> Training.run(data, NET, SCALE, settings(10, Feedback.JOINT), folder, Optional.empty(), "cpu", true,
			listener(new ArrayList<>(), Long.MAX_VALUE)));
		assertTrue(e.getMessage().contains("of a run with other data or settings"), e.getMessage());
	}

	/** A weight that is no number makes a loss that is none: the run ends with a sentence, and the model so far stays. */
	@Test
	public void divergenceIsSaid() throws IOException {
		var folder = temporary.resolve("run");
		var settings = settings(9, Feedback.JOINT);
		assertThrows(CancellationException.class, () -> Training.run(data, NET, SCALE, settings, folder, Optional.empty(), "cpu", false, listener(
			new ArrayList<>(), 2)));
		var checkpoint = Training.checkpoint(folder);
		try (var manager = Torch.engine().newBaseManager()) {
			var arrays = new NDList();
			try (var in = Files.newInputStream(checkpoint)) {
				Tensors.read(manager, in).forEach((name, array) -> {
					var damaged = name.startsWith("04FuseFeatures") ? array.mul(Float.NaN) : array;
					damaged.setName(name);
					arrays.add(damaged);
				});
			}
			try (var out = Files.newOutputStream(checkpoint)) {
				Tensors.write(arrays, out);
			}
		}
		var before = Files.readAllBytes(checkpoint);
		var e = assertThrows(ArithmeticException.class, () -> Training.run(data, NET, SCALE, settings, folder, Optional.empty(), "cpu", true, listener(
			new ArrayList<>(), Long.MAX_VALUE)));
		assertTrue(e.getMessage().startsWith("The loss is NaN at step 3, the training diverged;"), e.getMessage());
		assertArrayEquals(before, Files.readAllBytes(checkpoint));
	}

	private static float[] filled(int size, float value) {
		var values = new float[size];
		Arrays.fill(values, value);
		return values;
	}

	/** Stops the run after so many steps. */
	private static Training.Listener listener(List<Training.Report> reports, long stop) {
		return new Training.Listener() {

			@Override
			public void update(long done, long total) {
				if (done >= stop) throw new CancellationException();
			}

			@Override
			public void validated(Training.Report report) {
				reports.add(report);
			}
		};
	}
}
