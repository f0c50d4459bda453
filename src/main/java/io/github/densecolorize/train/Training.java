package io.github.densecolorize.train;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.ARGBType;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;

import io.github.densecolorize.Progress;
import io.github.densecolorize.data.Batch;
import io.github.densecolorize.data.ColorDataSet;
import io.github.densecolorize.files.Lock;
import io.github.densecolorize.model.ColorModel;
import io.github.densecolorize.model.DeviceMemory;
import io.github.densecolorize.model.ModelFolder;
import io.github.densecolorize.model.ModelSpec;
import io.github.densecolorize.model.Torch;
import io.github.densecolorize.model.TrainingSettings;
import io.github.densecolorize.net.ColorNet;
import io.github.densecolorize.net.MismatchException;
import io.github.densecolorize.net.Tensors;
import io.github.densecolorize.net.Way;
import io.github.densecolorize.train.RunFolder.IfExists;

/**
 * Trains a network on colour images: L* is the input, a*b* and the class are what it is to predict (Zhang et al. 2019, Eq. 3 to 5).
 * <p>
 * After each epoch the network is measured on the validation images. The model folder always holds the network with the lowest colour loss so far,
 * and all measurements in {@value RunFolder#HISTORY}. At the end it gets a map of its expected error, fitted to the validation images. Every few
 * minutes the whole state is saved in a checkpoint beside the folder, from which a stopped or killed run can continue; on the CPU, with the same number
 * of threads and a fixed number of epochs, it then ends with the same weights as if it had not been stopped.
 * </p>
 */
public final class Training {

	/**
	 * Is told how the training goes, on the thread of the training. {@code update} counts batches; after the last one it is called again and again until
	 * the end, so that it can stop the run.
	 */
	public interface Listener extends Progress {

		/** Called before the first batch of a run that is continued, with the measurements from before it was stopped. */
		default void resumed(List<TrainingReport> reports) {}

		/**
		 * Called if the machine's usual way to compute was found to be wrong, so that another one is used.
		 *
		 * @param sentence for users
		 */
		default void unusual(String sentence) {}

		/** Called after each batch. */
		default void stepped(Step step) {}

		/**
		 * Called after each measurement.
		 *
		 * @param preview some validation images, one a column: gray, prediction and original below each other
		 */
		void validated(TrainingReport report, RandomAccessibleInterval<ARGBType> preview);

		/**
		 * Called after the training with what was then fitted to the results on the validation images.
		 *
		 * @param sentence for users
		 */
		default void finished(String sentence) {}
	}

	/**
	 * A batch that was learned from.
	 *
	 * @param number 1 for the first
	 * @param epoch so far, with fractions
	 * @param chromaLoss of the batch
	 * @param seconds that it took
	 * @param waited seconds of these that were spent waiting for data
	 * @param transferred seconds of these in which the crops went to the devices
	 */
	public record Step(long number, double epoch, double chromaLoss, double seconds, double waited, double transferred) {}

	/** Time between two checkpoints. */
	private static final double MINUTES_BETWEEN_CHECKPOINTS = 2;

	/** Folder of the model that this program is training at the moment; null if there is none. */
	private static final AtomicReference<Path> RUNNING = new AtomicReference<>();

	private final ColorDataSet data;
	private final Start start;
	private final TrainingSettings settings;
	private final RunFolder folder;
	private final TrainingImages images;
	private final Schedule schedule;
	private final Measurements measurements = new Measurements();
	/** Owns the arrays on the first device, which also has the optimizer. */
	private final NDManager manager;
	private final Learner learner;
	private final Lock lock;

	private long step;
	private float rate;
	private boolean saidUnusual;
	/** Minutes of training before the run was last stopped, and when it was started this time. */
	private double minutesBefore;
	private final long began = System.nanoTime();
	/** Sums over the steps since the last measurement. */
	private double chromaLoss, classLoss;
	private long summed;

	private Training(ColorDataSet data, Start start, TrainingSettings settings, RunFolder folder, List<NDManager> managers, boolean resume,
		DeviceMemory memory, Lock lock) throws IOException
	{
		this.data = data;
		this.start = start;
		this.settings = settings;
		this.folder = folder;
		this.lock = lock;
		manager = managers.get(0);
		images = new TrainingImages(data, start, settings);
		schedule = Schedule.of(settings, images.training().size());
		learner = resume ? restore(managers, memory) : begin(managers, memory);
	}

