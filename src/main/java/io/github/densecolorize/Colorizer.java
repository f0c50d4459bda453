package io.github.densecolorize;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import net.imglib2.FinalInterval;
import net.imglib2.Interval;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.ARGBType;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.util.Intervals;
import net.imglib2.view.Views;

import ai.djl.engine.EngineException;

import io.github.densecolorize.image.GrayMapping;
import io.github.densecolorize.image.GuidedUpsampling;
import io.github.densecolorize.image.Interpolation;
import io.github.densecolorize.image.MirroredPlane;
import io.github.densecolorize.image.Reduction;
import io.github.densecolorize.image.Tile;
import io.github.densecolorize.image.Turn;
import io.github.densecolorize.model.ColorModel;
import io.github.densecolorize.model.DeviceMemory;
import io.github.densecolorize.model.ErrorMap;
import io.github.densecolorize.model.Guidance;
import io.github.densecolorize.model.Head;
import io.github.densecolorize.model.TensorPainter;
import io.github.densecolorize.model.TileCues;
import io.github.densecolorize.model.TileMaps;
import io.github.densecolorize.model.Torch;

/**
 * Applies a model to images: L* goes in, a*b* come out. It works tile by tile, so that images of any size need a limited amount of memory.
 *
 * <pre>{@code
 * try (var model = ColorModel.open(folder, "auto")) {
 * 	var gray = ArrayImgs.unsignedBytes(pixels, 512, 512, 60);
 * 	var rgb = ArrayImgs.argbs(512, 512, 60);
 * 	new Colorizer(model, Options.DEFAULT).colorize(gray, GrayMapping.fullRange(8), rgb, Progress.NONE);
 * }
 * }</pre>
 */
public final class Colorizer {

	/**
	 * What a user may choose.
	 *
	 * @param category {@value #AUTO}, or a class of the model, in upper or lower case
	 * @param scale reduction before the network, above 0 and at most 1; {@link #AUTO_SCALE} takes the model's
	 * @param tile largest side of a tile in pixels that the network sees, {@value #SMALLEST_TILE} to {@value #LARGEST_TILE}; smaller ones need
	 *          less memory and give the same picture; {@link #AUTO_TILE} takes what suits the device
	 * @param strength of the predicted colours, 0 (gray) to {@value #STRONGEST}; 1 leaves them as they are
	 * @param referenceStrength share of the colours that were fitted to reference images, 0 to 1; {@link #AUTO_STRENGTH} decides it for each
	 *          image; does not matter without references
	 */
	public record Options(String category, double scale, int tile, double strength, double referenceStrength) {

		public static final String AUTO = "auto";
		public static final double AUTO_SCALE = 0;
		public static final int AUTO_TILE = 0;
		public static final double STRONGEST = 2;
		public static final double AUTO_STRENGTH = -1;
		public static final int SMALLEST_TILE = 32, LARGEST_TILE = 4096;
		public static final Options DEFAULT = new Options(AUTO, AUTO_SCALE, AUTO_TILE);

		/** Options for colours as they are predicted. */
		public Options(String category, double scale, int tile) {
			this(category, scale, tile, 1, AUTO_STRENGTH);
		}

		public Options {
			category = category.trim();
			if (category.equalsIgnoreCase(AUTO)) category = AUTO;
			if (scale != AUTO_SCALE && !(scale > 0 && scale <= 1)) throw new IllegalArgumentException("Scale is " + scale +
				"; must be auto, or above 0 and at most 1 (such as 1/2 or 0.25).");
			if (tile != AUTO_TILE && (tile < SMALLEST_TILE || tile > LARGEST_TILE)) throw new IllegalArgumentException("Tile is " + tile +
				"; must be " + SMALLEST_TILE + " to " + LARGEST_TILE + " pixels, or 0 to have it chosen.");
			if (!(strength >= 0 && strength <= STRONGEST)) throw new IllegalArgumentException("Strength is " + strength +
				"; must be 0 (gray) to 2, where 1 is as predicted.");
			if (referenceStrength != AUTO_STRENGTH && !(referenceStrength >= 0 && referenceStrength <= 1)) throw new IllegalArgumentException(
				"Reference strength is " + referenceStrength + "; must be auto, or 0 (the model's colours) to 1 (those of the references).");
		}
	}

