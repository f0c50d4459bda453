package io.github.densecolorize.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import io.github.densecolorize.model.ModelIndex;

/** Lists models for others. */
@Command(name = "index", mixinStandardHelpOptions = true, description = {
	"Lists the models of a folder (zip files that export wrote) in a file models.json beside them.",
	"Put the folder on any web server; then models --available and models --get take its address as --index." })
final class IndexCommand implements Callable<Integer> {

	@Spec
	private CommandSpec spec;

	@Parameters(paramLabel = "FOLDER", description = "Folder with the zip files.")
	private Path folder;

	@Override
	public Integer call() throws IOException {
		if (!Files.isDirectory(folder)) throw new IOException("Folder " + folder + " does not exist; give one with zip files of models.");
		var list = ModelIndex.write(folder);
		int models = ModelIndex.read(list.toString()).models().size();
		spec.commandLine().getOut().println(list + " lists " + models + (models == 1 ? " model." : " models."));
		spec.commandLine().getOut().flush();
		return ExitCode.OK;
	}
}
