package io.github.densecolorize.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.github.densecolorize.files.Workspace;
import io.github.densecolorize.model.ModelSpec;
import io.github.densecolorize.model.Scale;

/**
 * Colour images of known classes in an HDF5 file, or in the numbered shards of a large set. Any HDF5 tool can read and write it:
 * <table>
 * <caption>what is in each file</caption>
 * <tr><td>{@code /rgb}</td><td>uint8 (N, S, S, 3)</td><td>images, sRGB</td></tr>
 * <tr><td>{@code /label}</td><td>int32 (N)</td><td>index of the class</td></tr>
 * <tr><td>{@code /split}</td><td>uint8 (N)</td><td>{@value #TRAINING} for training, {@value #VALIDATION} for validation</td></tr>
 * <tr><td>{@code /group}</td><td>int32 (N)</td><td>index of the laboratory, or other origin; not there if unknown, likewise the next one</td></tr>
 * <tr><td>{@code /groups}</td><td>text (G)</td><td>names of the laboratories</td></tr>
 * <tr><td>attributes of /</td><td></td><td>{@code classes} (names), {@code format} ({@value #FORMAT}), {@code source}, {@code fit}, {@code created},
 * {@code id} (the same in all shards of a set); in shards {@code shard}, counted from 1, and {@code last}, 1 in the last one</td></tr>
 * </table>
 * Images are read one at a time, from any thread; everything else is kept in memory, 12 bytes for each image.
 */
public final class ColorDataSet implements AutoCloseable {

	/** The format that this version writes and reads. */
	public static final int FORMAT = 1;
	/** Values of {@code /split}. */
	public static final int TRAINING = 0, VALIDATION = 1;

	/** Value of {@code fit} for images that are whole scenes of any size, reduced. */
	public static final String RESIZED = "resize";

	static final String RGB = "rgb", LABEL = "label", SPLIT = "split", GROUP = "group", GROUPS = "groups";
	static final String CLASSES = "classes", FORMAT_NUMBER = "format", SOURCE = "source", FIT = "fit", CREATED = "created", ID = "id", SHARD = "shard",
			LAST = "last";

	/** A file of the set; its images follow those of the files before it. */
	private record Shard(Path path, SetFile file, int first) {}

	private final Path path;
	private final List<Shard> shards = new ArrayList<>();
	private List<String> classes = List.of();
	private String fit = "";
	private int side, size;
	private int[] labels = {}, splits = {}, group = {};
	/** Indices of the laboratories of all shards, by their names. */
	private final Map<String, Integer> groups = new HashMap<>();

	private ColorDataSet(Path path) {
		this.path = path;
	}

	/**
	 * @param path of the file; if there is no file of this name, but there are shards of it ({@link #shard(String, int)}), all of them are opened
	 * @throws IOException if it is no data set of this format; the message says what is missing
	 */
	public static ColorDataSet open(Path path) throws IOException {
		try {
			return opened(path);
		}
		catch (IOException e) {
			// A program may have been stopped while it moved the files to their places.
			if (!Workspace.sweep(path.toAbsolutePath().getParent())) throw e;
			return opened(path);
		}
	}

	private static ColorDataSet opened(Path path) throws IOException {
		var set = new ColorDataSet(path);
		try {
			if (Files.isRegularFile(path)) set.add(path);
			else set.addShards();
			return set;
		}
		catch (IOException | RuntimeException e) {
			set.close();
			throw e;
		}
	}

	/** Name of a shard of a set: {@code cells-001.h5} for {@code cells.h5}. */
	public static String shard(String name, int number) {
		int dot = name.lastIndexOf('.');
		var stem = dot > 0 ? name.substring(0, dot) : name;
		return String.format(Locale.ROOT, "%s-%03d%s", stem, number, dot > 0 ? name.substring(dot) : "");
	}

	/** The same, in its folder. */
	static Path shard(Path path, int number) {
		return path.resolveSibling(shard(path.getFileName().toString(), number));
	}

	private void addShards() throws IOException {
		int n = 0;
		boolean last = false;
		while (!last && Files.isRegularFile(shard(path, n + 1))) {
			add(shard(path, ++n));
			int number = number(n, SHARD);
			if (number != n) throw new IOException("Data set " + shard(path, n) + " says that it is shard " + number + "; must be " + n +
				": give it back its name.");
			last = number(n, LAST) == 1;
		}
		if (n == 0) throw new IOException("Data set " + path +
			" does not exist; give a .h5 file that was made with Build Colorizer Data Set.");
		if (!last) throw new IOException("Data set " + path + " ends with " + shard(path, n).getFileName() +
			", which is not its last shard; bring the others to this folder.");
	}

