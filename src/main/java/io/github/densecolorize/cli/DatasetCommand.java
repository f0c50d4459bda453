package io.github.densecolorize.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import io.github.densecolorize.dataset.DataSetBuilder;
import io.github.densecolorize.files.Tally;

/** Makes a data set for training. */
@Command(name = "dataset", mixinStandardHelpOptions = true, sortOptions = false, showDefaultValues = true, description = {
	"Makes an HDF5 data set of colour images of any format that ImageJ opens.",
	"Gray images (except in a class unknown), damaged and too small ones and copies are skipped and counted; the exit status is 1 if files that are images could not be read. A set beyond 1 GiB goes to numbered files, which train takes by the name given here." })
final class DatasetCommand implements Callable<Integer> {

	@Spec
	private CommandSpec spec;

	@Parameters(paramLabel = "FOLDER", description = "Colour images, in one subfolder for each class (and folders in these), or all in the folder.")
	private Path folder;
	@Option(names = "-o", required = true, paramLabel = "FILE", description = "Data set to write, ending in .h5.")
	private Path file;
	@Mixin
	private DatasetChoice choice;

	@Override
	public Integer call() throws IOException {
		var wanted = choice.spec(file);
		var out = spec.commandLine().getOut();
		var err = spec.commandLine().getErr();
		try (var progress = new TerminalProgress("dataset")) {
			var builder = new DataSetBuilder(wanted, sentence -> {
				progress.erase();
				out.println(sentence);
			}, sentence -> {
				progress.erase();
				err.println(sentence);
			});
			builder.build(folder, progress);
			out.flush();
			return builder.tally().count(Tally.End.FAILED) == 0 ? ExitCode.OK : ExitCode.SOFTWARE;
		}
	}
}
