package io.github.densecolorize.imagej;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.Stream;

import ij.ImagePlus;

import io.github.densecolorize.Progress;
import io.github.densecolorize.data.ColorDataSet;
import io.github.densecolorize.data.ColorDataSetWriter;
import io.github.densecolorize.files.FolderWalk;
import io.github.densecolorize.open.ImageFiles;

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
	private final Consumer<String> odd;
	private final Selection selection;
	private int unread;

	/**
	 * @param log takes the sentences that sum up
	 * @param odd takes a sentence for each image that is skipped, and those on what was odd in one
	 */
	public DataSetBuilder(Spec spec, Consumer<String> log, Consumer<String> odd) {
		this.spec = spec;
		this.odd = odd;
		selection = new Selection(spec.size(), spec.fit(), log);
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
		var top = FolderWalk.ofOne(folder);
		boolean flat = top.subfolders().isEmpty();
		var classes = new LinkedHashMap<String, List<Path>>();
		if (flat) classes.put(folder.toAbsolutePath().normalize().getFileName().toString(), found(top));
		else {
			selection.tellLoose(top.files().size(), folder.toString());
			for (var each : top.subfolders())
				classes.put(each.getFileName().toString(), filesOf(each));
		}
		long total = classes.values().stream().mapToLong(List::size).sum(), done = 0;
		if (total == 0) throw new IOException("Folder " + folder + " holds no image; give one with a subfolder of colour images for each class.");
		var names = List.copyOf(classes.keySet());
		var openers = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
		try (var writer = writer(names, folder.toString())) {
			for (int label = 0; label < names.size(); label++) {
				done = add(classes.get(names.get(label)), label, writer, openers, done, total, progress);
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
			int done = 0;
			for (var slices = SourceImage.of(image, image.getTitle(), spec.size()).iterator(); slices.hasNext();) {
				add(slices.next(), 0, writer);
				progress.update(++done, image.getStackSize());
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
		return new ColorDataSetWriter(spec.file(), classes, spec.size(), spec.validation(), source, spec.fit().toString());
	}

	private long add(List<Path> files, int label, ColorDataSetWriter writer, ExecutorService openers, long before, long total,
		Progress progress) throws IOException
	{
		var ahead = new ArrayDeque<Future<Opened>>();
		int next = 0, threads = Runtime.getRuntime().availableProcessors();
		long done = before;
		while (next < files.size() || !ahead.isEmpty()) {
			while (next < files.size() && ahead.size() < threads) {
				var file = files.get(next++);
				ahead.add(openers.submit(() -> Opened.of(file)));
			}
			var file = files.get(next - ahead.size());
			for (var images = opened(ahead.remove(), file.toString()).iterator(); images.hasNext();) {
				var image = images.next();
				if (image.unusable() == SourceImage.Reason.UNREADABLE && ImageFiles.isNamedAsImage(file)) unread++;
				add(image, label, writer);
			}
			progress.update(++done, total);
		}
		return done;
	}

	/** An image, and what there was to say when it was opened. */
	private record Opened(ImagePlus image, List<String> said) {

		static Opened of(Path file) throws IOException {
			var said = new ArrayList<String>();
			return new Opened(ImageFiles.open(file, said::add), said);
		}
	}

	private Stream<SourceImage> opened(Future<Opened> job, String name) {
		try {
			var opened = job.get();
			opened.said.forEach(sentence -> odd.accept(name + ": " + sentence));
			return SourceImage.of(opened.image, name, spec.size());
		}
		catch (InterruptedException e) {
			Thread.currentThread().interrupt();
			throw new CancellationException("Building the data set was stopped.");
		}
		catch (ExecutionException e) {
			if (e.getCause() instanceof IOException) return Stream.of(SourceImage.unreadable(name, e.getCause().getMessage()));
			// A bug, or no memory for this one: the others have nothing to do with it.
			return Stream.of(SourceImage.unreadable(name, e.getCause() instanceof OutOfMemoryError ? name + " is too large for the memory of Java."
				: name + ": " + Bug.sentence(e.getCause())));
		}
	}

	private void add(SourceImage image, int label, ColorDataSetWriter writer) throws IOException {
		var reason = selection.choose(image.unusable(), image.width(), image.height(), image.content());
		if (reason == null) writer.add(image.parts(spec.size(), spec.fit()), label);
		else odd.accept("Skipped: " + (reason == image.unusable() ? image.detail() : image.name() + " has the same content as another image."));
	}

	private List<Path> finish(ColorDataSetWriter writer, List<String> classes) throws IOException {
		selection.check();
		var files = writer.finish(spec.overwrite());
		selection.sumUp(classes, writer::images, files);
		return files;
	}

	/** Of a class; a folder that can't be read is a class without images. */
	private List<Path> filesOf(Path folder) {
		try {
			return found(FolderWalk.of(folder));
		}
		catch (IOException e) {
			unread++;
			odd.accept("Skipped: " + e.getMessage());
			return List.of();
		}
	}

	private List<Path> found(FolderWalk walk) {
		unread += walk.failed().size();
		walk.left().forEach(left -> odd.accept("Skipped: " + left));
		return walk.files();
	}

	/** Files with the name of an image, or slices of one, and folders that could not be read, so far. */
	public int unread() {
		return unread;
	}
}
