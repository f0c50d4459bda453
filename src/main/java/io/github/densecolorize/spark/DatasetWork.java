package io.github.densecolorize.spark;

import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.IOUtils;
import org.apache.spark.TaskContext;

import io.github.densecolorize.colorize.FileColorizer.Outcome;
import io.github.densecolorize.data.ShardHeader;
import io.github.densecolorize.dataset.ClassFolders;
import io.github.densecolorize.dataset.Fit;
import io.github.densecolorize.dataset.SourceImage;
import io.github.densecolorize.dataset.SourceImage.Reason;
import io.github.densecolorize.open.ImageFiles;
import io.github.densecolorize.open.NoImageException;

/**
 * The work of executors that make a data set.
 *
 * @param name of its file in the output folder
 * @param list name of the list of tasks
 * @param prefix of temporary files
 */
record DatasetWork(Folder in, Folder out, String name, String list, String prefix, Classes classes, ShardHeader header, Fit fit)
	implements Serializable
{

	/** Opens the files of a range, and stores their images in one file in the form in which they will be in the set. */
	Iterator<Map<String, Object>> collect(TaskList.Range range) throws IOException {
		long attempt = TaskContext.get().taskAttemptId();
		var rows = new ArrayList<Map<String, Object>>();
		// Everything is done before the first row is passed on, so that all images of which rows tell are on disk.
		try (var spool = new Spool(LocalCopies.create(out, spool(attempt)), header.side())) {
			for (var listed : TaskList.read(list, range)) {
				var task = new TaskList.Task(listed.in(), name, listed.part(), listed.unread());
				int label = classes.label(task.in());
				var found = label == Classes.NONE ? Stream.of(left(task, label, "beside the folders of the classes")) : TaskRows.rows(task,
					copies -> collect(task, copies, label, spool, attempt), failed -> SceneRow.of(Scene.unusable(label, Reason.UNREADABLE), failed));
				found.forEach(rows::add);
			}
		}
		return rows.iterator();
	}

	/** The row of a file without images. */
	private static Map<String, Object> left(TaskList.Task task, int label, String why) {
		return SceneRow.of(Scene.unusable(label, Reason.NO_IMAGE), TableRow.of(task, Outcome.skipped(why), null));
	}

	/** The file in which a task of Spark stores images. */
	Path spool(long attempt) {
		return out.path(prefix + "-" + attempt + ".images");
	}

	private List<Map<String, Object>> collect(TaskList.Task task, LocalCopies copies, int label, Spool spool, long attempt) throws IOException {
		long start = System.nanoTime();
		var source = copies.fetch(in, in.path(task.in()));
		var said = new ArrayList<String>();
		Iterator<SourceImage> images;
		try {
			images = SourceImage.of(ImageFiles.open(source, said::add), task.in(), header.side(), header.classes().get(label)).iterator();
		}
		catch (NoImageException e) {
			if (ImageFiles.isNamedAsImage(source)) throw e;
			return List.of(left(task, label, "no image"));
		}
		var group = ClassFolders.group(new Path(task.in()).getName());
		var rows = new ArrayList<Map<String, Object>>();
		while (images.hasNext()) {
			var image = images.next();
			long offset = spool.position();
			var scene = image.unusable() == null ? new Scene(label, group, null, image.width(), image.height(), image.content(), attempt, offset, lengths(image,
				spool)) : Scene.unusable(label, image.unusable());
			long end = System.nanoTime();
			rows.add(SceneRow.of(scene, TableRow.of(task, image, spool.position() - offset, (end - start) / 1e9, said)));
			start = end;
		}
		return rows;
	}

	private int[] lengths(SourceImage image, Spool spool) throws IOException {
		var parts = image.parts(header.side(), fit);
		var lengths = new int[parts.size()];
		for (int i = 0; i < lengths.length; i++)
			lengths[i] = spool.write(parts.get(i));
		return lengths;
	}

	/**
	 * Makes a file of the set.
	 *
	 * @return its name, which if it is a temporary one no other attempt has
	 */
	String write(SetFiles.Named named) throws IOException {
		var hidden = prefix + "-" + TaskContext.get().taskAttemptId();
		var target = out.path(named.name() == null ? hidden + ".h5" : named.name());
		try (var copies = new LocalCopies()) {
			var images = copies.toMake(out, out.path(hidden + ".images"));
			var made = copies.toMake(out, target);
			try (var stream = new BufferedOutputStream(Files.newOutputStream(images))) {
				for (var run : named.shard().runs())
					copy(run, stream);
			}
			header.write(named.shard().index(), images, made);
			Files.delete(images);
			LocalCopies.bring(made, out, target, true, hidden);
			return target.getName();
		}
	}

	private void copy(SetPlan.Run run, BufferedOutputStream to) throws IOException {
		try (var from = out.files().open(spool(run.spool()))) {
			from.seek(run.offset());
			IOUtils.copyBytes(from, to, run.bytes(), false);
			if (from.getPos() < run.offset() + run.bytes()) throw new EOFException(spool(run.spool()) + " is shorter than it was.");
		}
	}
}