	/** What a colorization spends its time on. */
	public enum Phase {
		/** The guidance stream, including the reading of the pixels that it looks at. */
		GUIDANCE,
		/** Turning pixels into L*, and reducing them. */
		LIGHTNESS,
		/** The feature stream. */
		NETWORK,
		/**
		 * Reading L* at full resolution, and upsampling a*b* along its edges; before it, spreading the colours of hints. On a GPU turning L*a*b* into
		 * pixels too.
		 */
		UPSAMPLING,
		/** What the sink does: turning L*a*b* into pixels, unless a GPU did; before it, making hints hold at their place. */
		MERGING
	}

	/** How many slices of a stack the guidance vector is averaged over; more slices would change the mean only little. */
	private static final int SAMPLED_SLICES = 9;
	/** In how many slices of a stack the maps are looked at, to compare them with those of references, and for their spread. */
	private static final int SEEN_SLICES = 3;
	/** How many fields of view the guidance stream looks at along each axis of a plane. */
	private static final int SAMPLED_FIELDS = 4;

	/** Tiles that are read or merged while others are computed. */
	private static final int TILES_AHEAD = 2;

	private final ColorModel model;
	private final Options options;
	private final Head head;
	private final int halo;
	private final DeviceMemory memory;
	private final boolean tensors;
	private final PhaseTimes times = new PhaseTimes();
	/** Largest side of a tile that fitted into the memory so far. */
	private volatile int limit = Options.LARGEST_TILE;

	/** @throws IllegalArgumentException if the model has no such category */
	public Colorizer(ColorModel model, Options options) {
		this(model, options, null);
	}

	/**
	 * @param head colours that were fitted to reference images (see {@link References}); null for those that the model was adapted to, if any
	 * @throws IllegalArgumentException if the model has no such category
	 */
	public Colorizer(ColorModel model, Options options, Head head) {
		this(model, options, head, model.devices().get(0).isGpu());
	}

	/**
	 * The same in a way that is not the device's own: for measurements and tests, since both give the same picture within one level.
	 *
	 * @param tensors whether the device does what comes after a*b* of the network too, as a GPU does; otherwise the CPU does it
	 */
	public Colorizer(ColorModel model, Options options, Head head, boolean tensors) {
		this(model, options, head, tensors, DeviceMemory.REAL);
	}

	Colorizer(ColorModel model, Options options, Head head, boolean tensors, DeviceMemory memory) {
		this.model = model;
		this.options = options;
		this.head = head == null ? model.head() : head;
		this.tensors = tensors;
		this.memory = memory;
		halo = model.spec().net().halo();
		if (!options.category().equals(Options.AUTO)) model.guide(options.category());
	}

	/** Whether the devices do what comes after a*b* too, so that the CPU has little to do. */
	public boolean rendersOnDevices() {
		return tensors;
	}

	/** Seconds that each stage has taken so far, of all threads together. */
	public Map<Phase, Double> seconds() {
		return times.seconds();
	}

	/**
	 * Decides on the scale, the guidance and the tile size for an image.
	 *
	 * @param planes L* of all planes, all of one size; some of them are read, one at a time
	 * @param pixelSize in micrometres; 0 or NaN if the image has no calibration
	 */
	public Plan plan(List<? extends RandomAccessibleInterval<FloatType>> planes, double pixelSize) {
		return plan(planes, pixelSize, List.of());
	}

	/**
	 * The same for an image some of whose colours the user knows.
	 *
	 * @param hints places and their colours; no two of different colour at one pixel
	 */
	public Plan plan(List<? extends RandomAccessibleInterval<FloatType>> planes, double pixelSize, List<Hint> hints) {
		var first = planes.get(0);
		double scale = options.scale() == Options.AUTO_SCALE ? model.spec().scale().of(first.dimension(0), first.dimension(1), pixelSize)
			: options.scale();
		int tile = options.tile() == Options.AUTO_TILE ? Math.max(Options.SMALLEST_TILE, model.tile() - 2 * halo) : options.tile();
		long start = System.nanoTime();
		var guidance = options.category().equals(Options.AUTO) ? guide(planes, scale) : model.guide(options.category());
		times.took(Phase.GUIDANCE, start);
		double share = share(planes, scale, guidance);
		var plan = new Plan(scale, guidance, tile, head, share, List.copyOf(hints), new float[0]);
		return hints.isEmpty() || model.spec().net().takesHints() ? plan : new Plan(scale, guidance, tile, head, share, plan.hints(), mapWeights(planes, plan));
	}

