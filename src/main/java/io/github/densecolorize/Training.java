package io.github.densecolorize;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.CRC32;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.ARGBType;

import io.github.densecolorize.data.Batch;
import io.github.densecolorize.data.ChromaWeights;
import io.github.densecolorize.data.ColorDataSet;
import io.github.densecolorize.data.PatchSampler;
import io.github.densecolorize.data.PatchSet;
import io.github.densecolorize.model.ColorModel;
import io.github.densecolorize.model.ModelFolder;
import io.github.densecolorize.model.ModelSpec;
import io.github.densecolorize.model.Scale;
import io.github.densecolorize.model.Torch;
import io.github.densecolorize.model.TrainingSettings;
import io.github.densecolorize.model.TrainingSettings.Feedback;
import io.github.densecolorize.net.ColorNet;
import io.github.densecolorize.net.MismatchException;
import io.github.densecolorize.net.NetSpec;
import io.github.densecolorize.net.Way;

/**
 * Trains a network on colour images: L* in, a*b* and the class as the truth (Zhang et al. 2019, Eq. 3 to 5).
 * <p>
 * After each epoch the network is measured on the validation images; the one with the lowest colour loss so far is in the model folder,
 * with all measurements in {@value #HISTORY}. The whole state goes to a checkpoint beside the folder every few minutes, from which a
 * stopped or killed run goes on: on the CPU, with the same number of threads and a fixed number of epochs, to the same weights.
 * </p>
 */
public final class Training {

	/** Name of the table of all measurements in the model folder. */
	public static final String HISTORY = "training.csv";

	/** Told how the training goes, on its thread. {@code update} counts batches. */
	public interface Listener extends Progress {

		/** Before the first batch of a run that goes on, with the measurements before it was stopped. */
		default void resumed(List<TrainingReport> reports) {}

		/**
		 * The machine's usual way to compute was found to be wrong, and another one is taken.
		 *
		 * @param sentence for users
		 */
		default void unusual(String sentence) {}

		/** After each batch. */
		default void stepped(Step step) {}

		/**
		 * After each measurement.
		 *
		 * @param preview some validation images, one a column: gray, prediction and original below each other
		 */
		void validated(TrainingReport report, RandomAccessibleInterval<ARGBType> preview);
	}

	/**
	 * A batch that was learned from.
	 *
	 * @param number 1 for the first
	 * @param epoch so far, with fractions
	 * @param chromaLoss of the batch
	 * @param seconds that it took
	 * @param waited seconds of these that were spent waiting for data
	 */
	public record Step(long number, double epoch, double chromaLoss, double seconds, double waited) {}

	/**
	 * What the training begins with.
	 *
	 * @param net the network
	 * @param scale at which it is to know its objects
	 * @param models folders of models of this network whose weights are taken, which is fine-tuning: if their classes are others, the layer
	 *          of class scores is made anew and the rest kept. Of several models the mean of the weights is taken, which is better than each
	 *          if they come from one (Wortsman et al. 2022), for the layer of class scores of those with the classes of the data; random
	 *          weights if there is none
	 * @param name name and SHA-256 of these models, for the record; empty if there is none
	 * @param feedback that suits it: that of the model, which is used to it, or the paper's
	 * @param learningRate that suits it: large steps would make a model forget what it knows
	 */
	public record Start(NetSpec net, Scale scale, List<Path> models, String name, Feedback feedback, double learningRate) {

		private static final double LEARNING_RATE = 0.002, FINE_TUNING_RATE = 0.0005;

		/** Random weights. */
		public static Start random(NetSpec net, Scale scale) {
			return new Start(net, scale, List.of(), "", Feedback.INDEPENDENT, LEARNING_RATE);
		}

