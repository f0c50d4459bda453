package io.github.densecolorize.cli;

import java.io.IOException;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import io.github.densecolorize.model.GpuLibraries;
import io.github.densecolorize.model.Torch;

/** Says what computes. */
@Command(name = "device", mixinStandardHelpOptions = true, description = "Says which device --device auto takes and, if it is no GPU, why.")
final class DeviceCommand implements Callable<Integer> {

	@Spec
	private CommandSpec spec;

	@Option(names = "--install-gpu", description = "Fetch PyTorch's libraries for NVIDIA GPUs, about 3 GB, from their publisher, publish.djl.ai.")
	private boolean installGpu;

	@Override
	public Integer call() throws IOException {
		var out = spec.commandLine().getOut();
		if (installGpu) try (var progress = new TerminalProgress("fetching")) {
			out.println("GPU libraries are in " + GpuLibraries.install(progress::update) + "; they are used from now on.");
		}
		else Torch.facts().forEach((name, fact) -> out.printf("%-11s %s%n", name, fact));
		return ExitCode.OK;
	}
}
