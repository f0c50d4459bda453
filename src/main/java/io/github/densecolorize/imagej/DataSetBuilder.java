package io.github.densecolorize.imagej;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import ij.ImagePlus;
import ij.process.ColorProcessor;
import ij.process.ImageProcessor;

import io.github.densecolorize.Progress;
import io.github.densecolorize.data.ColorDataSet;
import io.github.densecolorize.data.ColorDataSetWriter;

/**
 * Makes a {@link ColorDataSet} of colour images that ImageJ opens. Images are opened on all processors, but kept in the order of their
 * names, so that the same folder gives the same set.
 */
public final class DataSetBuilder {

	/** How an image is brought to the size of the set. */
	public enum Fit {
		/** The centre at the image's own scale, as for a microscope. */
		CROP("crop"),
		/** As many squares beside each other, at the image's own scale, as fit. */
		TILES("tiles"),
		/** The largest square in the centre, reduced, as for photographs. */
		RESIZE(ColorDataSet.RESIZED);

		private final String text;

		Fit(String text) {
			this.text = text;
		}

		/** As users type it. */
		@Override
		public String toString() {
			return text;
		}

		/** @throws IllegalArgumentException for another text */
		public static Fit of(String text) {
			for (var fit : values())
				if (fit.text.equalsIgnoreCase(text.trim())) return fit;
			throw new IllegalArgumentException("Fit is \"" + text + "\"; must be crop, tiles or resize.");
		}
	}

	/** Why an image is not in the set. */
	public enum Reason {
		UNREADABLE("could not be opened"), GRAY("gray"), CHANNELS("of several channels, not RGB"), SMALL("too small"), DUPLICATE("there already");

		private final String text;

		Reason(String text) {
			this.text = text;
		}

		@Override
		public String toString() {
			return text;
		}
	}

	/**
	 * What to make.
	 *
	 * @param file to write
	 * @param size side of the images in pixels
	 * @param fit how images are brought to it
	 * @param validation share of the images of each class to keep from training
	 * @param overwrite whether a set of this name may be replaced
	 */
	public record Spec(Path file, int size, Fit fit, double validation, boolean overwrite) {

		public static final int SMALLEST = 16, LARGEST = 4096;

		public Spec {
			if (size < SMALLEST || size > LARGEST) throw new IllegalArgumentException("size is " + size + "; must be " + SMALLEST + " to " +
				LARGEST + " pixels.");
			if (!(validation > 0 && validation <= 0.5)) throw new IllegalArgumentException("validation is " + validation +
				"; must be above 0 and at most 0.5.");
			var name = file.getFileName();
			if (name == null || !name.toString().matches("(?i).+\\.(h5|hdf5)")) throw new IllegalArgumentException("Data set file is \"" + file +
				"\"; must end in .h5.");
		}
	}

	/** Channels of a gray pixel differ by no more: JPEG rounds. */
	private static final int GRAY_TOLERANCE = 2;

	private final Spec spec;
	private final Consumer<String> log;
	private final Map<Reason, Integer> skipped = new EnumMap<>(Reason.class);
	private final Set<Long> seen = new HashSet<>();
	private long cropped, smallestArea = Long.MAX_VALUE, largestArea;
	private String smallest = "", largest = "";

	/** @param log takes a sentence for each image that is skipped, and those that sum up */
	public DataSetBuilder(Spec spec, Consumer<String> log) {
		this.spec = spec;
		this.log = log;
	}

