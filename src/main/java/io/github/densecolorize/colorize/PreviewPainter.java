package io.github.densecolorize.colorize;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import ij.ImagePlus;
import ij.process.ColorProcessor;

import io.github.densecolorize.Colorizer;
import io.github.densecolorize.Plan;
import io.github.densecolorize.Progress;
import io.github.densecolorize.image.GrayMapping;
import io.github.densecolorize.image.GuidedUpsampling;
import io.github.densecolorize.image.Lab;
import io.github.densecolorize.model.ColorModel;
import io.github.densecolorize.model.Head;

/**
 * Colorizes what a window shows of an image, first coarsely and then as it would be in the result. What does not change from one picture to the next is
 * kept: the model, what was decided for the image, its L*, and a*b*, so that another strength needs no network. Used by one thread at a time.
 *
 * <pre>{@code
 * try (var painter = new PreviewPainter(image)) {
 * 	painter.paint(new Wanted(View.of(image), "microscopy", "auto", ColorizeOptions.DEFAULT), picture -> show(picture), Progress.NONE);
 * }
 * }</pre>
 */
public final class PreviewPainter implements AutoCloseable {

	/** Pixels that the network sees for a coarse picture: two cores need a fifth of a second for them. */
	private static final int QUICK = 128 * 128;
	/** Side of a tile; when another picture is wanted, the tile that is being computed is still finished. */
	private static final int TILE = 192;

	/**
	 * What is to be shown.
	 *
	 * @param view the part of the image
	 * @param model as {@link Models#folder} takes it
	 * @param device as {@code ColorModel.open} takes it
	 */
	public record Wanted(View view, String model, String device, ColorizeOptions options) {

		/** The same without the strength, for which nothing has to be computed anew. */
		private Wanted plain() {
			var own = options.own();
			return new Wanted(view, model, device, options.with(new OwnColours(own.references(), own.referenceStrength(), 1, own.hints())));
		}
	}

	/**
	 * A picture of the visible part.
	 *
	 * @param pixels not finer than the screen shows them
	 * @param exact false if it is a coarse one, and a better one follows
	 * @param about a phrase for users: the class, and who decided it
	 */
	public record Picture(ColorProcessor pixels, boolean exact, String about) {}

	/** A model that is open. */
	private record Opened(Path folder, String device, ColorModel model) {}

	/** A model fitted to references. */
	private record Fitted(Opened opened, List<String> references, Head head) {}

	/** What was decided for the image, and for which choices: all but the view. */
	private record Decided(Fitted fitted, ColorizeOptions options, double min, double max, Decision decision) {}

	/** L* that was read, and what it depends on. */
	private record Read(View view, int channel, GrayMapping mapping, ColorModel model, double scale, PreviewPart part) {}

	/** a*b* of strength 1. */
	private record Painted(Decided decided, Read read, float[] a, float[] b, boolean exact) {

		boolean isOf(Decided what, Read where) {
			return decided == what && read == where;
		}
	}

	private final ImagePlus image;
	private Opened opened;
	private Fitted fitted;
	private Decided decided;
	private Read read;
	private Painted painted;

	/** @param image which is not changed */
	public PreviewPainter(ImagePlus image) {
		this.image = image;
	}

	/**
	 * Paints one picture or two.
	 *
	 * @param show takes a coarse one, if the exact one takes long, and the exact one
	 * @param progress told often; may throw a {@code CancellationException} if the picture is not wanted any more
	 * @throws IOException with a sentence for the user if the model, references or hints can't be read
	 * @throws IllegalArgumentException likewise if the image can't be colorized with these options
	 */
	public void paint(Wanted wanted, Consumer<Picture> show, Progress progress) throws IOException {
		read(wanted.plain(), progress);
		progress.update(0, 1);
		var plan = decided.decision.plan();
		if (staysGray(plan)) {
			var zero = new float[read.part.l().length];
			painted = new Painted(decided, read, zero, zero, true);
		}
		boolean there = painted != null && painted.isOf(decided, read);
		double coarse = there ? 1 : coarse(plan);
		if (!there && coarse < 1) {
			painted = colorize(plan, coarse, progress);
			there = true;
		}
		if (there) show.accept(picture(wanted));
		if (there && painted.exact) return;
		painted = colorize(plan, 1, progress);
		show.accept(picture(wanted));
	}

	/** Whether the result would have no colours. */
	private static boolean staysGray(Plan plan) {
		return plan == null;
	}

	/** Reads what is not known yet. */
	private void read(Wanted wanted, Progress progress) throws IOException {
		open(Models.folder(wanted.model), wanted.device.trim());
		progress.update(0, 1);
		fit(wanted.options, progress);
		progress.update(0, 1);
		decide(wanted.options, progress);
		progress.update(0, 1);
		var plan = decided.decision.plan();
		look(wanted.view, Math.max(1, wanted.options.channel()), decided.decision.mapping(), plan == null ? 1 : plan.scale());
	}