	/** Share of the colours that were fitted to references. */
	private double share(List<? extends RandomAccessibleInterval<FloatType>> planes, double scale, Guidance guidance) {
		if (head == null) return 0;
		if (options.referenceStrength() != Options.AUTO_STRENGTH) return options.referenceStrength();
		long start = System.nanoTime();
		var means = IntStream.of(sampled(planes.size(), SEEN_SLICES)).mapToObj(i -> References.means(model, new Reduction(planes.get(i), scale),
			new TileCues(guidance.vector()))).toList();
		var mean = IntStream.range(0, means.get(0).length).mapToDouble(m -> means.stream().mapToDouble(each -> each[m]).average().orElseThrow())
			.toArray();
		times.took(Phase.GUIDANCE, start);
		return head.trust(guidance, mean);
	}

	private float[] mapWeights(List<? extends RandomAccessibleInterval<FloatType>> planes, Plan plan) {
		var seen = new ArrayList<TileMaps>();
		for (int i : sampled(planes.size(), SEEN_SLICES)) {
			var reduced = new Reduction(planes.get(i), plan.scale());
			for (var field : References.fields(reduced.plane()))
				seen.add(References.maps(model, reduced, field, plan.cues()));
		}
		return HintField.weights(seen);
	}

	/** The numbers of slices that lie evenly in a stack; all if they are not more than wanted. */
	private static int[] sampled(int slices, int most) {
		int n = Math.min(most, slices);
		return IntStream.range(0, n).map(i -> (int) ((i + 0.5) * slices / n)).toArray();
	}

	private Guidance guide(List<? extends RandomAccessibleInterval<FloatType>> planes, double scale) {
		int size = model.spec().net().vgg().imageSize();
		var images = new ArrayList<float[]>();
		for (int i : sampled(planes.size(), SAMPLED_SLICES)) {
			var plane = Views.zeroMin(planes.get(i));
			for (var field : fields(plane, model.spec().scale().field() / scale))
				images.add(resized(Views.interval(plane, field), size));
		}
		return model.guide(turned(images, size));
	}

	/**
	 * The network gives a different vector when the same scene is turned, and the mean over all turns that it was trained with is better than a
	 * single one. If there are many fields of view, each is looked at in one turn; if there are few, each is looked at in several turns, equally
	 * many for all.
	 */
	private List<float[]> turned(List<float[]> images, int size) {
		int turns = model.spec().training().augmentation().turns(), each = (turns + images.size() - 1) / images.size();
		return IntStream.range(0, each * images.size()).mapToObj(i -> Turn.of(i % turns).apply(images.get(i % images.size()), size)).toList();
	}

	/** Rectangles with sides of about the given length; if there would be too many, only every second, third, ... of each row and column. */
	private static List<Interval> fields(Interval plane, double side) {
		long columns = Math.max(1, Math.round(plane.dimension(0) / side)), rows = Math.max(1, Math.round(plane.dimension(1) / side));
		long shownColumns = Math.min(columns, SAMPLED_FIELDS), shownRows = Math.min(rows, SAMPLED_FIELDS);
		var fields = new ArrayList<Interval>();
		for (long j = 0; j < shownRows; j++)
			for (long i = 0; i < shownColumns; i++) {
				long column = (2 * i + 1) * columns / (2 * shownColumns), row = (2 * j + 1) * rows / (2 * shownRows);
				fields.add(FinalInterval.createMinMax(column * plane.dimension(0) / columns, row * plane.dimension(1) / rows, (column + 1) *
					plane.dimension(0) / columns - 1, (row + 1) * plane.dimension(1) / rows - 1));
			}
		return fields;
	}

	private static float[] resized(RandomAccessibleInterval<FloatType> field, int size) {
		var image = new float[size * size];
		var reduction = new Reduction(field, size, size);
		reduction.read(reduction.plane(), image);
		return image;
	}

	/** As {@link #colorize(RandomAccessibleInterval, GrayMapping, double, RandomAccessibleInterval, Progress)}, of an image without calibration. */
	public <T extends RealType<T>> Plan colorize(RandomAccessibleInterval<T> gray, GrayMapping mapping, RandomAccessibleInterval<ARGBType> out,
		Progress progress)
	{
		return colorize(gray, mapping, 0, out, progress);
	}