		/**
		 * The weights of models, and the first one's scale; the guidance stream gets to know fields of the size of the new images.
		 *
		 * @param models at least one, all of one network
		 * @throws IOException if a folder is no model, or one that does not fit to the first
		 */
		public static Start of(List<Path> models, ColorDataSet data) throws IOException {
			var specs = new ArrayList<ModelSpec>();
			for (var model : models)
				specs.add(ModelFolder.spec(model));
			var first = specs.get(0);
			for (var spec : specs)
				if (!spec.net().equals(first.net())) throw new IOException("Model " + models.get(specs.indexOf(spec)) + " has another network than " +
					models.get(0) + "; the mean is of models that began as one.");
			var scale = first.scale();
			int field = data.scale(scale.of(data.side(), data.side(), 0), 0).field();
			return new Start(first.net(), new Scale(scale.factor(), scale.micrometresPerPixel(), scale.longSide(), field), List.copyOf(models),
				specs.stream().map(spec -> spec.name() + " " + spec.sha256()).collect(Collectors.joining(", ")), first.training().feedback(),
				FINE_TUNING_RATE);
		}

		/** The same at another scale. */
		public Start at(Scale other) {
			return new Start(net, other, models, name, feedback, learningRate);
		}
	}

	/** What to do with a model, or the checkpoint of a stopped run, that is where the training wants to write. */
	public enum IfExists {
		REFUSE,
		/** Goes on from the checkpoint if there is one; a complete model is refused. */
		RESUME,
		/** The model stays until the first measurement of the new one. */
		OVERWRITE
	}

	/** Time between two checkpoints. */
	private static final double MINUTES_BETWEEN_CHECKPOINTS = 2;
	/** Steps over which the learning rate rises, while Adam's moments are still poor. */
	private static final int WARM_UP = 200;
	/** Images that a measurement takes at most, evenly spread over the validation images. */
	private static final int MEASURED = 2000;
	/** Columns of the preview. */
	private static final int PREVIEWED = 6;
	/** Shares of Java's memory for images that are kept, training and validation. */
	private static final double TRAINING_SHARE = 0.5, VALIDATION_SHARE = 0.1;

	private final ColorDataSet data;
	private final PatchSet training, validation;
	private final Start start;
	private final TrainingSettings settings;
	private final Path folder;
	/** On the first device, where the optimizer is. */
	private final NDManager manager;
	private final PatchSampler sampler, measured;
	private final int[] measuredImages;
	private final long stepsPerEpoch;
	private final Learner learner;

	private final List<TrainingReport> reports = new ArrayList<>();
	private long step;
	private float rate;
	private boolean saidUnusual;
	/** Time of the sessions before this one, and when this one began. */
	private double minutesBefore;
	private final long began = System.nanoTime();
	/** Sums over the steps since the last measurement. */
	private double chromaLoss, classLoss;
	private long summed;

	private Training(ColorDataSet data, Start start, TrainingSettings settings, Path folder, List<NDManager> managers, boolean resume,
		DeviceMemory memory) throws IOException
	{
		this.data = data;
		this.start = start;
		this.settings = settings;
		this.folder = folder;
		manager = managers.get(0);
		training = images(false, TRAINING_SHARE);
		validation = images(true, VALIDATION_SHARE);
		stepsPerEpoch = (training.size() + settings.batch() - 1L) / settings.batch();
		measuredImages = spread(validation.size(), MEASURED);
		try {
			var weights = settings.loss() == TrainingSettings.Loss.REBALANCED ? ChromaWeights.of(training) : ChromaWeights.EQUAL;
			sampler = new PatchSampler(training, settings, weights);
			measured = new PatchSampler(validation, settings, weights);
		}
		catch (UncheckedIOException e) {
			throw e.getCause();
		}
		learner = resume ? restore(managers, memory) : begin(managers, memory);
	}

	private PatchSet images(boolean kept, double share) {
		var images = IntStream.range(0, data.size()).filter(i -> data.isValidation(i) == kept).toArray();
		return new PatchSet(data, images, start.scale(), start.net().vgg().imageSize(), (long) (share * Runtime.getRuntime().maxMemory()));
	}

	/** At most {@code most} of the numbers from 0 to {@code size} - 1, evenly spread. */
	private static int[] spread(int size, int most) {
		int n = Math.min(size, most);
		return IntStream.range(0, n).map(i -> (int) ((long) i * size / n)).toArray();
	}

