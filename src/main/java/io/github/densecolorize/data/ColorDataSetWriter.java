package io.github.densecolorize.data;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.densecolorize.files.Lock;
import io.github.densecolorize.files.NewFile;
import io.github.densecolorize.files.Workspace;

/**
 * Writes a {@link ColorDataSet}. Images are added one at a time and are kept, compressed, on disk beside the file, so that each takes only a few
 * bytes of memory. The files get their final names when everything is written, the first shard last, so that a set that was not {@linkplain #finish
 * finished} can't be opened.
 */
public final class ColorDataSetWriter implements AutoCloseable {

	private final Path path;
	private final ShardHeader header;
	private final ShardPlanner planner;
	private final ImageDeflater deflater;
	private final Workspace workspace;
	private final Lock lock;
	/** Shards that are written but not named yet. */
	private final List<Path> parts = new ArrayList<>();
	private final Path spool;

	/** Images of the shard that is being written. */
	private OutputStream chunks;

	/**
	 * @param path of the file; a set of more than 1 GiB goes to {@link ColorDataSet#shard(String, int)} files instead
	 * @param classes names of the classes
	 * @param side of the images in pixels
	 * @param validation which scenes are kept out of the training
	 * @param source where the images come from
	 * @param fit how they were brought to their size
	 * @throws IOException if the folder can't be written
	 */
	public ColorDataSetWriter(Path path, List<String> classes, int side, Holdout validation, String source, String fit) throws IOException {
		this(path, classes, side, source, fit, new ShardPlanner(classes.size(), validation));
	}

	/**
	 * The same if only a share is kept.
	 *
	 * @param validation share of the scenes of each class, 0 to 0.5
	 */
	public ColorDataSetWriter(Path path, List<String> classes, int side, double validation, String source, String fit) throws IOException {
		this(path, classes, side, Holdout.share(validation), source, fit);
	}

	ColorDataSetWriter(Path path, List<String> classes, int side, double validation, String source, String fit, long shardBytes)
		throws IOException
	{
		this(path, classes, side, source, fit, new ShardPlanner(classes.size(), Holdout.share(validation), shardBytes));
	}

	private ColorDataSetWriter(Path path, List<String> classes, int side, String source, String fit, ShardPlanner planner) throws IOException {
		this.path = path.toAbsolutePath();
		this.planner = planner;
		header = new ShardHeader(classes, side, source, fit);
		try {
			workspace = Workspace.in(this.path.getParent());
		}
		catch (IOException e) {
			throw new IOException("Data set " + path + " can't be written (" + NewFile.reason(e) + "); choose another folder.", e);
		}
		try {
			lock = Lock.on(this.path, "Data set " + path);
		}
		catch (IOException e) {
			workspace.close();
			throw e;
		}
		spool = workspace.path("images");
		deflater = new ImageDeflater(side);
		begin();
	}

	private void begin() throws IOException {
		chunks = new BufferedOutputStream(Files.newOutputStream(spool));
	}

	/** Adds a scene of which it is not known where it is from. */
	public void add(List<int[]> images, int label) throws IOException {
		add(images, label, "");
	}

	/**
	 * Adds a scene: one image, or several parts of one, which all go to training or all to validation.
	 *
	 * @param images sRGB pixels, side² each, row by row
	 * @param group name of the laboratory that it is from; empty if unknown
	 * @throws IOException if the disk is full
	 */
	public void add(List<int[]> images, int label, String group) throws IOException {
		if (planner.isFull()) {
			endShard(false);
			begin();
		}
		var lengths = new int[images.size()];
		try {
			for (int i = 0; i < lengths.length; i++)
				lengths[i] = deflater.write(images.get(i), chunks);
		}
		catch (IOException e) {
			throw unwritten(e);
		}
		planner.add(lengths, label, group);
	}

	/** To be called after the last scene of a class: a class of two scenes or more gives at least one to validation. */
	public void endClass(int label) {
		planner.endClass(label);
	}

	/** Images of a class so far. */
	public long images(int label, boolean validation) {
		return planner.images(label, validation);
	}

	private void endShard(boolean last) throws IOException {
		var index = planner.endShard(last);
		var file = workspace.path(String.valueOf(index.number()));
		try {
			chunks.close();
			parts.add(file);
			header.write(index, spool, file);
		}
		catch (IOException e) {
			throw unwritten(e);
		}
		// Making a set may take days.
		lock.touch();
	}

	private IOException unwritten(IOException e) {
		return new IOException("Data set " + path + " can't be written (" + NewFile.reason(e) +
			"), and nothing of it is left; make room on the disk, or choose another.", e);
	}

	/**
	 * Gives the set its name.
	 *
	 * @param replace whether a set of this name may be there already
	 * @return its files
	 * @throws IOException if no image was added, there is a set that must not be replaced, or writing fails; then no file is left behind
	 */
	public List<Path> finish(boolean replace) throws IOException {
		if (planner.isEmpty()) throw new IOException("Data set " + path + " would hold no image; nothing was written.");
		var old = files(path);
		if (!replace && !old.isEmpty()) throw new IOException("Data set " + old.get(0) + " exists; choose another name, or overwrite.");
		endShard(true);
		var made = new LinkedHashMap<Path, Path>();
		for (int i = parts.size() - 1; i >= 0; i--)
			made.put(parts.get(i), parts.size() == 1 ? path : ColorDataSet.shard(path, i + 1));
		var files = new ArrayList<>(made.values());
		Collections.reverse(files);
		// These are shards of an old set that was larger.
		old.removeAll(files);
		try {
			if (replace) workspace.landAll(made, old);
			else landBesideOthers(made);
		}
		catch (FileAlreadyExistsException e) {
			throw new IOException("Data set " + e.getFile() + " exists; choose another name, or overwrite.", e);
		}
		catch (IOException e) {
			throw unwritten(e);
		}
		return files;
	}

	private void landBesideOthers(Map<Path, Path> made) throws IOException {
		var landed = new ArrayList<Path>();
		try {
			for (var each : made.entrySet()) {
				workspace.land(each.getKey(), each.getValue(), false);
				landed.add(each.getValue());
			}
		}
		catch (IOException e) {
			for (var file : landed)
				Files.deleteIfExists(file);
			throw e;
		}
	}

	/** The files that a set of this name has now; none if there is no such set. */
	public static List<Path> files(Path path) {
		var files = new ArrayList<Path>();
		if (Files.exists(path)) files.add(path);
		for (int n = 1; Files.exists(ColorDataSet.shard(path, n)); n++)
			files.add(ColorDataSet.shard(path, n));
		return files;
	}

	/** Removes the files of a set that was not finished. */
	@Override
	public void close() throws IOException {
		deflater.close();
		try (lock; workspace) {
			chunks.close();
		}
		catch (IOException e) {
			// The disk is full, which was reported when it mattered.
			if (!planner.isEmpty()) return;
			throw e;
		}
	}
}