	/**
	 * Colorizes a plane, a stack or a hyperstack consistently: one plan for all, plane after plane.
	 *
	 * @param gray x, y and any further dimensions
	 * @param mapping of its values to L*
	 * @param pixelSize in micrometres; 0 or NaN if the image has no calibration
	 * @param out of the same size
	 * @param progress told after each tile of all planes; may throw a {@code CancellationException}
	 * @return the plan that was followed
	 */
	public <T extends RealType<T>> Plan colorize(RandomAccessibleInterval<T> gray, GrayMapping mapping, double pixelSize,
		RandomAccessibleInterval<ARGBType> out, Progress progress)
	{
		return colorize(gray, mapping, pixelSize, List.of(), out, progress);
	}

	/**
	 * The same for an image some of whose colours the user knows.
	 *
	 * @param hints places and their colours; no two of different colour at one pixel
	 */
	public <T extends RealType<T>> Plan colorize(RandomAccessibleInterval<T> gray, GrayMapping mapping, double pixelSize, List<Hint> hints,
		RandomAccessibleInterval<ARGBType> out, Progress progress)
	{
		if (!Arrays.equals(gray.dimensionsAsLongArray(), out.dimensionsAsLongArray())) throw new IllegalArgumentException("The gray image is " + Intervals.toString(gray) +
			", the result " + Intervals.toString(out) + "; must be of one size.");
		var planes = planes(gray).stream().map(mapping::lightness).toList();
		var results = planes(out);
		var plan = plan(planes, pixelSize, hints);
		for (int i = 0; i < planes.size(); i++) {
			int before = i;
			colorize(planes.get(i), i, plan, rgb(results.get(i)), (done, total) -> progress.update(before * total + done, planes.size() * total));
		}
		return plan;
	}

	private static <T> List<RandomAccessibleInterval<T>> planes(RandomAccessibleInterval<T> image) {
		int last = image.numDimensions() - 1;
		if (last == 1) return List.of(Views.zeroMin(image));
		var planes = new ArrayList<RandomAccessibleInterval<T>>();
		for (long i = image.min(last); i <= image.max(last); i++)
			planes.addAll(planes(Views.hyperSlice(image, last, i)));
		return planes;
	}

	/** Takes the pixels of a plane, on all cores, since a GPU works on few but large tiles. */
	private static ArgbSink rgb(RandomAccessibleInterval<ARGBType> plane) {
		return (tile, argb) -> LongStream.rangeClosed(tile.min(1), tile.max(1)).parallel().forEach(y -> {
			int i = (int) ((y - tile.min(1)) * tile.dimension(0));
			for (var pixel : Views.flatIterable(Views.interval(plane, FinalInterval.createMinMax(tile.min(0), y, tile.max(0), y))))
				pixel.set(argb[i++]);
		});
	}

	/** As {@link #colorize(RandomAccessibleInterval, int, Plan, Interval, TileSink, Progress)}, for all of the first or only plane of an image. */
	public void colorize(RandomAccessibleInterval<FloatType> l, Plan plan, TileSink sink, Progress progress) {
		colorize(l, 0, plan, sink, progress);
	}

	/** The same, for all of any plane. */
	public void colorize(RandomAccessibleInterval<FloatType> l, int plane, Plan plan, TileSink sink, Progress progress) {
		colorize(l, plane, plan, whole(l), sink, progress);
	}

	/**
	 * Colorizes a part of a plane, as it would be coloured in the whole one. While the network computes a tile, others are read and merged.
	 *
	 * @param l its L*, 0 to 100; read by several threads
	 * @param plane its number, as {@link Hint#plane} counts; matters only if there are hints
	 * @param plan of the image that the plane is part of
	 * @param part at least one pixel of the plane, whose first pixel is (0, 0)
	 * @param sink takes the part in tiles, from several threads, but none after this method has returned or thrown an exception
	 * @param progress told after each tile; may throw a {@code CancellationException}
	 * @throws IllegalArgumentException if the memory does not suffice even for small tiles
	 */
	public void colorize(RandomAccessibleInterval<FloatType> l, int plane, Plan plan, Interval part, TileSink sink, Progress progress) {
		colorize(l, plane, plan, part, sink, null, progress);
	}

	/**
	 * The same, and tells how wrong these colours are to be expected.
	 *
	 * @param plan for which {@link #tellsErrors} is true
	 * @param errors takes the tiles that the other sink takes; null to tell none, and any plan will do
	 */
	public void colorize(RandomAccessibleInterval<FloatType> l, int plane, Plan plan, Interval part, TileSink sink, ErrorSink errors,
		Progress progress)
	{
		colorize(new Painter(l, plane, List.of(plan), part, List.of(sink), errors), progress);
	}

