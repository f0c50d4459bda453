package io.github.densecolorize.colorize;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;

import ij.ImagePlus;

import io.github.densecolorize.Hint;
import io.github.densecolorize.Progress;
import io.github.densecolorize.files.Tally;
import io.github.densecolorize.files.Workplace;
import io.github.densecolorize.model.ColorModel;
import io.github.densecolorize.model.Head;
import io.github.densecolorize.open.ImageFile;
import io.github.densecolorize.open.ImageFiles;
import io.github.densecolorize.open.NoImageException;

/**
 * Colorizes files one after the other. Each is independent of the others: if something goes wrong with one, its outcome says so and the next is
 * done.
 */
public final class FileColorizer implements AutoCloseable {

	/** What became of a file. */
	public enum Status {
		COLORIZED, SKIPPED, FAILED;

		/** The word that the table shows. */
		@Override
		public String toString() {
			return name().toLowerCase(Locale.ROOT);
		}
	}

	/**
	 * What became of a file.
	 *
	 * @param width of the input; 0 if it was not colorized, likewise the next ones
	 * @param first slice of the input that was colorized, counted from 1
	 * @param slices that were colorized
	 * @param bytes of the output
	 * @param hints how many colours of its were given
	 * @param message class and scale, or why it was skipped or failed
	 */
	public record Outcome(Status status, int width, int height, int first, int slices, double seconds, long bytes, int hints, String message) {

		/** The outcome of a file with which nothing was done. */
		public static Outcome skipped(String why) {
			return new Outcome(Status.SKIPPED, 0, 0, 0, 0, 0, 0, 0, why);
		}

		/** @param start when it began, as of {@code System.nanoTime()} */
		public static Outcome failed(long start, String why) {
			return new Outcome(Status.FAILED, 0, 0, 0, 0, seconds(start), 0, 0, why);
		}

		private static double seconds(long start) {
			return (System.nanoTime() - start) / 1e9;
		}

		/** How it counts in the sum of all files. */
		public Tally.End end() {
			return switch (status) {
				case COLORIZED -> Tally.End.DONE;
				case FAILED -> Tally.End.FAILED;
				case SKIPPED -> message.equals(THERE_ALREADY) ? Tally.End.THERE_ALREADY : Tally.End.LEFT_OUT;
			};
		}
	}

	/** Why a file is skipped: its result is there already, its name is not that of an image, or it is itself a result of this plugin. */
	public static final String THERE_ALREADY = "is there already", NO_IMAGE = "no image", RESULT = "is a result of this plugin";

	/** Finds out where the hints of an image are. */
	@FunctionalInterface
	public interface Hints {

		/** No image has hints. */
		Hints NONE = HintSource.None::new;

		/** @throws IOException with a sentence if that is not clear */
		HintSource find() throws IOException;
	}

	private final ColorModel model;
	private final ColorizeOptions options;
	private final Head head;
	private final boolean overwrite;
	private final Consumer<Throwable> bugs;
	private final Workplace workplace = new Workplace();

	/**
	 * @param head colours that were fitted to the references; null if there are none
	 * @param overwrite whether files that are there are replaced, or skipped
	 * @param bugs told of errors of the program itself (bugs), with details that do not fit into an outcome
	 * @throws IllegalArgumentException if the model has no such category
	 */
	public FileColorizer(ColorModel model, ColorizeOptions options, Head head, boolean overwrite, Consumer<Throwable> bugs) {
		this.model = model;
		this.options = options;
		this.head = head;
		this.overwrite = overwrite;
		this.bugs = bugs;
		colorizer(sentence -> {});
	}

	private ImageColorizer colorizer(Consumer<String> log) {
		return new ImageColorizer(model, options, head, log);
	}

	/**
	 * @param in file to open
	 * @param hints of the image in it
	 * @param out file to write
	 * @param progress told of tiles; may throw a {@code CancellationException}
	 */
	public Outcome colorize(Path in, Hints hints, Path out, Progress progress) {
		return write(ImageFile.of(in), hints, Part.WHOLE, out, (image, given, colorizer, file) -> colorizer.colorize(image, given, file, progress));
	}

	/**
	 * Makes the decision that all parts of a stack are to use.
	 *
	 * @param in file to open
	 * @param hints of the image in it
	 * @param out file that the parts will make together; not written
	 * @param told is given the decision if it could be made
	 * @return the outcome if it could not be made
	 */
	public Outcome decide(ImageFile in, Hints hints, Path out, Consumer<Decision> told) {
		return attempt(in, hints, Part.WHOLE, out, (image, given, colorizer) -> {
			told.accept(colorizer.decide(image, given, Progress.NONE));
			return 0;
		});
	}

