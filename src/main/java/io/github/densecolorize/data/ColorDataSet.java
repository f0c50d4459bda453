package io.github.densecolorize.data;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.jhdf.HdfFile;
import io.jhdf.api.Dataset;
import io.jhdf.api.dataset.ChunkedDataset;
import io.jhdf.dataset.DatasetBase;
import io.jhdf.exceptions.HdfException;
import io.jhdf.object.datatype.FixedPoint;

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
 * <tr><td>attributes of /</td><td></td><td>{@code classes} (names), {@code format} ({@value #FORMAT}), {@code source}, {@code fit}, {@code created},
 * {@code id} (the same in all shards of a set); in shards {@code shard}, counted from 1, and {@code last}, 1 in the last one</td></tr>
 * </table>
 * Images are read one at a time, from any thread; all else is in memory, 5 bytes an image.
 */
public final class ColorDataSet implements AutoCloseable {

	/** The format that this version writes and reads. */
	public static final int FORMAT = 1;
	/** Values of {@code /split}. */
	public static final int TRAINING = 0, VALIDATION = 1;

	/** Value of {@code fit}: the images are whole scenes of any size, reduced. */
	public static final String RESIZED = "resize";

	static final String RGB = "rgb", LABEL = "label", SPLIT = "split";
	static final String CLASSES = "classes", FORMAT_NUMBER = "format", SOURCE = "source", FIT = "fit", CREATED = "created", ID = "id", SHARD = "shard",
			LAST = "last";

	/** Pixels, and bytes that are read at once. */
	private static final int LARGEST_SIDE = 4096, LARGEST_CHUNK = 1 << 26;

	private static final String WAY_OUT = "; build it again with Build Colorizer Data Set.";

	/** A file of the set; its images follow those of the files before it. */
	private record Shard(Path path, HdfFile file, DatasetBase rgb, int first, int size) {}

	private final Path path;
	private final List<Shard> shards = new ArrayList<>();
	private List<String> classes = List.of();
	private String fit = "";
	private int side, size;
	private int[] labels = {}, splits = {};

	private ColorDataSet(Path path) {
		this.path = path;
	}

	/**
	 * @param path of the file; if there is none of this name, but shards of it ({@link #shard(String, int)}), all of them
	 * @throws IOException if it is no data set of this format; the message says what is missing
	 */
	public static ColorDataSet open(Path path) throws IOException {
		try {
			return opened(path);
		}
		catch (IOException e) {
			// A program may have been stopped while it put the files in place.
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
			int number = attribute(shards.get(n - 1).file(), SHARD);
			if (number != n) throw new IOException("Data set " + shard(path, n) + " says that it is shard " + number + "; must be " + n +
				": give it back its name.");
			last = attribute(shards.get(n - 1).file(), LAST) == 1;
		}
		if (n == 0) throw new IOException("Data set " + path +
			" does not exist; give a .h5 file that was made with Build Colorizer Data Set.");
		if (!last) throw new IOException("Data set " + path + " ends with " + shard(path, n).getFileName() +
			", which is not its last shard; bring the others to this folder.");
	}

	private static int attribute(HdfFile file, String name) {
		var attribute = file.getAttribute(name);
		return attribute != null && attribute.getData() instanceof Number number ? number.intValue() : 0;
	}

	private void add(Path file) throws IOException {
		try {
			var hdf = opened(file, Files.size(file));
			// Before anything is checked, so that it will be closed.
			shards.add(new Shard(file, hdf, null, size, 0));
			shards.set(shards.size() - 1, checked(file, hdf));
		}
		// jHDF believes what a file says of itself, and fails in almost any way.
		catch (RuntimeException | StackOverflowError | OutOfMemoryError | InternalError e) {
			throw new IOException("Data set " + file + " can't be read (" + reason(e) + "); it is no HDF5 file or damaged" + WAY_OUT, e);
		}
	}

	/** Mapped as a whole: jHDF then can't be made to take memory for parts that a damaged file only says that it has. */
	private static HdfFile opened(Path file, long bytes) throws IOException {
		if (bytes > Integer.MAX_VALUE) return new HdfFile(file);
		try (var channel = FileChannel.open(file)) {
			return HdfFile.fromByteBuffer(channel.map(FileChannel.MapMode.READ_ONLY, 0, bytes));
		}
	}

	private static String reason(Throwable e) {
		return e instanceof HdfException && e.getMessage() != null ? e.getMessage().replaceAll("\\p{Cntrl}", "?") : e.getClass().getSimpleName();
	}

	private Shard checked(Path file, HdfFile hdf) throws IOException {
		var missing = Stream.of(RGB, LABEL, SPLIT).filter(name -> !(hdf.getChild(name) instanceof Dataset)).map(name -> "/" + name).collect(
			Collectors.joining(", "));
		if (hdf.getAttribute(CLASSES) == null) missing += (missing.isEmpty() ? "" : ", ") + "attribute " + CLASSES;
		if (!missing.isEmpty()) throw new IOException("Data set " + file + " has no " + missing + WAY_OUT);
		int format = hdf.getAttribute(FORMAT_NUMBER) == null ? FORMAT : attribute(hdf, FORMAT_NUMBER);
		if (format != FORMAT) throw new IOException("Data set " + file + " has format " + format + ", this version reads format " + FORMAT +
			"; update the plugin, or build it again.");

		var rgb = (DatasetBase) hdf.getDatasetByPath(RGB);
		var shape = rgb.getDimensions();
		boolean bytes = rgb.getDataType() instanceof FixedPoint type && type.getSize() == 1 && !type.isSigned();
		if (!bytes || shape.length != 4 || shape[1] != shape[2] || shape[3] != 3) throw new IOException("Data set " + file + " has /" + RGB +
			" of shape " + Arrays.toString(shape) + (bytes ? "" : ", not of uint8") + "; must be uint8 (N, S, S, 3)" + WAY_OUT);
		int n = shape[0];
		checkSize(file, rgb, shape);
		if (shards.size() > 1 && !id(hdf).equals(id(shards.get(0).file()))) throw new IOException("Data set " + file +
			" is of another set than the shards before it" + WAY_OUT);
		int[] label = integers(file, hdf, LABEL, n), split = integers(file, hdf, SPLIT, n);
		var names = names(hdf);
		if (size > 0 && (!names.equals(classes) || shape[1] != side)) throw new IOException("Data set " + file + " has classes " + names +
			" and images of " + shape[1] + " pixels, the shards before it " + classes + " and " + side + WAY_OUT);
		if (names.isEmpty() || names.stream().anyMatch(String::isBlank)) throw new IOException("Data set " + file + " has no name in attribute " + CLASSES + WAY_OUT);
		for (int value : label)
			if (value < 0 || value >= names.size()) throw new IOException("Data set " + file + " has a /" + LABEL + " " + value +
				" but " + names.size() + " classes; must be 0 to " + (names.size() - 1) + WAY_OUT);
		int first = size;
		classes = names;
		side = shape[1];
		size += n;
		labels = joined(labels, label);
		splits = joined(splits, split);
		var how = hdf.getAttribute(FIT);
		fit = how == null ? "" : String.valueOf(how.getData());
		return new Shard(file, hdf, rgb, first, n);
	}

	/** Before memory is taken for what a file says that it holds. */
	private static void checkSize(Path file, DatasetBase rgb, int[] shape) throws IOException {
		if (shape[1] < 1 || shape[1] > LARGEST_SIDE) throw new IOException("Data set " + file + " has images of " + shape[1] +
			" pixels; must be 1 to " + LARGEST_SIDE + WAY_OUT);
		// Deflate needs a byte for a thousand at least.
		double bytes = 3.0 * shape[0] * shape[1] * shape[1];
		if (bytes > 2000.0 * Files.size(file)) throw new IOException("Data set " + file + " says that it has " + shape[0] + " images of " +
			shape[1] + " pixels, for which its " + Files.size(file) + " bytes don't suffice" + WAY_OUT);
		if (rgb instanceof ChunkedDataset chunked) {
			double chunk = Arrays.stream(chunked.getChunkDimensions()).asDoubleStream().reduce(1, (a, b) -> a * b);
			if (chunk > LARGEST_CHUNK) throw new IOException("Data set " + file + " has chunks of " + (long) chunk + " bytes; must be at most " +
				LARGEST_CHUNK + WAY_OUT);
		}
	}

	private static String id(HdfFile hdf) {
		var id = hdf.getAttribute(ID);
		return id == null ? "" : String.valueOf(id.getData());
	}

	private static List<String> names(HdfFile hdf) {
		var data = hdf.getAttribute(CLASSES).getData();
		return data instanceof Object[] names ? Arrays.stream(names).map(Object::toString).toList() : List.of(data.toString());
	}

	private static int[] integers(Path file, HdfFile hdf, String name, int n) throws IOException {
		var dataset = hdf.getDatasetByPath(name);
		if (!Arrays.equals(dataset.getDimensions(), new int[] { n })) throw new IOException("Data set " + file + " has /" + name +
			" of shape " + Arrays.toString(dataset.getDimensions()) + "; must be [" + n + "], one for each image" + WAY_OUT);
		var data = dataset.getDataFlat();
		if (data instanceof int[] values) return values;
		if (data instanceof byte[] || data instanceof short[] || data instanceof long[]) {
			var values = new int[n];
			for (int i = 0; i < n; i++)
				values[i] = ((Number) java.lang.reflect.Array.get(data, i)).intValue();
			return values;
		}
		throw new IOException("Data set " + file + " has /" + name + " of " + dataset.getJavaType() + "; must be integers" + WAY_OUT);
	}

	private static int[] joined(int[] a, int[] b) {
		var all = Arrays.copyOf(a, a.length + b.length);
		System.arraycopy(b, 0, all, a.length, b.length);
		return all;
	}

	/** Name of the set, for the records of what is made of it: that of the file without its ending. */
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
	 * The size at which a model knows its objects if it is trained on this set.
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

	/** Whether the colours of a class are to be learned: all but those of {@link ModelSpec#UNKNOWN}. */
	public boolean isColoured(int label) {
		return !classes.get(label).equals(ModelSpec.UNKNOWN);
	}

	/** Whether an image is kept from training. */
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
			var bytes = shard.rgb().getSliceDataBuffer(new long[] { image - shard.first(), 0, 0, 0 }, new int[] { 1, side, side, 3 });
			var argb = new int[side * side];
			for (int i = 0; i < argb.length; i++)
				argb[i] = 0xff000000 | (bytes.get(3 * i) & 0xff) << 16 | (bytes.get(3 * i + 1) & 0xff) << 8 | bytes.get(3 * i + 2) & 0xff;
			return argb;
		}
		// The last is how Java says that a file has become shorter than it was.
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
