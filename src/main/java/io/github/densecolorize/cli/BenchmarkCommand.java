package io.github.densecolorize.cli;

import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures speed and memory on the machine at hand. */
@Command(name = "benchmark", mixinStandardHelpOptions = true, description = "Measures speed and memory on this machine.", subcommands = BenchmarkTrainCommand.class)
final class BenchmarkCommand implements Callable<Integer> {

	@Spec
	private CommandSpec spec;

	@Override
	public Integer call() {
		throw new ParameterException(spec.commandLine(), "What to measure was not given; one of " + String.join(", ", spec.subcommands()
			.keySet()) + " is needed.");
	}
}
