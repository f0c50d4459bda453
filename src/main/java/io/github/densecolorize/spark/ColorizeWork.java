package io.github.densecolorize.spark;

import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.apache.hadoop.fs.Path;
import org.apache.spark.TaskContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.TaskCompletionListener;

import io.github.densecolorize.Progress;
import io.github.densecolorize.colorize.ColorizeOptions;
import io.github.densecolorize.colorize.Decision;
import io.github.densecolorize.colorize.FileColorizer;
import io.github.densecolorize.colorize.FileColorizer.Outcome;
import io.github.densecolorize.colorize.FileColorizer.Status;
import io.github.densecolorize.colorize.FolderHints;
import io.github.densecolorize.colorize.HintSource;
import io.github.densecolorize.colorize.Part;
import io.github.densecolorize.files.Workspace;
import io.github.densecolorize.model.ColorModel;
import io.github.densecolorize.model.Head;
import io.github.densecolorize.model.Torch;

/**
 * The work of executors that colorize.
 *
 * @param head colours that were fitted to the references; null if there are none
 * @param marks folder with the hints; null if there is none
 * @param device as the user chose it
 * @param overwrite whether files that are there are replaced, or skipped
 * @param list file with the tasks
 * @param prefix of temporary files
 * @param model archive of the model
 * @param key distinguishes parts of a stack from those that were made with another model or other options
 * @param cores of an executor; 0 if unknown
 */
record ColorizeWork(Folder in, Folder out, ColorizeOptions options, Head head, Folder marks, String device, boolean overwrite, Path list,
	String prefix, Broadcast<byte[]> model, String key, int cores) implements Serializable
{

	/**
	 * What a first task found for the parts of a file.
	 *
	 * @param in the file
	 * @param decision null if there is nothing to do
	 * @param row the row that says why there is nothing to do
	 */
	record Decided(String in, Decision decision, Map<String, Object> row) implements Serializable {}

	/** Makes the decision that all parts of a file are to use. */
	Decided decide(TaskList.Task task) throws IOException {
		var engine = new Engine();
		var decision = new AtomicReference<Decision>();
		var row = engine.rows(task, file -> engine.decide(file, decision::set)).findFirst().orElseThrow();
		return new Decided(task.in(), decision.get(), row);
	}

	/**
	 * Colorizes the files and parts of a range.
	 *
	 * @param decisions by the names of the files that are divided; parts of other files are passed over
	 */
	Iterator<Map<String, Object>> colorize(TaskList.Range range, Map<String, Decision> decisions) throws IOException {
		var engine = new Engine();
		return TaskList.read(out, list, range).stream().filter(task -> task.part().of() == 1 || decisions.containsKey(task.in())).flatMap(
			task -> engine.rows(task, file -> engine.colorize(file, decisions.get(file.in())))).iterator();
	}

	/** Puts the parts of a file together. */
	Iterator<Map<String, Object>> assemble(TaskList.Task task, Map<String, Decision> decisions) throws IOException {
		var engine = new Engine();
		return engine.rows(task, file -> engine.assemble(file, decisions.get(file.in()))).iterator();
	}

	/**
	 * The file that holds a part.
	 *
	 * @param decided for the whole file; does not matter if the part is the whole file
	 */
	private Path file(TaskList.Task task, Part part, Decision decided) {
		var whole = out.path(task.out());
		if (part.of() == 1) return whole;
		// Hints belong to a file, and so are not in the key of the run.
		boolean hints = decided.plan() != null && !decided.plan().hints().isEmpty();
		var ours = hints ? ColorizeCommand.key(key + decided.plan().hints()) : key;
		return new Path(whole.getParent(), new Path(null, null, Workspace.PREFIX + "part-" + ours + "-" + part.index() +
			"-of-" + part.of() + "-" + whole.getName()));
	}

	/** The network, for a task of Spark. */
	private final class Engine {

		/** Makes one file from another. */
		@FunctionalInterface
		private interface Step {

			Outcome run(TaskList.Task task) throws IOException;
		}

		private final String hidden = prefix + "-" + TaskContext.get().taskAttemptId();
		private final ColorModel network = Executor.model(TaskContext.get(), model, device, cores);
		private final FileColorizer colorizer = new FileColorizer(network, options, head, overwrite, TaskRows::bug);

		Engine() throws IOException {
			TaskContext.get().addTaskCompletionListener((TaskCompletionListener) ended -> colorizer.close());
		}

		Stream<Map<String, Object>> rows(TaskList.Task task, Step step) {
			return TaskRows.rows(task, () -> {
				var outcome = stays(out.path(task.out())) ? Outcome.skipped(FileColorizer.THERE_ALREADY) : step.run(task);
				return List.of(RunTable.row(task, outcome, Torch.name(network.devices().get(0))));
			});
		}

		private boolean stays(Path file) throws IOException {
			return !overwrite && out.files().exists(file);
		}

		Outcome decide(TaskList.Task task, Consumer<Decision> told) throws IOException {
			try (var source = LocalCopy.of(in, in.path(task.in())); var hints = new LocalHints(); var made = LocalCopy.toMake(out, out.path(task.out()))) {
				return colorizer.decide(source.file(), () -> find(task, hints), made.file(), told);
			}
		}

		private HintSource find(TaskList.Task task, LocalHints local) throws IOException {
			return marks == null ? FolderHints.of(options.own().hints()).forImage(java.nio.file.Path.of(task.in())) : local.fetch(marks, task.in());
		}

		/** @param decided for the whole file; null if the task is the whole file */
		Outcome colorize(TaskList.Task task, Decision decided) throws IOException {
			var target = file(task, task.part(), decided);
			if (task.part().of() > 1 && stays(target)) return Outcome.skipped(FileColorizer.THERE_ALREADY);
			try (var source = LocalCopy.of(in, in.path(task.in())); var hints = new LocalHints(); var made = LocalCopy.toMake(out, target)) {
				var outcome = task.part().of() == 1 ? colorizer.colorize(source.file(), () -> find(task, hints), made.file(), Progress.NONE) : colorizer
					.colorize(source.file(), task.part(), decided, made.file());
				return brought(outcome, made, target);
			}
		}

		Outcome assemble(TaskList.Task task, Decision decided) throws IOException {
			var target = out.path(task.out());
			var parts = new ArrayList<LocalCopy>();
			try (var source = LocalCopy.of(in, in.path(task.in())); var made = LocalCopy.toMake(out, target)) {
				for (int i = 0; i < task.part().of(); i++) {
					var part = file(task, new Part(i, task.part().of()), decided);
					if (out.files().exists(part)) parts.add(LocalCopy.of(out, part));
				}
				var outcome = brought(colorizer.assemble(source.file(), parts.stream().map(LocalCopy::file).toList(), decided, made.file()), made, target);
				if (outcome.status() == Status.COLORIZED) for (int i = 0; i < task.part().of(); i++)
					out.files().delete(file(task, new Part(i, task.part().of()), decided), false);
				return outcome;
			}
			finally {
				for (var part : parts)
					part.close();
			}
		}

		private Outcome brought(Outcome outcome, LocalCopy made, Path target) throws IOException {
			if (outcome.status() == Status.COLORIZED) made.bring(out, target, overwrite, hidden);
			return outcome;
		}
	}
}
