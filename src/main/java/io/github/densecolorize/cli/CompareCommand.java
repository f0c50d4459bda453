package io.github.densecolorize.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;

import org.apache.commons.math3.stat.inference.TestUtils;
import org.apache.commons.math3.stat.inference.WilcoxonSignedRankTest;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import ij.ImagePlus;

import io.github.densecolorize.Progress;
import io.github.densecolorize.colorize.ColorizeOptions;
import io.github.densecolorize.colorize.Honesty;
import io.github.densecolorize.colorize.ImageColorizer;
import io.github.densecolorize.colorize.Models;
import io.github.densecolorize.colorize.OutputFile;
import io.github.densecolorize.dataset.ClassFolders;
import io.github.densecolorize.image.Comparison;
import io.github.densecolorize.image.Entropy;
import io.github.densecolorize.image.Lab;
import io.github.densecolorize.image.LightnessTable;
import io.github.densecolorize.image.NumberText;
import io.github.densecolorize.measure.Quantity;
import io.github.densecolorize.measure.QuantityPlot;
import io.github.densecolorize.measure.Summary;
import io.github.densecolorize.model.ColorModel;

/** Compares two models with each other and with methods that need no model, image by image. */
@Command(name = "compare", mixinStandardHelpOptions = true, sortOptions = false, showDefaultValues = true, description = {
	"Compares two models on colour images: who loses less colour information (Info_loss), on how many images, and whether that may be chance.",
	"Beside them: gray (no colour at all), half chroma (the true a* and b*, halved: a low error and dull colours) and, with --tables, the mean colour of each L* in training images of the same class." })
final class CompareCommand implements Callable<Integer> {

	/** Columns of the CSV file; scripts rely on them. */
	static final List<String> COLUMNS = List.of("image", "class", "method", "ab_rmse", "psnr", "ciede2000", "colourfulness",
		"colourfulness_original", "inen", "info_loss");
	/** Up to this many pairs the library computes the distribution of ranks exactly, so that no approximation is needed. */
	private static final int EXACT = 20;
	private static final String GRAY = "gray", HALF = "half chroma", TABLE = "table of the class";

	@Spec
	private CommandSpec spec;

	@Parameters(index = "0", paramLabel = "FOLDER", description = "Colour images that neither model has seen, in one subfolder for each class (and folders in these), or all in the folder.")
	private Path folder;
	@Parameters(index = "1", paramLabel = "MODEL", description = "Name of an installed model, or a model folder.")
	private String first;
	@Parameters(index = "2", paramLabel = "MODEL", description = "The other.")
	private String second;
	@Option(names = "--tables", paramLabel = "FOLDER", description = "Training images of the same classes, of which tables are made.")
	private Path training;
	@Mixin
	private TableFile csv;
	@Option(names = "--plot", paramLabel = "FILE", description = "Draw the histograms of Info_loss into this PNG file.")
	private Path plot;
	@Option(names = "--unknown", defaultValue = "colour", description = "What becomes of an image that resembles none of a model's classes: colour, or gray as colorize leaves it.")
	private String unknown;
	@Mixin
	private ModelChoice choice;

	/** Makes colours from the lightness of an image, or cheats by looking at the true colours. */
	@FunctionalInterface
	private interface Method {

		int[] colorize(ImagePlus original, String category) throws IOException;
	}

	@Override
	public Integer call() throws Exception {
		var options = ColorizeOptions.of(choice.category, choice.scale, "full range", ColorizeOptions.ONLY_CHANNEL, "RGB", choice.tile).with(Honesty.of(unknown, false));
		csv.check(COLUMNS, folder, training);
		if (plot != null) csv.checkFree(plot);
		var classes = ClassFolders.of(folder);
		var qualities = new LinkedHashMap<String, List<ImageQuality>>();
		var rows = new TextTable(COLUMNS);
		var progress = new TerminalProgress("compare");
		var batch = new FileBatch(spec, true, progress::erase);
		try (progress;
				var one = ColorModel.open(Models.folder(first), choice.device);
				var other = ColorModel.open(Models.folder(second), choice.device))
		{
			if (one.spec().name().equals(other.spec().name())) throw new IllegalArgumentException("Both models are called " + one.spec().name() +
				"; rename one.");
			var methods = methods(one, other, options, batch);
			methods.keySet().forEach(name -> qualities.put(name, new ArrayList<>()));
			batch.leave(classes, folder);
			int done = 0;
			for (var name : classes.classes().keySet())
				for (var file : classes.classes().get(name)) {
					batch.attempt(file, () -> measure(file, TrueColours.open(file, batch), classes.flat() ? "" : name, methods, qualities, rows));
					progress.update(++done, classes.size());
				}
			batch.sumUp("compared");
			if (qualities.get(GRAY).isEmpty()) throw new IOException("Folder " + folder +
				" holds no image that can be compared; give one with colour images.");
			report(qualities, one.spec().name(), other.spec().name());
		}
		csv.write(rows);
		return batch.status();
	}

