package io.github.densecolorize.colorize;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import net.imglib2.Interval;
import net.imglib2.util.Intervals;

import ij.ImagePlus;
import ij.ImageStack;
import ij.VirtualStack;
import ij.process.ImageProcessor;

import io.github.densecolorize.Colorizer;
import io.github.densecolorize.ErrorSink;
import io.github.densecolorize.Hint;
import io.github.densecolorize.Plan;
import io.github.densecolorize.Progress;
import io.github.densecolorize.References;
import io.github.densecolorize.TileSink;
import io.github.densecolorize.image.GrayMapping;
import io.github.densecolorize.image.LightnessPlanes;
import io.github.densecolorize.model.ColorModel;
import io.github.densecolorize.model.Head;
import io.github.densecolorize.model.ModelSpec;
import io.github.densecolorize.model.Torch;
import io.github.densecolorize.open.ImageFiles;
import io.github.densecolorize.open.PixelSize;
import io.github.densecolorize.open.Plane;
import io.github.densecolorize.slides.Pyramid;

/**
 * Colorizes images of ImageJ. The input is read slice by slice and not changed in any way; the result is a new image with the input's
 * slices, frames, calibration, labels, overlay and selection, and with its {@link Provenance}.
 */
public final class ImageColorizer {

	/** If a calibration asks for a smaller scale than this, users are told, as the calibration is probably wrong. */
	private static final double SMALL_SCALE = 1 / 16d;
	/** If references have a smaller share than this, users are told why. */
	private static final double LITTLE = 0.1;

	private final ColorModel model;
	private final ColorizeOptions options;
	private final Consumer<String> log;
	private final Colorizer colorizer;

	/**
	 * @param log takes sentences about the run: class, scale, device, and anything unusual in the image
	 * @throws IllegalArgumentException if the model has no such category, or no map of the expected error for {@link Output#ERROR}
	 */
	public ImageColorizer(ColorModel model, ColorizeOptions options, Consumer<String> log) {
		this(model, options, null, log);
	}

	/**
	 * @param head colours that were fitted to the references; null if there are none
	 * @param log takes sentences about the run: class, scale, device, and anything unusual in the image
	 * @throws IllegalArgumentException if the model has no such category, or no map of the expected error for {@link Output#ERROR}
	 */
	public ImageColorizer(ColorModel model, ColorizeOptions options, Head head, Consumer<String> log) {
		this(model, options, log, new Colorizer(model, options.colorizer(), head));
	}

	/** @param colorizer of this model and these options */
	ImageColorizer(ColorModel model, ColorizeOptions options, Consumer<String> log, Colorizer colorizer) {
		this.model = model;
		this.options = options;
		this.log = log;
		this.colorizer = colorizer;
		options.output().requireOf(model.spec());
	}

	/** Colorizes an image without hints. */
	public ImagePlus colorize(ImagePlus image, Progress progress) {
		return colorize(image, List.of(), progress);
	}

	/**
	 * @param image 8, 16 or 32 bits or RGB, any number of slices and frames; not changed, and may be closed meanwhile
	 * @param hints places whose colours the user knows
	 * @param progress told of tiles over the whole job; may throw a {@code CancellationException}
	 * @return a new image in memory that is not shown
	 * @throws IllegalArgumentException with a sentence for the user if the image can't be colorized with these options
	 */
	public ImagePlus colorize(ImagePlus image, List<Hint> hints, Progress progress) {
		var job = new Job(image, hints, progress);
		var stack = new ImageStack(job.stencil.frame().width, job.stencil.frame().height);
		try (var ahead = job.ahead(0, job.kept.size())) {
			for (int i = 0; i < job.kept.size(); i++) {
				var slices = ahead.get(i);
				for (int c = 0; c < slices.size(); c++)
					stack.addSlice(job.label(c, i), slices.get(c));
			}
		}
		job.end();
		return job.image(stack);
	}

