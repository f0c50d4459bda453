package io.github.densecolorize.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.Map;

import org.apache.spark.TaskContext;
import org.apache.spark.broadcast.Broadcast;

import io.github.densecolorize.files.Trees;
import io.github.densecolorize.model.ColorModel;
import io.github.densecolorize.model.ModelArchive;
import io.github.densecolorize.model.Torch;

/** The engine in an executor: PyTorch and the model are loaded once on each device, and the tasks that run there share them. */
final class Executor {

	/**
	 * Number of cores for a tile, unless a task has more: two tiles on one core each are computed a sixth more slowly than one after the other on
	 * both cores, as caches are small.
	 */
	private static final int CORES_A_TILE = 2;

	/** The model on each device, by the device's name. */
	private static final Map<String, ColorModel> MODELS = new HashMap<>();

	private Executor() {}

	/**
	 * The model for a task.
	 *
	 * @param archive of the model, as {@link ModelArchive} writes it
	 * @param device what the user chose; for {@code auto}, the GPU that Spark gave the task
	 * @param cores of the executor; 0 if it may use all that this Java sees
	 * @throws IOException if the hash shows that the model did not arrive completely
	 */
	static synchronized ColorModel model(TaskContext task, Broadcast<byte[]> archive, String device, int cores) throws IOException {
		var given = device.equals("auto") && task.resources().contains("gpu") ? "gpu:" + task.resources().apply("gpu").addresses()[0] : device;
		var model = MODELS.get(given);
		if (model == null) MODELS.put(given, model = open(archive, given, limitThreads(cores, task.cpus())));
		return model;
	}

	/**
	 * Sets that each tile is computed by only a few cores; to be called before the engine is loaded.
	 *
	 * @return how many tiles the cores can compute at a time
	 */
	static int limitThreads(int cores, int coresATask) {
		int all = cores > 0 ? cores : Runtime.getRuntime().availableProcessors();
		int threads = Math.min(all, Math.max(CORES_A_TILE, coresATask));
		Torch.limitThreads(threads);
		return all / threads;
	}

	private static ColorModel open(Broadcast<byte[]> archive, String device, int tiles) throws IOException {
		var temporary = Files.createTempDirectory("dense-colorize");
		try {
			var zip = Files.write(temporary.resolve("model.zip"), archive.value());
			return ColorModel.open(ModelArchive.read(zip, temporary.resolve("models")), device, tiles);
		}
		finally {
			Trees.delete(temporary);
		}
	}
}
