package io.github.densecolorize.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import io.github.densecolorize.Progress;
import io.github.densecolorize.image.Entropy;
import io.github.densecolorize.image.NumberText;
import io.github.densecolorize.measure.ImageMeasurer;
import io.github.densecolorize.measure.MeasuredSlice;
import io.github.densecolorize.measure.Pairs;
import io.github.densecolorize.measure.Quantity;
import io.github.densecolorize.measure.Summary;

/** Measures colorized images against their originals. */
@Command(name = "measure", mixinStandardHelpOptions = true, sortOptions = false, showDefaultValues = true, description = {
	"Measures the colours of images and stacks: InEn and Info_loss, and how far the colorized are from the originals.",
	"One row for each slice, as comma-separated values on stdout, or with --csv to a file and on stdout mean, standard deviation (sd) and number (n) of each column. Colours are those that ImageJ shows. Two folders are matched by the names and subfolders that colorize gives its outputs." })
final class MeasureCommand implements Callable<Integer> {

	/** Columns of the CSV file; scripts rely on them. */
	static final List<String> COLUMNS = Stream.of(Stream.of(Quantity.IMAGE, Quantity.SLICE), Arrays.stream(Quantity.values()).map(
		Quantity::toString), Stream.of(Quantity.METHOD)).flatMap(s -> s).toList();

	@Spec
	private CommandSpec spec;

	@Parameters(index = "0", paramLabel = "ORIGINAL", description = "Colour image or stack, or a folder of them and of folders.")
	private Path original;
	@Parameters(index = "1", arity = "0..1", paramLabel = "COLORIZED", description = "What was colorized from it; without, InEn and colourfulness of the original are measured.")
	private Path colorized;
	@Mixin
	private TableFile csv;
	@Option(names = "--base", defaultValue = "2", description = "Base of the logarithm: 2 (bits), e or 10.")
	private String base;
	@Option(names = "--histogram", defaultValue = "separate", description = "separate (a* and b*, summed, as in the paper) or joint (of the pairs).")
	private String histogram;
	@Option(names = "--method", defaultValue = "", showDefaultValue = Visibility.NEVER, description = "Text for the last column; without, the model's name that TIFF files of colorize carry.")
	private String method;

	@Override
	public Integer call() throws Exception {
		var kind = Entropy.Kind.of(base, histogram);
		csv.check(COLUMNS, original, colorized);
		var pairs = Pairs.of(original, colorized);
		var rows = new ArrayList<MeasuredSlice>();
		var progress = new TerminalProgress("measure");
		var batch = new FileBatch(spec, Files.isDirectory(original), progress::erase);
		try (progress) {
			batch.leave(pairs.left());
			int done = 0;
			for (var pair : pairs.matched()) {
				batch.attempt(pair.colorized() == null ? pair.original() : pair.colorized(), pair.size(), () -> rows.addAll(measure(pair, kind, batch)));
				progress.update(++done, pairs.matched().size());
			}
		}
		batch.sumUp("measured");
		pairs.requireAny(original, colorized);
		// A table of an earlier run is kept.
		if (rows.isEmpty()) return ExitCode.SOFTWARE;
		var table = new TextTable(COLUMNS);
		rows.forEach(row -> table.add(cells(row)));
		var out = spec.commandLine().getOut();
		csv.write(table);
		out.print(csv.isGiven() ? summary(rows).aligned() : table.csv());
		out.flush();
		return batch.status();
	}

	private List<MeasuredSlice> measure(Pairs.Pair pair, Entropy.Kind kind, FileBatch batch) throws IOException {
		var measurer = new ImageMeasurer(kind, method, batch::say);
		var image = batch.open(pair.original());
		return pair.colorized() == null ? measurer.measure(image, Progress.NONE) : measurer.measure(image, batch.open(pair.colorized()),
			Progress.NONE);
	}

	private static List<String> cells(MeasuredSlice row) {
		var cells = new ArrayList<>(List.of(row.image(), Integer.toString(row.slice())));
		for (var quantity : Quantity.values())
			cells.add(NumberText.measured(quantity.of(row)));
		cells.add(row.method());
		return cells;
	}

	private static TextTable summary(List<MeasuredSlice> rows) {
		var table = new TextTable(List.of("", "mean", "sd", "n"));
		for (var quantity : Quantity.values()) {
			var summary = Summary.of(rows, quantity);
			table.add(List.of(quantity.toString(), NumberText.measured(summary.mean()), NumberText.measured(summary.sd()), Integer.toString(summary.n())));
		}
		return table;
	}
}
