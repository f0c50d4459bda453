package io.github.densecolorize.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

import ai.djl.Device;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;

import io.github.densecolorize.data.Batch;
import io.github.densecolorize.data.PatchSampler;
import io.github.densecolorize.data.PatchSet;
import io.github.densecolorize.image.Turn;
import io.github.densecolorize.model.CheckedNet;
import io.github.densecolorize.model.DeviceClock;
import io.github.densecolorize.model.DeviceMemory;
import io.github.densecolorize.model.Torch;
import io.github.densecolorize.model.TrainingSettings;
import io.github.densecolorize.model.TrainingSettings.Feedback;
import io.github.densecolorize.net.Adam;
import io.github.densecolorize.net.ColorNet;
import io.github.densecolorize.net.CrossEntropy;
import io.github.densecolorize.net.Cues;
import io.github.densecolorize.net.LearnedWeights;
import io.github.densecolorize.net.Loss;
import io.github.densecolorize.net.MismatchException;
import io.github.densecolorize.net.NetSpec;
import io.github.densecolorize.net.Tensors;
import io.github.densecolorize.net.Way;
import io.github.densecolorize.net.Witness;

/** The network while it learns: does the steps of the optimizer, and measures the result. */
final class Learner {

	/** Number of images of a class over which its prototype is averaged. */
	private static final int PROTOTYPE_IMAGES = 64;

	/**
	 * Means over crops.
	 *
	 * @param chroma loss of a*b*
	 * @param category loss of the class
	 */
	record StepLoss(float chroma, float category) {}

	/**
	 * The network on a device.
	 *
	 * @param manager on the device
	 * @param checked the network, computed in a way that was checked to be right on this device
	 */
	private record Replica(NDManager manager, LearnedWeights weights, CheckedNet<ColorNet> checked) {

		static Replica of(NDManager manager, ColorNet trained, List<Way> ways) {
			var weights = new LearnedWeights(manager, trained);
			return new Replica(manager, weights, new CheckedNet<>("network in training", manager.getDevice(), ways, way -> {
				weights.net().use(way);
				return weights.net();
			}));
		}

		ColorNet net() {
			return weights.net();
		}
	}

	private final TrainingSettings settings;
	private final boolean normalizesByBatch;
	private final Loss loss;
	/** The first device, which also has the optimizer. */
	private final NDManager manager;
	private final Adam adam;
	/** The network on each device. */
	private final List<Replica> replicas = new ArrayList<>();
	private final DeviceMemory memory;
	private final DeviceClock clock = new DeviceClock();
	/** Into how many parts a batch is divided, a multiple of the devices; their gradients add up. */
	private int parts;

	/**
	 * @param managers one on each device
	 * @param net initialized; a copy of it learns
	 * @param normalizesByBatch whether the batch norms take means and variances from the batch, and learn them
	 * @param ways of a device to compute convolutions
	 */
	Learner(List<NDManager> managers, ColorNet net, TrainingSettings settings, boolean normalizesByBatch, DeviceMemory memory,
		Function<Device, List<Way>> ways)
	{
		manager = managers.get(0);
		this.settings = settings;
		this.normalizesByBatch = normalizesByBatch;
		this.memory = memory;
		loss = Loss.named(settings.loss());
		for (var each : managers)
			replicas.add(Replica.of(each, net, ways.apply(each.getDevice())));
		adam = new Adam(manager, first().weights.all());
		parts = replicas.size();
	}

	/** The network on the first device. */
	private Replica first() {
		return replicas.get(0);
	}

	/**
	 * Continues with the optimizer of a run that was stopped.
	 *
	 * @param saved {@link #state}, from which its arrays are removed
	 * @throws MismatchException if one is missing or has another shape
	 */
	void restore(Map<String, NDArray> saved) throws MismatchException {
		adam.restore(saved);
	}

	/** A sentence for users that says how a device computes if its usual way was found to be wrong; empty if there is no such device. */
	Optional<String> unusual() {
		return replicas.stream().filter(replica -> !replica.checked.isUsual()).findFirst().map(
			replica -> "PyTorch's fastest convolutions give wrong results here, so another way is taken; " + replica.checked.describe() + ".");
	}