	/**
	 * Builds a set of a folder.
	 *
	 * @param folder with a subfolder for each class, in which images may lie in further folders; one without subfolders is one class
	 * @param progress told of files; may throw a {@code CancellationException}
	 * @return the files of the set
	 * @throws IOException if there is nothing to make it of, or it can't be written; nothing is left then
	 */
	public List<Path> build(Path folder, Progress progress) throws IOException {
		if (!Files.isDirectory(folder)) throw new IOException("Folder " + folder + (Files.exists(folder) ? " is a file"
			: " does not exist") + "; give one with a subfolder of colour images for each class.");
		check();
		var classes = subfolders(folder);
		boolean flat = classes.isEmpty();
		if (flat) classes = List.of(folder.toAbsolutePath().normalize());
		else {
			long loose = images(folder, 1).size();
			if (loose > 0) log.accept(loose + (loose == 1 ? " file lies" : " files lie") + " beside the subfolders of " + folder +
				" and has no class; it is left out.");
		}
		long total = 0, done = 0;
		for (var each : classes)
			total += count(each);
		if (total == 0) throw new IOException("Folder " + folder + " holds no image; give one with a subfolder of colour images for each class.");
		var names = classes.stream().map(c -> c.getFileName().toString()).toList();
		var openers = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
		try (var writer = writer(names, folder.toString())) {
			for (int label = 0; label < names.size(); label++) {
				done = add(images(classes.get(label), Integer.MAX_VALUE), label, writer, openers, done, total, progress);
				writer.endClass(label);
			}
			return finish(writer, names);
		}
		finally {
			openers.shutdownNow();
		}
	}

	/**
	 * Builds a set of one class of the slices of an image.
	 *
	 * @param image RGB
	 * @param progress told of slices; may throw a {@code CancellationException}
	 * @return the files of the set
	 * @throws IOException if no slice fits, or the set can't be written; nothing is left then
	 */
	public List<Path> build(ImagePlus image, Progress progress) throws IOException {
		check();
		var name = image.getTitle().replaceFirst("\\.[^.]{1,4}$", "");
		try (var writer = writer(List.of(name), image.getTitle())) {
			var slices = slices(image, image.getTitle());
			for (int i = 0; i < slices.size(); i++) {
				add(slices.get(i), 0, writer);
				progress.update(i + 1, slices.size());
			}
			writer.endClass(0);
			return finish(writer, List.of(name));
		}
	}

	private void check() throws IOException {
		var there = ColorDataSetWriter.files(spec.file());
		if (!there.isEmpty() && !spec.overwrite()) throw new IOException("Data set " + there.get(0) +
			" exists; choose another name, or overwrite.");
		if (Files.isDirectory(spec.file())) throw new IOException("Data set " + spec.file() + " is a folder; give another name.");
	}

	private ColorDataSetWriter writer(List<String> classes, String source) throws IOException {
		try {
			return new ColorDataSetWriter(spec.file(), classes, spec.size(), spec.validation(), source, spec.fit().toString());
		}
		catch (IOException e) {
			throw new IOException("Data set " + spec.file() + " can't be written (" + e.getMessage() + "); choose another folder.", e);
		}
	}

	/**
	 * An image as it is in its file.
	 *
	 * @param argb null if it can't be used
	 * @param reason why it can't; null if it can
	 * @param detail the reason as a sentence
	 */
	private record Slice(String name, int width, int height, int[] argb, Reason reason, String detail) {}

	private long add(List<Path> files, int label, ColorDataSetWriter writer, ExecutorService openers, long before, long total,
		Progress progress) throws IOException
	{
		var ahead = new ArrayDeque<Future<List<Slice>>>();
		int next = 0, threads = Runtime.getRuntime().availableProcessors();
		long done = before;
		while (next < files.size() || !ahead.isEmpty()) {
			while (next < files.size() && ahead.size() < threads) {
				var file = files.get(next++);
				ahead.add(openers.submit(() -> open(file)));
			}
			for (var slice : opened(ahead.remove()))
				add(slice, label, writer);
			progress.update(++done, total);
		}
		return done;
	}

	private static List<Slice> opened(Future<List<Slice>> job) {
		try {
			return job.get();
		}
		catch (InterruptedException e) {
			Thread.currentThread().interrupt();
			throw new CancellationException("Building the data set was stopped.");
		}
		catch (ExecutionException e) {
			throw e.getCause() instanceof RuntimeException bug ? bug : new IllegalStateException(e.getCause());
		}
	}

