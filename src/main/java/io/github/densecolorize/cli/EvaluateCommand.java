package io.github.densecolorize.cli;

import java.io.IOException;
import java.lang.ref.SoftReference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import ij.ImagePlus;

import io.github.densecolorize.Colorizer;
import io.github.densecolorize.Hint;
import io.github.densecolorize.Progress;
import io.github.densecolorize.References;
import io.github.densecolorize.colorize.ColorizeOptions;
import io.github.densecolorize.colorize.Honesty;
import io.github.densecolorize.colorize.ImageColorizer;
import io.github.densecolorize.colorize.Models;
import io.github.densecolorize.colorize.OwnColours;
import io.github.densecolorize.colorize.Provenance;
import io.github.densecolorize.colorize.ReferenceSource;
import io.github.densecolorize.dataset.ClassFolders;
import io.github.densecolorize.image.Comparison;
import io.github.densecolorize.image.Entropy;
import io.github.densecolorize.model.ColorModel;
import io.github.densecolorize.model.Head;
import io.github.densecolorize.model.ModelSpec;

/** Measures a model on colour images. */
@Command(name = "evaluate", mixinStandardHelpOptions = true, sortOptions = false, showDefaultValues = true, description = {
	"Colorizes the lightness of colour images and measures how far the colours are from theirs.",
	"Whole images, as colorize writes them. ab_rmse: per channel, over all pixels; ab_rmse_mean: mean over the images of each one's own. psnr (of RGB, dB), ciede2000, colourfulness (Hasler and Suesstrunk), inen (InEn, bits) and info_loss: means over the images. class_accuracy: share of the images whose most likely class is their folder.",
	"ece: expected calibration error, by how much the probability of the most likely class is wrong on average (0 to 1, ten bins). worse_than_gray: share of images whose mean squared error of a* and b* is larger than if they had stayed gray. refused: share of images whose most likely class is unknown. Images in a folder unknown count for class_accuracy, ece and refused only, so they may be gray." })
final class EvaluateCommand implements Callable<Integer> {

	@Spec
	private CommandSpec spec;

	@Parameters(paramLabel = "MODEL", description = "Name of an installed model, or a model folder.")
	private String model;
	@Parameters(paramLabel = "FOLDER", description = "Colour images, in one subfolder for each class (and folders in these), or all in the folder.")
	private Path folder;
	@Mixin
	private TableFile csv;
	@Option(names = "--references", defaultValue = "0", paramLabel = "N", description = "Give each image so many other images of its group as references. They are drawn at random, but are never from the same field (the name without the numbers _x_y at its end) or case (the name up to the first part with letters and digits, the first left out).")
	private int references;
	@Option(names = "--group", defaultValue = "prefix", description = "Which images belong together: prefix (those of a class whose names are the same up to the first _) or folder (all of a class).")
	private OtherImages.Group group;
	@Option(names = "--reference-strength", defaultValue = "auto", description = "Share of the references' colours: auto, or 0 (the model's) to 1.")
	private String referenceStrength;
	@Option(names = "--hints", defaultValue = "0", paramLabel = "N", description = "Tell the true colours of so many pixels of each image, drawn at random.")
	private int hints;
	@Option(names = "--seed", defaultValue = "1", description = "Of the random draws: the same seed draws the same references and pixels.")
	private long seed;
	@Option(names = "--unknown", defaultValue = "colour", description = "What becomes of an image that resembles none of the model's classes: colour, or gray as colorize leaves it.")
	private String unknown;
	@Mixin
	private ModelChoice choice;

	private OtherImages others;
	/** What the model sees in a reference, as long as there is memory; empty if it can't be one. */
	private final Map<Path, SoftReference<Optional<References.Seen>>> seen = new HashMap<>();
	private int alone;

