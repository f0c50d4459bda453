package io.github.densecolorize.spark;

import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

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
 * @param list name of the list of tasks
 * @param prefix of temporary files
 * @param model archive of the model
 * @param key distinguishes parts of a stack from those that were made with another model or other options
 * @param cores of an executor; 0 if unknown
 */
record ColorizeWork(Folder in, Folder out, ColorizeOptions options, Head head, Folder marks, String device, boolean overwrite, String list,
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
		var row = engine.rows(task, (file, copies) -> engine.decide(file, copies, decision::set)).findFirst().orElseThrow();
		return new Decided(task.in(), decision.get(), row);
	}

	/**
	 * Colorizes the files and parts of a range.
	 *
	 * @param decisions by the names of the files that are divided; parts of other files are passed over
	 */
	Iterator<Map<String, Object>> colorize(TaskList.Range range, Map<String, Decision> decisions) throws IOException {
		var engine = new Engine();
		return TaskList.read(list, range).stream().filter(task -> task.part().of() == 1 || decisions.containsKey(task.in())).flatMap(
			task -> engine.rows(task, (file, copies) -> engine.colorize(file, copies, decisions.get(file.in())))).iterator();
	}

	/** Puts the parts of a file together. */
	Iterator<Map<String, Object>> assemble(TaskList.Task task, Map<String, Decision> decisions) throws IOException {
		var engine = new Engine();
		return engine.rows(task, (file, copies) -> engine.assemble(file, copies, decisions.get(file.in()))).iterator();
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
		return new Path(whole.getParent(), new Path(null, null, RunMark.PART + ours + "-" + part.index() +
			"-of-" + part.of() + "-" + whole.getName()));
	}

	/** The network, for a task of Spark. */
	private final class Engine {

		/** Makes one file from another. */
		@FunctionalInterface
		private interface Step {

			Outcome run(TaskList.Task task, LocalCopies copies) throws IOException;
		}

		private final String hidden = prefix + "-" + TaskContext.get().taskAttemptId();
		private final ColorModel network = Executor.model(TaskContext.get(), model, device, cores);
		private final FileColorizer colorizer = new FileColorizer(network, options, head, overwrite, TaskRows::bug);

		Engine() throws IOException {
			TaskContext.get().addTaskCompletionListener((TaskCompletionListener) ended -> colorizer.close());
		}

		Stream<Map<String, Object>> rows(TaskList.Task task, Step step) {
			return TaskRows.rows(task, copies -> {
				var outcome = stays(out.path(task.out())) ? Outcome.skipped(FileColorizer.THERE_ALREADY) : step.run(task, copies);
				return List.of(TableRow.of(task, outcome, Torch.name(network.devices().get(0))));
			});
		}

		private boolean stays(Path file) throws IOException {
			return !overwrite && LocalCopies.exists(out, file);
		}

		Outcome decide(TaskList.Task task, LocalCopies copies, Consumer<Decision> told) throws IOException {
			var source = copies.fetchParts(in, in.path(task.in()));
			var outcome = colorizer.decide(source, () -> hints(task, copies), copies.toMake(out, out.path(task.out())), told);
			copies.requireArrived();
			return outcome;
		}

		private HintSource hints(TaskList.Task task, LocalCopies copies) throws IOException {
			return marks == null ? FolderHints.of(options.own().hints()).forImage(java.nio.file.Path.of(task.in())) : fetchHints(task.in(), copies);
		}

		private HintSource fetchHints(String image, LocalCopies copies) throws IOException {
			var there = new ArrayList<java.nio.file.Path>();
			for (var file : FolderHints.files(java.nio.file.Path.of(image))) {
				var path = marks.path(StreamSupport.stream(file.spliterator(), false).map(Object::toString).collect(Collectors.joining("/")));
				if (LocalCopies.exists(marks, path)) there.add(copies.fetch(marks, path));
			}
			return FolderHints.of(there);
		}

		/** @param decided for the whole file; null if the task is the whole file */
		Outcome colorize(TaskList.Task task, LocalCopies copies, Decision decided) throws IOException {
			var target = file(task, task.part(), decided);
			if (task.part().of() > 1 && stays(target)) return Outcome.skipped(FileColorizer.THERE_ALREADY);
			var source = in.path(task.in());
			var made = copies.toMake(out, target);
			return brought(task.part().of() == 1 ? colorizer.colorize(copies.fetch(in, source), () -> hints(task, copies), made, Progress.NONE) : colorizer
				.colorize(copies.fetchParts(in, source), task.part(), decided, made), copies, made, target);
		}

		Outcome assemble(TaskList.Task task, LocalCopies copies, Decision decided) throws IOException {
			var target = out.path(task.out());
			var made = copies.toMake(out, target);
			var parts = new ArrayList<java.nio.file.Path>();
			for (int i = 0; i < task.part().of(); i++) {
				var part = file(task, new Part(i, task.part().of()), decided);
				if (LocalCopies.exists(out, part)) parts.add(copies.fetch(out, part));
			}
			var outcome = brought(colorizer.assemble(copies.fetchParts(in, in.path(task.in())), parts, decided, made), copies, made, target);
			if (outcome.status() == Status.COLORIZED) for (int i = 0; i < task.part().of(); i++)
				out.files().delete(file(task, new Part(i, task.part().of()), decided), false);
			return outcome;
		}

		private Outcome brought(Outcome outcome, LocalCopies copies, java.nio.file.Path made, Path target) throws IOException {
			copies.requireArrived();
			if (outcome.status() == Status.COLORIZED) LocalCopies.bring(made, out, target, overwrite, hidden);
			return outcome;
		}
	}
}
