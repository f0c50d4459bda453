package io.github.densecolorize.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.ARGBType;

import ai.djl.Device;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;

import io.github.densecolorize.Progress;
import io.github.densecolorize.TinyDataSet;
import io.github.densecolorize.TinyModel;
import io.github.densecolorize.data.ColorDataSet;
import io.github.densecolorize.data.ColorDataSetWriter;
import io.github.densecolorize.files.Lock;
import io.github.densecolorize.image.Lab;
import io.github.densecolorize.model.ColorModel;
import io.github.densecolorize.model.ErrorTensors;
import io.github.densecolorize.image.LightnessCurve;
import io.github.densecolorize.model.Head;
import io.github.densecolorize.model.HeadTensors;
import io.github.densecolorize.model.ModelFolder;
import io.github.densecolorize.model.ModelSpec;
import io.github.densecolorize.model.Scale;
import io.github.densecolorize.model.TileCues;
import io.github.densecolorize.model.Torch;
import io.github.densecolorize.model.TrainingSettings;
import io.github.densecolorize.model.TrainingSettings.Feedback;
import io.github.densecolorize.net.DenseSpec;
import io.github.densecolorize.net.Preset;
import io.github.densecolorize.net.RivalsTest;
import io.github.densecolorize.net.Tensors;
import io.github.densecolorize.net.Vgg;
import io.github.densecolorize.train.RunFolder.IfExists;

/** Two classes that can be told from their lightness: dark images are red, bright ones blue. */
public class TrainingTest {

	private static final DenseSpec NET = new DenseSpec(DenseSpec.Unit.DENSE, 4, List.of(1, 1, 1, 1), new Vgg(8, List.of(4), List.of(1), true,
		true, List.of(8)));
	private static final Scale SCALE = new Scale(0.5, 0, 0, 12);

	private static final List<Device> CPU = List.of(Device.cpu());
	private static final Start START = Start.random(new Preset("tiny", "for tests", NET, "mse"), SCALE);

	@TempDir
	Path temporary;
	private ColorDataSet data;

	@BeforeEach
	void open() throws IOException {
		data = ColorDataSet.open(TinyDataSet.write(temporary.resolve("data.h5"), 10, 24));
	}

	@AfterEach
	void close() {
		data.close();
	}

	/** 16 training images in batches of 4 are 4 steps an epoch. */
	private static TrainingSettings settings(int epochs, Feedback feedback) {
		return settings(epochs, 0, 4, 8, 3e-3, "MSE", feedback);
	}

	private static TrainingSettings settings(int epochs, int patience, int batch, int patch, double learningRate, String loss, Feedback feedback) {
		return TrainingSettings.on("made up").seed(5).epochs(epochs).patience(patience).batch(batch).patch(patch).learningRate(learningRate).loss(loss)
			.feedback(feedback).balance(1).build();
	}

	private static void run(ColorDataSet data, Start start, TrainingSettings settings, Path folder, IfExists ifExists,
		Training.Listener listener) throws IOException
	{
		Training.run(data, start, settings, folder, "cpu", ifExists, listener);
	}

	private void run(TrainingSettings settings, Path folder, IfExists ifExists, long stop) throws IOException {
		run(data, START, settings, folder, ifExists, listener(new ArrayList<>(), stop));
	}

	@Test
	public void learnsColoursAndClasses() throws IOException {
		for (var settings : List.of(settings(100, Feedback.INDEPENDENT), settings(100, 0, 4, 8, 3e-3, "REBALANCED", Feedback.JOINT), settings(100, 0, 4, 8,
			3e-3, "COLOURFUL", Feedback.JOINT))) {
			var folder = temporary.resolve(settings.loss().toString());
			var reports = new ArrayList<TrainingReport>();
			run(data, START, settings, folder, IfExists.REFUSE, listener(reports, Long.MAX_VALUE));
			var best = reports.stream().filter(TrainingReport::best).reduce((a, b) -> b).orElseThrow().quality();
			// Half of the values are 30 and half are 0: gray would have an error of 21.
			assertTrue(best.abRmse() < 10, folder + ": ab RMSE " + best.abRmse());
			assertEquals(1, best.classAccuracy(), folder.toString());
			assertEquals(best, ModelFolder.spec(folder).quality());
			try (var model = ColorModel.open(folder, "cpu")) {
				assertEquals(List.of("bright", "dark"), model.spec().classes());
				var a = new float[64];
				int side = 8 + 2 * model.spec().net().halo();
				model.predictAb(filled(side * side, 25), side, side, new TileCues(model.guide(List.of(filled(64, 25))).vector()), a, new float[64]);
				// The crops of 8 pixels had nothing but their own border around them, so far from it the colour is a guess, but not gray.
				assertTrue(a[27] > 15, "a* is " + a[27]);
			}
			assertFalse(Files.exists(new RunFolder(folder).checkpoint()), "a complete run needs no checkpoint");
		}
	}

