package io.github.densecolorize.data;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.Deflater;

import io.jhdf.HdfFile;
import io.jhdf.api.DatasetCreationOptions;
import io.jhdf.exceptions.HdfException;

/**
 * Writes a {@link ColorDataSet}. Images come one at a time and wait compressed on disk beside the file, so that memory does not grow with
 * their number but for a few bytes each. The files get their names when all is written, the first shard last: a set that was not
 * {@linkplain #finish finished} can't be opened.
 */
public final class ColorDataSetWriter implements AutoCloseable {

	/** Least effort: photographs hardly become smaller with more. */
	static final int DEFLATE_LEVEL = Deflater.BEST_SPEED;

	/** Compressed bytes after which the next shard begins. */
	private static final long SHARD = 1L << 30;

	/** A shard that is written but not named yet. */
	private record Part(Path file, int number) {}

	private final Path path;
	private final List<String> classes;
	private final int side;
	private final double validation;
	private final String source, fit;
	private final long shardBytes;
	private final Deflater deflater = new Deflater(DEFLATE_LEVEL);
	private final byte[] rgb, deflated;
	private final List<Part> parts = new ArrayList<>();
	private final Path spool;

	/** Of the shard that is being written. */
	private OutputStream chunks;
	private List<Integer> lengths, labels;
	private List<Byte> splits;
	private long bytes;
	/** Images of the last scene that was added. */
	private int lastScene;
	/** Of each class: scenes so far, those of them for validation. */
	private final int[] scenes, validationScenes;
	/** Of each class: images for training and for validation. */
	private final long[][] counts;

	/**
	 * @param path of the file; a set of more than 1 GiB goes to {@link ColorDataSet#shard} files instead
	 * @param classes names of the classes
	 * @param side of the images in pixels
	 * @param validation share of the scenes of each class to keep from training, 0 to 0.5
	 * @param source where the images come from
	 * @param fit how they were brought to their size
	 * @throws IOException if the folder can't be written
	 */
	public ColorDataSetWriter(Path path, List<String> classes, int side, double validation, String source, String fit) throws IOException {
		this(path, classes, side, validation, source, fit, SHARD);
	}

	ColorDataSetWriter(Path path, List<String> classes, int side, double validation, String source, String fit, long shardBytes)
		throws IOException
	{
		this.path = path.toAbsolutePath();
		this.classes = List.copyOf(classes);
		this.side = side;
		this.validation = validation;
		this.source = source;
		this.fit = fit;
		this.shardBytes = shardBytes;
		rgb = new byte[3 * side * side];
		// Noise becomes longer, by 5 bytes in each block of 16 kB and a few more (zlib manual).
		deflated = new byte[rgb.length + rgb.length / 1000 + 64];
		scenes = new int[classes.size()];
		validationScenes = new int[classes.size()];
		counts = new long[classes.size()][2];
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
		lengths = new ArrayList<>();
		labels = new ArrayList<>();
		splits = new ArrayList<>();
		bytes = 0;
	}

	/**
	 * Adds a scene: one image, or several parts of one, which all go to training or all to validation.
	 *
	 * @param images sRGB pixels, side² each, row by row
	 * @throws IOException if the disk is full
	 */
	public void add(List<int[]> images, int label) throws IOException {
		if (bytes >= shardBytes) {
			endShard(false);
			begin();
		}
		scenes[label]++;
		// Evenly spread over the class, beginning in the middle of the first interval.
		boolean kept = Math.floor(scenes[label] * validation + 0.5) > validationScenes[label];
		if (kept) validationScenes[label]++;
		for (var image : images) {
			int length = deflate(image);
			try {
				chunks.write(deflated, 0, length);
			}
			catch (IOException e) {
				throw unwritten(e);
			}
			bytes += length;
			lengths.add(length);
			labels.add(label);
			splits.add((byte) (kept ? ColorDataSet.VALIDATION : ColorDataSet.TRAINING));
			counts[label][kept ? 1 : 0]++;
		}
		lastScene = images.size();
	}

	/** To be called after the last scene of a class: a class of two scenes or more gives at least one to validation. */
	public void endClass(int label) {
		if (validation == 0 || scenes[label] < 2 || validationScenes[label] > 0) return;
		validationScenes[label]++;
		for (int i = splits.size() - lastScene; i < splits.size(); i++)
			splits.set(i, (byte) ColorDataSet.VALIDATION);
		counts[label][0] -= lastScene;
		counts[label][1] += lastScene;
	}

	private int deflate(int[] argb) {
		for (int i = 0; i < argb.length; i++) {
			rgb[3 * i] = (byte) (argb[i] >> 16);
			rgb[3 * i + 1] = (byte) (argb[i] >> 8);
			rgb[3 * i + 2] = (byte) argb[i];
		}
		deflater.reset();
		deflater.setInput(rgb);
		deflater.finish();
		return deflater.deflate(deflated);
	}

	/** Images of a class so far. */
	public long images(int label, boolean validation) {
		return counts[label][validation ? 1 : 0];
	}

	private void endShard(boolean last) throws IOException {
		try {
			chunks.close();
		}
		catch (IOException e) {
			throw unwritten(e);
		}
		int number = parts.size() + 1;
		var file = hidden(path, String.valueOf(number));
		Files.deleteIfExists(file);
		file.toFile().deleteOnExit();
		parts.add(new Part(file, number));
		try (var hdf = HdfFile.write(file)) {
			hdf.putAttribute(ColorDataSet.FORMAT_NUMBER, ColorDataSet.FORMAT);
			hdf.putAttribute(ColorDataSet.CLASSES, classes.toArray(String[]::new));
			hdf.putAttribute(ColorDataSet.SOURCE, source);
			hdf.putAttribute(ColorDataSet.FIT, fit);
			hdf.putAttribute(ColorDataSet.CREATED, Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
			if (number > 1 || !last) {
				hdf.putAttribute(ColorDataSet.SHARD, number);
				hdf.putAttribute(ColorDataSet.LAST, last ? 1 : 0);
			}
			hdf.putDataset(ColorDataSet.RGB, new ImageChunks(hdf, spool, lengths, side));
			hdf.putDataset(ColorDataSet.LABEL, labels.stream().mapToInt(i -> i).toArray());
			var split = new byte[splits.size()];
			for (int i = 0; i < split.length; i++)
				split[i] = splits.get(i);
			hdf.putDataset(ColorDataSet.SPLIT, split, DatasetCreationOptions.builder().unsigned().build());
		}
		catch (HdfException | UncheckedIOException e) {
			throw unwritten(e);
		}
	}

	private IOException unwritten(Exception e) {
		// Of a full disk jHDF tells the position, the cause what happened.
		var why = e.getCause() == null ? e : e.getCause();
		return new IOException("Data set " + path + " can't be written (" + why.getMessage() +
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
		if (parts.isEmpty() && lengths.isEmpty()) throw new IOException("Data set " + path + " would hold no image; nothing was written.");
		var old = files(path);
		if (!replace && !old.isEmpty()) throw new IOException("Data set " + old.get(0) + " exists; choose another name, or overwrite.");
		endShard(true);
		var files = new ArrayList<Path>();
		for (int i = parts.size() - 1; i >= 0; i--) {
			var part = parts.get(i);
			var file = parts.size() == 1 ? path : ColorDataSet.shard(path, part.number());
			Files.move(part.file(), file, StandardCopyOption.ATOMIC_MOVE);
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
		deflater.end();
		try {
			chunks.close();
		}
		finally {
			Files.deleteIfExists(spool);
			for (var part : parts)
				Files.deleteIfExists(part.file());
		}
	}
}