	private Map<String, Method> methods(ColorModel one, ColorModel other, ColorizeOptions options, FileBatch batch) throws IOException {
		var methods = new LinkedHashMap<String, Method>();
		methods.put(GRAY, (original, category) -> lessChroma(original, 0));
		methods.put(HALF, (original, category) -> lessChroma(original, 0.5f));
		if (training != null) {
			var classes = ClassFolders.of(training);
			batch.leave(classes, training);
			var tables = new LinkedHashMap<String, LightnessTable>();
			classes.classes().forEach((name, files) -> {
				var table = new LightnessTable();
				files.forEach(file -> batch.attempt(file, () -> table.add(pixels(TrueColours.open(file, batch)))));
				tables.put(classes.flat() ? "" : name, table);
			});
			methods.put(TABLE, (original, category) -> {
				if (!tables.containsKey(category)) throw new IOException("Class " + category + " has no training images in " + training +
					"; give a folder with the same classes.");
				return tables.get(category).colorize(pixels(original));
			});
		}
		for (var model : List.of(one, other)) {
			var colorizer = new ImageColorizer(model, options, sentence -> {});
			methods.put(model.spec().name(), (original, category) -> pixels(colorizer.colorize(original, Progress.NONE)));
		}
		return methods;
	}

	private static int[] pixels(ImagePlus image) {
		return (int[]) image.getProcessor().getPixels();
	}

	private static int[] lessChroma(ImagePlus image, float factor) {
		var argb = pixels(image);
		float[] l = new float[argb.length], a = l.clone(), b = l.clone();
		Lab.fromArgb(argb, l, a, b);
		for (int i = 0; i < l.length; i++) {
			a[i] *= factor;
			b[i] *= factor;
		}
		var changed = new int[argb.length];
		Lab.toArgb(l, a, b, changed);
		return changed;
	}

	/** Measures all methods or, if one fails, none, so that the lists still have the same images. */
	private void measure(Path file, ImagePlus original, String category, Map<String, Method> methods, Map<String, List<ImageQuality>> qualities,
		TextTable rows) throws IOException
	{
		var found = new LinkedHashMap<String, Comparison>();
		for (var method : methods.entrySet())
			found.put(method.getKey(), Comparison.of(pixels(original), method.getValue().colorize(original, category), original.getWidth(), null,
				Entropy.Kind.PAPER));
		found.forEach((name, comparison) -> {
			qualities.get(name).add(ImageQuality.of(comparison));
			rows.add(List.of(folder.relativize(file).toString(), category, name, NumberText.measured(comparison.abRmse()), NumberText.measured(comparison.psnr()),
				NumberText.measured(comparison.ciede2000()), NumberText.measured(comparison.colorized().colourfulness()), NumberText.measured(comparison.original()
					.colourfulness()), NumberText.measured(comparison.colorized().inEn()), NumberText.measured(comparison.infoLoss())));
		});
	}

	private void report(Map<String, List<ImageQuality>> qualities, String one, String other) throws IOException {
		var columns = new ArrayList<>(SetQuality.COLUMNS);
		columns.set(0, "method");
		columns.subList(columns.indexOf("class_accuracy"), columns.size()).clear();
		var table = new TextTable(columns);
		qualities.forEach((name, measured) -> table.add(SetQuality.of(name, measured).cells().subList(0, columns.size())));
		var out = spec.commandLine().getOut();
		out.print(table.aligned());
		double[] a = losses(qualities.get(one)), b = losses(qualities.get(other));
		out.println(verdict(one, a, other, b));
		out.flush();
		if (plot == null) return;
		var values = new LinkedHashMap<String, double[]>();
		values.put(one, a);
		values.put(other, b);
		values.put(HALF, losses(qualities.get(HALF)));
		try (var file = new OutputFile(plot, csv.overwrites())) {
			file.write(QuantityPlot.of(Quantity.INFO_LOSS.toString(), values).getImagePlus());
		}
	}

	private static double[] losses(List<ImageQuality> qualities) {
		return qualities.stream().mapToDouble(q -> q.colours().infoLoss()).toArray();
	}

	/** A sentence that says which of two lists of Info_loss, compared image by image, is lower. */
	static String verdict(String one, double[] a, String other, double[] b) {
		int n = a.length;
		long wins = IntStream.range(0, n).filter(i -> a[i] < b[i]).count();
		var difference = Summary.of(IntStream.range(0, n).mapToDouble(i -> a[i] - b[i]).toArray());
		// Wilcoxon 1945: pairs without a difference are left out.
		var unequal = IntStream.range(0, n).filter(i -> a[i] != b[i]).toArray();
		var text = String.format(Locale.ROOT, "%s loses less than %s on %d of %d images (%.1f %%); mean difference of Info_loss %.4f", one, other,
			wins, n, 100.0 * wins / n, difference.mean());
		if (unequal.length < 2) return text + ".";
		return text + String.format(Locale.ROOT, ", standard deviation %.4f; p = %.2g by the paired t test, " +
			"p = %.2g by Wilcoxon's signed rank test.", difference.sd(), TestUtils.pairedTTest(a, b), new WilcoxonSignedRankTest().wilcoxonSignedRankTest(
				IntStream.of(unequal).mapToDouble(i -> a[i]).toArray(), IntStream.of(unequal).mapToDouble(i -> b[i]).toArray(), unequal.length <= EXACT));
	}
}
