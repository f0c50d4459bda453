package io.github.densecolorize;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.zip.CRC32;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;

import io.github.densecolorize.data.Batch;
import io.github.densecolorize.data.PatchSampler;
import io.github.densecolorize.data.PatchSet;
import io.github.densecolorize.model.ColorModel;
import io.github.densecolorize.model.ModelFolder;
import io.github.densecolorize.model.ModelSpec;
import io.github.densecolorize.model.Scale;
import io.github.densecolorize.model.Torch;
import io.github.densecolorize.model.TrainingSettings;
import io.github.densecolorize.model.TrainingSettings.Feedback;
import io.github.densecolorize.net.Adam;
import io.github.densecolorize.net.ColorNet;
import io.github.densecolorize.net.Losses;
import io.github.densecolorize.net.MismatchException;
import io.github.densecolorize.net.NetSpec;
import io.github.densecolorize.net.Tensors;

/**
 * Trains a network on colour images: L* in, a*b* and the class as the truth (Zhang et al. 2019, Eq. 3 to 5).
 * <p>
 * Every few minutes the network is measured on images kept from training; the best one so far is in the model folder. The whole state goes
 * to a checkpoint beside it, from which a stopped or killed run goes on: on the CPU, with the same number of threads, to the same weights.
 * </p>
 */
public final class Training {

	/** Told how the training goes. */
	public interface Listener extends Progress {

		/** After each measurement on the validation images. */
		void validated(Report report);
	}

	/**
	 * One measurement.
	 *
	 * @param step batches so far
	 * @param minutes of training so far
	 * @param chromaLoss mean of the training loss since the last measurement
	 * @param classLoss likewise
	 * @param quality on the validation images
	 * @param best whether it is the best so far, by ab RMSE
	 */
	public record Report(long step, double minutes, double chromaLoss, double classLoss, ModelSpec.Quality quality, boolean best) {}

	/** Time between two measurements and between two checkpoints. */
	private static final double MINUTES_BETWEEN_CHECKPOINTS = 4;
	/** Steps over which the learning rate rises, while Adam's moments are still poor. */
	private static final int WARM_UP = 200;
	/** Images of a class that its prototype is the mean of. */
	private static final int PROTOTYPE_IMAGES = 64;
	/** Batches prepared ahead of the network. */
	private static final int AHEAD = 3;
	/** Name of the checkpoint's array of fingerprint, step, minutes and best ab RMSE. */
	private static final String RUN = "run";
	/** Images at once in a measurement. */
	private static final int MEASURED_AT_ONCE = 16;

	private final PatchSet training, validation;
	private final NetSpec spec;
	private final Scale scale;
	private final TrainingSettings settings;
	private final Path folder;

	private final NDManager manager;
	private final ColorNet net;
	private final Adam adam;
	private long step;
	/** Time of the sessions before this one, and when this one began. */
	private double minutesBefore;
	private final long start = System.nanoTime();
	private double bestRmse = Double.POSITIVE_INFINITY;
	/** Sums over the steps since the last measurement. */
	private double chromaLoss, classLoss;
	private int summed;

	private Training(PatchSet data, NetSpec spec, Scale scale, TrainingSettings settings, Path folder, Optional<Path> start,
		NDManager manager, boolean resume) throws IOException
	{
		var parts = data.split(settings.validation(), settings.seed());
		training = parts.get(0);
		validation = parts.get(1);
		if (validation.size() == 0) throw new IllegalArgumentException("validation is " + settings.validation() + " of " + data.size() +
			" images, which leaves none to choose the best weights by; raise it, or add images.");
		this.spec = spec;
		this.scale = scale;
		this.settings = settings;
		this.folder = folder;
		this.manager = manager;
		net = new ColorNet(spec, data.classes().size());
		if (resume) {
			adam = restore();
		}
		else {
			if (start.isPresent()) begin(start.get());
			else net.initialize(manager, spec.vgg().imageSize());
			adam = new Adam(manager, net);
		}
	}

	/**
	 * Trains until the steps or the minutes are used up.
	 *
	 * @param data read at {@code scale}, with the network's size of the guidance image
	 * @param scale at which the network is to know its objects
	 * @param folder where the model goes; its last part is the model's name
	 * @param start a model of the same network to begin with, which is fine-tuning: if its classes are others, the layer of class scores is
	 *          made anew and the rest kept
	 * @param device as {@link Torch#device} takes it
	 * @param resume whether to go on from the checkpoint if there is one; otherwise the folder must hold no model
	 * @param listener may throw a {@code CancellationException}: the best model so far stays, and a checkpoint of this step
	 * @throws IOException if the folder holds a model, a checkpoint is of another run, or writing fails
	 * @throws IllegalArgumentException if the device is not there or no image is left for validation
	 * @throws ArithmeticException if the loss is no longer a number; the best model so far and the last checkpoint stay
	 */
	public static void run(PatchSet data, NetSpec spec, Scale scale, TrainingSettings settings, Path folder, Optional<Path> start,
		String device, boolean resume, Listener listener) throws IOException
	{
		boolean resumed = resumes(folder, resume);
		Torch.engine().setRandomSeed((int) settings.seed());
		try (var manager = Torch.engine().newBaseManager(Torch.device(device))) {
			new Training(data, spec, scale, settings, folder, start, manager, resumed).loop(listener);
		}
		Files.deleteIfExists(checkpoint(folder));
	}