	@Test
	public void eachEpochIsARowOfTheTable() throws IOException {
		var folder = temporary.resolve("run");
		var reports = new ArrayList<TrainingReport>();
		run(data, START, settings(3, Feedback.JOINT), folder, IfExists.REFUSE, listener(reports, Long.MAX_VALUE));
		assertEquals(List.of(1.0, 2.0, 3.0), reports.stream().map(TrainingReport::epoch).toList());
		var rows = Files.readAllLines(folder.resolve(RunFolder.HISTORY));
		assertEquals(String.join(",", TrainingReport.COLUMNS), rows.get(0));
		assertEquals(4, rows.size());
		for (int i = 0; i < 3; i++) {
			var cells = rows.get(i + 1).split(",");
			assertEquals(List.of(String.valueOf(i + 1), String.valueOf(4 * (i + 1)), "4"), List.of(cells[0], cells[1], cells[7]));
			assertEquals(reports.get(i).quality().abRmse(), Double.parseDouble(cells[8]), 1e-3);
		}
	}

	/** The scores are those of the best measurement, divided by the temperature that is said; nothing else changes. */
	@Test
	public void scoresAreCalibratedAtTheEnd() throws IOException {
		var folder = temporary.resolve("run");
		var said = new ArrayList<String>();
		try (var manager = Torch.engine().newBaseManager()) {
			var best = new ArrayList<Map<String, NDArray>>();
			run(data, START, settings(3, Feedback.JOINT), folder, IfExists.REFUSE, new Training.Listener() {

				@Override
				public void update(long done, long total) {}

				@Override
				public void validated(TrainingReport report, RandomAccessibleInterval<ARGBType> preview) {
					try {
						if (report.best()) best.add(ModelFolder.weights(folder, ModelFolder.spec(folder), manager));
					}
					catch (IOException e) {
						throw new AssertionError(e);
					}
				}

				@Override
				public void finished(String sentence) {
					said.add(sentence);
				}
			});
			var found = Pattern.compile("Probabilities of the classes: temperature ([0-9.]+); on 4 validation images .*").matcher(String.join("\n", said));
			assertTrue(found.matches(), said.toString());
			double temperature = Double.parseDouble(found.group(1));
			assertNotEquals(1, temperature, 0.01);
			var before = best.get(best.size() - 1);
			var after = ModelFolder.weights(folder, ModelFolder.spec(folder), manager);
			ErrorTensors.NAMES.forEach(after::remove);
			assertEquals(before.keySet(), after.keySet());
			for (var name : after.keySet()) {
				float divisor = (float) (name.startsWith("03ClassScores") ? temperature : 1);
				assertArrayEquals(before.get(name).div(divisor).toFloatArray(), after.get(name).toFloatArray(), divisor == 1 ? 1e-9f : 5e-3f, name);
			}
		}
		ColorModel.open(folder, "cpu").close();
	}

	/** Stopped twice within an epoch and once at its end. */
	@Test
	public void resumedRunEndsWithTheSameWeights() throws IOException {
		Path straight = temporary.resolve("straight"), stopped = temporary.resolve("stopped");
		var settings = settings(3, Feedback.JOINT);
		run(settings, straight, IfExists.REFUSE, Long.MAX_VALUE);
		for (long stop : new long[] { 3, 8, 10 })
			assertThrows(CancellationException.class, () -> run(settings, stopped, IfExists.RESUME, stop));
		var before = new ArrayList<TrainingReport>();
		run(data, START, settings, stopped, IfExists.RESUME, new Training.Listener() {

			@Override
			public void resumed(List<TrainingReport> reports) {
				before.addAll(reports);
			}

			@Override
			public void update(long done, long total) {}

			@Override
			public void validated(TrainingReport report, RandomAccessibleInterval<ARGBType> preview) {}
		});
		assertEquals(List.of(4L, 8L), before.stream().map(TrainingReport::step).toList());
		assertEquals(ModelFolder.spec(straight).sha256(), ModelFolder.spec(stopped).sha256());
		assertEquals(4, Files.readAllLines(stopped.resolve(RunFolder.HISTORY)).size());
	}