	private static List<Slice> open(Path file) {
		try {
			return slices(Images.open(file), file.toString());
		}
		catch (IOException e) {
			return List.of(new Slice(file.toString(), 0, 0, null, Reason.UNREADABLE, e.getMessage()));
		}
	}

	private static List<Slice> slices(ImagePlus image, String name) {
		int n = image.getStackSize();
		if (image.getNChannels() > 1) return List.of(new Slice(name, image.getWidth(), image.getHeight(), null, Reason.CHANNELS, name + " has " +
			image.getNChannels() + " channels; use Image > Type > RGB Color."));
		var slices = new ArrayList<Slice>();
		for (int i = 1; i <= n; i++) {
			var ip = image.getStack().getProcessor(i);
			if (!(ip instanceof ColorProcessor)) ip.setColorModel(image.getProcessor().getColorModel());
			slices.add(slice(ip, n == 1 ? name : name + " slice " + i));
		}
		return slices;
	}

	private static Slice slice(ImageProcessor ip, String name) {
		var argb = (int[]) ip.convertToRGB().getPixels();
		return isGray(argb) ? new Slice(name, ip.getWidth(), ip.getHeight(), null, Reason.GRAY, name + " has no colour.") : new Slice(name, ip
			.getWidth(), ip.getHeight(), argb, null, "");
	}

	private static boolean isGray(int[] argb) {
		for (int pixel : argb) {
			int r = pixel >> 16 & 0xff, g = pixel >> 8 & 0xff, b = pixel & 0xff;
			if (Math.max(r, Math.max(g, b)) - Math.min(r, Math.min(g, b)) > GRAY_TOLERANCE) return false;
		}
		return true;
	}

	private void add(Slice slice, int label, ColorDataSetWriter writer) throws IOException {
		int side = Math.min(slice.width(), slice.height());
		if (slice.reason() != null) skip(slice.reason(), slice.detail());
		else if (side < spec.size()) skip(Reason.SMALL, slice.name() + " is " + size(slice) + " pixels; must be at least " + spec.size() +
			" in both: choose a smaller size to use it.");
		else if (!seen.add(content(slice))) skip(Reason.DUPLICATE, slice.name() + " has the same content as another image.");
		else {
			if (side >= 2 * spec.size()) cropped++;
			note(slice);
			writer.add(parts(slice), label);
		}
	}

	private void skip(Reason reason, String detail) {
		skipped.merge(reason, 1, Integer::sum);
		log.accept("Skipped: " + detail);
	}

	/** 64 bits of a hash: among millions of images none agree by chance. */
	private static long content(Slice slice) {
		try {
			var sha = MessageDigest.getInstance("SHA-256");
			var bytes = ByteBuffer.allocate(8 + 4 * slice.argb().length).putInt(slice.width()).putInt(slice.height());
			bytes.asIntBuffer().put(slice.argb());
			return ByteBuffer.wrap(sha.digest(bytes.array())).getLong();
		}
		catch (NoSuchAlgorithmException e) {
			throw new IllegalStateException("every Java has SHA-256", e);
		}
	}

	private void note(Slice slice) {
		long area = (long) slice.width() * slice.height();
		if (area < smallestArea) {
			smallestArea = area;
			smallest = size(slice);
		}
		if (area > largestArea) {
			largestArea = area;
			largest = size(slice);
		}
	}

	private static String size(Slice slice) {
		return slice.width() + " x " + slice.height();
	}

