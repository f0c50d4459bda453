package io.github.densecolorize.imagej;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import ij.ImagePlus;

import io.github.densecolorize.Progress;
import io.github.densecolorize.data.ColorDataSet;
import io.github.densecolorize.data.ColorDataSetWriter;

/**
 * Makes a {@link ColorDataSet} of colour images that ImageJ opens. Images are opened on all processors, but kept in the order of their
 * names, so that the same folder gives the same set.
 */
public final class DataSetBuilder {

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

	private final Spec spec;
	private final Consumer<String> log;
	private final Map<SourceImage.Reason, Integer> skipped = new EnumMap<>(SourceImage.Reason.class);
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
			add(image, image.getTitle(), 0, writer, progress);
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

	private long add(List<Path> files, int label, ColorDataSetWriter writer, ExecutorService openers, long before, long total,
		Progress progress) throws IOException
	{
		var ahead = new ArrayDeque<Future<ImagePlus>>();
		int next = 0, threads = Runtime.getRuntime().availableProcessors();
		long done = before;
		while (next < files.size() || !ahead.isEmpty()) {
			while (next < files.size() && ahead.size() < threads) {
				var file = files.get(next++);
				ahead.add(openers.submit(() -> Images.open(file)));
			}
			var file = files.get(next - ahead.size());
			var image = opened(ahead.remove());
			if (image.isPresent()) add(image.get(), file.toString(), label, writer, Progress.NONE);
			progress.update(++done, total);
		}
		return done;
	}

	/** The image, if the file was one. */
	private Optional<ImagePlus> opened(Future<ImagePlus> job) {
		try {
			return Optional.of(job.get());
		}
		catch (InterruptedException e) {
			Thread.currentThread().interrupt();
			throw new CancellationException("Building the data set was stopped.");
		}
		catch (ExecutionException e) {
			if (e.getCause() instanceof IOException) {
				skip(SourceImage.Reason.UNREADABLE, e.getCause().getMessage());
				return Optional.empty();
			}
			throw e.getCause() instanceof RuntimeException bug ? bug : new IllegalStateException(e.getCause());
		}
	}

	/** Adds the slices of an image, one after the other. */
	private void add(ImagePlus image, String name, int label, ColorDataSetWriter writer, Progress progress) throws IOException {
		if (image.getNChannels() > 1) {
			skip(SourceImage.Reason.CHANNELS, name + " has " + image.getNChannels() + " channels; use Image > Type > RGB Color.");
			return;
		}
		int n = image.getStackSize();
		for (int slice = 1; slice <= n; slice++) {
			add(SourceImage.of(image, slice, n == 1 ? name : name + " slice " + slice), label, writer);
			progress.update(slice, n);
		}
	}

	private void add(SourceImage image, int label, ColorDataSetWriter writer) throws IOException {
		int side = Math.min(image.width(), image.height());
		if (image.unusable() != null) skip(image.unusable(), image.detail());
		else if (side < spec.size()) skip(SourceImage.Reason.SMALL, image.name() + " is " + image.dimensions() + " pixels; must be at least " + spec.size() +
			" in both: choose a smaller size to use it.");
		else if (!seen.add(image.content())) skip(SourceImage.Reason.DUPLICATE, image.name() + " has the same content as another image.");
		else {
			if ((long) image.width() * image.height() > 2L * spec.size() * spec.size()) cropped++;
			note(image);
			writer.add(image.parts(spec.size(), spec.fit()), label);
		}
	}

	private void skip(SourceImage.Reason reason, String detail) {
		skipped.merge(reason, 1, Integer::sum);
		log.accept("Skipped: " + detail);
	}

	private void note(SourceImage image) {
		long area = (long) image.width() * image.height();
		if (area < smallestArea) {
			smallestArea = area;
			smallest = image.dimensions();
		}
		if (area > largestArea) {
			largestArea = area;
			largest = image.dimensions();
		}
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
			" images less than half is used; a larger size, or fit=tiles, which takes them in pieces, uses more.");
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
