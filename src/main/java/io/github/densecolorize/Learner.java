package io.github.densecolorize;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;

import io.github.densecolorize.data.Batch;
import io.github.densecolorize.data.PatchSampler;
import io.github.densecolorize.data.PatchSet;
import io.github.densecolorize.model.Torch;
import io.github.densecolorize.model.TrainingSettings;
import io.github.densecolorize.model.TrainingSettings.Feedback;
import io.github.densecolorize.model.TrainingSettings.Loss;
import io.github.densecolorize.net.Adam;
import io.github.densecolorize.net.ColorNet;
import io.github.densecolorize.net.Losses;
import io.github.densecolorize.net.MismatchException;
import io.github.densecolorize.net.NetSpec;
import io.github.densecolorize.net.Tensors;

/** The network while it learns: steps of the optimizer, and measurements. */
final class Learner {

	/** Images of a class that its prototype is the mean of. */
	private static final int PROTOTYPE_IMAGES = 64;
	/** Images at once in a measurement. */
	private static final int MEASURED_AT_ONCE = 16;

	/**
	 * Means over crops.
	 *
	 * @param chroma loss of a*b*
	 * @param category loss of the class
	 */
	record StepLoss(float chroma, float category) {}

	/** Told how many crops are about to be computed at once; a test's device has too little memory for many. */
	@FunctionalInterface
	interface Memory {

		void allocate(int crops);
	}

	private final NetSpec spec;
	private final TrainingSettings settings;
	private final NDManager manager;
	private final ColorNet net;
	private final Adam adam;
	private final Memory memory;
	/** Into how many parts a batch is divided, one after the other on the device; their gradients add up. */
	private int parts = 1;

	/**
	 * @param tensors to begin with; random ones if not present
	 * @param newClasses whether the layer of class scores is made anew
	 * @param goOn whether the tensors hold the state of the optimizer as well
	 */
	Learner(NDManager manager, NetSpec spec, int classes, TrainingSettings settings, Optional<Map<String, NDArray>> tensors,
		boolean newClasses, boolean goOn, Memory memory) throws MismatchException
	{
		this.manager = manager;
		this.spec = spec;
		this.settings = settings;
		this.memory = memory;
		net = new ColorNet(spec, classes);
		if (tensors.isPresent()) Tensors.initialize(net, spec.vgg().imageSize(), manager, tensors.get(), newClasses);
		else net.initialize(manager, spec.vgg().imageSize());
		adam = new Adam(manager, net);
		if (goOn) adam.restore(tensors.orElseThrow());
	}

	/** The weights. */
	NDList weights() {
		return Tensors.of(net);
	}

	/** Weights and state of the optimizer. */
	NDList state() {
		var arrays = weights();
		arrays.addAll(adam.state());
		return arrays;
	}

	/**
	 * Moves the weights. A batch that is too much for the device's memory is computed in parts, from then on.
	 *
	 * @param step 1 for the first
	 * @return the losses before the step; if they are not finite, nothing was moved
	 * @throws IllegalArgumentException if one crop is too much
	 */
	StepLoss step(Batch batch, long step, float learningRate) {
		while (true) {
			try {
				var loss = gradients(batch);
				if (Float.isFinite(loss.chroma + loss.category)) adam.step(step, learningRate);
				return loss;
			}
			catch (EngineException | OutOfMemoryError e) {
				if (!isOutOfMemory(e)) throw e;
				if (parts >= batch.size()) throw new IllegalArgumentException("The memory of device " + manager.getDevice() +
					" does not suffice for one crop of " + settings.patch() + " pixels; use a smaller patch, preset compact, or device=cpu.", e);
				parts = Math.min(batch.size(), 2 * parts);
			}
		}
	}

	/** CUDA and the CPU's allocator say it in words only. */
	private static boolean isOutOfMemory(Throwable e) {
		var message = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
		return e instanceof OutOfMemoryError || message.contains("out of memory") || message.contains("can't allocate memory");
	}

