package io.github.densecolorize.data;

import java.io.IOException;
import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.jhdf.HdfFile;
import io.jhdf.api.Attribute;
import io.jhdf.api.Link;
import io.jhdf.api.dataset.ChunkedDataset;
import io.jhdf.api.dataset.ContiguousDataset;
import io.jhdf.dataset.CompactDataset;
import io.jhdf.dataset.DatasetBase;
import io.jhdf.exceptions.HdfException;
import io.jhdf.exceptions.UnsupportedHdfException;
import io.jhdf.object.datatype.EnumDataType;
import io.jhdf.object.datatype.FixedPoint;
import io.jhdf.object.message.FilterPipelineMessage;
import io.jhdf.object.message.FilterPipelineMessage.FilterInfo;

/**
 * One HDF5 file of a {@link ColorDataSet}. It is checked in all details, as any program may have written it.
 *
 * @param hdf the open file
 * @param rgb the images, uint8 (N, S, S, 3)
 * @param classes names, none of them empty, none of them twice
 * @param labels of the images, each the index of a class
 * @param splits of the images, each {@link ColorDataSet#TRAINING} or {@link ColorDataSet#VALIDATION}
 * @param groups names of the laboratories; a single empty one if they are not known
 * @param group of the images, each the index of a laboratory
 * @param fit how the images were brought to their size; empty if unknown
 * @param id the same in all files of a set; empty if there is none
 */