	/**
	 * Whether it is known how wrong the colours are to be expected: the model must have an {@link ErrorMap}, and that is for its own colours as they are
	 * predicted only.
	 */
	public boolean tellsErrors(Plan plan) {
		return model.errorMap() != null && plan.head() == null && plan.hints().isEmpty() && options.strength() == 1;
	}

	/**
	 * Colorizes a plane in several ways at once, such as in the colours of several classes. What does not depend on the class, which is most of the
	 * work, is done once.
	 *
	 * @param l as above
	 * @param plans of the image, without hints; they differ in their guidance and their share of the colours of references only
	 * @param sinks for each plan
	 * @param progress likewise
	 */
	public void colorize(RandomAccessibleInterval<FloatType> l, List<Plan> plans, List<TileSink> sinks, Progress progress) {
		colorize(new Painter(l, 0, plans, whole(l), sinks, null), progress);
	}

	private static Interval whole(RandomAccessibleInterval<FloatType> l) {
		return FinalInterval.createMinSize(0, 0, l.dimension(0), l.dimension(1));
	}

	private void colorize(Painter painter, Progress progress) {
		var tiles = painter.tiles();
		try (var workers = new Workers(Math.min(tiles.size(), model.devices().size() + TILES_AHEAD))) {
			var painted = tiles.stream().map(tile -> CompletableFuture.runAsync(() -> painter.paint(tile), workers)).toList();
			for (int i = 0; i < tiles.size(); i++) {
				Workers.result(painted.get(i));
				progress.update(i + 1, tiles.size());
			}
		}
	}

	/**
	 * What is to be made of a plane.
	 *
	 * @param blend null without references
	 */
	private record Look(TileCues cues, Head.Blend blend, TileSink sink) {}

	/** Colorizes the tiles of a plane. */
	private final class Painter {

		private final Reduction reduced;
		private final Plan plan;
		private final Interval part;
		private final List<Look> looks;
		private final boolean upsample;
		/** Null if no errors are told. */
		private final ErrorSink errors;
		/** Null if the plane has no hints, or the network is told them. */
		private final HintField field;
		/** The hints that the network is told. */
		private final List<HintCentre> told;
		private final GuidedUpsampling upsampling = new GuidedUpsampling(GuidedUpsampling.RADIUS, GuidedUpsampling.EPSILON);
		private final Renderer renderer;

		/** @param plans of which only a single one may have hints, or errors */
		Painter(RandomAccessibleInterval<FloatType> l, int plane, List<Plan> plans, Interval part, List<TileSink> sinks, ErrorSink errors) {
			this.part = part;
			this.errors = errors;
			var full = new MirroredPlane(Views.zeroMin(l));
			plan = plans.get(0);
			reduced = new Reduction(l, plan.scale());
			upsample = reduced.width() < l.dimension(0) || reduced.height() < l.dimension(1);
			renderer = tensors ? new TensorRenderer(new TensorPainter(model, l, reduced, taken -> times.add(Phase.UPSAMPLING, taken)), times)
				: new JavaRenderer(full, reduced, upsample ? upsampling : null, times);
			var hints = plan.hints().stream().filter(hint -> hint.plane() == Hint.ALL || hint.plane() == plane).toList();
			var hold = hints.isEmpty() ? null : new HintHold(hints, full, plan.scale());
			looks = IntStream.range(0, plans.size()).mapToObj(i -> look(plans.get(i), hold == null ? sinks.get(i) : hold.before(sinks.get(i)))).toList();
			long start = System.nanoTime();
			var centres = HintCentre.of(hints, reduced);
			boolean spreads = !centres.isEmpty() && !model.spec().net().takesHints();
			told = spreads ? List.of() : centres;
			field = spreads ? new HintField(centres, reduced, new Barrier(l, reduced), plan.mapWeights(), this::see) : null;
			if (field != null) times.took(Phase.NETWORK, start);
		}

		private Look look(Plan plan, TileSink sink) {
			var cues = errors == null ? plan.cues() : new TileCues(plan.guidance().vector(), model.errorMap().change());
			return new Look(cues, plan.head() == null ? null : plan.head().blend(plan.share()), sink);
		}