	/**
	 * Colorizes some slices of a stack, or some rows of a large image, by the decision that was made for the whole; {@link #assemble} joins them.
	 *
	 * @param in file to open
	 * @param decided for the whole stack
	 * @param out file to write; not written if there are fewer slices than parts and this one has none
	 */
	public Outcome colorize(ImageFile in, Part part, Decision decided, Path out) {
		return write(in, Hints.NONE, part, out, (image, given, colorizer, file) -> colorizer.colorize(image, part, decided, file));
	}

	/**
	 * Puts the colorized parts of a stack together.
	 *
	 * @param in the file that they were made of
	 * @param parts files with all slices, in their order
	 * @param decided the decision that they all used
	 * @param out file to write, the same as if there had been no parts
	 */
	public Outcome assemble(ImageFile in, List<Path> parts, Decision decided, Path out) {
		return write(in, Hints.NONE, Part.WHOLE, out, (image, given, colorizer, file) -> colorizer.assemble(image, parts, decided, file));
	}

	/** What is to be done with an opened image. */
	@FunctionalInterface
	private interface Work {

		/** @return bytes that were written */
		long run(ImagePlus image, List<Hint> hints, ImageColorizer colorizer) throws IOException;
	}

	/** What is to be written of it. */
	@FunctionalInterface
	private interface Writing {

		void run(ImagePlus image, List<Hint> hints, ImageColorizer colorizer, OutputFile file) throws IOException;
	}

	private Outcome write(ImageFile in, Hints hints, Part part, Path out, Writing writing) {
		return attempt(in, hints, part, out, (image, given, colorizer) -> {
			try (var file = new OutputFile(out, overwrite, workplace)) {
				writing.run(image, given, colorizer, file);
			}
			return Files.size(out);
		});
	}

	private Outcome attempt(ImageFile in, Hints hints, Part part, Path out, Work work) {
		if (Files.exists(out) && !overwrite) return Outcome.skipped(THERE_ALREADY);
		long start = System.nanoTime();
		var said = new ArrayList<String>();
		String why;
		boolean image = true;
		try {
			OutputFile.check(in.path(), out, true);
			var opened = ImageFiles.openByRegions(in, said::add);
			if (Provenance.isIn(opened)) return Outcome.skipped(RESULT);
			int[] chosen = options.extent().slices().of(opened);
			int slices = chosen.length, parts = ImageColorizer.parts(opened, slices), from = part.from(parts), to = part.to(parts), each = parts / slices;
			if (OutputFile.isPng(out) && slices > 1) throw new IllegalArgumentException("a stack, which png can't hold; choose format tif.");
			if (from == to) return Outcome.skipped("has only " + parts + (each == 1 ? " slices" : " bands of rows") + ", none of them in this part");
			var given = hints.find().read(opened, said::add);
			long bytes = work.run(opened, given, colorizer(said::add));
			return new Outcome(Status.COLORIZED, opened.getWidth(), opened.getHeight(), chosen[from / each] + 1, (to - 1) / each - from / each + 1, Outcome.seconds(start), bytes, given
				.size(), String.join(" ", said));
		}
		catch (OutOfMemoryError e) {
			why = "not enough memory; give Java more (in Fiji: Edit > Options > Memory & Threads).";
		}
		catch (NoImageException e) {
			why = e.getMessage();
			image = ImageFiles.isNamedAsImage(in.path());
		}
		catch (UncheckedIOException e) {
			why = e.getCause().getMessage();
		}
		catch (IOException | IllegalArgumentException e) {
			// Another program has written the file in the meantime.
			if (!overwrite && Files.exists(out)) return Outcome.skipped(THERE_ALREADY);
			why = e.getMessage();
		}
		catch (CancellationException e) {
			throw e;
		}
		catch (RuntimeException | StackOverflowError e) {
			// The error concerns this file only, so the other files of the batch are still done.
			bugs.accept(e);
			return Outcome.failed(start, Bug.sentence(e));
		}
		return image ? Outcome.failed(start, why) : Outcome.skipped(NO_IMAGE);
	}

	/** Removes the temporary folder in which files were made. */
	@Override
	public void close() {
		try {
			workplace.close();
		}
		catch (IOException e) {
			// A later program removes it.
		}
	}
}
