package io.github.densecolorize.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import ij.ImagePlus;

import io.github.densecolorize.Colorizer;
import io.github.densecolorize.Progress;
import io.github.densecolorize.colorize.ColorizeOptions;
import io.github.densecolorize.colorize.Honesty;
import io.github.densecolorize.colorize.ImageColorizer;
import io.github.densecolorize.colorize.Models;
import io.github.densecolorize.colorize.OutputFile;
import io.github.densecolorize.colorize.Provenance;
import io.github.densecolorize.dataset.ClassFolders;
import io.github.densecolorize.files.NewFile;
import io.github.densecolorize.image.Comparison;
import io.github.densecolorize.image.Entropy;
import io.github.densecolorize.image.Lab;
import io.github.densecolorize.image.LightnessTable;
import io.github.densecolorize.image.NumberText;
import io.github.densecolorize.measure.Quantity;
import io.github.densecolorize.measure.QuantityPlot;
import io.github.densecolorize.model.ColorModel;

/** Compares models with each other and with methods that need no model, image by image. */
@Command(name = "compare", mixinStandardHelpOptions = true, sortOptions = false, showDefaultValues = true, description = {
	"Compares models on colour images: who loses less colour information (Info_loss), on how many images, and whether that may be chance.",
	"Beside them: gray (no colour at all), half chroma (the true a* and b*, halved: a low error and dull colours) and, with --tables, the mean colour of each L* in training images of the same class." })
final class CompareCommand implements Callable<Integer> {

	/** Columns of the CSV file; scripts rely on them. */
	static final List<String> COLUMNS = List.of("image", "class", "method", "ab_rmse", "psnr", "ciede2000", "colourfulness",
		"colourfulness_original", "inen", "info_loss", "ssim", "class_found");
	private static final String GRAY = "gray", HALF = "half chroma", TABLE = "table of the class";

	@Spec
	private CommandSpec spec;

	@Parameters(index = "0", paramLabel = "FOLDER", description = "Colour images that no model has seen, in one subfolder for each class (and folders in these), or all in the folder.")
	private Path folder;
	@Parameters(index = "1..*", arity = "2..*", paramLabel = "MODEL", description = "Names of installed models, or model folders, at least two; the first is tested against each other one.")
	private List<String> models;
	@Option(names = "--tables", paramLabel = "FOLDER", description = "Training images of the same classes, of which tables are made.")
	private Path training;
	@Mixin
	private TableFile csv;
	@Option(names = "--plot", paramLabel = "FILE", description = "Draw the histograms of Info_loss into this PNG file.")
	private Path plot;
	@Option(names = "--tests", paramLabel = "FILE", description = "Write the tests of the first model against each other one as a table to this file.")
	private Path tests;
	@Option(names = "--unknown", defaultValue = "colour", description = "What becomes of an image that resembles none of a model's classes: colour, or gray as colorize leaves it.")
	private String unknown;
	@Mixin
	private ModelChoice choice;

	/** Makes colours from the lightness of an image, or cheats by looking at the true colours. */
	@FunctionalInterface
	private interface Method {

		Colorized colorize(ImagePlus original, String category) throws IOException;
	}

	/**
	 * What a method made of an image.
	 *
	 * @param category that a model found; null for a method without classes
	 */
	private record Colorized(int[] pixels, String category) {}

	@Override
	public Integer call() throws Exception {
		var options = ColorizeOptions.of(choice.category, choice.scale, "full range", ColorizeOptions.ONLY_CHANNEL, "RGB", choice.tile).with(Honesty.of(unknown, false));
		csv.check(COLUMNS, folder, training);
		if (plot != null) csv.checkFree(plot);
		if (tests != null) csv.checkFree(tests);
		var classes = ClassFolders.of(folder);
		var qualities = new LinkedHashMap<String, List<ImageQuality>>();
		var rows = new TextTable(COLUMNS);
		var progress = new TerminalProgress("compare");
		var batch = new FileBatch(spec, true, progress::erase);
		var opened = new ArrayList<ColorModel>();
		try (progress) {
			for (var model : models)
				opened.add(ColorModel.open(Models.folder(model), choice.device));
			var names = opened.stream().map(model -> model.spec().name()).toList();
			for (var name : names)
				if (Collections.frequency(names, name) > 1) throw new IllegalArgumentException("Two models are called " + name + "; rename one.");
			var methods = methods(opened, options, batch);
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
			report(qualities, names);
		}
		finally {
			opened.forEach(ColorModel::close);
		}
		csv.write(rows);
		return batch.status();
	}