	/**
	 * Trains until the epochs are done, the minutes are over or the patience is exhausted.
	 *
	 * @param data stays open, and is read from several threads
	 * @param folder where the model goes; its last part is the model's name
	 * @param device as {@link Torch#devices} takes it
	 * @param listener may throw a {@code CancellationException} to stop the training; the best model so far is kept, and a checkpoint of this step
	 *          is written
	 * @throws IOException if the folder holds something that must not be replaced, the checkpoint belongs to another run, the data can't be read or
	 *          the model can't be written; the best model so far and the last checkpoint are kept
	 * @throws IllegalArgumentException if the device is not there, or the settings do not fit the data
	 * @throws ArithmeticException if the loss is no longer a number; the best model so far and the last checkpoint are kept
	 */
	public static void run(ColorDataSet data, Start start, TrainingSettings settings, Path folder, String device, IfExists ifExists,
		Listener listener) throws IOException
	{
		run(data, start, settings, folder, Torch.devices(device), ifExists, listener, DeviceMemory.REAL);
	}

	/**
	 * Gives a model that was trained before a map of its expected error, or a new one; nothing else of it changes.
	 *
	 * @param model its folder
	 * @param data of whose validation images those count that have colours; the model must not have learned from them
	 * @param folder where the new model goes, which may be the old one's; its last part is the model's name
	 * @param device as {@link Torch#device} takes it
	 * @param progress told of images; may throw a {@code CancellationException}
	 * @throws IOException if the folder holds something that must not be replaced, or a file can't be read or written
	 * @throws IllegalArgumentException if the device is not there, the model was adapted to references, or there is no such image
	 */
	public static void addErrorMap(ColorDataSet data, Path model, Path folder, String device, IfExists ifExists, Progress progress) throws IOException {
		if (ModelFolder.spec(model).adaptation() != null) throw new IllegalArgumentException("Model " + model +
			" was adapted to reference images; give the error map to the model that it was adapted from.");
		if (TrainingImages.coloured(data, true).length == 0) throw new IllegalArgumentException(
			"The data set has no validation images with colours, which the error map is fitted to; build it with a validation share above 0.");
		var run = new RunFolder(folder);
		run.resumes(ifExists == IfExists.OVERWRITE ? ifExists : IfExists.REFUSE);
		Files.createDirectories(folder.toAbsolutePath().getParent());
		try (var lock = Lock.on(folder, "Model folder " + folder)) {
			ErrorMapping.write(model, data, folder, device, progress);
		}
		Files.deleteIfExists(run.checkpoint());
	}

	/**
	 * To be called before anything is loaded for a training.
	 *
	 * @throws IOException if another one goes on in this program
	 */
	public static void checkThatNoneRuns() throws IOException {
		var other = RUNNING.get();
		if (other != null) throw another(other);
	}

	private static IOException another(Path folder) {
		return new IOException("Another training, of model folder " + folder +
			", goes on in this program; wait until it has ended, or start the program once more.");
	}

	/** The same on several devices, each of which computes a part of each batch. */
	static void run(ColorDataSet data, Start start, TrainingSettings settings, Path folder, List<Device> devices, IfExists ifExists,
		Listener listener, DeviceMemory memory) throws IOException
	{
		TrainingImages.check(data, start, settings);
		// DJL has only one collector of gradients in a program, so only one training can run.
		if (!RUNNING.compareAndSet(null, folder)) throw another(RUNNING.get());
		try {
			Files.createDirectories(folder.toAbsolutePath().getParent());
			try (var lock = Lock.on(folder, "Model folder " + folder)) {
				runAlone(data, start, settings, folder, devices, ifExists, listener, memory, lock);
			}
		}
		finally {
			RUNNING.set(null);
		}
	}