	/**
	 * Colorizes into a file, slice by slice, so that the result need not fit into memory.
	 *
	 * @param image as {@link #colorize} takes it, likewise the hints
	 * @param file to write
	 * @param progress likewise
	 * @throws IOException if the file can't be written
	 */
	public void colorize(ImagePlus image, List<Hint> hints, OutputFile file, Progress progress) throws IOException {
		LargeResult.check(image, options, file.isPng());
		var job = new Job(image, hints, progress);
		if (ImageFiles.isLarge(image)) file.write(job.large(image)::write);
		else try (var ahead = job.ahead(0, job.kept.size())) {
			file.write(job.image(new ColorizedStack(job, 0, job.kept.size(), ahead::get)), job.errors == null ? null : job.errors::toString);
		}
		job.end();
	}

	/**
	 * How many parts an image can be divided into at most: its slices, or, if it is large, bands of rows of these.
	 *
	 * @param slices that are colorized
	 */
	static int parts(ImagePlus image, int slices) {
		return ImageFiles.isLarge(image) ? LargeResult.parts(image, slices) : slices;
	}

	/**
	 * Makes the decision that all parts of a stack are to use.
	 *
	 * @param progress told before a slice is read for it; may throw a {@code CancellationException}
	 */
	Decision decide(ImagePlus image, List<Hint> hints, Progress progress) {
		LargeResult.check(image, options, false);
		var job = new Job(image, hints, progress);
		return new Decision(job.mapping, job.plan);
	}

	/**
	 * Colorizes some slices by the decision that was made for the whole stack, into a file that {@link #assemble} takes.
	 *
	 * @param part at least one of the {@linkplain #parts parts}
	 * @param decided for the whole stack
	 */
	void colorize(ImagePlus image, Part part, Decision decided, OutputFile file) throws IOException {
		var job = new Job(image, decided, Progress.NONE);
		int slices = job.kept.size();
		if (ImageFiles.isLarge(image)) {
			int parts = LargeResult.parts(image, slices);
			file.write(draft -> job.large(image).writeParts(draft, part.from(parts), part.to(parts)));
		}
		else try (var ahead = job.ahead(part.from(slices), part.to(slices))) {
			var made = new ImagePlus("", new ColorizedStack(job, part.from(slices), part.to(slices), ahead::get));
			if (job.errors != null) made.setProp(Provenance.EXPECTED_ERROR, job.errors.exact());
			file.write(made, job.errors == null ? null : job.errors::exact);
		}
		job.end();
	}

	/**
	 * Makes the same file as {@link #colorize}, from parts that were colorized before.
	 *
	 * @param parts files that together hold all slices
	 * @param decided the decision that they all used
	 * @throws IOException if they are not
	 */
	void assemble(ImagePlus image, List<Path> parts, Decision decided, OutputFile file) throws IOException {
		var job = new Job(image, decided, Progress.NONE);
		if (ImageFiles.isLarge(image)) {
			file.write(draft -> job.large(image).assemble(draft, parts));
			job.end();
			return;
		}
		int channels = options.output().channels();
		var slices = new ArrayList<Supplier<ImageProcessor>>();
		for (var part : parts) {
			var opened = ImageFiles.open(part, log);
			var stack = opened.getStack();
			if (job.errors != null) job.errors.addPart(Provenance.expectedError(opened), stack.size());
			for (int n = 1; n <= stack.size(); n++) {
				int slice = n;
				slices.add(() -> stack.getProcessor(slice));
			}
		}
		if (slices.size() != channels * job.kept.size()) throw new IOException("The parts have " + slices.size() +
			" slices together, the result has " + channels * job.kept.size() + "; colorize the image again.");
		file.write(job.image(new ColorizedStack(job, 0, job.kept.size(), i -> slices.subList(channels * i, channels * (i + 1)).stream().map(
			Supplier::get).toList())));
		job.end();
	}

	/** Seconds that each stage has taken so far, of all images and threads together. */
	public Map<Colorizer.Phase, Double> seconds() {
		return colorizer.seconds();
	}

	/** An image that is being colorized. */
	private final class Job {