	private StepLoss gradients(Batch batch) {
		float chroma = 0, category = 0;
		// It sets all gradients to zero, those of a batch that was too large as well; within it they add up.
		try (var collector = Torch.engine().newGradientCollector()) {
			for (int i = 0; i < parts; i++) {
				int from = i * batch.size() / parts, to = (i + 1) * batch.size() / parts;
				if (from == to) continue;
				memory.allocate(to - from);
				float share = (to - from) / (float) batch.size();
				var part = parts == 1 ? batch : batch.part(from, to);
				try (var scope = manager.newSubManager()) {
					var store = new ParameterStore(scope, false);
					var guide = net.guide(store, fields(scope, part), true);
					var vector = settings.feedback() == Feedback.JOINT ? guide.get(0) : guide.get(0).stopGradient();
					var chromaLoss = loss(net.chroma(store, lightness(scope, part), vector, true), scope, part);
					var classLoss = Losses.category(guide.get(1), scope.create(part.labels()).toType(DataType.INT64, false));
					collector.backward(chromaLoss.add(classLoss.mul(settings.classWeight())).mul(share));
					chroma += share * chromaLoss.getFloat();
					category += share * classLoss.getFloat();
				}
			}
		}
		return new StepLoss(chroma, category);
	}

	private NDArray loss(NDArray ab, NDManager scope, Batch batch) {
		var truth = scope.create(batch.ab(), ab.getShape()).div(ColorNet.AB_SCALE);
		if (settings.loss() == Loss.MSE) return Losses.meanSquared(ab, truth);
		return Losses.rebalanced(ab, truth, scope.create(batch.weights(), new Shape(batch.size(), 1, batch.patch(), batch.patch())));
	}

	/**
	 * What was measured.
	 *
	 * @param chromaLoss mean loss of a*b*
	 * @param abRmse root of the mean squared error of a* and b*, per channel
	 * @param classAccuracy share of images whose class was found, 0 to 1
	 */
	record Measurement(double chromaLoss, double abRmse, double classAccuracy) {}

	/** @param images indices of those whose central crops are measured */
	Measurement measure(PatchSampler sampler, int... images) {
		double squares = 0, loss = 0;
		long values = 0, right = 0;
		for (int from = 0; from < images.length; from += MEASURED_AT_ONCE) {
			var batch = sampler.centres(Arrays.copyOfRange(images, from, Math.min(images.length, from + MEASURED_AT_ONCE)));
			try (var scope = manager.newSubManager()) {
				var store = new ParameterStore(scope, false);
				var guide = net.guide(store, fields(scope, batch), false);
				var scaled = net.chroma(store, lightness(scope, batch), guide.get(0), false);
				loss += batch.size() * loss(scaled, scope, batch).getFloat();
				var ab = scaled.mul(ColorNet.AB_SCALE).toFloatArray();
				for (int k = 0; k < ab.length; k++)
					squares += Math.pow(ab[k] - batch.ab()[k], 2);
				values += ab.length;
				var classes = guide.get(1).argMax(1).toLongArray();
				right += IntStream.range(0, classes.length).filter(k -> classes[k] == batch.labels()[k]).count();
			}
		}
		return new Measurement(loss / images.length, Math.sqrt(squares / values), (double) right / images.length);
	}

	/** a*b* of crops, (N, 2, H, W). */
	float[] predict(Batch batch) {
		try (var scope = manager.newSubManager()) {
			var store = new ParameterStore(scope, false);
			var guide = net.guide(store, fields(scope, batch), false);
			return net.chroma(store, lightness(scope, batch), guide.get(0), false).mul(ColorNet.AB_SCALE).toFloatArray();
		}
	}

	/** Mean guidance vector of each class, (classes, 64); the zero vector for one without images. */
	NDArray prototypes(NDManager scope, PatchSet images) {
		int size = spec.vgg().imageSize(), classes = images.counts().length;
		var means = new NDList();
		for (int label = 0; label < classes; label++) {
			var sum = scope.zeros(new Shape(NetSpec.GUIDANCE));
			var fields = images.fields(label, PROTOTYPE_IMAGES);
			for (int from = 0; from < fields.size(); from += MEASURED_AT_ONCE)
				try (var part = scope.newSubManager()) {
					var stacked = NDArrays.stack(new NDList(fields.subList(from, Math.min(fields.size(), from + MEASURED_AT_ONCE)).stream().map(
						field -> part.create(field, new Shape(1, size, size))).toList()));
					sum.addi(net.guide(new ParameterStore(part, false), ColorNet.scaledL(stacked), false).get(0).sum(new int[] { 0 }));
				}
			means.add(sum.div(Math.max(1, fields.size())));
		}
		return NDArrays.stack(means);
	}

	private static NDArray lightness(NDManager scope, Batch batch) {
		return ColorNet.scaledL(scope.create(batch.l(), new Shape(batch.size(), 1, batch.patch(), batch.patch())));
	}

	private static NDArray fields(NDManager scope, Batch batch) {
		int size = (int) Math.sqrt(batch.fields().length / batch.size());
		return ColorNet.scaledL(scope.create(batch.fields(), new Shape(batch.size(), 1, size, size)));
	}
}