record SetFile(HdfFile hdf, DatasetBase rgb, List<String> classes, int[] labels, int[] splits, List<String> groups, int[] group, String fit,
	String id) implements AutoCloseable
{

	static final String WAY_OUT = "; build it again with Build Colorizer Data Set.";

	/** Limits on the number of pixels, and on the bytes that are read at once. */
	private static final int LARGEST_SIDE = 4096, LARGEST_CHUNK = 1 << 26;

	/** Filters of chunks that jHDF can decode: deflate, shuffle, Fletcher's checksum, LZF, LZ4 and bitshuffle. */
	private static final Set<Integer> KNOWN_FILTERS = Set.of(1, 2, 3, 32000, 32004, 32008);
	/** Filters that belong to the format itself have no name in the file. */
	private static final Map<Integer, String> FILTER_NAMES = Map.of(4, "szip", 5, "nbit", 6, "scale-offset");

	/** @throws IOException if it is no data set of this format; the message says what is missing */
	static SetFile open(Path file) throws IOException {
		HdfFile hdf = null;
		try {
			hdf = opened(file);
			return checked(hdf, Files.size(file));
		}
		catch (WrongSet e) {
			hdf.close();
			throw new IOException("Data set " + file + " " + e.getMessage(), e);
		}
		// jHDF believes what a damaged file states, and may then fail with almost any exception; the last one is how Java reports that a file has
		// become shorter.
		catch (RuntimeException | StackOverflowError | OutOfMemoryError | InternalError e) {
			if (hdf != null) hdf.close();
			throw new IOException("Data set " + file + " " + unreadable(e), e);
		}
	}

	/** The file is mapped into memory as a whole, so that jHDF does not allocate memory for parts that a damaged file only claims to have. */
	private static HdfFile opened(Path file) throws IOException {
		long bytes = Files.size(file);
		if (bytes > Integer.MAX_VALUE) return new HdfFile(file);
		try (var channel = FileChannel.open(file)) {
			return HdfFile.fromByteBuffer(channel.map(FileChannel.MapMode.READ_ONLY, 0, bytes));
		}
	}

	/** What is wrong with a set, as a sentence without its subject. */
	private static final class WrongSet extends Exception {

		private static final long serialVersionUID = 1;

		WrongSet(String sentence) {
			super(sentence);
		}
	}

	/** Data that is stored outside of the file makes jHDF fail when it looks into the group, before the name is known. */
	private static String unreadable(Throwable e) {
		var cause = e;
		while (cause.getCause() != null)
			cause = cause.getCause();
		var what = cause instanceof HdfException && cause.getMessage() != null ? cause.getMessage().replaceAll("\\p{Cntrl}", "?") : cause.getClass()
			.getSimpleName();
		if (cause instanceof UnsupportedHdfException && what.contains("Virtual"))
			return "holds a virtual HDF5 data set, whose values lie in other files, which is not supported; copy the values into one file.";
		if (cause instanceof UnsupportedHdfException && what.contains("External"))
			return "holds an HDF5 data set whose values lie in an external file, which is not supported; copy the values into one file.";
		return "can't be read (" + what + "); it is no HDF5 file or damaged" + WAY_OUT;
	}

	/** @param bytes of the file */
	private static SetFile checked(HdfFile hdf, long bytes) throws WrongSet {
		var missing = Stream.of(ColorDataSet.RGB, ColorDataSet.LABEL,
			ColorDataSet.SPLIT).filter(name -> hdf.getChild(name) == null).map(name -> "/" + name).collect(Collectors.joining(", "));
		var classes = hdf.getAttribute(ColorDataSet.CLASSES);
		if (classes == null) missing += (missing.isEmpty() ? "" : ", ") + "attribute " + ColorDataSet.CLASSES;
		if (!missing.isEmpty()) throw new WrongSet("has no " + missing + WAY_OUT);
		var format = hdf.getAttribute(ColorDataSet.FORMAT_NUMBER);
		if (format != null && number(format) != ColorDataSet.FORMAT) throw new WrongSet("has format " + text(format.getData()) +
			", this version reads format " + ColorDataSet.FORMAT + "; update the plugin, or build it again.");

		var rgb = child(hdf, ColorDataSet.RGB);
		var shape = rgb.getDimensionsAsLong();
		boolean isOfBytes = rgb.getDataType() instanceof FixedPoint type && type.getSize() == 1 && !type.isSigned();
		if (!isOfBytes || shape.length != 4 || shape[1] != shape[2] || shape[1] == 0 || shape[3] != 3) throw new WrongSet("has /" + ColorDataSet.RGB +
			" of shape " + Arrays.toString(shape) + (isOfBytes ? "" : ", not of uint8") + "; must be uint8 (N, S, S, 3)" + WAY_OUT);
		if (shape[0] == 0) throw new WrongSet("has no image" + WAY_OUT);
		checkSize(rgb, shape, bytes);
		if (rgb instanceof CompactDataset) throw new WrongSet("keeps /" + ColorDataSet.RGB +
			" in its header (compact storage), which is not supported: write it contiguous or in chunks.");
		if (rgb instanceof ContiguousDataset whole && whole.getDataAddress() < 0) throw new WrongSet("has /" + ColorDataSet.RGB +
			" into which no image was written" + WAY_OUT);
		int n = (int) shape[0];
		var names = names(classes.getData(), "attribute " + ColorDataSet.CLASSES, "class", "classes");
		int[] labels = integers(hdf, ColorDataSet.LABEL, n, names.size(), " but " + names.size() + (names.size() == 1 ? " class" : " classes"));
		int[] splits = integers(hdf, ColorDataSet.SPLIT, n, 2, ", which is neither training (0) nor validation (1)");
		var groups = groups(hdf);
		int[] group = hdf.getChild(ColorDataSet.GROUP) == null ? new int[n] : integers(hdf, ColorDataSet.GROUP, n, groups.size(), " but " + groups
			.size() + (groups.size() == 1 ? " group" : " groups"));
		var fit = hdf.getAttribute(ColorDataSet.FIT);
		var id = hdf.getAttribute(ColorDataSet.ID);
		return new SetFile(hdf, rgb, names, labels, splits, groups, group, fit == null ? "" : text(fit.getData()), id == null ? "" : text(id.getData()));
	}

	/** Checks what a file claims to hold, before memory is allocated for it. */
	private static void checkSize(DatasetBase rgb, long[] shape, long bytes) throws WrongSet {
		if (shape[1] > LARGEST_SIDE || shape[0] > Integer.MAX_VALUE) throw new WrongSet("has " + shape[0] + " images of " + shape[1] +
			" pixels; must be at most 2^31 - 1 images of at most " + LARGEST_SIDE + " pixels" + WAY_OUT);
		// Deflate needs at least one byte for a thousand.
		if (3.0 * shape[0] * shape[1] * shape[1] > 2000.0 * bytes) throw new WrongSet("says that it has " + shape[0] + " images of " + shape[1] +
			" pixels, for which its " + bytes + " bytes don't suffice" + WAY_OUT);
		if (rgb instanceof ChunkedDataset chunked) {
			double chunk = Arrays.stream(chunked.getChunkDimensions()).asDoubleStream().reduce(1, (a, b) -> a * b);
			if (chunk > LARGEST_CHUNK) throw new WrongSet("has chunks of " + (long) chunk + " bytes; must be at most " + LARGEST_CHUNK + WAY_OUT);
		}
	}

	/** A data set that can be decoded, possibly reached by a link. */
	private static DatasetBase child(HdfFile hdf, String name) throws WrongSet {
		var node = hdf.getChild(name);
		// jHDF follows a link that leads to itself without end.
		try {
			if (node instanceof Link link) node = link.getTarget();
		}
		catch (HdfException | StackOverflowError e) {
			throw new WrongSet("has /" + name + " as a link to " + ((Link) node).getTargetPath() +
				", which is not there; copy the values into /" + name + ".");
		}
		if (!(node instanceof DatasetBase dataset)) throw new WrongSet("has /" + name + " that is no data set" + WAY_OUT);
		var filters = dataset.getHeader().hasMessageOfType(FilterPipelineMessage.class) ? dataset.getHeader().getMessageOfType(
			FilterPipelineMessage.class).getFilters() : List.<FilterInfo> of();
		var unknown = filters.stream().filter(f -> !KNOWN_FILTERS.contains(f.getId())).map(SetFile::nameOf).collect(Collectors.joining(" and "));
		if (!unknown.isEmpty()) throw new WrongSet("has /" + name + " compressed with " + unknown + ", which is not supported: use gzip.");
		return dataset;
	}

	private static String nameOf(FilterInfo filter) {
		int id = filter.getId();
		return FILTER_NAMES.getOrDefault(id, filter.getName().equals("undefined") ? "filter " + id : filter.getName());
	}

	/**
	 * @param below which all values are to be
	 * @param contradiction what a larger value would contradict, for the message
	 */
	private static int[] integers(HdfFile hdf, String name, int n, int below, String contradiction) throws WrongSet {
		var dataset = child(hdf, name);
		if (!Arrays.equals(dataset.getDimensionsAsLong(), new long[] { n })) throw new WrongSet("has /" + name + " of shape " +
			Arrays.toString(dataset.getDimensionsAsLong()) + "; must be [" + n + "], one for each image" + WAY_OUT);
		// h5py stores logical values as an enumeration of bytes.
		var type = dataset.getDataType() instanceof EnumDataType named ? named.getBaseType() : dataset.getDataType();
		if (!(type instanceof FixedPoint integer)) throw new WrongSet("has /" + name + " that holds no integers; must be integers" + WAY_OUT);
		var bytes = dataset.getDataBuffer().order(integer.getByteOrder());
		var values = new int[n];
		for (int i = 0; i < n; i++) {
			long value = value(bytes, integer);
			if (value < 0 || value >= below) throw new WrongSet("has a /" + name + " " + (integer.isSigned() ? value
				: Long.toUnsignedString(value)) + contradiction + "; must be 0 to " + (below - 1) + WAY_OUT);
			values[i] = (int) value;
		}
		return values;
	}

	/** Values of uint64 beyond the range of long come out negative. */
	private static long value(ByteBuffer bytes, FixedPoint type) {
		boolean signed = type.isSigned();
		return switch (type.getSize()) {
			case 1 -> signed ? bytes.get() : Byte.toUnsignedLong(bytes.get());
			case 2 -> signed ? bytes.getShort() : Short.toUnsignedLong(bytes.getShort());
			case 4 -> signed ? bytes.getInt() : Integer.toUnsignedLong(bytes.getInt());
			default -> bytes.getLong();
		};
	}

	private static List<String> groups(HdfFile hdf) throws WrongSet {
		if (hdf.getChild(ColorDataSet.GROUP) == null) return List.of("");
		if (hdf.getChild(ColorDataSet.GROUPS) == null) throw new WrongSet("has /" + ColorDataSet.GROUP + " but no /" + ColorDataSet.GROUPS +
			", their names" + WAY_OUT);
		return names(child(hdf, ColorDataSet.GROUPS).getData(), "/" + ColorDataSet.GROUPS, "group", "groups");
	}

	/**
	 * @param where the names are kept
	 * @param one what is named
	 * @param several of it
	 */
	private static List<String> names(Object data, String where, String one, String several) throws WrongSet {
		var wanted = "; must be a list of names" + WAY_OUT;
		var names = data instanceof String[] texts ? List.of(texts) : data instanceof String text ? List.of(text) : null;
		if (data == null || names != null && names.isEmpty()) throw new WrongSet("has an empty " + where + wanted);
		if (names == null) throw new WrongSet("has " + (where.startsWith("/") ? "" : "an ") + where + " that holds no text" + wanted);
		var seen = new HashSet<String>();
		for (var name : names) {
			if (name.isBlank()) throw new WrongSet("has a " + one + " without a name in " + names + "; each needs one of its own" + WAY_OUT);
			if (!seen.add(name)) throw new WrongSet("has two " + several + " of the name " + name + "; each needs one of its own" + WAY_OUT);
		}
		return names;
	}

	/** A whole number that is stored as a single value, an array of one value, or text; 0 if it is something else. */
	static int number(Attribute attribute) {
		var text = attribute == null ? "" : text(attribute.getData());
		return text.matches("\\d{1,9}(\\.0)?") ? (int) Double.parseDouble(text) : 0;
	}

	private static String text(Object data) {
		if (data == null || !data.getClass().isArray()) return String.valueOf(data);
		return IntStream.range(0, Array.getLength(data)).mapToObj(i -> text(Array.get(data, i))).collect(Collectors.joining(", "));
	}

	@Override
	public void close() {
		hdf.close();
	}
}
