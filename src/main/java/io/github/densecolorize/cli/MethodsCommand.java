package io.github.densecolorize.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import io.github.densecolorize.colorize.MethodsText;
import io.github.densecolorize.open.ImageFiles;

/** Says how a result was made. */
@Command(name = "methods", mixinStandardHelpOptions = true, description = {
	"Prints a paragraph for the methods section of a paper: how a colorized image was made.",
	"It is put together from what the result records; PNG files record nothing." })
final class MethodsCommand implements Callable<Integer> {

	@Spec
	private CommandSpec spec;

	@Parameters(paramLabel = "RESULT", description = "TIFF file that colorize or the menu made.")
	private Path result;

	@Override
	public Integer call() throws IOException {
		var lines = spec.commandLine();
		var image = ImageFiles.openByRegions(result, sentence -> lines.getErr().println(result + ": " + sentence));
		lines.getErr().flush();
		lines.getOut().println(MethodsText.of(image));
		lines.getOut().flush();
		return ExitCode.OK;
	}
}