		/** What the network sees in a small part of the plane, and the colours it would have without hints. */
		private HintField.Field see(Interval part) {
			var l = References.values(reduced, part);
			var seen = References.maps(model, reduced, part, looks.get(0).cues);
			adjust(looks.get(0), l, seen);
			return new HintField.Field(l, seen);
		}

		/** Turns the colours that the network gives into those that were asked for. */
		private void adjust(Look look, float[] l, TileMaps made) {
			float[] a = made.a(), b = made.b();
			if (look.blend != null) {
				look.blend.a().addTo(a, l);
				look.blend.b().addTo(b, l);
			}
			if (options.strength() != 1) for (int i = 0; i < a.length; i++) {
				a[i] *= (float) options.strength();
				b[i] *= (float) options.strength();
			}
		}

		List<Tile> tiles() {
			return cover(reduced.plane(), Math.min(plan.tile(), limit));
		}

		/** The tiles that have pixels of the part. */
		private List<Tile> cover(Interval block, int size) {
			var tiles = Tile.cover(block, size, upsample ? halo + upsampling.margin() : halo, model.spec().net().stride());
			return tiles.stream().filter(tile -> !Intervals.isEmpty(written(tile))).toList();
		}

		/** The pixels of the part that a tile has. */
		private Interval written(Tile tile) {
			return Intervals.intersect(reduced.full(tile.write()), part);
		}

		/** Computes a tile, divided into parts if the memory is too small for it. */
		void paint(Tile tile) {
			int size = (int) Math.max(tile.write().dimension(0), tile.write().dimension(1));
			try {
				if (size <= limit) {
					paintWhole(tile);
					return;
				}
			}
			catch (EngineException | OutOfMemoryError e) {
				if (!Torch.isOutOfMemory(e)) throw e;
				if (size <= Options.SMALLEST_TILE) throw new IllegalArgumentException("The memory of " + model.devices().get(0) +
					" does not suffice for a tile of " + size + " pixels; close other programs, or use device=cpu.", e);
				limit = Math.max(Options.SMALLEST_TILE, Math.min(limit, size / 2));
			}
			cover(tile.write(), limit).forEach(this::paint);
		}

		private void paintWhole(Tile tile) {
			int width = (int) tile.read().dimension(0), height = (int) tile.read().dimension(1);
			var seenL = new float[width * height];
			long start = System.nanoTime();
			reduced.read(tile.read(), seenL);
			times.took(Phase.LIGHTNESS, start);
			memory.allocate(seenL.length);
			var seen = Intervals.expand(tile.read(), -halo);
			var l = TileMaps.part(seenL, tile.read(), seen);
			var made = compute(seenL, tile.read(), l.length);
			start = System.nanoTime();
			for (int i = 0; i < looks.size(); i++) {
				adjust(looks.get(i), l, made.get(i));
				if (field != null) field.addTo(seen, l, made.get(i));
			}
			times.took(Phase.UPSAMPLING, start);
			var write = written(tile);
			renderer.render(write, seen, l, made, looks.stream().map(Look::sink).toList());
			if (errors != null) tellErrors(write, seen, made.get(0).maps()[0]);
		}

		private void tellErrors(Interval write, Interval seen, float[] sums) {
			long start = System.nanoTime();
			var expected = model.errorMap().expected(sums, plan.guidance().probability());
			if (!upsample) expected = TileMaps.part(expected, seen, write);
			else {
				var full = new float[(int) Intervals.numElements(write)];
				new Interpolation(seen, write, reduced).apply(expected, full);
				expected = full;
			}
			errors.put(write, expected);
			times.took(Phase.UPSAMPLING, start);
		}

		/** What the network makes of a tile for each look, with the maps, or the sum of them that tells the error, only if they are needed. */
		private List<TileMaps> compute(float[] seenL, Interval read, int pixels) {
			int width = (int) read.dimension(0), height = (int) read.dimension(1);
			if (field != null) {
				var made = model.maps(seenL, width, height, looks.get(0).cues);
				times.add(Phase.NETWORK, made.nanos());
				return List.of(made);
			}
			var results = looks.stream().map(look -> new float[errors == null ? 2 : ErrorMap.RESULTS][pixels]).toList();
			times.add(Phase.NETWORK, model.predictAb(seenL, width, height, looks.stream().map(look -> told.isEmpty() ? look.cues
				: look.cues.with(HintCentre.told(told, read))).toList(), results));
			return results.stream().map(each -> new TileMaps(Arrays.copyOfRange(each, 2, each.length), each[0], each[1], 0)).toList();
		}
	}
}
