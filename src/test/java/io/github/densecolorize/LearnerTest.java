package io.github.densecolorize;

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
import java.util.Optional;
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

import io.github.densecolorize.data.ChromaWeights;
import io.github.densecolorize.data.ColorDataSet;
import io.github.densecolorize.data.PatchSampler;
import io.github.densecolorize.data.PatchSet;
import io.github.densecolorize.model.Scale;
import io.github.densecolorize.model.Torch;
import io.github.densecolorize.model.TrainingSettings;
import io.github.densecolorize.model.TrainingSettings.Augmentation;
import io.github.densecolorize.model.TrainingSettings.Feedback;
import io.github.densecolorize.model.TrainingSettings.Loss;
import io.github.densecolorize.net.NetSpec;
import io.github.densecolorize.net.Spoiled;
import io.github.densecolorize.net.Way;

/** How a batch is divided, over time or over devices, does not change what is learned from it. */
public class LearnerTest {

	/** The guidance stream has no batch norm, which would see a part of the batch only. */
	private static final NetSpec NET = new NetSpec(NetSpec.Unit.DENSE, 4, List.of(1, 1, 1, 1), new NetSpec.Vgg(8, List.of(4), List.of(1), false,
		true, List.of(8)));
	private static final TrainingSettings SETTINGS = new TrainingSettings("made up", "any", "", 5, 1, 0, 0, 4, 8, 1, Loss.MSE, Feedback.INDEPENDENT,
		0.1, 1, Augmentation.DIHEDRAL, 0);
	private static final int STEPS = 6;

	@TempDir
	Path folder;
	private ColorDataSet data;
	private PatchSampler sampler;

	@BeforeEach
	void open() throws IOException {
		data = ColorDataSet.open(TinyDataSet.write(folder.resolve("data.h5"), 10, 24));
		var images = new PatchSet(data, IntStream.range(0, data.size()).toArray(), new Scale(0.5, 0, 0, 12), 8, Long.MAX_VALUE);
		sampler = new PatchSampler(images, SETTINGS, ChromaWeights.EQUAL);
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
			var learner = new Learner(managers, NET, 2, SETTINGS, Optional.empty(), false, false, memory, ways);
			for (int step = 0; step < STEPS; step++)
				learner.step(sampler.draw(step), step + 1, 0.002f);
			var weights = new TreeMap<String, float[]>();
			for (var array : learner.weights())
				if (!array.getName().contains("running")) weights.put(array.getName(), array.toFloatArray());
			return weights;
		}
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
			var learner = new Learner(List.of(manager), NET, 2, SETTINGS, Optional.empty(), false, false, DeviceMemory.REAL, device -> List.of(
				Spoiled.gradients()));
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
			var learner = new Learner(List.of(manager), NET, 2, SETTINGS, Optional.empty(), false, false, DeviceMemory.REAL, device -> List.of(
				Spoiled.lastMaps(), Spoiled.products()));
			learner.step(sampler.draw(0), 1, 0.002f);
			assertTrue(learner.unusual().orElseThrow().contains("computed by matrix products"), learner.unusual().toString());
		}
	}

	/** DJL begins with means 0 and variances 1. */
	@Test
	public void fineTuningKeepsTheStatisticsOfBatchNorm() throws IOException {
		var fineTuning = new TrainingSettings("made up", "any", "a model", 5, 1, 0, 0, 4, 8, 1, Loss.MSE, Feedback.JOINT, 0.1, 1,
			Augmentation.DIHEDRAL, 0);
		try (var manager = Torch.engine().newBaseManager()) {
			var learner = new Learner(List.of(manager), NET, 2, fineTuning, Optional.empty(), false, false, DeviceMemory.REAL, Way::on);
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
