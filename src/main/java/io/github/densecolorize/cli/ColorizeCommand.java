package io.github.densecolorize.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Function;

import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import io.github.densecolorize.colorize.Bug;
import io.github.densecolorize.colorize.ColorizeOptions;
import io.github.densecolorize.colorize.FileColorizer;
import io.github.densecolorize.colorize.FolderColorizer;
import io.github.densecolorize.colorize.FolderColorizer.Row;
import io.github.densecolorize.colorize.FolderHints;
import io.github.densecolorize.colorize.HintSource;
import io.github.densecolorize.colorize.ImageColorizer;
import io.github.densecolorize.colorize.Output;
import io.github.densecolorize.colorize.OutputFile;
import io.github.densecolorize.colorize.ReferenceSource;
import io.github.densecolorize.files.Tally;
import io.github.densecolorize.files.Tally.End;
import io.github.densecolorize.model.ColorModel;
import io.github.densecolorize.model.Head;
import io.github.densecolorize.open.ImageFiles;

/** Colorizes files. */
@Command(name = "colorize", mixinStandardHelpOptions = true, sortOptions = false, showDefaultValues = true, description = {
	"Colorizes images and stacks of any format that ImageJ opens.",
	"One file goes to a file, as TIFF or, a single RGB plane, PNG. Several go as TIFF to a folder, which is made if it is not there.",
	"Of a folder, all images are colorized, with those of its subfolders, into subfolders of the same names; results that are there already are skipped, so the same line continues a stopped run." })
final class ColorizeCommand implements Callable<Integer> {

	@Spec
	private CommandSpec spec;

	@Parameters(arity = "1..*", paramLabel = "IN", description = "Grayscale images, or folders of them; of a colour image L* is taken.")
	private List<Path> in;
	@Option(names = "-o", required = true, paramLabel = "OUT", description = "File or folder to write.")
	private String out;
	@Option(names = "--overwrite", description = "Replace outputs that exist.")
	private boolean overwrite;
	@Mixin
	private ColorizeChoice choice;

	@Override
	public Integer call() throws Exception {
		var options = choice.options();
		var hints = hints(options);
		if (in.size() == 1 && Files.isDirectory(in.get(0))) return colorizeFolder(in.get(0), options);
		var batch = new FileBatch(spec, false, () -> {});
		var jobs = FileJob.of(in, out, hints, batch::leave);
		try (var network = ColorModel.open(choice.model(), choice.device())) {
			var head = head(network, options);
			try (var files = new FileColorizer(network, options, head, overwrite, this::bug)) {
				for (var job : jobs)
					if (job.named()) batch.attempt(job.in(), () -> run(job, hints, options, log -> new ImageColorizer(network, options, head, log)));
					else try (var progress = new TerminalProgress(name(job.in()))) {
						var outcome = files.colorize(job.in(), () -> hints.forImage(job.name()), job.out(), progress);
						progress.erase();
						batch.tally().add(outcome.end());
						tell(job.in(), job.out(), outcome);
					}
			}
		}
		if (jobs.size() > 1) sumUp(batch.tally());
		return batch.status();
	}

	/** Of several images, the hints are those of a folder; of one, also those of a file. */
	private FolderHints hints(ColorizeOptions options) {
		var text = options.own().hints();
		if (in.size() > 1 || Files.isDirectory(in.get(0))) return FolderHints.of(text);
		try {
			if (Files.isDirectory(Path.of(text))) return FolderHints.of(text);
		}
		catch (InvalidPathException e) {
			// Reported below, as it is no file either.
		}
		var source = HintSource.of(text);
		return image -> source;
	}

	private Head head(ColorModel network, ColorizeOptions options) throws IOException {
		return ReferenceSource.fit(options.own().references(), network, options.colorizer(), sentence -> {
			spec.commandLine().getErr().println(sentence);
			spec.commandLine().getErr().flush();
		});
	}

	private void sumUp(Tally tally) {
		spec.commandLine().getOut().println(tally.sentence("colorized"));
		spec.commandLine().getOut().flush();
	}

	private void bug(Throwable e) {
		spec.commandLine().getErr().println(Bug.trace(e));
	}

	/** Does what the menu's Colorize Folder does. */
	private int colorizeFolder(Path folder, ColorizeOptions options) throws IOException {
		FileJob.checkFolder(out);
		List<Row> rows;
		try (var network = ColorModel.open(choice.model(), choice.device());
			var progress = new TerminalProgress(folder.toString()))
		{
			rows = new FolderColorizer(network, options, head(network, options), "tif", overwrite, this::bug).colorize(folder, Path.of(out), row -> {
				progress.erase();
				tell(folder.resolve(row.in()), Path.of(out).resolve(row.out()), row.outcome());
			}, progress);
		}
		var tally = FolderColorizer.tally(rows);
		sumUp(tally);
		if (options.own().hasHints()) spec.commandLine().getOut().println(FolderColorizer.hinted(rows));
		spec.commandLine().getOut().flush();
		return tally.count(End.FAILED) == 0 ? ExitCode.OK : ExitCode.SOFTWARE;
	}

	private void tell(Path file, Path result, FileColorizer.Outcome outcome) {
		var message = outcome.message();
		var line = spec.commandLine();
		switch (outcome.status()) {
			case COLORIZED -> line.getOut().println(file + " -> " + result + ": " + message);
			case FAILED -> line.getErr().println(message.contains(file.toString()) ? message : file + ": " + message);
			case SKIPPED -> {
				// When a stopped run is continued there are many of these; the summary has their number.
				if (!message.equals(FileColorizer.THERE_ALREADY)) line.getOut().println(file + " was left out: " + message);
			}
		}
		line.getOut().flush();
	}

	private void run(FileJob job, FolderHints hints, ColorizeOptions options, Function<Consumer<String>, ImageColorizer> colorizer) throws IOException {
		OutputFile.check(job.in(), job.out(), overwrite);
		if (OutputFile.isPng(job.out()) && options.output() != Output.RGB) throw new IllegalArgumentException("Output " + options.output() +
			" has 32-bit channels, which PNG can't hold; write to a .tif file.");
		var said = new ArrayList<String>();
		var image = ImageFiles.openByRegions(job.in(), said::add);
		if (OutputFile.isPng(job.out()) && options.extent().slices().count(image) > 1) throw new IllegalArgumentException(job.in() +
			" is a stack, which PNG can't hold; write to a .tif file.");
		try (var file = new OutputFile(job.out(), overwrite); var progress = new TerminalProgress(name(job.in()))) {
			var given = hints.forImage(job.name()).read(image, said::add);
			colorizer.apply(said::add).colorize(image, given, file, progress);
		}
		var out = spec.commandLine().getOut();
		out.println(job.in() + " -> " + job.out() + ": " + String.join(" ", said));
		out.flush();
	}

	private static String name(Path file) {
		return file.getFileName().toString();
	}
}
