package io.github.densecolorize.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
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
import io.github.densecolorize.data.Holdout;
import io.github.densecolorize.files.Tally;
import io.github.densecolorize.open.ImageFiles;

/**
 * Makes a {@link ColorDataSet} from colour images that ImageJ can open. Images are opened by all processors at once, but stored in the order of
 * their names, so that the same folder always gives the same set.
 */
public final class DataSetBuilder {

	/**
	 * What to make.
	 *
	 * @param file to write
	 * @param size side of the images in pixels
	 * @param fit how images are brought to it
	 * @param validation which images are kept out of the training; there must be a share or a group
	 * @param overwrite whether a set of this name may be replaced
	 */
	public record Spec(Path file, int size, Fit fit, Holdout validation, boolean overwrite) {

		public static final int SMALLEST = 16, LARGEST = 4096;

		public Spec {
			if (size < SMALLEST || size > LARGEST) throw new IllegalArgumentException("size is " + size + "; must be " + SMALLEST + " to " +
				LARGEST + " pixels.");
			double share = validation.share();
			boolean enough = share > 0 || share == 0 && !validation.groups().isEmpty();
			if (!enough || share > 0.5) throw new IllegalArgumentException("validation is " + share + "; must be above 0 and at most 0.5.");
			var name = file.getFileName();
			if (name == null || !name.toString().matches("(?i).+\\.(h5|hdf5)")) throw new IllegalArgumentException("Data set file is \"" + file +
				"\"; must end in .h5.");
		}
	}

	private final Spec spec;
	private final Consumer<String> log, odd;
	private final Selection selection;
	private final Tally tally = new Tally();

	/**
	 * @param log takes the sentences that sum up
	 * @param odd takes a sentence for each image that is skipped, and sentences about anything unusual in an image
	 */
	public DataSetBuilder(Spec spec, Consumer<String> log, Consumer<String> odd) {
		this.spec = spec;
		this.log = log;
		this.odd = odd;
		selection = new Selection(spec.size(), spec.fit(), log);
	}

	/**
	 * Builds a set from a folder.
	 *
	 * @param folder with a subfolder for each class, in which images may lie in further folders; one without subfolders is one class
	 * @param progress told of files; may throw a {@code CancellationException}
	 * @return the files of the set
	 * @throws IOException if there are no usable images, or the set can't be written; then no file is left behind
	 */
	public List<Path> build(Path folder, Progress progress) throws IOException {
		if (!Files.isDirectory(folder)) throw new IOException("Folder " + folder + (Files.exists(folder) ? " is a file"
			: " does not exist") + "; give one with a subfolder of colour images for each class.");
		check();
		var folders = ClassFolders.of(folder);
		folders.left().forEach(left -> odd.accept("Skipped: " + left));
		tally.add(folders.left());
		if (folders.loose() > 0) odd.accept(ClassFolders.told(folders.loose(), folder.toString()));
		tally.add(Tally.End.LEFT_OUT, folders.loose());
		if (folders.size() == 0) throw new IOException("Folder " + folder +
			" holds no image; give one with a subfolder of colour images for each class.");
		var names = List.copyOf(folders.classes().keySet());
		var openers = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
		var validation = spec.validation().among(folders.groups());
		try (var writer = writer(names, folder.toString(), validation)) {
			int done = 0;
			try {
				for (int label = 0; label < names.size(); label++) {
					done = add(folders.classes().get(names.get(label)), new Category(label, names.get(label)), writer, openers, done, folders.size(), progress);
					writer.endClass(label);
				}
				return finish(writer, names);
			}
			finally {
				// Also if no image could be used, or the user stopped it.
				log.accept(tally.sentence("used"));
			}
		}
		finally {
			openers.shutdownNow();
		}
	}