	private static void runAlone(ColorDataSet data, Start start, TrainingSettings settings, Path folder, List<Device> devices, IfExists ifExists,
		Listener listener, DeviceMemory memory, Lock lock) throws IOException
	{
		var run = new RunFolder(folder);
		boolean resumed = run.resumes(ifExists);
		for (var model : start.models())
			if (ModelFolder.spec(model).adaptation() != null) listener.unusual("Model " + model +
				" was adapted to reference images; the training begins without that, so adapt the new model again.");
		Torch.engine().setRandomSeed((int) settings.seed());
		var readers = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
		try (var manager = Torch.engine().newBaseManager(devices.get(0))) {
			var managers = new ArrayList<>(List.of(manager));
			for (var other : devices.subList(1, devices.size()))
				managers.add(manager.newSubManager(other));
			new Training(data, start, settings, run, managers, resumed, memory, lock).loop(listener, readers);
		}
		finally {
			readers.shutdownNow();
		}
		Files.deleteIfExists(run.checkpoint());
	}

	private Learner begin(List<NDManager> managers, DeviceMemory memory) throws IOException {
		var net = start.net().build(data.classes().size());
		if (start.models().isEmpty()) net.initialize(manager);
		else try (var scope = manager.newSubManager()) {
			var weights = start.weights(data.classes(), scope);
			Tensors.initialize(net, manager, weights, weights.keySet().stream().noneMatch(ColorNet::isOfClassScores));
		}
		catch (MismatchException e) {
			throw new IOException("Model " + start.models().get(0) + " can't be fine-tuned: " + e.getMessage() +
				"; train the same network as that model's.", e);
		}
		return learner(managers, net, memory);
	}

	private Learner learner(List<NDManager> managers, ColorNet net, DeviceMemory memory) {
		var made = new Learner(managers, net, settings, start.normalizesByBatch(), memory, Way::on);
		net.clear();
		return made;
	}

	private void loop(Listener listener, ExecutorService readers) throws IOException {
		var ahead = new ArrayDeque<CompletableFuture<Batch>>();
		int batchesAhead = Runtime.getRuntime().availableProcessors() + 1;
		if (!measurements.all().isEmpty()) listener.resumed(measurements.all());
		// This makes sure that a model folder without a checkpoint always belongs to a complete run.
		save();
		double nextCheckpoint = minutes() + MINUTES_BETWEEN_CHECKPOINTS;
		while (true) {
			// If the run was stopped at the end of an epoch, that measurement is made when it continues.
			if (schedule.endsEpoch(step) && !measurements.has(step)) validate(listener);
			if (isOver()) break;
			while (ahead.size() < batchesAhead) {
				long number = step + ahead.size();
				ahead.add(CompletableFuture.supplyAsync(() -> images.draw(number), readers));
			}
			long asked = System.nanoTime();
			var batch = drawn(ahead.remove());
			long given = System.nanoTime();
			double transferred = learner.transferred();
			float loss = step(batch);
			long now = System.nanoTime();
			if (!saidUnusual) learner.unusual().ifPresent(sentence -> {
				saidUnusual = true;
				listener.unusual(sentence);
			});
			listener.stepped(new Step(step, schedule.epoch(step), loss, (now - asked) / 1e9, (given - asked) / 1e9, learner
				.transferred() - transferred));
			try {
				listener.update(step, Math.max(step, Math.round(step / schedule.share(step, minutes()))));
			}
			catch (CancellationException stop) {
				save();
				throw stop;
			}
			if (minutes() > nextCheckpoint) {
				save();
				nextCheckpoint = minutes() + MINUTES_BETWEEN_CHECKPOINTS;
			}
		}
		if (!measurements.has(step)) validate(listener);
		finish(listener);
		// A run that is stopped from here on has only the error map left to do.
		save();
		ErrorMapping.write(folder.folder(), data, folder.folder(), Torch.name(manager.getDevice()), (done, total) -> listener.update(step, step));
	}

	/**
	 * Adds to the best model what is fitted to its results on the validation images. Until then the folder holds it without that. A run that is stopped
	 * here comes here again when it is resumed; what was fitted already is then fitted as it is.
	 */
	private void finish(Listener listener) throws IOException {
		try (var scope = manager.newSubManager()) {
			var model = ModelFolder.spec(folder.folder());
			var tensors = ModelFolder.weights(folder.folder(), model, scope);
			learner.take(tensors);
			var temperature = temperature();
			learner.divideScores(temperature.value());
			folder.writeModel(model, learner.weights(), tensors.get(ColorModel.PROTOTYPES));
			listener.finished(temperature.sentence());
		}
		catch (UncheckedIOException e) {
			throw e.getCause();
		}
	}

