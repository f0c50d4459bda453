package io.github.densecolorize.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import ai.djl.Device;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;

import io.github.densecolorize.TinyDataSet;
import io.github.densecolorize.data.ChromaWeights;
import io.github.densecolorize.data.ColorDataSet;
import io.github.densecolorize.data.ColorDataSetWriter;
import io.github.densecolorize.data.PatchSampler;
import io.github.densecolorize.data.PatchSet;
import io.github.densecolorize.image.Lab;
import io.github.densecolorize.model.DeviceMemory;
import io.github.densecolorize.model.Scale;
import io.github.densecolorize.model.Torch;
import io.github.densecolorize.model.TrainingSettings;
import io.github.densecolorize.model.TrainingSettings.Feedback;
import io.github.densecolorize.net.ColorNet;
import io.github.densecolorize.net.DenseSpec;
import io.github.densecolorize.net.NetSpec;
import io.github.densecolorize.net.Spoiled;
import io.github.densecolorize.net.Vgg;
import io.github.densecolorize.net.Way;

/** How a batch is divided, over time or over devices, does not change what is learned from it. */
public class LearnerTest {

	/** The guidance stream has no batch norm, which would see a part of the batch only. */
	private static final NetSpec NET = new DenseSpec(DenseSpec.Unit.DENSE, 4, List.of(1, 1, 1, 1), new Vgg(8, List.of(4), List.of(1), false,
		true, List.of(8)));
	private static final TrainingSettings SETTINGS = TrainingSettings.on("made up").seed(5).epochs(1).batch(4).patch(8).balance(1).build();
	private static final int STEPS = 6;

	@TempDir
	Path folder;
	private ColorDataSet data;
	private PatchSampler sampler;

	@BeforeEach
	void open() throws IOException {
		data = ColorDataSet.open(TinyDataSet.write(folder.resolve("data.h5"), 10, 24));
		var images = new PatchSet(data, IntStream.range(0, data.size()).toArray(), new Scale(0.5, 0, 0, 12), 8, Long.MAX_VALUE);
		sampler = new PatchSampler(images, SETTINGS, ChromaWeights.EQUAL, false);
	}

	@AfterEach
	void close() {
		data.close();
	}

	/** Weights after some steps; running means of batch norm, which are not learned, are left out. */
	private Map<String, float[]> learn(int devices, DeviceMemory memory) throws IOException {
		return learn(devices, memory, Way::on);
	}

	private Map<String, float[]> learn(int devices, DeviceMemory memory, Function<Device, List<Way>> ways) throws IOException {
		Torch.engine().setRandomSeed(1);
		try (var manager = Torch.engine().newBaseManager()) {
			var managers = IntStream.range(0, devices).mapToObj(i -> i == 0 ? manager : manager.newSubManager()).toList();
			var learner = learner(managers, SETTINGS, true, memory, ways);
			for (int step = 0; step < STEPS; step++)
				learner.step(sampler.draw(step), step + 1, 0.002f);
			var weights = new TreeMap<String, float[]>();
			for (var array : learner.weights())
				if (!array.getName().contains("running")) weights.put(array.getName(), array.toFloatArray());
			return weights;
		}
	}

	private static Learner learner(List<NDManager> managers, TrainingSettings settings, boolean normalizesByBatch, DeviceMemory memory,
		Function<Device, List<Way>> ways)
	{
		var net = NET.build(2);
		net.initialize(managers.get(0));
		return new Learner(managers, net, settings, normalizesByBatch, memory, ways);
	}

	/** The forward pass is right, so that the loss would look as it should. */
	@Test
	public void wrongGradientsAreFoundBeforeTheFirstStep() throws IOException {
		var right = learn(1, crops -> {}, device -> List.of(Spoiled.products()));
		for (var wrong : List.of(Spoiled.gradients(), Spoiled.lastMaps())) {
			var found = learn(1, crops -> {}, device -> List.of(wrong, Spoiled.products()));
			for (var name : right.keySet())
				assertArrayEquals(right.get(name), found.get(name), name + " after " + wrong);
		}
	}

	/** Gradients are collected on each thread but the one that loaded PyTorch, as long as nobody says otherwise. */
	@Test
	public void gradientsAreCheckedOnAnyThread() throws Exception {
		var expected = learn(1, crops -> {});
		var found = CompletableFuture.supplyAsync(() -> {
			try {
				return learn(1, crops -> {});
			}
			catch (IOException e) {
				throw new UncheckedIOException(e);
			}
		}, task -> new Thread(task).start()).get();
		for (var name : expected.keySet())
			assertArrayEquals(expected.get(name), found.get(name), name);
	}

	@Test
	public void whereAllGradientsAreWrongNothingIsLearned() throws IOException {
		try (var manager = Torch.engine().newBaseManager()) {
			var learner = learner(List.of(manager), SETTINGS, true, DeviceMemory.REAL, device -> List.of(Spoiled.gradients()));
			assertTrue(learner.unusual().isEmpty());
			var before = learner.weights().stream().collect(Collectors.toMap(NDArray::getName, NDArray::toFloatArray));
			var refusal = assertThrows(IllegalArgumentException.class, () -> learner.step(sampler.draw(0), 1, 0.002f)).getMessage();
			assertTrue(refusal.contains("the gradient of") && refusal.contains("PyTorch"), refusal);
			for (var after : learner.weights())
				assertArrayEquals(before.get(after.getName()), after.toFloatArray(), after.getName());
		}
	}