	private void look(View view, int channel, GrayMapping mapping, double scale) {
		var seen = new Read(view, channel, mapping, opened.model, scale, read == null ? null : read.part);
		if (seen.equals(read)) return;
		var input = new ChannelSlices(image, channel, () -> {});
		var plane = input.lightness(mapping).lightness(input.read(view.plane()));
		var net = opened.model.spec().net();
		int halo = net.halo() + new GuidedUpsampling(GuidedUpsampling.RADIUS, GuidedUpsampling.EPSILON).margin();
		read = new Read(view, channel, mapping, opened.model, scale, new PreviewPart(plane, view, scale, halo, net.stride()));
	}

	private void open(Path folder, String device) throws IOException {
		if (opened != null && opened.folder.equals(folder) && opened.device.equals(device)) return;
		close();
		opened = new Opened(folder, device, ColorModel.open(folder, device));
	}

	private void fit(ColorizeOptions options, Progress progress) throws IOException {
		var references = options.own().references();
		if (fitted != null && fitted.opened == opened && fitted.references.equals(references)) return;
		fitted = new Fitted(opened, references, ReferenceSource.fit(references, opened.model, options.colorizer(), sentence -> progress.update(0, 1)));
	}

	private void decide(ColorizeOptions options, Progress progress) throws IOException {
		double min = image.getDisplayRangeMin(), max = image.getDisplayRangeMax();
		if (decided != null && decided.fitted == fitted && decided.options.equals(options) && decided.min == min && decided.max == max) return;
		var hints = HintSource.of(options.own().hints()).read(image, sentence -> {});
		decided = new Decided(fitted, options, min, max, new ImageColorizer(opened.model, options, fitted.head, sentence -> {}).decide(image, hints,
			progress));
	}

	/** By how much the network's work is reduced for a first picture; 1 if the exact one does not take long. */
	private double coarse(Plan plan) {
		double factor = plan.scale() / read.part.resolution();
		double pixels = factor * factor * read.part.width() * read.part.height();
		return pixels < 2 * QUICK ? 1 : Math.sqrt(QUICK / pixels);
	}

	/** @param factor by which the scale is reduced */
	private Painted colorize(Plan plan, double factor, Progress progress) {
		var part = read.part;
		var seen = new Plan(plan.scale() / part.resolution() * factor, plan.guidance(), TILE, plan.head(), plan.share(), part.hints(plan.hints()), plan
			.mapWeights());
		float[] a = new float[part.l().length], b = a.clone();
		new Colorizer(opened.model, decided.options.colorizer(), fitted.head).colorize(part.lightness(), 0, seen, (tile, l, tileA, tileB) -> {
			int n = (int) tile.dimension(0);
			for (int j = 0; j < tile.dimension(1); j++) {
				int to = (int) (tile.min(1) + j) * part.width() + (int) tile.min(0);
				System.arraycopy(tileA, j * n, a, to, n);
				System.arraycopy(tileB, j * n, b, to, n);
			}
		}, progress);
		return new Painted(decided, read, a, b, factor == 1);
	}

	private Picture picture(Wanted wanted) {
		var part = read.part;
		var visible = part.visible();
		float strength = staysGray(wanted) ? 0 : (float) wanted.options.own().strength();
		var stencil = Stencil.of(image, wanted.options.extent().area());
		var argb = new int[visible.width * visible.height];
		IntStream.range(0, visible.height).parallel().forEach(j -> {
			for (int i = 0; i < visible.width; i++) {
				int from = (visible.y + j) * part.width() + visible.x + i;
				float factor = stencil.isWhole() || stencil.has(part.column(visible.x + i), part.row(visible.y + j)) ? strength : 0;
				argb[j * visible.width + i] = Lab.toArgb(part.l()[from], factor * painted.a[from], factor * painted.b[from]);
			}
		});
		return new Picture(new ColorProcessor(visible.width, visible.height, argb), painted.exact, about(wanted));
	}

	private boolean staysGray(Wanted wanted) {
		var plan = decided.decision.plan();
		return plan != null && plan.isUnknown() && wanted.options.honesty().unknown() == Unknown.GRAY;
	}

	private String about(Wanted wanted) {
		var plan = decided.decision.plan();
		if (plan == null) return "one gray everywhere";
		if (staysGray(wanted)) return "stays gray: resembles no class of the model";
		if (!wanted.options.category().equals(Colorizer.Options.AUTO)) return plan.guidance().category();
		return String.format(Locale.ROOT, "%s (found, probability %.2f)", plan.guidance().category(), plan.guidance().probability());
	}

	/** Frees the model. It is opened again if another picture is painted. */
	@Override
	public void close() {
		if (opened != null) opened.model.close();
		opened = null;
		fitted = null;
		decided = null;
		read = null;
		painted = null;
	}
}