	/** Networks that keep more than the dense one: hints that are drawn, weights of bins, layers that two streams share. */
	@ParameterizedTest
	@CsvSource({ "eccv16, BINS", "unet, HUBER", "iizuka, MSE" })
	public void networksOfOtherPapersResume(String preset, String loss) throws IOException {
		Path straight = temporary.resolve("straight"), stopped = temporary.resolve("stopped");
		var start = Start.random(new Preset("tiny", "for tests", RivalsTest.small(preset), loss), SCALE);
		var settings = settings(2, 0, 4, 8, 3e-3, loss, Feedback.JOINT);
		run(data, start, settings, straight, IfExists.REFUSE, listener(new ArrayList<>(), Long.MAX_VALUE));
		assertThrows(CancellationException.class, () -> run(data, start, settings, stopped, IfExists.REFUSE, listener(new ArrayList<>(), 3)));
		run(data, start, settings, stopped, IfExists.RESUME, listener(new ArrayList<>(), Long.MAX_VALUE));
		assertEquals(ModelFolder.spec(straight).sha256(), ModelFolder.spec(stopped).sha256());
	}

	@Test
	public void aLossThatTheNetworkCantHaveIsRefused() {
		var message = assertThrows(IllegalArgumentException.class, () -> run(settings(1, 0, 4, 8, 3e-3, "BINS", Feedback.JOINT), temporary.resolve("run"),
			IfExists.REFUSE, 1)).getMessage();
		assertTrue(message.contains("choose preset eccv16, or loss auto"), message);
	}

	@Test
	public void sameSeedSameWeights() throws IOException {
		var hashes = new ArrayList<String>();
		for (var name : List.of("first", "second")) {
			run(settings(1, Feedback.INDEPENDENT), temporary.resolve(name), IfExists.REFUSE, Long.MAX_VALUE);
			hashes.add(ModelFolder.spec(temporary.resolve(name)).sha256());
		}
		assertEquals(hashes.get(0), hashes.get(1));
	}

	/** A step too small to move a weight leaves those of the model that the run began with; other classes get a layer of their own. */
	@Test
	public void fineTuningBeginsWithAModelsWeights() throws IOException {
		Path first = temporary.resolve("first"), second = temporary.resolve("second");
		run(settings(1, Feedback.JOINT), first, IfExists.REFUSE, Long.MAX_VALUE);
		var still = settings(1, 0, 4, 8, 1e-8, "MSE", Feedback.JOINT);
		var file = temporary.resolve("three.h5");
		try (var writer = new ColorDataSetWriter(file, List.of("bright", "dark", "other"), 32, 0.2, "made up", "crop")) {
			for (int i = 0; i < 30; i++) {
				int gray = 8 * i;
				writer.add(List.of(TinyDataSet.image(32, k -> 0xff000000 | 0x10101 * gray)), i % 3);
			}
			writer.finish(false);
		}
		try (var three = ColorDataSet.open(file)) {
			var start = Start.of(List.of(first), three);
			// Images of 32 pixels at half scale.
			assertEquals(new Scale(0.5, 0, 0, 16), start.scale());
			assertEquals(Feedback.JOINT, start.feedback());
			run(three, start, still, second, IfExists.REFUSE, listener(new ArrayList<>(), Long.MAX_VALUE));
		}
		try (var manager = Torch.engine().newBaseManager()) {
			var before = ModelFolder.weights(first, ModelFolder.spec(first), manager);
			var after = ModelFolder.weights(second, ModelFolder.spec(second), manager);
			var name = "04FuseFeatures_weight";
			assertArrayEquals(before.get(name).toFloatArray(), after.get(name).toFloatArray(), 1e-6f);
			assertEquals(3, after.get("03ClassScores_weight").getShape().get(0));
		}
		var wider = new Start(new DenseSpec(NET.unit(), 5, NET.layers(), NET.vgg()), SCALE, List.of(first), "first", "mse", Feedback.JOINT,
			1e-3);
		var e = assertThrows(IOException.class, () -> run(data, wider, still, temporary.resolve("third"), IfExists.REFUSE, listener(
			new ArrayList<>(), Long.MAX_VALUE)));
		assertTrue(e.getMessage().contains("can't be fine-tuned: tensor 01Features"), e.getMessage());
	}

	/** A fifth of 20 images with colours is for validation; the unknown image beside them does not count. */
	@Test
	public void theModelGetsAMapOfItsExpectedError() throws IOException {
		var folder = temporary.resolve("run");
		try (var set = ColorDataSet.open(TinyDataSet.write(temporary.resolve("unknown.h5"), 10, 24, 0xff404040, 0xff606060, 0xff808080))) {
			run(set, Start.of(List.of(TinyModel.withErrorMap(temporary, "first", "bright", "dark", "unknown")), set), settings(1, Feedback.JOINT), folder,
				IfExists.REFUSE, listener(new ArrayList<>(), Long.MAX_VALUE));
		}
		var fitted = ModelFolder.spec(folder).errorMap();
		assertEquals(4, fitted.images());
		assertTrue(fitted.mean() > 1 && fitted.mean() < 60, fitted.toString());
		try (var model = ColorModel.open(folder, "cpu")) {
			assertEquals(TinyModel.NET.lastMaps(), model.errorMap().weights().length);
		}
	}