		private final ChannelSlices input;
		/** Null if L* is computed from colours. */
		private final GrayMapping mapping;
		private final LightnessPlanes<Plane> planes;
		private final KeptSlices kept;
		private final Stencil stencil;
		private final Result result;
		/** Null if there is nothing to colorize: even from an image without any structure the network would paint something. */
		private final Plan plan;
		/** Whether there are colours at all. */
		private final boolean coloured;
		/** Null if they are not told. */
		private final MeanError errors;
		/** Null if there is none. */
		private final Caption caption;
		private final Provenance provenance;
		private final Progress progress;
		private final OddPixels odd;
		/** Tiles that are finished, of all slices. */
		private long done;
		/** What was thrown to stop the job; null if it goes on. */
		private RuntimeException stopped;

		Job(ImagePlus image, List<Hint> hints, Progress progress) {
			this(image, hints, null, progress);
		}

		/** @param decided before */
		Job(ImagePlus image, Decision decided, Progress progress) {
			this(image, List.of(), decided, progress);
		}

		/** @param decided before; null to do it now, for which the slices are read */
		private Job(ImagePlus image, List<Hint> hints, Decision decided, Progress progress) {
			this.progress = progress;
			// Looking through a large stack takes a long time before the first tile is done, and the user may want to stop it.
			input = new ChannelSlices(image, channel(image, options), () -> progress.update(0, 1));
			kept = new KeptSlices(image, options.extent().slices().of(image));
			stencil = Stencil.of(image, options.extent().area());
			mapping = decided == null ? input.mapping(options.mapping()) : decided.mapping();
			planes = input.lightness(mapping);
			result = new Result(image, options.output(), kept, stencil.frame());
			if (input.isPalette()) log.accept("The image has a palette; L* of its colours is taken.");
			odd = new OddPixels(mapping);
			double micrometres = PixelSize.micrometres(image.getCalibration());
			plan = decided != null ? decided.plan() : hints.isEmpty() && planes.isConstant() ? null : colorizer.plan(planes, micrometres, hints);
			if (plan == null) log.accept("All pixels of " + image.getTitle() +
				" have the same gray; there is nothing to colorize, the result is gray.");
			coloured = plan != null && !(plan.isUnknown() && options.honesty().unknown() == Unknown.GRAY);
			// The text of a large result is written before its pixels.
			errors = coloured && !plan.isUnknown() && colorizer.tellsErrors(plan) && !ImageFiles.isLarge(image) ? new MeanError() : null;
			if (options.output() == Output.ERROR && errors == null) log.accept(
				"Where there are no colours, or none that mean anything, there is no expected error: all pixels of the result are NaN.");
			caption = options.honesty().caption() && coloured ? new Caption(stencil.frame().width, stencil.frame().height) : null;
			var unknown = plan != null && plan.isUnknown() ? options.honesty().unknown() : null;
			var seen = new Provenance.Seen(stencil.toString(), options.extent().slices().numbers(image), unknown, caption == null ? "" : Caption.TEXT,
				plan == null ? List.of() : warnings(micrometres));
			provenance = ImageColorizer.this.provenance(plan, input.describe(options.mapping(), mapping), seen);
			// Whoever decides for all parts of a stack asks for them too.
			if (unknown == Unknown.GRAY && decided == null) OtherModels.knowing(model.spec(), planes, micrometres).forEach(log);
		}

		/** What must be known about the result, in a few words each; the log has it in full. */
		private List<String> warnings(double micrometres) {
			var warnings = new ArrayList<String>();
			if (plan.isUnknown()) {
				log.accept(String.format(Locale.ROOT,
					"The image resembles none of the model's classes (probability of %s %.2f), so %s; if you know better, choose a category: %s.",
					ModelSpec.UNKNOWN, plan.guidance().probability(), coloured ? "the colours mean nothing"
						: "it stays gray (unknown=colour would colour it all the same)", String.join(", ", model.spec().choices())));
				warnings.add(coloured ? "like no class of the model, colours mean nothing" : "gray: like no class of the model");
			}
			if (micrometres > 0 && plan.scale() < SMALL_SCALE && options.colorizer().scale() == Colorizer.Options.AUTO_SCALE) {
				log.accept("The calibration says that a pixel is " + (float) micrometres + " um wide, so that the image is reduced to " + (float) plan.scale() +
					" of its size; if it is wrong, choose the scale yourself.");
				warnings.add("scale " + (float) plan.scale() + ", is the calibration right?");
			}
			return List.copyOf(warnings);
		}