	/** The weights. */
	NDList weights() {
		return Tensors.of(first().net());
	}

	/** Weights and state of the optimizer. */
	NDList state() {
		var arrays = weights();
		arrays.addAll(adam.state());
		return arrays;
	}

	/**
	 * Does one step: changes the weights. If a batch does not fit into the device's memory, it and all later ones are computed in parts.
	 *
	 * @param step 1 for the first
	 * @return the losses before the step; if they are not finite, no weight was changed
	 * @throws IllegalArgumentException if even one crop does not fit into the memory, or if a device gives wrong results in every way of computing
	 */
	StepLoss step(Batch batch, long step, float learningRate) {
		boolean repeated = false;
		while (true) {
			try {
				check(batch);
				var loss = gradients(batch);
				if (!Float.isFinite(loss.chroma + loss.category) || move(step, learningRate)) {
					// Otherwise the next crops would wait for the weights, and seem to take long to get there.
					DeviceClock.await(first().weights.all());
					return loss;
				}
				// If the loss is finite but the gradients are not, computing them once more may give finite ones.
				if (repeated) return new StepLoss(Float.NaN, Float.NaN);
				repeated = true;
			}
			catch (EngineException | OutOfMemoryError e) {
				if (!Torch.isOutOfMemory(e)) throw e;
				if (parts >= batch.size()) throw new IllegalArgumentException("The memory of device " + manager.getDevice() +
					" does not suffice for one crop of " + settings.patch() + " pixels; use a smaller patch, preset compact, or device=cpu.", e);
				parts *= 2;
				// The parts that were computed before the one that failed have left their gradients.
				replicas.forEach(replica -> replica.weights.clearGradient());
			}
		}
	}

	/** Seconds that crops have taken so far to get to the devices. */
	double transferred() {
		return clock.times().transfers();
	}

	/** Checks the results and gradients of all layers on each device, before the first batch and again before the first one in smaller parts. */
	private void check(Batch batch) {
		for (int i = 0; i < parts; i++) {
			int from = from(i, batch), to = from(i + 1, batch);
			var replica = replicas.get(i % replicas.size());
			if (from < to) replica.checked.check("batch of " + (to - from), Witness::ofGradients, (copy, way) -> {
				try (var scope = replica.manager.newSubManager()) {
					return forward(copy, way, scope, batch.part(from, to)).size();
				}
			});
		}
	}

	/** The first image of a part of a batch. */
	private int from(int part, Batch batch) {
		return part * batch.size() / parts;
	}

	/** CUDA and the CPU's allocator report a lack of memory only in the text of the message. */
	private StepLoss gradients(Batch batch) {
		float chroma = 0, category = 0;
		try (var collector = Torch.engine().newGradientCollector()) {
			for (int round = 0; round < parts; round += replicas.size()) {
				var scopes = new ArrayList<NDManager>();
				var losses = new ArrayList<NDList>();
				try {
					// One GPU computes while the next one is given its part.
					for (int i = 0; i < replicas.size(); i++) {
						int from = from(round + i, batch), to = from(round + i + 1, batch);
						if (from == to) continue;
						memory.allocate(to - from);
						scopes.add(replicas.get(i).manager.newSubManager());
						losses.add(backward(collector, replicas.get(i), scopes.get(scopes.size() - 1), batch.part(from, to), (to - from) / (float) batch
							.size()));
					}
					for (var loss : losses) {
						chroma += loss.get(0).getFloat();
						category += loss.get(1).getFloat();
					}
				}
				finally {
					scopes.forEach(NDManager::close);
				}
			}
		}
		return new StepLoss(chroma, category);
	}