	/**
	 * Looks whether a run may use a folder, before much time is spent on reading data.
	 *
	 * @param resume whether the run is to go on from a checkpoint if there is one
	 * @return whether there is one to go on from
	 * @throws IOException if the run would replace a model
	 */
	public static boolean resumes(Path folder, boolean resume) throws IOException {
		if (resume && Files.exists(checkpoint(folder))) return true;
		if (Files.exists(folder.resolve(ModelFolder.SPEC))) throw new IOException("Model folder " + folder +
			" holds a model; choose another folder, or remove it first.");
		return false;
	}

	/** Where a run keeps its state beside the model folder until it is complete. */
	public static Path checkpoint(Path folder) {
		return folder.resolveSibling(folder.getFileName() + ".checkpoint.npz");
	}

	private void begin(Path start) throws IOException {
		var model = ModelFolder.spec(start);
		try (var scope = manager.newSubManager()) {
			Tensors.initialize(net, spec.vgg().imageSize(), manager, ModelFolder.weights(start, model, scope), !model.classes().equals(training
				.classes()));
		}
		catch (MismatchException e) {
			throw new IOException("Model " + start + " can't be fine-tuned: " + e.getMessage() + "; train the same network as that model's.", e);
		}
	}

	private void loop(Listener listener) throws IOException {
		var sampler = new PatchSampler(training, settings);
		var ahead = new ArrayDeque<CompletableFuture<Batch>>();
		double nextCheckpoint = minutes() + MINUTES_BETWEEN_CHECKPOINTS;
		while (share() < 1) {
			while (ahead.size() < AHEAD) {
				long number = step + ahead.size();
				ahead.add(CompletableFuture.supplyAsync(() -> sampler.draw(number)));
			}
			step(ahead.remove().join());
			try {
				listener.update((long) (share() * settings.steps()), settings.steps());
			}
			catch (CancellationException stop) {
				save();
				throw stop;
			}
			if (minutes() > nextCheckpoint) {
				listener.validated(measure());
				save();
				nextCheckpoint = minutes() + MINUTES_BETWEEN_CHECKPOINTS;
			}
		}
		listener.validated(measure());
	}

	private void step(Batch batch) {
		float rate = learningRate();
		try (var scope = manager.newSubManager()) {
			var store = new ParameterStore(scope, false);
			var l = ColorNet.scaledL(scope.create(batch.l(), new Shape(batch.size(), 1, batch.patch(), batch.patch())));
			var ab = scope.create(batch.ab(), new Shape(batch.size(), 2, batch.patch(), batch.patch())).div(ColorNet.AB_SCALE);
			var labels = scope.create(batch.labels()).toType(DataType.INT64, false);
			try (var gradients = Torch.engine().newGradientCollector()) {
				var guide = net.guide(store, fields(scope, batch), true);
				var vector = settings.feedback() == Feedback.JOINT ? guide.get(0) : guide.get(0).stopGradient();
				var chroma = Losses.chroma(net.chroma(store, l, vector, true), ab);
				var category = Losses.category(guide.get(1), labels);
				gradients.backward(chroma.add(category.mul(settings.classWeight())));
				sum(chroma.getFloat(), category.getFloat());
			}
			adam.step(++step, rate);
		}
	}

	private void sum(float chroma, float category) {
		if (!Float.isFinite(chroma + category)) throw new ArithmeticException("The loss is " + (chroma + category) + " at step " + (step + 1) +
			", the training diverged; resume from the last checkpoint, or start again with a learning rate below " + settings.learningRate() +
			".");
		chromaLoss += chroma;
		classLoss += category;
		summed++;
	}

	/** Measures on the validation images, and keeps the model if it is the best. */
	private Report measure() throws IOException {
		var quality = quality();
		boolean best = quality.abRmse() < bestRmse;
		if (best) {
			bestRmse = quality.abRmse();
			writeModel(quality);
		}
		var report = new Report(step, minutes(), chromaLoss / summed, classLoss / summed, quality, best);
		chromaLoss = classLoss = summed = 0;
		return report;
	}