	/**
	 * Trains until the epochs, the minutes or the patience are used up.
	 *
	 * @param data stays open, and is read from several threads
	 * @param folder where the model goes; its last part is the model's name
	 * @param device as {@link Torch#devices} takes it
	 * @param listener may throw a {@code CancellationException}: the best model so far stays, and a checkpoint of this step
	 * @throws IOException if there is something in the folder that stays, a checkpoint is of another run, the data can't be read or the model
	 *           not written; the best model so far and the last checkpoint stay
	 * @throws IllegalArgumentException if the device is not there, or the settings do not fit the data
	 * @throws ArithmeticException if the loss is no longer a number; the best model so far and the last checkpoint stay
	 */
	public static void run(ColorDataSet data, Start start, TrainingSettings settings, Path folder, String device, IfExists ifExists,
		Listener listener) throws IOException
	{
		run(data, start, settings, folder, Torch.devices(device), ifExists, listener, DeviceMemory.REAL);
	}

	/** On several devices, each of which computes a part of each batch. */
	static void run(ColorDataSet data, Start start, TrainingSettings settings, Path folder, List<Device> devices, IfExists ifExists,
		Listener listener, DeviceMemory memory) throws IOException
	{
		check(data, start.scale(), settings);
		boolean resumed = resumes(folder, ifExists);
		Torch.engine().setRandomSeed((int) settings.seed());
		var readers = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
		try (var manager = Torch.engine().newBaseManager(devices.get(0))) {
			var managers = new ArrayList<>(List.of(manager));
			for (var other : devices.subList(1, devices.size()))
				managers.add(manager.newSubManager(other));
			new Training(data, start, settings, folder, managers, resumed, memory).loop(listener, readers);
		}
		finally {
			readers.shutdownNow();
		}
		Files.deleteIfExists(checkpoint(folder));
	}

	/**
	 * Looks whether a run may use a folder.
	 *
	 * @return whether there is a checkpoint to go on from
	 * @throws IOException if the run would replace what is to stay
	 */
	public static boolean resumes(Path folder, IfExists ifExists) throws IOException {
		boolean stopped = Files.exists(checkpoint(folder)), model = Files.exists(folder.resolve(ModelFolder.SPEC));
		if (stopped && ifExists == IfExists.REFUSE) throw new IOException("Model folder " + folder +
			" belongs to a run that was stopped; choose resume to go on, overwrite to begin again, or another folder.");
		if (!stopped && model && ifExists != IfExists.OVERWRITE) throw new IOException("Model folder " + folder +
			" holds a model; choose another folder, or overwrite.");
		return stopped && ifExists == IfExists.RESUME;
	}

	/** Where a run keeps its state beside the model folder until it is complete. */
	public static Path checkpoint(Path folder) {
		return folder.resolveSibling(folder.getFileName() + ".checkpoint.npz");
	}

	private static void check(ColorDataSet data, Scale scale, TrainingSettings settings) {
		int kept = (int) IntStream.range(0, data.size()).filter(data::isValidation).count(), images = data.size() - kept;
		if (kept == 0) throw new IllegalArgumentException("The data set has " + data.size() +
			" images and none of them for validation, to choose the best weights by; build it with a validation share above 0.");
		if (images < settings.batch()) throw new IllegalArgumentException("batch is " + settings.batch() + ", the data set has " + images +
			" training images; choose at most as many, or add images.");
		long coloured = coloured(data, false), colouredKept = coloured(data, true);
		if (coloured == 0 || colouredKept == 0) throw new IllegalArgumentException("Besides class " + ModelSpec.UNKNOWN + " the data set has " +
			coloured + " training and " + colouredKept +
			" validation images, and colours are learned from these only; build it with at least one other class.");
		double factor = scale.of(data.side(), data.side(), 0);
		long side = Math.max(1, Math.round(data.side() * factor));
		if (settings.patch() > side) throw new IllegalArgumentException("patch is " + settings.patch() + ", the images are " + side +
			" pixels (" + data.side() + " at scale " + factor + "); choose at most that, or a larger scale.");
	}

	private static long coloured(ColorDataSet data, boolean kept) {
		return IntStream.range(0, data.size()).filter(i -> data.isValidation(i) == kept && data.isColoured(data.label(i))).count();
	}