	/**
	 * Adds the gradients of a part to those of the batch.
	 *
	 * @param share of the batch that this part makes up
	 * @return the losses of a*b* and of the class, times the share
	 */
	private NDList backward(GradientCollector collector, Replica replica, NDManager scope, Batch part, float share) {
		var store = replica.weights.store(scope);
		var way = replica.checked.way();
		// All at once and first: later they would wait for what the device has to compute before.
		var crops = clock.transfer(() -> Crops.of(way, scope, part));
		var guide = replica.net().guide(store, crops.fields, normalizesByBatch);
		var vector = settings.feedback() == Feedback.JOINT ? guide.get(0) : guide.get(0).stopGradient();
		var output = replica.net().output(store, crops.l, new Cues(vector, crops.hints), normalizesByBatch);
		var chroma = loss(output, crops).mul(share);
		var category = CrossEntropy.of(guide.get(1), crops.labels).mul(share);
		collector.backward(chroma.add(category.mul(settings.classWeight())));
		return new NDList(chroma, category);
	}

	/**
	 * Brings all gradients to the first device, moves its weights, and copies them to the others. No gradients are left.
	 *
	 * @return whether the gradients were finite; if not, no weight was changed
	 */
	private boolean move(long step, float learningRate) {
		var others = replicas.subList(1, replicas.size());
		others.forEach(other -> first().weights.addGradient(other.weights));
		if (!adam.step(step, learningRate)) {
			first().weights.clearGradient();
			return false;
		}
		others.forEach(other -> first().weights.copyTo(other.weights));
		return true;
	}

	private NDArray loss(NDArray output, Crops crops) {
		return loss.of(new Loss.Prediction(output, first().net()::ab), crops.ab, crops.weights);
	}

	/**
	 * The result of a measurement.
	 *
	 * @param chromaLoss mean loss of a*b*
	 * @param abRmse root of the mean squared error of a* and b*, per channel, of the images whose colours count
	 * @param classAccuracy share of images whose class was found, 0 to 1
	 */
	record Measurement(double chromaLoss, double abRmse, double classAccuracy) {}

	/** @param images indices of those whose central crops are measured */
	Measurement measure(PatchSampler sampler, int... images) {
		double squares = 0, sum = 0;
		long values = 0, right = 0;
		for (int from = 0; from < images.length; from += atOnce()) {
			var batch = sampler.centres(Arrays.copyOfRange(images, from, Math.min(images.length, from + atOnce())));
			try (var scope = manager.newSubManager()) {
				var out = forward(scope, batch);
				sum += batch.size() * loss(out.get(0), Crops.of(first().checked.way(), scope, batch)).getFloat();
				var ab = first().net().ab(out.get(0)).mul(ColorNet.AB_SCALE).toFloatArray();
				for (int i = 0, each = ab.length / batch.size(); i < batch.size(); i++) {
					if (!batch.isColoured(i)) continue;
					for (int k = i * each; k < (i + 1) * each; k++)
						squares += Math.pow(ab[k] - batch.ab()[k], 2);
					values += each;
				}
				var classes = out.get(1).argMax(1).toLongArray();
				right += IntStream.range(0, classes.length).filter(k -> classes[k] == batch.labels()[k]).count();
			}
		}
		return new Measurement(sum / images.length, Math.sqrt(squares / values), (double) right / images.length);
	}

	/** Number of images that are measured at once: as many as fitted into the device's memory in training. */
	private int atOnce() {
		return Math.max(1, settings.batch() / parts);
	}

	/** a*b* of crops, (N, 2, H, W). */
	float[] predict(Batch batch) {
		try (var scope = manager.newSubManager()) {
			return first().net().ab(forward(scope, batch).get(0)).mul(ColorNet.AB_SCALE).toFloatArray();
		}
	}

	/** The output and the class scores, computed as they will be when the model is used. */
	private NDList forward(NDManager scope, Batch batch) {
		return first().checked.run(batch.size() + " crops", (net, way) -> forward(net, way, scope, batch));
	}

	private static NDList forward(ColorNet copy, Way way, NDManager scope, Batch batch) {
		var store = new ParameterStore(scope, false);
		var crops = Crops.of(way, scope, batch);
		var guide = copy.guide(store, crops.fields, false);
		return new NDList(copy.output(store, crops.l, new Cues(guide.get(0), crops.hints), false), guide.get(1));
	}