	/** Stopped after the last measurement, when only the error map is left to do. */
	@Test
	public void aRunThatWasStoppedAtTheErrorMapIsFinished() throws IOException {
		Path straight = temporary.resolve("straight"), stopped = temporary.resolve("stopped");
		var settings = settings(2, Feedback.JOINT);
		run(settings, straight, IfExists.REFUSE, Long.MAX_VALUE);
		var measured = new ArrayList<TrainingReport>();
		assertThrows(CancellationException.class, () -> run(data, START, settings, stopped, IfExists.REFUSE, new Training.Listener() {

			@Override
			public void update(long done, long total) {
				if (measured.size() == 2) throw new CancellationException();
			}

			@Override
			public void validated(TrainingReport report, RandomAccessibleInterval<ARGBType> preview) {
				measured.add(report);
			}
		}));
		assertNull(ModelFolder.spec(stopped).errorMap());
		assertTrue(Files.exists(new RunFolder(stopped).checkpoint()));
		run(settings, stopped, IfExists.RESUME, Long.MAX_VALUE);
		assertEquals(ModelFolder.spec(straight).sha256(), ModelFolder.spec(stopped).sha256());
		assertEquals(ModelFolder.spec(straight).errorMap(), ModelFolder.spec(stopped).errorMap());
		assertFalse(Files.exists(new RunFolder(stopped).checkpoint()));
	}

	/** All of the model but its error map stays as it is, its name too if it is replaced. */
	@Test
	public void aTrainedModelCanBeGivenAnErrorMap() throws IOException {
		Path first = TinyModel.write(temporary, "first", "bright", "dark"), second = temporary.resolve("second");
		var before = ModelFolder.spec(first);
		for (var to : List.of(second, first)) {
			Training.addErrorMap(data, first, to, "cpu", to == first ? IfExists.OVERWRITE : IfExists.REFUSE, Progress.NONE);
			var after = ModelFolder.spec(to);
			assertEquals(List.of(to.getFileName().toString(), before.net(), before.classes(), before.scale(), before.training(), before.quality()), List.of(after
				.name(), after.net(), after.classes(), after.scale(), after.training(), after.quality()));
			assertEquals(4, after.errorMap().images());
		}
		try (var manager = Torch.engine().newBaseManager()) {
			var tensors = ModelFolder.weights(second, ModelFolder.spec(second), manager);
			TinyModel.write(temporary, "again", "bright", "dark");
			ModelFolder.weights(temporary.resolve("again"), ModelFolder.spec(temporary.resolve("again")), manager).forEach((name, values) -> assertArrayEquals(
				values.toFloatArray(), tensors.get(name).toFloatArray(), name));
		}
		var e = assertThrows(IOException.class, () -> Training.addErrorMap(data, first, second, "cpu", IfExists.RESUME, Progress.NONE));
		assertTrue(e.getMessage().contains("holds a model; choose another folder, or overwrite."), e.getMessage());
	}

	@Test
	public void anAdaptationIsNotTrainedFurther() throws IOException {
		Path model = TinyModel.write(temporary, "first", "bright", "dark"), adapted = temporary.resolve("adapted"), tuned = temporary.resolve("tuned");
		int maps = TinyModel.NET.lastMaps();
		var spread = new double[maps];
		Arrays.fill(spread, 1);
		var curve = new LightnessCurve(new double[Head.KNOTS]);
		HeadTensors.write(model, new Head(curve, curve, new double[4], new double[2 * maps], new double[maps], spread, 5, new float[2], List.of("0"
			.repeat(64))), adapted);
		assertEquals("Model " + adapted + " was adapted to reference images; give the error map to the model that it was adapted from.", assertThrows(
			IllegalArgumentException.class, () -> Training.addErrorMap(data, adapted, tuned, "cpu", IfExists.REFUSE, Progress.NONE)).getMessage());
		var said = new ArrayList<String>();
		run(data, Start.of(List.of(adapted), data), settings(1, Feedback.JOINT), tuned, IfExists.REFUSE, new Training.Listener() {

			@Override
			public void unusual(String sentence) {
				said.add(sentence);
			}

			@Override
			public void update(long done, long total) {}

			@Override
			public void validated(TrainingReport report, RandomAccessibleInterval<ARGBType> preview) {}
		});
		assertEquals(List.of("Model " + adapted +
			" was adapted to reference images; the training begins without that, so adapt the new model again."), said);
		assertNull(ModelFolder.spec(tuned).adaptation());
		ColorModel.open(tuned, "cpu").close();
	}

