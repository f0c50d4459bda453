package io.github.densecolorize.cli;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import io.github.densecolorize.colorize.AdaptedModel;
import io.github.densecolorize.colorize.ColorizeOptions;

/** Writes a model that has the colours of reference images. */
@Command(name = "adapt", mixinStandardHelpOptions = true, sortOptions = false, showDefaultValues = true, description = {
	"Adapts a model to reference images: colour images of the same stain, laboratory and scanner as the gray ones.",
	"The result is a model like any other. It takes seconds, since only the last layer is fitted." })
final class AdaptCommand implements Callable<Integer> {

	@Spec
	private CommandSpec spec;

	@Parameters(index = "0", paramLabel = "MODEL", description = "Name of an installed model, or a model folder.")
	private String model;
	@Parameters(index = "1..*", arity = "1..*", paramLabel = "REFERENCE", description = "Colour images, or folders of them.")
	private List<String> references;
	@Option(names = "-o", required = true, paramLabel = "MODEL2", description = "Name or folder of the new model, which must not be there yet.")
	private String out;
	@Mixin
	private ModelChoice choice;

	@Override
	public Integer call() throws IOException {
		var options = ColorizeOptions.of(choice.category, choice.scale, "full range", ColorizeOptions.ONLY_CHANNEL, "RGB", choice.tile);
		var lines = spec.commandLine();
		AdaptedModel.write(model, references, options.colorizer(), choice.device, out, sentence -> {
			lines.getOut().println(sentence);
			lines.getOut().flush();
		});
		return ExitCode.OK;
	}
}