	/**
	 * Takes over the weights of a model, after the last step.
	 *
	 * @param tensors by their names
	 */
	void take(Map<String, NDArray> tensors) {
		first().weights.take(tensors);
	}

	/**
	 * Class scores before softmax, as the model will see images in use: for each image a row for each of its turns.
	 *
	 * @param images indices
	 */
	float[][][] scores(PatchSampler sampler, int... images) {
		int turns = settings.augmentation().turns();
		var rows = new float[images.length][turns][];
		for (int from = 0; from < images.length; from += atOnce()) {
			var batch = sampler.centres(Arrays.copyOfRange(images, from, Math.min(images.length, from + atOnce())));
			for (int turn = 0; turn < turns; turn++) {
				var scores = scores(batch, Turn.of(turn));
				for (int i = 0, classes = scores.length / batch.size(); i < batch.size(); i++)
					rows[from + i][turn] = Arrays.copyOfRange(scores, i * classes, (i + 1) * classes);
			}
		}
		return rows;
	}

	private float[] scores(Batch batch, Turn turn) {
		int size = first().net().spec().vgg().imageSize(), pixels = size * size;
		var fields = IntStream.range(0, batch.size()).mapToObj(i -> turn.apply(Arrays.copyOfRange(batch.fields(), i * pixels, (i + 1) * pixels), size))
			.toList();
		try (var scope = manager.newSubManager()) {
			return guide(scope, fields).get(1).toFloatArray();
		}
	}

	/** Guidance vectors and class scores of guidance images. */
	private NDList guide(NDManager scope, List<float[]> fields) {
		int size = first().net().spec().vgg().imageSize();
		return first().checked.run(fields.size() + " fields", (net, way) -> net.guide(new ParameterStore(scope, false), ColorNet.input(way, scope, fields,
			size, size), false));
	}

	/** Divides the class scores. */
	void divideScores(double temperature) {
		first().weights.divideScores(temperature);
	}

	/** Mean guidance vector of each class, (classes, 64); the zero vector for a class without images. */
	NDArray prototypes(NDManager scope, PatchSet training) {
		var means = new NDList();
		for (int label = 0; label < training.counts().length; label++) {
			var sum = scope.zeros(new Shape(NetSpec.GUIDANCE));
			var fields = training.fields(label, PROTOTYPE_IMAGES);
			for (int from = 0; from < fields.size(); from += atOnce())
				try (var part = scope.newSubManager()) {
					var images = fields.subList(from, Math.min(fields.size(), from + atOnce()));
					sum.addi(guide(part, images).get(0).sum(new int[] { 0 }));
				}
			means.add(sum.div(Math.max(1, fields.size())));
		}
		return NDArrays.stack(means);
	}

	/**
	 * A batch on a device.
	 *
	 * @param fields L* that the guidance stream sees, in the layout of the network's way
	 * @param l L* of the crops, likewise
	 * @param hints colours that are known, likewise; null for none
	 * @param ab a* and b*, (N, 2, H, W), divided by {@link ColorNet#AB_SCALE}
	 * @param weights of the pixels in the loss, (N, 1, H, W)
	 * @param labels of the classes, (N)
	 */
	private record Crops(NDArray fields, NDArray l, NDArray hints, NDArray ab, NDArray weights, NDArray labels) {

		static Crops of(Way way, NDManager scope, Batch batch) {
			int side = batch.patch(), size = (int) Math.sqrt(batch.fields().length / batch.size());
			return new Crops(ColorNet.input(way, scope, batch.fields(), size, size), ColorNet.input(way, scope, batch.l(), side, side), ColorNet.hints(way,
				scope, batch.hints(), side, side), scope.create(batch.ab(), new Shape(batch.size(), 2, side, side)).div(ColorNet.AB_SCALE), scope.create(
					batch.weights(), new Shape(batch.size(), 1, side, side)), scope.create(batch.labels()).toType(DataType.INT64, false));
		}
	}
}
