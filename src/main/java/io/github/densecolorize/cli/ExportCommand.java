package io.github.densecolorize.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import io.github.densecolorize.colorize.ExportedModel;

/** Writes a model into a file, for others. */
@Command(name = "export", mixinStandardHelpOptions = true, sortOptions = false, showDefaultValues = true, description = {
	"Writes a model into a file: a .zip that this program and its Fiji plugin can import, an .onnx that ONNX Runtime and many others can run, or a .bioimage.zip, a package of the BioImage Model Zoo.",
	"The ONNX file takes L* (0 to 100) at the model's scale as l (1, 1, height, width), and gives a* and b* as ab (1, 2, height, width), and the probabilities of the classes as scores." })
final class ExportCommand implements Callable<Integer> {

	@Spec
	private CommandSpec spec;

	@Parameters(paramLabel = "MODEL", description = "Name of an installed model, or a model folder.")
	private String model;
	@Option(names = "-o", required = true, paramLabel = "FILE", description = "File to write, which must not be there yet; its ending says what it is: .zip, .onnx or .bioimage.zip.")
	private Path out;
	@Option(names = "--category", defaultValue = "auto", description = "ONNX only: the class whose colours are given; auto lets the model tell the class.")
	private String category;

	@Override
	public Integer call() throws IOException {
		ExportedModel.write(model, category, out);
		spec.commandLine().getOut().println("Model " + model + " is in " + out + ".");
		spec.commandLine().getOut().flush();
		return ExitCode.OK;
	}
}