	/**
	 * Builds a set with one class from the slices of an image.
	 *
	 * @param image RGB
	 * @param progress told of slices; may throw a {@code CancellationException}
	 * @return the files of the set
	 * @throws IOException if no slice can be used, or the set can't be written; then no file is left behind
	 */
	public List<Path> build(ImagePlus image, Progress progress) throws IOException {
		check();
		var name = image.getTitle().replaceFirst("\\.[^.]{1,4}$", "");
		try (var writer = writer(List.of(name), image.getTitle(), spec.validation())) {
			int done = 0;
			for (var slices = SourceImage.of(image, image.getTitle(), spec.size(), name).iterator(); slices.hasNext();) {
				add(slices.next(), 0, "", writer);
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

	private ColorDataSetWriter writer(List<String> classes, String source, Holdout validation) throws IOException {
		return new ColorDataSetWriter(spec.file(), classes, spec.size(), validation, source, spec.fit().toString());
	}

	/** A class of the set. */
	private record Category(int label, String name) {}

	private int add(List<Path> files, Category category, ColorDataSetWriter writer, ExecutorService openers, int before, int total, Progress progress)
		throws IOException
	{
		var ahead = new ArrayDeque<Future<Opened>>();
		int next = 0, threads = Runtime.getRuntime().availableProcessors();
		int done = before;
		while (next < files.size() || !ahead.isEmpty()) {
			while (next < files.size() && ahead.size() < threads) {
				var file = files.get(next++);
				ahead.add(openers.submit(() -> Opened.of(file)));
			}
			var file = files.get(next - ahead.size());
			tally.add(add(file, opened(ahead.remove(), file, category.name), category.label, writer));
			progress.update(++done, total);
		}
		return done;
	}

	private Tally.End add(Path file, Iterator<SourceImage> images, int label, ColorDataSetWriter writer) throws IOException {
		var end = Tally.End.LEFT_OUT;
		var group = ClassFolders.group(file.getFileName().toString());
		for (var image = next(images, file); image != null; image = next(images, file)) {
			var reason = add(image, label, group, writer);
			var of = reason == null ? Tally.End.DONE : reason.end();
			if (of.compareTo(end) > 0) end = of;
		}
		return end;
	}

	/** @return null after the last */
	private static SourceImage next(Iterator<SourceImage> images, Path file) {
		try {
			return images.hasNext() ? images.next() : null;
		}
		catch (RuntimeException | OutOfMemoryError e) {
			return SourceImage.unreadable(file, e);
		}
	}

	/** An image, and the messages from opening it. */
	private record Opened(ImagePlus image, List<String> said) {

		static Opened of(Path file) throws IOException {
			var said = new ArrayList<String>();
			return new Opened(ImageFiles.open(file, said::add), said);
		}
	}

	private Iterator<SourceImage> opened(Future<Opened> job, Path file, String category) {
		try {
			var opened = job.get();
			opened.said.forEach(sentence -> odd.accept(file + ": " + sentence));
			return SourceImage.of(opened.image, file.toString(), spec.size(), category).iterator();
		}
		catch (InterruptedException e) {
			Thread.currentThread().interrupt();
			throw new CancellationException("Building the data set was stopped.");
		}
		catch (ExecutionException e) {
			return Stream.of(SourceImage.unreadable(file, e.getCause())).iterator();
		}
	}

	/** @return why it was left out; null if it was not */
	private SourceImage.Reason add(SourceImage image, int label, String group, ColorDataSetWriter writer) throws IOException {
		var reason = selection.choose(image.unusable(), image.width(), image.height(), image.content());
		if (reason == null) writer.add(image.parts(spec.size(), spec.fit()), label, group);
		else odd.accept("Skipped: " + (reason == image.unusable() ? image.detail() : image.name() + " has the same content as another image."));
		return reason;
	}

	private List<Path> finish(ColorDataSetWriter writer, List<String> classes) throws IOException {
		selection.check();
		var files = writer.finish(spec.overwrite());
		selection.sumUp(classes, writer::images, files);
		return files;
	}

	/** What has become of the files of the folder so far; a file counts as failed if one of its slices can't be read. */
	public Tally tally() {
		return tally;
	}
}