	@Test
	public void severalModelsBeginAsTheirMean() throws IOException {
		Path first = TinyModel.write(temporary, "first", "bright", "dark"), second = temporary.resolve("second"), mean = temporary.resolve("mean");
		var still = settings(1, 0, 4, 8, 1e-8, "MSE", Feedback.JOINT);
		run(data, Start.of(List.of(first), data), settings(2, Feedback.JOINT), second, IfExists.REFUSE, listener(new ArrayList<>(),
			Long.MAX_VALUE));
		var start = Start.of(List.of(first, second), data);
		assertEquals("first " + ModelFolder.spec(first).sha256() + ", second " + ModelFolder.spec(second).sha256(), start.name());
		run(data, start, still, mean, IfExists.REFUSE, listener(new ArrayList<>(), Long.MAX_VALUE));
		try (var manager = Torch.engine().newBaseManager()) {
			var name = "04FuseFeatures_weight";
			float[] a = ModelFolder.weights(first, ModelFolder.spec(first), manager).get(name).toFloatArray();
			float[] b = ModelFolder.weights(second, ModelFolder.spec(second), manager).get(name).toFloatArray();
			float[] m = ModelFolder.weights(mean, ModelFolder.spec(mean), manager).get(name).toFloatArray();
			assertFalse(Arrays.equals(a, b));
			for (int i = 0; i < m.length; i++)
				assertEquals((a[i] + b[i]) / 2, m[i], 1e-6f);
		}
		var wider = temporary.resolve("wider");
		run(data, Start.random(new Preset("wider", "for tests", new DenseSpec(NET.unit(), 5, NET.layers(), NET.vgg()), "mse"), SCALE), still, wider, IfExists.REFUSE, listener(
			new ArrayList<>(), Long.MAX_VALUE));
		var e = assertThrows(IOException.class, () -> Start.of(List.of(first, wider), data));
		assertTrue(e.getMessage().contains("has another network than"), e.getMessage());
	}

	@Test
	public void modelsWithOtherClassesGiveAllButTheScoresToTheMean() throws IOException {
		Path other = TinyModel.write(temporary, "other", "one", "two"), same = temporary.resolve("same"), mean = temporary.resolve("mean");
		run(data, Start.of(List.of(other), data), settings(2, Feedback.JOINT), same, IfExists.REFUSE, listener(new ArrayList<>(),
			Long.MAX_VALUE));
		run(data, Start.of(List.of(other, same), data), settings(1, 0, 4, 8, 1e-8, "MSE", Feedback.JOINT), mean, IfExists.REFUSE,
			listener(new ArrayList<>(), Long.MAX_VALUE));
		try (var manager = Torch.engine().newBaseManager()) {
			Map<String, NDArray> a = ModelFolder.weights(other, ModelFolder.spec(other), manager), b = ModelFolder.weights(same, ModelFolder.spec(
				same), manager), m = ModelFolder.weights(mean, ModelFolder.spec(mean), manager);
			// They are divided by a temperature.
			NDArray scores = b.get("03ClassScores_weight"), found = m.get("03ClassScores_weight");
			assertArrayEquals(scores.div(scores.norm()).toFloatArray(), found.div(found.norm()).toFloatArray(), 1e-6f);
			var name = "04FuseFeatures_weight";
			assertArrayEquals(a.get(name).add(b.get(name)).div(2).toFloatArray(), m.get(name).toFloatArray(), 1e-6f);
		}
	}

	@Test
	public void aModelIsNotReplacedUnlessItMayBe() throws IOException {
		var folder = TinyModel.write(temporary, "tiny", "one", "two");
		var before = Files.readAllBytes(folder.resolve(ModelFolder.WEIGHTS));
		for (var ifExists : List.of(IfExists.REFUSE, IfExists.RESUME)) {
			var e = assertThrows(IOException.class, () -> run(settings(1, Feedback.JOINT), folder, ifExists, Long.MAX_VALUE));
			assertTrue(e.getMessage().contains("holds a model; choose another folder, or overwrite."), e.getMessage());
		}
		assertArrayEquals(before, Files.readAllBytes(folder.resolve(ModelFolder.WEIGHTS)));
		// Stopped before the first measurement: the old model is still there.
		assertThrows(CancellationException.class, () -> run(settings(1, Feedback.JOINT), folder, IfExists.OVERWRITE, 2));
		assertArrayEquals(before, Files.readAllBytes(folder.resolve(ModelFolder.WEIGHTS)));
		run(settings(1, Feedback.JOINT), folder, IfExists.RESUME, Long.MAX_VALUE);
		assertEquals(List.of("bright", "dark"), ModelFolder.spec(folder).classes());
	}