	private ModelSpec.Quality quality() {
		var sampler = new PatchSampler(validation, settings);
		double squares = 0;
		long values = 0, right = 0;
		for (int i = 0; i < validation.size(); i += MEASURED_AT_ONCE) {
			var batch = sampler.centres(i, Math.min(MEASURED_AT_ONCE, validation.size() - i));
			try (var scope = manager.newSubManager()) {
				var store = new ParameterStore(scope, false);
				var guide = net.guide(store, fields(scope, batch), false);
				var l = ColorNet.scaledL(scope.create(batch.l(), new Shape(batch.size(), 1, batch.patch(), batch.patch())));
				var ab = net.chroma(store, l, guide.get(0), false).mul(ColorNet.AB_SCALE).toFloatArray();
				for (int k = 0; k < ab.length; k++)
					squares += Math.pow(ab[k] - batch.ab()[k], 2);
				values += ab.length;
				var classes = guide.get(1).argMax(1).toLongArray();
				for (int k = 0; k < classes.length; k++)
					if (classes[k] == batch.labels()[k]) right++;
			}
		}
		return new ModelSpec.Quality(step, validation.size(), Math.sqrt(squares / values), (double) right / validation.size());
	}

	private void writeModel(ModelSpec.Quality quality) throws IOException {
		var model = ModelSpec.of(folder.getFileName().toString(), spec, training.classes(), scale, settings, quality);
		try (var scope = manager.newSubManager()) {
			var tensors = Tensors.of(net);
			var prototypes = prototypes(scope);
			prototypes.setName(ColorModel.PROTOTYPES);
			tensors.add(prototypes);
			ModelFolder.write(folder, model, tensors);
		}
	}

	/** Mean guidance vector of each class, (classes, 64). */
	private NDArray prototypes(NDManager scope) {
		var store = new ParameterStore(scope, false);
		int size = spec.vgg().imageSize();
		var means = new NDList();
		for (int label = 0; label < training.classes().size(); label++) {
			var images = new NDList();
			for (var field : training.fields(label, PROTOTYPE_IMAGES))
				images.add(scope.create(field, new Shape(1, size, size)));
			means.add(net.guide(store, ColorNet.scaledL(NDArrays.stack(images)), false).get(0).mean(new int[] { 0 }));
		}
		return NDArrays.stack(means);
	}

	private static NDArray fields(NDManager scope, Batch batch) {
		int size = (int) Math.sqrt(batch.fields().length / batch.size());
		return ColorNet.scaledL(scope.create(batch.fields(), new Shape(batch.size(), 1, size, size)));
	}

	private double minutes() {
		return minutesBefore + (System.nanoTime() - start) / 60e9;
	}

	/** How much of the training is done, 0 to 1. */
	private double share() {
		double steps = (double) step / settings.steps();
		return settings.minutes() == 0 ? steps : Math.max(steps, minutes() / settings.minutes());
	}

	/** Rises over the warm-up, then falls along a cosine to 0 (Loshchilov and Hutter 2017). */
	private float learningRate() {
		double warm = Math.min(1, (step + 1.0) / WARM_UP);
		return (float) (settings.learningRate() * warm * 0.5 * (1 + Math.cos(Math.PI * Math.min(1, share()))));
	}

	/** Writes all that the run needs to go on as if it had not stopped; the old checkpoint stays until the new one is whole. */
	private void save() throws IOException {
		var file = checkpoint(folder);
		var temporary = file.resolveSibling(file.getFileName() + ".part");
		try (var scope = manager.newSubManager(); var out = new BufferedOutputStream(Files.newOutputStream(temporary))) {
			var arrays = Tensors.of(net);
			arrays.addAll(adam.state());
			var numbers = scope.create(new double[] { fingerprint(), step, minutes(), bestRmse });
			numbers.setName(RUN);
			arrays.add(numbers);
			Tensors.write(arrays, out);
		}
		Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
	}

	private Adam restore() throws IOException {
		var file = checkpoint(folder);
		try (var scope = manager.newSubManager(); var in = new BufferedInputStream(Files.newInputStream(file))) {
			var arrays = Tensors.read(scope, in);
			var numbers = arrays.get(RUN);
			if (numbers == null) throw new IOException("it has no tensor " + RUN);
			var run = numbers.toDoubleArray();
			if (run[0] != fingerprint()) throw new IOException("it is of a run with other data or settings");
			Tensors.initialize(net, spec.vgg().imageSize(), manager, arrays, false);
			var restored = new Adam(manager, net);
			restored.restore(arrays);
			step = (long) run[1];
			minutesBefore = run[2];
			bestRmse = run[3];
			return restored;
		}
		catch (IOException e) {
			throw new IOException("Checkpoint " + file + " can't be resumed: " + e.getMessage() +
				"; repeat the data and settings of that run, or remove the file to start again.", e);
		}
	}

	/** Differs for runs that must not be continued by each other. */
	private long fingerprint() {
		var crc = new CRC32();
		crc.update((settings + "|" + spec + "|" + scale + "|" + training.classes() + "|" + training.size()).getBytes(StandardCharsets.UTF_8));
		return crc.getValue();
	}
}