	private Map<String, Method> methods(List<ColorModel> opened, ColorizeOptions options, FileBatch batch) throws IOException {
		var methods = new LinkedHashMap<String, Method>();
		methods.put(GRAY, (original, category) -> new Colorized(lessChroma(original, 0), null));
		methods.put(HALF, (original, category) -> new Colorized(lessChroma(original, 0.5f), null));
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
				return new Colorized(tables.get(category).colorize(pixels(original)), null);
			});
		}
		// If the class is given by the user, nothing can be said about whether the model finds it.
		boolean asked = options.category().equals(Colorizer.Options.AUTO);
		for (var model : opened) {
			var colorizer = new ImageColorizer(model, options, sentence -> {});
			methods.put(model.spec().name(), (original, category) -> {
				var result = colorizer.colorize(original, Progress.NONE);
				return new Colorized(pixels(result), asked && model.spec().classes().contains(category) ? String.valueOf(result.getProp(Provenance.PREFIX +
					"category")) : null);
			});
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
		var found = new LinkedHashMap<String, ImageQuality>();
		for (var method : methods.entrySet()) {
			var made = method.getValue().colorize(original, category);
			found.put(method.getKey(), new ImageQuality(Comparison.of(pixels(original), made.pixels, original.getWidth(), null, Entropy.Kind.PAPER), true,
				made.category == null ? Double.NaN : made.category.equals(category) ? 1 : 0, Double.NaN, Double.NaN));
		}
		found.forEach((name, quality) -> {
			qualities.get(name).add(quality);
			var colours = quality.colours();
			rows.add(Stream.concat(Stream.of(folder.relativize(file).toString(), category, name), DoubleStream.of(colours.abRmse(), colours.psnr(), colours.ciede2000(),
				colours.colorized().colourfulness(), colours.original().colourfulness(), colours.colorized().inEn(), colours.infoLoss(), colours.ssim(), quality
					.classFound()).mapToObj(NumberText::measured)).toList());
		});
	}

	private void report(Map<String, List<ImageQuality>> qualities, List<String> names) throws IOException {
		var columns = new ArrayList<>(SetQuality.COLUMNS);
		columns.set(0, "method");
		columns.subList(columns.indexOf("class_accuracy"), columns.size()).clear();
		var table = new TextTable(columns);
		qualities.forEach((name, measured) -> table.add(SetQuality.of(name, measured).cells().subList(0, columns.size())));
		var out = spec.commandLine().getOut();
		out.print(table.aligned());
		var values = new LinkedHashMap<String, double[]>();
		names.forEach(name -> values.put(name, losses(qualities.get(name))));
		var first = names.get(0);
		var compared = names.stream().skip(1).map(name -> PairedTest.of(first, values.get(first), name, values.get(name))).toList();
		var corrected = PairedTest.holm(compared);
		var written = new TextTable(PairedTest.COLUMNS);
		for (int i = 0; i < corrected.length; i++) {
			written.add(compared.get(i).cells(corrected[i]));
			out.println(compared.get(i).sentence() + (corrected.length == 1 || Double.isNaN(corrected[i]) ? "." : String.format(Locale.ROOT,
				", %.2g corrected for %d comparisons (Holm).", corrected[i], corrected.length)));
		}
		out.flush();
		if (tests != null) NewFile.write(tests, csv.overwrites(), file -> file.write(written.csv().getBytes(StandardCharsets.UTF_8)));
		if (plot == null) return;
		values.put(HALF, losses(qualities.get(HALF)));
		if (training != null) values.put(TABLE, losses(qualities.get(TABLE)));
		try (var file = new OutputFile(plot, csv.overwrites())) {
			file.write(QuantityPlot.of(Quantity.INFO_LOSS.toString(), values).getImagePlus());
		}
	}

	private static double[] losses(List<ImageQuality> qualities) {
		return qualities.stream().mapToDouble(q -> q.colours().infoLoss()).toArray();
	}
}