	private int number(int shard, String attribute) {
		return SetFile.number(shards.get(shard - 1).file().hdf().getAttribute(attribute));
	}

	private void add(Path path) throws IOException {
		var file = SetFile.open(path);
		// Remembered before it is compared with the others, so that it will be closed in any case.
		shards.add(new Shard(path, file, size));
		int newSide = (int) file.rgb().getDimensionsAsLong()[1];
		if (!file.id().equals(shards.get(0).file().id())) throw new IOException("Data set " + path +
			" is of another set than the shards before it" + SetFile.WAY_OUT);
		if (size > 0 && (!file.classes().equals(classes) || newSide != side)) throw new IOException("Data set " + path + " has classes " + file
			.classes() + " and images of " + newSide + " pixels, the shards before it " + classes + " and " + side + SetFile.WAY_OUT);
		classes = file.classes();
		fit = file.fit();
		side = newSide;
		size += file.labels().length;
		labels = joined(labels, file.labels());
		splits = joined(splits, file.splits());
		group = joined(group, Arrays.stream(file.group()).map(i -> groups.computeIfAbsent(file.groups().get(i), name -> groups.size())).toArray());
	}

	private static int[] joined(int[] a, int[] b) {
		var all = Arrays.copyOf(a, a.length + b.length);
		System.arraycopy(b, 0, all, a.length, b.length);
		return all;
	}

	/** Name of the set, for the records of models that are trained on it: the name of the file without its ending. */
	public String name() {
		return path.getFileName().toString().replaceFirst("\\.[^.]+$", "");
	}

	/** Names of the classes; a label is an index into them. */
	public List<String> classes() {
		return classes;
	}

	/** Number of images. */
	public int size() {
		return size;
	}

	/** Side of the square images in pixels. */
	public int side() {
		return side;
	}

	/**
	 * The pixel size at which a model recognises structures if it is trained on this set.
	 *
	 * @param factor reduction of the images before the network
	 * @param micrometresPerPixel size of a reduced pixel; 0 if unknown
	 */
	public Scale scale(double factor, double micrometresPerPixel) {
		int seen = (int) Math.max(1, Math.round(side * factor));
		// A reduced scene says nothing about the size of a pixel, so others have to be reduced to the same size.
		return new Scale(factor, micrometresPerPixel, fit.equals(RESIZED) ? seen : 0, seen);
	}

	/** Index of the class of an image. */
	public int label(int image) {
		return labels[image];
	}

	/**
	 * A number for the laboratory, or other origin, of an image: images that are from the same one have the same. All have the same if nothing is known
	 * about it.
	 */
	public int group(int image) {
		return group[image];
	}

	/** Whether the colours of a class are to be learned: all but those of {@link ModelSpec#UNKNOWN}. */
	public boolean isColoured(int label) {
		return !classes.get(label).equals(ModelSpec.UNKNOWN);
	}

	/** Whether an image is kept out of the training, for validation. */
	public boolean isValidation(int image) {
		return splits[image] == VALIDATION;
	}

	/**
	 * @return sRGB pixels, row by row
	 * @throws IOException if the file is damaged, or has changed since it was opened
	 */
	public int[] argb(int image) throws IOException {
		var shard = shards.get(0);
		for (var each : shards)
			if (each.first() <= image) shard = each;
		try {
			var bytes = shard.file().rgb().getSliceDataBuffer(new long[] { image - shard.first(), 0, 0, 0 }, new int[] { 1, side, side, 3 });
			var argb = new int[side * side];
			for (int i = 0; i < argb.length; i++)
				argb[i] = 0xff000000 | (bytes.get(3 * i) & 0xff) << 16 | (bytes.get(3 * i + 1) & 0xff) << 8 | bytes.get(3 * i + 2) & 0xff;
			return argb;
		}
		// The last of these errors is how Java reports that a file has become shorter than it was.
		catch (RuntimeException | InternalError e) {
			throw new IOException("Image " + image + " of data set " + shard.path() + " can't be read (" + e.getMessage() +
				"); the file is damaged or has changed: restore it, or build it again.", e);
		}
	}

	@Override
	public void close() {
		shards.forEach(shard -> shard.file().close());
		shards.clear();
	}
}