	@Test
	public void aStoppedRunIsNotForgotten() throws IOException {
		var folder = temporary.resolve("run");
		assertThrows(CancellationException.class, () -> run(settings(9, Feedback.JOINT), folder, IfExists.REFUSE, 2));
		var e = assertThrows(IOException.class, () -> run(settings(9, Feedback.JOINT), folder, IfExists.REFUSE, Long.MAX_VALUE));
		assertTrue(e.getMessage().contains("belongs to a run that was stopped; choose resume to go on"), e.getMessage());
		e = assertThrows(IOException.class, () -> run(settings(10, Feedback.JOINT), folder, IfExists.RESUME, Long.MAX_VALUE));
		assertTrue(e.getMessage().contains("of a run with other data or settings"), e.getMessage());
		run(settings(1, Feedback.JOINT), folder, IfExists.OVERWRITE, Long.MAX_VALUE);
		assertTrue(Files.exists(folder.resolve(ModelFolder.SPEC)));
	}

	/** A step too small to change anything is no improvement after the first epoch. */
	@Test
	public void patienceEndsTheRun() throws IOException {
		var reports = new ArrayList<TrainingReport>();
		run(data, START, settings(50, 2, 4, 8, 1e-8, "MSE", Feedback.JOINT), temporary.resolve("run"), IfExists.REFUSE, new Training.Listener() {

			@Override
			public void update(long done, long total) {}

			@Override
			public void validated(TrainingReport report, RandomAccessibleInterval<ARGBType> preview) {
				reports.add(report);
			}
		});
		int best = 0;
		for (int i = 0; i < reports.size(); i++)
			if (reports.get(i).best()) best = i;
		assertEquals(best + 3, reports.size());
		assertTrue(reports.size() < 50);
	}

	/** Beyond 2 crops at once there is no memory: the batch of 4 is divided, once, and its gradients are as many. */
	@Test
	public void aBatchTooLargeForTheDeviceIsDivided() throws IOException {
		var folder = temporary.resolve("run");
		var asked = new ArrayList<Integer>();
		Training.run(data, START, settings(1, Feedback.JOINT), folder, CPU, IfExists.REFUSE, listener(new ArrayList<>(), Long.MAX_VALUE), crops -> {
			asked.add(crops);
			if (crops > 2) throw new EngineException("CUDA out of memory. Tried to allocate 2.00 GiB");
		});
		assertEquals(List.of(4, 2, 2, 2, 2, 2, 2, 2, 2), asked);
		assertTrue(Files.exists(folder.resolve(ModelFolder.SPEC)));

		var e = assertThrows(IllegalArgumentException.class, () -> Training.run(data, START, settings(1, Feedback.JOINT), temporary.resolve("none"),
			CPU, IfExists.REFUSE, listener(new ArrayList<>(), Long.MAX_VALUE), crops -> {
				throw new EngineException("CUDA out of memory");
			}));
		assertTrue(e.getMessage().contains("does not suffice for one crop of 8 pixels; use a smaller patch"), e.getMessage());
	}

	/**
	 * Two sets whose unknown images have the same L* and are gray in one and coloured in the other: to the last bit the weights are the same
	 * and so is the error.
	 */
	@Test
	public void coloursOfUnknownImagesTeachNothing() throws IOException {
		var gray = new int[] { 0xff404040, 0xff606060, 0xff808080, 0xffa0a0a0, 0xffc0c0c0 };
		var coloured = Arrays.stream(gray).map(TrainingTest::coloured).toArray();
		for (var settings : List.of(settings(2, Feedback.JOINT), settings(2, 0, 4, 8, 3e-3, "REBALANCED", Feedback.JOINT), settings(2, 0, 4, 8, 3e-3,
			"COLOURFUL", Feedback.JOINT))) {
			ModelSpec one = model("gray " + settings.loss(), settings, gray), other = model("coloured " + settings.loss(), settings, coloured);
			assertEquals(List.of("bright", "dark", "unknown"), one.classes());
			assertEquals(one.sha256(), other.sha256());
			assertEquals(one.quality(), other.quality());
		}
	}

	private ModelSpec model(String name, TrainingSettings settings, int[] unknown) throws IOException {
		try (var set = ColorDataSet.open(TinyDataSet.write(temporary.resolve(name + ".h5"), 10, 24, unknown))) {
			run(set, START, settings, temporary.resolve(name), IfExists.REFUSE, listener(new ArrayList<>(), Long.MAX_VALUE));
		}
		return ModelFolder.spec(temporary.resolve(name));
	}