	private Learner begin(List<NDManager> managers, DeviceMemory memory) throws IOException {
		if (start.models().isEmpty()) return new Learner(managers, start.net(), data.classes().size(), settings, Optional.empty(), false, false,
			memory, Way::on);
		try (var scope = manager.newSubManager()) {
			var tensors = mean(start.models(), data.classes(), scope);
			return new Learner(managers, start.net(), data.classes().size(), settings, Optional.of(tensors), tensors.keySet().stream().noneMatch(
				ColorNet::isOfClassScores), false, memory, Way::on);
		}
		catch (MismatchException e) {
			throw new IOException("Model " + start.models().get(0) + " can't be fine-tuned: " + e.getMessage() +
				"; train the same network as that model's.", e);
		}
	}

	/** @return no layer of class scores if no model has these classes */
	private static Map<String, NDArray> mean(List<Path> models, List<String> classes, NDManager scope) throws IOException {
		var all = new HashMap<String, List<NDArray>>();
		for (var model : models) {
			var spec = ModelFolder.spec(model);
			ModelFolder.weights(model, spec, scope).forEach((name, weights) -> {
				if (spec.classes().equals(classes) || !ColorNet.isOfClassScores(name)) all.computeIfAbsent(name, n -> new ArrayList<>()).add(weights);
			});
		}
		// They are those of the training images, and made anew.
		all.remove(ColorModel.PROTOTYPES);
		var means = new HashMap<String, NDArray>();
		all.forEach((name, weights) -> means.put(name, weights.stream().reduce(NDArray::addi).orElseThrow().divi(weights.size())));
		return means;
	}