		/**
		 * Makes some slices of the result.
		 *
		 * @param from first of the slices that the result has
		 * @param to the one after the last
		 */
		SlicesAhead ahead(int from, int to) {
			int count = colorizer.rendersOnDevices() ? SlicesAhead.count((long) input.width() * input.height()) : 0;
			return new SlicesAhead(from, to, count, i -> {
				var pixels = read(i);
				return () -> paint(i, pixels);
			});
		}

		private Plane read(int i) {
			return input.read(kept.plane(i));
		}

		/** The slices of the result for one of the slices that it has. */
		private List<ImageProcessor> paint(int i, Plane pixels) {
			var slices = options.output().slices(stencil.frame().width, stencil.frame().height);
			paint(i, pixels, Intervals.createMinSize(0, 0, input.width(), input.height()), options.output().sink(slices), errors == null ? null : stencil
				.onto(errorSink(slices)));
			if (caption != null) caption.burn(slices.get(0));
			return slices;
		}

		private ErrorSink errorSink(List<ImageProcessor> slices) {
			var painted = options.output().errorSink(slices);
			return (tile, error) -> {
				errors.add(error, (int) Intervals.numElements(tile));
				painted.put(tile, error);
			};
		}

		/**
		 * The same for a part of the slice, without a caption.
		 *
		 * @param told takes the expected errors; null if they are not told
		 */
		private void paint(int i, Plane pixels, Interval part, TileSink sink, ErrorSink told) {
			odd.add(pixels, part);
			var l = planes.lightness(pixels);
			if (!coloured || !stencil.isWhole()) stencil.paintGray(l, part, sink);
			if (coloured) colorizer.colorize(l, kept.plane(i), plan, Intervals.intersect(stencil.coloured(), part), stencil.onto(sink), told, (
				number, tiles) -> finished(tiles));
			else finished(1);
		}

		/**
		 * Tells the progress after a tile, from whatever slice. Once that has stopped the job, nothing more is told.
		 *
		 * @param tiles of each slice
		 */
		private synchronized void finished(long tiles) {
			if (stopped != null) throw stopped;
			try {
				progress.update(++done, kept.size() * tiles);
			}
			catch (RuntimeException e) {
				stopped = e;
				throw e;
			}
		}

		/**
		 * The label of a slice of the result, with what must be seen before it: ImageJ shows its beginning above the image.
		 *
		 * @param i slice that the result has, counted from 0
		 */
		String label(int channel, int i) {
			return provenance.labelled(result.label(channel, input.index(kept.plane(i))));
		}

		ImagePlus image(ImageStack stack) {
			var image = result.image(stack);
			(errors == null ? provenance : provenance.with(errors.toString())).attachTo(image);
			return image;
		}

		/** The same for an image whose planes stay in the file. */
		LargeResult large(ImagePlus image) {
			return new LargeResult(result.title(), Pyramid.of(stencil.frame().width, stencil.frame().height), kept.depth(), kept.frames(), image
				.getCalibration(), provenance::properties, (i, rows, sink) -> paint(i, read(i), Intervals.createMinSize(0, rows.top(), input.width(), rows
					.count()), sink, null));
		}

		/** Tells the log what was found in all planes together. */
		void end() {
			odd.tell(log);
			if (!model.isUsualEngine()) log.accept("PyTorch's fastest convolutions give wrong results on this machine, so another way was taken: " +
				provenance.engine() + ".");
			if (plan != null && plan.head() != null) tellChange();
			log.accept(provenance.sentence() + (coloured ? " Tiles of up to " + plan.tile() + " pixels." : ""));
		}