	/** A saturated colour of the same L*, but for less than the rounding to hundredths that images are kept in. */
	private static int coloured(int gray) {
		float[] wanted = new float[3], lab = new float[3];
		Lab.fromArgb(gray, wanted);
		return IntStream.range(0, 1 << 24).map(rgb -> 0xff000000 | rgb).filter(argb -> {
			Lab.fromArgb(argb, lab);
			return Math.abs(lab[0] - wanted[0]) < 1e-4 && Math.round(100 * lab[0]) == Math.round(100 * wanted[0]) && Math.hypot(lab[1], lab[2]) > 40;
		}).findFirst().orElseThrow();
	}

	@Test
	public void unknownImagesAloneAreRefused() throws IOException {
		try (var set = ColorDataSet.open(TinyDataSet.write(temporary.resolve("unknown.h5"), 0, 24, 1, 2, 3, 4, 5, 6))) {
			var e = assertThrows(IllegalArgumentException.class, () -> run(set, START, settings(1, Feedback.JOINT), temporary.resolve("run"),
				IfExists.REFUSE, listener(new ArrayList<>(), Long.MAX_VALUE)));
			assertEquals("Besides class unknown the data set has 0 training and 0 validation images, and colours are learned from these only; " +
				"build it with at least one other class.", e.getMessage());
		}
	}

	@Test
	public void settingsThatDoNotFitTheDataAreRefused() throws IOException {
		refused(settings(1, 0, 17, 8, 1e-3, "MSE", Feedback.JOINT), "batch is 17, the data set has 16 training images; choose at most as many");
		refused(settings(1, 0, 4, 13, 1e-3, "MSE", Feedback.JOINT), "patch is 13, the images are 12 pixels (24 at scale 0.5); choose at most that");
		assertTrue(assertThrows(IllegalArgumentException.class, () -> settings(0, Feedback.JOINT)).getMessage().startsWith(
			"epochs is 0; must be 1 to "));
		assertFalse(Files.exists(new RunFolder(temporary.resolve("run")).checkpoint()));
	}

	private void refused(TrainingSettings settings, String why) {
		var e = assertThrows(IllegalArgumentException.class, () -> run(settings, temporary.resolve("run"), IfExists.REFUSE, Long.MAX_VALUE));
		assertTrue(e.getMessage().contains(why), e.getMessage());
	}

	/** The data set's file shrinks while it is used. */
	@Test
	public void damagedDataEndsTheRunAndKeepsTheCheckpoint() throws IOException {
		var folder = temporary.resolve("run");
		assertThrows(CancellationException.class, () -> run(settings(9, Feedback.JOINT), folder, IfExists.REFUSE, 5));
		var before = Files.readAllBytes(new RunFolder(folder).checkpoint());
		try (var again = ColorDataSet.open(temporary.resolve("data.h5"))) {
			try (var file = new RandomAccessFile(temporary.resolve("data.h5").toFile(), "rw")) {
				file.setLength(4096);
			}
			var e = assertThrows(IOException.class, () -> run(again, START, settings(9, Feedback.JOINT), folder, IfExists.RESUME, listener(
				new ArrayList<>(), Long.MAX_VALUE)));
			assertTrue(e.getMessage().contains("the file is damaged or has changed"), e.getMessage());
		}
		// The time so far is in it, in a number of digits that varies.
		assertEquals(before.length, Files.size(new RunFolder(folder).checkpoint()), 16);
		assertTrue(new RunFolder(folder).resumes(IfExists.RESUME));
		assertTrue(Files.exists(folder.resolve(ModelFolder.SPEC)));
	}

	/** In another window, and in another program: whose lock is held here by the test. */
	@Test
	public void aSecondTrainingIsToldOfTheFirst() throws IOException {
		var folder = temporary.resolve("run");
		var settings = settings(1, Feedback.JOINT);
		var refusals = new ArrayList<String>();
		run(data, START, settings, folder, IfExists.REFUSE, new Training.Listener() {

			@Override
			public void update(long done, long total) {
				if (done == 1) for (var other : List.of(folder, temporary.resolve("other")))
					refusals.add(assertThrows(IOException.class, () -> run(settings, other, IfExists.OVERWRITE, Long.MAX_VALUE)).getMessage());
			}

			@Override
			public void validated(TrainingReport report, RandomAccessibleInterval<ARGBType> preview) {}
		});
		var refusal = "Another training, of model folder " + folder +
			", goes on in this program; wait until it has ended, or start the program once more.";
		assertEquals(List.of(refusal, refusal), refusals);
		var before = Files.readAllBytes(folder.resolve(ModelFolder.WEIGHTS));
		try (var other = Lock.on(folder, "Model folder " + folder)) {
			var message = assertThrows(IOException.class, () -> run(settings, folder, IfExists.OVERWRITE, Long.MAX_VALUE)).getMessage();
			assertTrue(message.startsWith("Model folder " + folder + " is being written by process "), message);
		}
		assertArrayEquals(before, Files.readAllBytes(folder.resolve(ModelFolder.WEIGHTS)));
		run(settings, folder, IfExists.OVERWRITE, Long.MAX_VALUE);
	}

