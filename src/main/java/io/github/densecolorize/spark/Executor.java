package io.github.densecolorize.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

import org.apache.spark.TaskContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.TaskCompletionListener;

import io.github.densecolorize.model.ColorModel;
import io.github.densecolorize.model.ModelArchive;
import io.github.densecolorize.model.ModelFolder;
import io.github.densecolorize.model.Torch;

/**
 * The engine in an executor: PyTorch is loaded once, and the model is opened once for each task that runs at the same time, on as many cores
 * as Spark gives a task ({@code spark.task.cpus}), or on the GPU that it gives it.
 */
final class Executor {

	/** Models that no task uses at the moment, by device. */
	private static final Map<String, Deque<ColorModel>> IDLE = new HashMap<>();

	private Executor() {}

	/**
	 * The model for a task, until the task ends.
	 *
	 * @param archive of the model, as {@link ModelArchive} writes it
	 * @param device what the user chose; for {@code auto}, the GPU that Spark gave the task
	 * @throws IOException if the model did not arrive whole, by its hash
	 */
	static ColorModel model(TaskContext task, Broadcast<byte[]> archive, String device) throws IOException {
		var given = device.equals("auto") && task.resources().contains("gpu") ? "gpu:" + task.resources().apply("gpu").addresses()[0] : device;
		var model = idle(given);
		if (model == null) model = open(archive, given, task.cpus());
		var used = model;
		task.addTaskCompletionListener((TaskCompletionListener) ended -> giveBack(given, used));
		return model;
	}

	private static synchronized ColorModel idle(String device) {
		return IDLE.computeIfAbsent(device, name -> new ArrayDeque<>()).poll();
	}

	private static synchronized void giveBack(String device, ColorModel model) {
		IDLE.get(device).add(model);
	}

	private static ColorModel open(Broadcast<byte[]> archive, String device, int cores) throws IOException {
		var temporary = Files.createTempDirectory("dense-colorize");
		try {
			Torch.limitThreads(cores);
			var zip = Files.write(temporary.resolve("model.zip"), archive.value());
			return ColorModel.open(ModelArchive.read(zip, temporary.resolve("models")), device);
		}
		finally {
			ModelFolder.delete(temporary);
		}
	}
}