		private void tellChange() {
			var change = References.change(model, plan, planes.lightness(input.read(planes.size() / 2)));
			log.accept(String.format(Locale.ROOT,
				"References: %d, share of their colours %.2f; they change the colours by a mean CIEDE2000 of %.1f, and mean a*, b* from %.1f, %.1f to %.1f, %.1f.", plan
					.head().references().size(), plan.share(), change.difference(), change.ownA(), change.ownB(), change.a(), change.b()));
			if (plan.share() < LITTLE && options.own().referenceStrength() == Colorizer.Options.AUTO_STRENGTH) log.accept(
				"The references hardly count, as they show something else than this image, or the model knows such images well; to use them all the " +
					"same, set the reference strength to a number up to 1.");
		}
	}

	/** Slices that are computed only when they are read; those of the last plane are kept. */
	private final class ColorizedStack extends VirtualStack {

		private final Job job;
		private final int from, to;
		private final IntFunction<List<ImageProcessor>> maker;
		private final int channels = options.output().channels();
		private int last = -1;
		private List<ImageProcessor> slices;

		/**
		 * @param from first of the slices that the result has
		 * @param to the one after the last
		 * @param maker of the slices of the result for it
		 */
		ColorizedStack(Job job, int from, int to, IntFunction<List<ImageProcessor>> maker) {
			super(job.stencil.frame().width, job.stencil.frame().height);
			this.job = job;
			this.from = from;
			this.to = to;
			this.maker = maker;
			setBitDepth(options.output().bitDepth());
		}

		@Override
		public int size() {
			return channels * (to - from);
		}

		@Override
		public int getSize() {
			return size();
		}

		@Override
		public ImageProcessor getProcessor(int n) {
			int plane = from + (n - 1) / channels;
			if (plane != last) {
				slices = maker.apply(plane);
				last = plane;
			}
			return slices.get((n - 1) % channels);
		}

		@Override
		public Object getPixels(int n) {
			return getProcessor(n).getPixels();
		}

		@Override
		public String getSliceLabel(int n) {
			return job.label((n - 1) % channels, from + (n - 1) / channels);
		}
	}

	/**
	 * The channel that is to be colorized, counted from 1.
	 *
	 * @throws IllegalArgumentException with a sentence for the user if the image has no such channel, or several to choose from
	 */
	static int channel(ImagePlus image, ColorizeOptions options) {
		if (image.getWidth() < 1 || image.getStackSize() < 1) throw new IllegalArgumentException(
			"The image is empty (0 pixels); open an image and choose it.");
		int channels = image.getNChannels(), channel = options.channel();
		if (channel > channels) throw new IllegalArgumentException("Channel is " + channel + "; the image has " + (channels == 1
			? "only channel 1." : "channels 1 to " + channels + "."));
		if (channel == ColorizeOptions.ONLY_CHANNEL && channels > 1) throw new IllegalArgumentException("The image has " + channels +
			" channels and one of them can be colorized; set channel to 1.." + channels + ".");
		return Math.max(1, channel);
	}

	private Provenance provenance(Plan plan, String mapping, Provenance.Seen seen) {
		var spec = model.spec();
		var device = model.devices().stream().map(Torch::name).distinct().collect(Collectors.joining("+"));
		if (plan == null) return new Provenance(spec.name(), spec.sha256(), "none", Provenance.Choice.NOTHING_TO_COLORIZE, 1, "", 1, mapping,
			device, model.engine(), Provenance.Known.NONE, seen);
		var choice = options.category().equals(Colorizer.Options.AUTO) ? Provenance.Choice.FOUND : Provenance.Choice.CHOSEN;
		return new Provenance(spec.name(), spec.sha256(), plan.guidance().category(), choice, plan.guidance().probability(), "", plan.scale(),
			mapping, device, model.engine(), new Provenance.Known(plan.head() == null ? List.of() : plan.head().references(), plan.share(), plan.hints()
				.size(), options.own().strength()), seen);
	}
}
