package io.github.densecolorize.spark;

import java.util.List;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import io.github.densecolorize.image.Entropy;

/** Measures a folder of colorized images against the originals. */
@Command(name = "measure", mixinStandardHelpOptions = true, sortOptions = false, showDefaultValues = true, description = {
	"Measures the colours that colorize gave the images of a folder, and how far they are from the originals: InEn, Info_loss and more, a row a slice.",
	"Originals are found by the names that colorize gives its outputs." })
final class MeasureCommand implements Callable<Integer> {

	@Spec
	private CommandSpec spec;

	@Parameters(index = "0", paramLabel = "ORIGINAL", description = "Folder of colour images.")
	private String original;
	@Parameters(index = "1", paramLabel = "COLORIZED", description = "Folder of what was colorized from them.")
	private String colorized;
	@Option(names = "--base", defaultValue = "2", description = "Base of the logarithm: 2 (bits), e or 10.")
	private String base;
	@Option(names = "--histogram", defaultValue = "separate", description = "separate (a* and b*, summed, as in the paper) or joint (of the pairs).")
	private String histogram;
	@Mixin
	private TableChoice table;

	@Override
	public Integer call() throws Exception {
		Entropy.Kind.of(base, histogram);
		var tables = table.folder(colorized);
		return ClusterJob.run(spec.commandLine(), "measured", tables, false, tables, job -> {
			Folder originals = job.folder(original), results = job.folder(colorized);
			results.requireFolder("colorized images");
			var tasks = job.list(originals, List.of(results.path()), Long.MAX_VALUE);
			var work = new MeasureWork(originals, results, base, histogram, tasks.name());
			job.add(job.context().parallelize(tasks.ranges(), tasks.ranges().size()).flatMap(work::measure), task -> tasks.ranges().get(task).lines());
		});
	}
}
