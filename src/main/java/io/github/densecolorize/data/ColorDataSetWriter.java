package io.github.densecolorize.data;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes a {@link ColorDataSet}. Images come one at a time and wait compressed on disk beside the file, so that memory does not grow with
 * their number but for a few bytes each. The files get their names when all is written, the first shard last: a set that was not
 * {@linkplain #finish finished} can't be opened.
 */
public final class ColorDataSetWriter implements AutoCloseable {

	private final Path path;
	private final ShardHeader header;
	private final ShardPlanner planner;
	private final ImageDeflater deflater;
	/** Shards that are written but not named yet. */
	private final List<Path> parts = new ArrayList<>();
	private final Path spool;

	/** Images of the shard that is being written. */
	private OutputStream chunks;

	/**
	 * @param path of the file; a set of more than 1 GiB goes to {@link ColorDataSet#shard(String, int)} files instead
	 * @param classes names of the classes
	 * @param side of the images in pixels
	 * @param validation share of the scenes of each class to keep from training, 0 to 0.5
	 * @param source where the images come from
	 * @param fit how they were brought to their size
	 * @throws IOException if the folder can't be written
	 */
	public ColorDataSetWriter(Path path, List<String> classes, int side, double validation, String source, String fit) throws IOException {
		this(path, classes, side, source, fit, new ShardPlanner(classes.size(), validation));
	}

	ColorDataSetWriter(Path path, List<String> classes, int side, double validation, String source, String fit, long shardBytes)
		throws IOException
	{
		this(path, classes, side, source, fit, new ShardPlanner(classes.size(), validation, shardBytes));
	}

	private ColorDataSetWriter(Path path, List<String> classes, int side, String source, String fit, ShardPlanner planner) throws IOException {
		this.path = path.toAbsolutePath();
		this.planner = planner;
		header = new ShardHeader(classes, side, source, fit);
		deflater = new ImageDeflater(side);
		spool = hidden(path, "images");
		Files.createDirectories(this.path.getParent());
		begin();
	}

	/** A file beside the set that is not part of it. */
	private static Path hidden(Path path, String kind) {
		return path.toAbsolutePath().resolveSibling("." + path.getFileName() + "." + kind + ".part");
	}

	private void begin() throws IOException {
		chunks = new BufferedOutputStream(Files.newOutputStream(spool));
		// For an end by Ctrl-C, which closes nothing.
		spool.toFile().deleteOnExit();
	}

	/**
	 * Adds a scene: one image, or several parts of one, which all go to training or all to validation.
	 *
	 * @param images sRGB pixels, side² each, row by row
	 * @throws IOException if the disk is full
	 */
	public void add(List<int[]> images, int label) throws IOException {
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
		planner.add(lengths, label);
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
		var file = hidden(path, String.valueOf(index.number()));
		try {
			chunks.close();
			Files.deleteIfExists(file);
			file.toFile().deleteOnExit();
			parts.add(file);
			header.write(index, spool, file);
		}
		catch (IOException e) {
			throw unwritten(e);
		}
	}

	private IOException unwritten(IOException e) {
		return new IOException("Data set " + path + " can't be written (" + e.getMessage() +
			"), and nothing of it is left; make room on the disk, or choose another.", e);
	}

	/**
	 * Gives the set its name.
	 *
	 * @param replace whether a set of this name may be there already
	 * @return its files
	 * @throws IOException if no image was added, a set is there that must stay, or writing fails; nothing is left then
	 */
	public List<Path> finish(boolean replace) throws IOException {
		if (planner.isEmpty()) throw new IOException("Data set " + path + " would hold no image; nothing was written.");
		var old = files(path);
		if (!replace && !old.isEmpty()) throw new IOException("Data set " + old.get(0) + " exists; choose another name, or overwrite.");
		endShard(true);
		var files = new ArrayList<Path>();
		for (int i = parts.size() - 1; i >= 0; i--) {
			var file = parts.size() == 1 ? path : ColorDataSet.shard(path, i + 1);
			Files.move(parts.get(i), file, StandardCopyOption.ATOMIC_MOVE);
			files.add(0, file);
		}
		parts.clear();
		// Shards of an old set that was larger.
		old.removeAll(files);
		for (var file : old)
			Files.delete(file);
		return files;
	}

	/** The files that a set of this name has now; none if there is no such set. */
	public static List<Path> files(Path path) {
		var files = new ArrayList<Path>();
		if (Files.exists(path)) files.add(path);
		for (int n = 1; Files.exists(ColorDataSet.shard(path, n)); n++)
			files.add(ColorDataSet.shard(path, n));
		return files;
	}

	/** Removes what was not finished. */
	@Override
	public void close() throws IOException {
		deflater.close();
		try {
			chunks.close();
		}
		finally {
			Files.deleteIfExists(spool);
			for (var part : parts)
				Files.deleteIfExists(part);
		}
	}
}