	/** Twice 128 is 0 in a byte, but 128 is another class than 0. */
	@Test
	public void aCheckpointOfOtherLabelsIsNotResumed() throws IOException {
		var classes = IntStream.range(0, 130).mapToObj(i -> "class " + i).toList();
		for (int label : new int[] { 0, 128 })
			try (var writer = new ColorDataSetWriter(temporary.resolve("labels" + label + ".h5"), classes, 24, 0.2, "made up", "crop")) {
				for (int i = 0; i < 10; i++) {
					int colour = 0xff000000 | 1000 * i;
					writer.add(List.of(TinyDataSet.image(24, k -> colour + k)), label);
				}
				writer.finish(false);
			}
		var folder = temporary.resolve("run");
		var settings = settings(9, Feedback.JOINT);
		try (var first = ColorDataSet.open(temporary.resolve("labels0.h5")); var other = ColorDataSet.open(temporary.resolve("labels128.h5"))) {
			assertThrows(CancellationException.class, () -> run(first, START, settings, folder, IfExists.REFUSE, listener(new ArrayList<>(), 1)));
			var message = assertThrows(IOException.class, () -> run(other, START, settings, folder, IfExists.RESUME, listener(new ArrayList<>(), 2)))
				.getMessage();
			assertTrue(message.contains("it is of a run with other data or settings"), message);
			assertThrows(CancellationException.class, () -> run(first, START, settings, folder, IfExists.RESUME, listener(new ArrayList<>(), 2)));
		}
	}

	@Test
	public void thePreviewShowsGrayPredictionAndOriginal() throws IOException {
		var previews = new ArrayList<RandomAccessibleInterval<ARGBType>>();
		run(data, START, settings(1, Feedback.JOINT), temporary.resolve("run"), IfExists.REFUSE, new Training.Listener() {

			@Override
			public void update(long done, long total) {}

			@Override
			public void validated(TrainingReport report, RandomAccessibleInterval<ARGBType> preview) {
				previews.add(preview);
			}
		});
		// Four validation images of 8 pixels with 2 between them: two bright ones, which are blue, and two dark ones, which are red.
		var preview = previews.get(0);
		assertArrayEquals(new long[] { 38, 28 }, preview.dimensionsAsLongArray());
		for (int column = 0; column < 4; column++) {
			int gray = preview.getAt(10 * column + 4, 4).get(), original = preview.getAt(10 * column + 4, 24).get();
			assertEquals(gray & 0xff, gray >> 8 & 0xff);
			assertEquals(column < 2, (original & 0xff) > (original >> 16 & 0xff));
		}
	}

	/** A weight that is no number makes a loss that is none: the run ends with a sentence, and the model so far stays. */
	@Test
	public void divergenceIsSaid() throws IOException {
		var folder = temporary.resolve("run");
		var settings = settings(9, Feedback.JOINT);
		assertThrows(CancellationException.class, () -> run(settings, folder, IfExists.REFUSE, 2));
		var checkpoint = new RunFolder(folder).checkpoint();
		try (var manager = Torch.engine().newBaseManager()) {
			var arrays = new NDList();
			try (var in = Files.newInputStream(checkpoint)) {
				Tensors.read(manager, in, 1 << 30).forEach((name, array) -> {
					var damaged = name.startsWith("04FuseFeatures") ? array.mul(Float.NaN) : array;
					damaged.setName(name);
					arrays.add(damaged);
				});
			}
			try (var out = Files.newOutputStream(checkpoint)) {
				Tensors.write(arrays, out);
			}
		}
		var e = assertThrows(ArithmeticException.class, () -> run(settings, folder, IfExists.RESUME, Long.MAX_VALUE));
		assertTrue(e.getMessage().startsWith("The loss is NaN at step 3, the training diverged;"), e.getMessage());
		assertTrue(Files.exists(checkpoint));
	}

	private static float[] filled(int size, float value) {
		var values = new float[size];
		Arrays.fill(values, value);
		return values;
	}

	/** Stops the run after so many steps. */
	private static Training.Listener listener(List<TrainingReport> reports, long stop) {
		return new Training.Listener() {

			@Override
			public void update(long done, long total) {
				if (done >= stop) throw new CancellationException();
			}

			@Override
			public void validated(TrainingReport report, RandomAccessibleInterval<ARGBType> preview) {
				reports.add(report);
			}
		};
	}
}