	@Test
	public void anotherWayThanTheUsualOneIsSaid() throws IOException {
		try (var manager = Torch.engine().newBaseManager()) {
			var learner = learner(List.of(manager), SETTINGS, true, DeviceMemory.REAL, device -> List.of(Spoiled.lastMaps(), Spoiled.products()));
			learner.step(sampler.draw(0), 1, 0.002f);
			assertTrue(learner.unusual().orElseThrow().contains("computed by matrix products"), learner.unusual().toString());
		}
	}

	/** DJL begins with means 0 and variances 1. */
	@Test
	public void fineTuningKeepsTheStatisticsOfBatchNorm() throws IOException {
		var fineTuning = TrainingSettings.on("made up").seed(5).epochs(1).batch(4).patch(8).balance(1).feedback(Feedback.JOINT).build();
		try (var manager = Torch.engine().newBaseManager()) {
			var learner = learner(List.of(manager), fineTuning, false, DeviceMemory.REAL, Way::on);
			var before = learner.weights().stream().collect(Collectors.toMap(NDArray::getName, NDArray::toFloatArray));
			learner.step(sampler.draw(0), 1, 0.002f);
			for (var after : learner.weights()) {
				var name = after.getName();
				if (name.contains("runningMean")) assertArrayEquals(new float[(int) after.size()], after.toFloatArray(), name);
				else if (name.contains("runningVar")) for (float variance : after.toFloatArray())
					assertEquals(1, variance, name);
				else assertFalse(Arrays.equals(before.get(name), after.toFloatArray()), name);
			}
		}
	}

	/** The class counts nothing, so that only the colours could train the guidance stream. */
	@Test
	public void feedbackDecidesWhetherColoursTrainTheGuidance() throws IOException {
		for (var feedback : Feedback.values()) {
			var settings = TrainingSettings.on("made up").seed(5).epochs(1).batch(4).patch(8).balance(1).classWeight(0).feedback(feedback).build();
			try (var manager = Torch.engine().newBaseManager()) {
				var learner = learner(List.of(manager), settings, true, DeviceMemory.REAL, Way::on);
				var before = learner.weights().stream().collect(Collectors.toMap(NDArray::getName, NDArray::toFloatArray));
				learner.step(sampler.draw(0), 1, 0.002f);
				boolean moved = learner.weights().stream().anyMatch(weight -> weight.getName().startsWith("02Guidance") && !Arrays.equals(before.get(weight
					.getName()), weight.toFloatArray()));
				assertEquals(feedback == Feedback.JOINT, moved, feedback.toString());
			}
		}
	}

	/** All images of a class are one: its prototype is the vector of that image, of however many images it is the mean. */
	@Test
	public void prototypesAreMeansOfTheirClass() throws IOException {
		var file = folder.resolve("plain.h5");
		try (var writer = new ColorDataSetWriter(file, List.of("dark", "bright"), 24, 0, "made up", "crop")) {
			for (int label = 0; label < 2; label++) {
				float l = 20 + 60 * label;
				for (int i = 0; i < 3 + 4 * label; i++)
					writer.add(List.of(TinyDataSet.image(24, pixel -> Lab.toArgb(l, 0, 0))), label);
				writer.endClass(label);
			}
			writer.finish(false);
		}
		try (var plain = ColorDataSet.open(file); var manager = Torch.engine().newBaseManager()) {
			var set = new PatchSet(plain, IntStream.range(0, plain.size()).toArray(), new Scale(0.5, 0, 0, 12), 8, Long.MAX_VALUE);
			var net = NET.build(2);
			net.initialize(manager);
			var prototypes = new Learner(List.of(manager), net, SETTINGS, true, DeviceMemory.REAL, Way::on).prototypes(manager, set);
			for (int label = 0; label < 2; label++) {
				var field = ColorNet.scaledL(manager.full(new Shape(1, 1, 8, 8), set.fields(label, 1).get(0)[0]));
				var vector = net.guide(new ParameterStore(manager, false), field, false).get(0);
				assertArrayEquals(vector.toFloatArray(), prototypes.get(label).toFloatArray(), 1e-4f);
			}
		}
	}

	private static void crops(int crops, int most) {
		if (crops > most) throw new EngineException("CUDA out of memory. Tried to allocate 2.00 GiB");
	}

	/** Guidance stream and class scores. */
	private static boolean isOfTheClass(String weight) {
		return weight.startsWith("02Guidance") || weight.startsWith("03ClassScores");
	}

	@Test
	public void partsAddUpToTheWhole() throws IOException {
		Map<String, float[]> whole = learn(1, crops -> {}), halves = learn(1, crops -> crops(crops, 2));
		for (var name : whole.keySet())
			if (isOfTheClass(name)) assertArrayEquals(whole.get(name), halves.get(name), 1e-5f, name);
	}

	/** Memory that ends when half of the gradients are there already: they do not count twice. */
	@Test
	public void aFailureLeavesNoGradient() throws IOException {
		var calls = new int[1];
		var halves = learn(1, crops -> crops(crops, 2));
		var interrupted = learn(1, crops -> {
			crops(crops, 2);
			if (++calls[0] == 4) throw new EngineException("DefaultCPUAllocator: can't allocate memory");
		});
		assertTrue(calls[0] > 4);
		for (var name : halves.keySet())
			if (isOfTheClass(name)) assertArrayEquals(halves.get(name), interrupted.get(name), 1e-5f, name);
	}

	/** To the last bit, batch norm included: each device computes what one device would compute after the other part. */
	@Test
	public void twoDevicesLearnAsOneInTwoParts() throws IOException {
		Map<String, float[]> one = learn(1, crops -> crops(crops, 2)), two = learn(2, crops -> crops(crops, 2));
		for (var name : one.keySet())
			assertArrayEquals(one.get(name), two.get(name), name);
	}
}