	private void loop(Listener listener, ExecutorService readers) throws IOException {
		var ahead = new ArrayDeque<CompletableFuture<Batch>>();
		int batchesAhead = Runtime.getRuntime().availableProcessors() + 1;
		if (!reports.isEmpty()) listener.resumed(List.copyOf(reports));
		// So that a model folder without a checkpoint is always that of a complete run.
		save();
		double nextCheckpoint = minutes() + MINUTES_BETWEEN_CHECKPOINTS;
		while (true) {
			// A run that was stopped at the end of an epoch is measured when it goes on.
			if (step > 0 && step % stepsPerEpoch == 0 && !isMeasured()) validate(listener);
			if (isOver()) break;
			while (ahead.size() < batchesAhead) {
				long number = step + ahead.size();
				ahead.add(CompletableFuture.supplyAsync(() -> sampler.draw(number), readers));
			}
			long asked = System.nanoTime();
			var batch = drawn(ahead.remove());
			long given = System.nanoTime();
			float loss = step(batch);
			long now = System.nanoTime();
			if (!saidUnusual) learner.unusual().ifPresent(sentence -> {
				saidUnusual = true;
				listener.unusual(sentence);
			});
			listener.stepped(new Step(step, epoch(), loss, (now - asked) / 1e9, (given - asked) / 1e9));
			try {
				listener.update(step, Math.max(step, Math.round(step / share())));
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
		if (!isMeasured()) validate(listener);
	}

	/** Whether the last report is of the weights as they are. */
	private boolean isMeasured() {
		return !reports.isEmpty() && reports.get(reports.size() - 1).step() == step;
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
		if (share() >= 1) return true;
		if (settings.patience() == 0 || reports.isEmpty()) return false;
		return reports.size() - 1 - best() >= settings.patience();
	}

	/** Index of the best report. */
	private int best() {
		int best = reports.size() - 1;
		while (!reports.get(best).best())
			best--;
		return best;
	}

	private float step(Batch batch) {
		rate = learningRate();
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
		TrainingReport report;
		RandomAccessibleInterval<ARGBType> preview;
		try {
			var found = learner.measure(measured, measuredImages);
			if (!Double.isFinite(found.abRmse())) throw diverged("ab RMSE", found.abRmse());
			boolean best = reports.isEmpty() || found.chromaLoss() < reports.get(best()).validationChromaLoss();
			report = new TrainingReport(epoch(), step, minutes(), rate, chromaLoss / summed, classLoss / summed, found.chromaLoss(),
				new ModelSpec.Quality(step, measuredImages.length, found.abRmse(), found.classAccuracy()), best);
			preview = preview();
			reports.add(report);
			if (best) writeModel(report.quality());
			writeHistory();
		}
		catch (UncheckedIOException e) {
			throw e.getCause();
		}
		chromaLoss = classLoss = 0;
		summed = 0;
		listener.validated(report, preview);
	}

	private void writeModel(ModelSpec.Quality quality) throws IOException {
		var model = ModelSpec.of(folder.getFileName().toString(), start.net(), data.classes(), start.scale(), settings, quality);
		try (var scope = manager.newSubManager()) {
			var tensors = learner.weights();
			var prototypes = learner.prototypes(scope, training);
			prototypes.setName(ColorModel.PROTOTYPES);
			tensors.add(prototypes);
			ModelFolder.write(folder, model, tensors);
		}
		catch (IOException e) {
			throw unwritten("Model " + folder, e);
		}
	}

	private void writeHistory() throws IOException {
		var file = folder.resolve(HISTORY);
		var temporary = file.resolveSibling("." + HISTORY + ".part");
		try {
			Files.writeString(temporary, TrainingReport.csv(reports));
			Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
		}
		catch (IOException e) {
			throw unwritten("Table " + file, e);
		}
		finally {
			Files.deleteIfExists(temporary);
		}
	}

	private IOException unwritten(String what, IOException e) {
		return new IOException(what + " can't be written (" + e.getMessage() +
			"); the best model so far and the last checkpoint are as they were: make room on the disk, then resume.", e);
	}

	private RandomAccessibleInterval<ARGBType> preview() {
		var coloured = validation.coloured();
		var batch = measured.centres(IntStream.of(spread(coloured.length, PREVIEWED)).map(i -> coloured[i]).toArray());
		return Preview.of(batch, learner.predict(batch));
	}

	private double minutes() {
		return minutesBefore + (System.nanoTime() - began) / 60e9;
	}

	private double epoch() {
		return (double) step / stepsPerEpoch;
	}

	/** How much of the training is done, 0 to 1. */
	private double share() {
		double epochs = epoch() / settings.epochs();
		return settings.minutes() == 0 ? epochs : Math.max(epochs, minutes() / settings.minutes());
	}

	/** Rises over the warm-up, then falls along a cosine to 0 (Loshchilov and Hutter 2017). */
	private float learningRate() {
		double warm = Math.min(1, (step + 1.0) / WARM_UP);
		return (float) (settings.learningRate() * warm * 0.5 * (1 + Math.cos(Math.PI * Math.min(1, share()))));
	}

	/** Writes all that the run needs to go on as if it had not stopped; the old checkpoint stays until the new one is whole. */
	private void save() throws IOException {
		var file = checkpoint(folder);
		try (var scope = manager.newSubManager()) {
			new Checkpoint(fingerprint(), step, minutes(), chromaLoss, classLoss, summed, reports).write(file, learner.state(), scope);
		}
		catch (IOException e) {
			throw unwritten("Checkpoint " + file, e);
		}
	}

	private Learner restore(List<NDManager> managers, DeviceMemory memory) throws IOException {
		var file = checkpoint(folder);
		try (var scope = manager.newSubManager()) {
			var arrays = Checkpoint.arrays(file, scope);
			var saved = Checkpoint.of(arrays);
			if (saved.fingerprint() != fingerprint()) throw new IOException("it is of a run with other data or settings");
			step = saved.step();
			minutesBefore = saved.minutes();
			chromaLoss = saved.chromaLoss();
			classLoss = saved.classLoss();
			summed = saved.summed();
			reports.addAll(saved.reports());
			return new Learner(managers, start.net(), data.classes().size(), settings, Optional.of(arrays), false, true, memory, Way::on);
		}
		catch (IOException e) {
			throw new IOException("Checkpoint " + file + " can't be resumed: " + e.getMessage() +
				"; repeat the data and settings of that run, or remove the file to start again.", e);
		}
	}

	/** Differs for runs that must not be continued by each other. */
	private long fingerprint() {
		var crc = new CRC32();
		var text = settings + "|" + start.net() + "|" + start.scale() + "|" + start.name() + "|" + data.classes() + "|" + data.side();
		crc.update(text.getBytes(StandardCharsets.UTF_8));
		for (int i = 0; i < data.size(); i++)
			crc.update(2 * data.label(i) + (data.isValidation(i) ? 1 : 0));
		return crc.getValue();
	}
}