	@Override
	public Integer call() throws Exception {
		var options = ColorizeOptions.of(choice.category, choice.scale, "full range", ColorizeOptions.ONLY_CHANNEL, "RGB", choice.tile).with(
			OwnColours.of("", referenceStrength, 1, "none")).with(Honesty.of(unknown, false));
		checkNumber("references", references);
		checkNumber("hints", hints);
		others = new OtherImages(folder, seed);
		csv.check(SetQuality.COLUMNS, folder);
		var classes = ClassFolders.of(folder);
		if (classes.size() == 0 && classes.left().isEmpty()) throw noImage();
		var table = new TextTable(SetQuality.COLUMNS);
		var all = new ArrayList<ImageQuality>();
		var progress = new TerminalProgress("evaluate");
		var batch = new FileBatch(spec, true, progress::erase);
		try (progress; var network = ColorModel.open(Models.folder(model), choice.device)) {
			batch.leave(classes, folder);
			int done = 0;
			// If the class is given by the user, or the model does not have it, nothing can be said about whether the model finds it.
			boolean asked = options.category().equals(Colorizer.Options.AUTO);
			for (var name : classes.classes().keySet()) {
				boolean coloured = classes.flat() || !name.equals(ModelSpec.UNKNOWN), known = asked && !classes.flat() && network.spec().classes().contains(name);
				var measured = new ArrayList<ImageQuality>();
				for (var file : classes.classes().get(name)) {
					batch.attempt(file, () -> {
						var image = TrueColours.open(file, batch);
						var head = head(file, classes.classes().get(name), network, options.colorizer());
						measured.add(measure(image, new ImageColorizer(network, options, head, sentence -> {}), hints(file, image), coloured, known ? name : null, asked));
					});
					progress.update(++done, classes.size());
				}
				if (!classes.flat() && !measured.isEmpty()) table.add(SetQuality.of(name, measured).cells());
				all.addAll(measured);
			}
		}
		if (alone > 0) batch.say(alone + (alone == 1 ? " image was" : " images were") +
			" measured without a reference, as no other image of the group is from another field and case and has colours.");
		batch.sumUp("measured");
		if (all.isEmpty()) throw noImage();
		table.add(SetQuality.of("all", all).cells());
		var out = spec.commandLine().getOut();
		out.print(table.aligned());
		out.printf(Locale.ROOT, "Largest difference of L* between result and original: %.3f%n", all.stream().mapToDouble(
			i -> i.colours().maxDL()).max().orElse(0));
		csv.write(table);
		return batch.status();
	}

	private IOException noImage() {
		return new IOException("Folder " + folder + " holds no image that can be evaluated; give one with colour images.");
	}

	private static void checkNumber(String name, int number) {
		if (number < 0) throw new IllegalArgumentException("--" + name + " is " + number + "; must be 0 or more.");
	}

	/**
	 * Fits the model to references that are drawn for an image.
	 *
	 * @param all images of its class
	 * @return null if there are none
	 */
	private Head head(Path file, List<Path> all, ColorModel network, Colorizer.Options options) {
		if (references == 0) return null;
		var drawn = others.drawn(file, all, group).stream().map(other -> seen(other, network, options)).flatMap(Optional::stream).limit(references)
			.toList();
		if (drawn.isEmpty()) alone++;
		return drawn.isEmpty() ? null : References.fit(drawn);
	}

	/** @return empty if the file can't be a reference */
	private Optional<References.Seen> seen(Path file, ColorModel network, Colorizer.Options options) {
		var kept = seen.get(file);
		var known = kept == null ? null : kept.get();
		if (known != null) return known;
		Optional<References.Seen> found;
		try {
			found = Optional.of(References.see(network, options, ReferenceSource.reference(TrueColours.openQuietly(file), 1, file.toString(),
				"")));
		}
		catch (IOException | IllegalArgumentException e) {
			// If it can't be measured either, its own turn tells why.
			found = Optional.empty();
		}
		seen.put(file, new SoftReference<>(found));
		return found;
	}

	/** The true colours of some pixels. */
	private List<Hint> hints(Path file, ImagePlus image) {
		var argb = (int[]) image.getProcessor().getPixels();
		return Arrays.stream(others.pixels(file, argb.length, hints)).mapToObj(i -> {
			int x = i % image.getWidth(), y = i / image.getWidth();
			return Hint.of(Hint.ALL, argb[i], List.of(new Hint.Run(y, x, x)), "pixel " + x + ", " + y);
		}).toList();
	}

	/**
	 * @param counts whether the colours count
	 * @param category the image's class; null if it does not matter
	 * @param asked whether the model looks for the class
	 */
	private static ImageQuality measure(ImagePlus image, ImageColorizer colorizer, List<Hint> hints, boolean counts, String category, boolean asked) {
		var result = colorizer.colorize(image, hints, Progress.NONE);
		var found = result.getProp(Provenance.PREFIX + "category");
		var probability = result.getProp(Provenance.PREFIX + "category.probability");
		var colours = Comparison.of((int[]) image.getProcessor().getPixels(), (int[]) result.getProcessor().getPixels(), image.getWidth(), null,
			Entropy.Kind.PAPER);
		return new ImageQuality(colours, counts, category == null ? Double.NaN : category.equals(found) ? 1 : 0, probability == null ? Double.NaN
			: Double.parseDouble(probability), !asked ? Double.NaN : ModelSpec.UNKNOWN.equals(found) ? 1 : 0);
	}
}