	private List<int[]> parts(Slice slice) {
		int side = Math.min(slice.width(), slice.height()), size = spec.size();
		var ip = new ColorProcessor(slice.width(), slice.height(), slice.argb());
		if (spec.fit() == Fit.TILES) {
			int columns = slice.width() / size, rows = slice.height() / size;
			int left = (slice.width() - columns * size) / 2, top = (slice.height() - rows * size) / 2;
			var parts = new ArrayList<int[]>();
			for (int row = 0; row < rows; row++)
				for (int column = 0; column < columns; column++)
					parts.add((int[]) square(ip, left + column * size, top + row * size, size).getPixels());
			return parts;
		}
		int cut = spec.fit() == Fit.RESIZE ? side : size;
		return List.of(reduced(square(ip, (slice.width() - cut) / 2, (slice.height() - cut) / 2, cut), size));
	}

	private static ImageProcessor square(ImageProcessor ip, int x, int y, int side) {
		ip.setRoi(x, y, side, side);
		return ip.crop();
	}

	private static int[] reduced(ImageProcessor square, int side) {
		square.setInterpolationMethod(ImageProcessor.BILINEAR);
		return (int[]) (square.getWidth() == side ? square : square.resize(side, side, true)).getPixels();
	}

	private List<Path> finish(ColorDataSetWriter writer, List<String> classes) throws IOException {
		if (!skipped.isEmpty()) log.accept("Skipped images: " + skipped.entrySet().stream().map(e -> e.getValue() + " " + e.getKey()).collect(
			Collectors.joining(", ")) + ".");
		long images = 0;
		for (int label = 0; label < classes.size(); label++)
			images += writer.images(label, false) + writer.images(label, true);
		if (images == 0) throw new IOException("No image could be used, so nothing was written (" + skipped.entrySet().stream().map(e -> e
			.getValue() + " " + e.getKey()).collect(Collectors.joining(", ")) + "); give colour images of at least " + spec.size() + " pixels.");
		var files = writer.finish(spec.overwrite());
		for (int label = 0; label < classes.size(); label++)
			tell(classes.get(label), writer.images(label, false), writer.images(label, true));
		if (classes.size() == 1) log.accept("There is one class only: the model will colorize all images alike, as " + classes.get(0) +
			"; for several, give a folder with a subfolder for each.");
		if (!smallest.equals(largest)) log.accept("The images were " + smallest + " to " + largest + " pixels; " + (spec.fit() == Fit.RESIZE
			? "each was reduced to " + spec.size() + ", so that objects of one size now have several: fit=crop keeps their scale."
			: "squares of " + spec.size() + " were cut from them at their own scale."));
		if (spec.fit() == Fit.CROP && cropped > 0) log.accept("Of " + cropped +
			" images less than half of the side is used; fit=tiles takes all of them in pieces, fit=resize the whole reduced.");
		log.accept(images + " images of " + spec.size() + " pixels in " + classes.size() + (classes.size() == 1 ? " class" : " classes") + ": " +
			files.stream().map(Path::toString).collect(Collectors.joining(", ")) + ".");
		return files;
	}

	private void tell(String name, long training, long validation) {
		if (training + validation == 0) log.accept("Class " + name + " has no image.");
		else if (validation == 0) log.accept("Class " + name + " has one image, which is used for training; add more, to see how well it is learned.");
		else log.accept("Class " + name + ": " + training + " images for training, " + validation + " for validation.");
	}

	private static List<Path> subfolders(Path folder) throws IOException {
		try (var entries = Files.list(folder)) {
			return entries.filter(Files::isDirectory).filter(DataSetBuilder::isShown).map(f -> f.toAbsolutePath().normalize()).sorted().toList();
		}
	}

	private static boolean isShown(Path path) {
		return !path.getFileName().toString().startsWith(".");
	}

	/** Files in the order of their paths. */
	private static List<Path> images(Path folder, int depth) throws IOException {
		try (var files = Files.walk(folder, depth)) {
			return files.filter(Files::isRegularFile).filter(DataSetBuilder::isShown).sorted().toList();
		}
	}

	private static long count(Path folder) throws IOException {
		try (var files = Files.walk(folder)) {
			return files.filter(Files::isRegularFile).filter(DataSetBuilder::isShown).count();
		}
	}
}