	private Temperature temperature() {
		var measured = images.validationImages();
		return Temperature.fit(learner.scores(images.measured(), measured), IntStream.of(measured).map(images::validationLabel).toArray());
	}

	private static Batch drawn(CompletableFuture<Batch> batch) throws IOException {
		try {
			return batch.join();
		}
		catch (CompletionException e) {
			if (e.getCause() instanceof UncheckedIOException read) throw read.getCause();
			throw e;
		}
	}

	private boolean isOver() {
		return schedule.share(step, minutes()) >= 1 || settings.patience() > 0 && measurements.sinceBest() >= settings.patience();
	}

	private float step(Batch batch) {
		rate = schedule.learningRate(step, minutes());
		var loss = learner.step(batch, step + 1, rate);
		if (!Float.isFinite(loss.chroma() + loss.category())) throw diverged("loss", loss.chroma() + loss.category());
		step++;
		chromaLoss += loss.chroma();
		classLoss += loss.category();
		summed++;
		return loss.chroma();
	}

	private ArithmeticException diverged(String what, double value) {
		return new ArithmeticException("The " + what + " is " + value + " at step " + (step + 1) +
			", the training diverged; resume from the last checkpoint, or start again with a learning rate below " + settings.learningRate() +
			".");
	}

	/** Measures on the validation images, and keeps the model if it is the best. */
	private void validate(Listener listener) throws IOException {
		try {
			var measured = images.measuredImages();
			var found = learner.measure(images.measured(), measured);
			if (!Double.isFinite(found.abRmse())) throw diverged("ab RMSE", found.abRmse());
			var report = new TrainingReport(schedule.epoch(step), step, minutes(), rate, chromaLoss / summed, classLoss / summed, found.chromaLoss(),
				new ModelSpec.Quality(step, measured.length, found.abRmse(), found.classAccuracy()), measurements.isBest(found.chromaLoss()));
			var previewed = images.previewed();
			var preview = Preview.of(previewed, learner.predict(previewed));
			measurements.add(report);
			if (report.best()) writeModel(report.quality());
			folder.writeHistory(measurements.all());
			chromaLoss = classLoss = 0;
			summed = 0;
			listener.validated(report, preview);
		}
		catch (UncheckedIOException e) {
			throw e.getCause();
		}
	}

	private void writeModel(ModelSpec.Quality quality) throws IOException {
		try (var scope = manager.newSubManager()) {
			folder.writeModel(ModelSpec.of(folder.name(), start.net(), data.classes(), start.scale(), settings, quality), learner.weights(), learner
				.prototypes(scope, images.training()));
		}
	}

	private double minutes() {
		return minutesBefore + (System.nanoTime() - began) / 60e9;
	}

	private long fingerprint() {
		return TrainingImages.fingerprint(data, start, settings);
	}

	/** Writes everything that the run needs to continue as if it had not been stopped; the old checkpoint is kept until the new one is complete. */
	private void save() throws IOException {
		var file = folder.checkpoint();
		lock.touch();
		try (var scope = manager.newSubManager()) {
			new Checkpoint(fingerprint(), step, minutes(), chromaLoss, classLoss, summed, measurements.all()).write(file, learner.state(), scope);
		}
		catch (IOException e) {
			throw RunFolder.unwritten("Checkpoint " + file, e);
		}
	}

	private Learner restore(List<NDManager> managers, DeviceMemory memory) throws IOException {
		var file = folder.checkpoint();
		try (var scope = manager.newSubManager()) {
			var arrays = Checkpoint.arrays(file, scope);
			var saved = Checkpoint.of(arrays);
			if (saved.fingerprint() != fingerprint()) throw new IOException("it is of a run with other data or settings");
			step = saved.step();
			minutesBefore = saved.minutes();
			chromaLoss = saved.chromaLoss();
			classLoss = saved.classLoss();
			summed = saved.summed();
			measurements.addAll(saved.reports());
			var net = start.net().build(data.classes().size());
			Tensors.initialize(net, manager, arrays, false);
			var restored = learner(managers, net, memory);
			restored.restore(arrays);
			return restored;
		}
		catch (IOException e) {
			throw new IOException("Checkpoint " + file + " can't be resumed: " + e.getMessage() +
				"; repeat the data and settings of that run, or remove the file to start again.", e);
		}
	}
}
