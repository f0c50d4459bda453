package io.github.densecolorize.cli;

import java.io.IOException;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import io.github.densecolorize.colorize.Models;
import io.github.densecolorize.model.ColorModel;
import io.github.densecolorize.model.GpuLibraries;
import io.github.densecolorize.model.Torch;

/** Says which device computes, and how exact its results are. */
@Command(name = "device", mixinStandardHelpOptions = true, description = {
	"Says which device --device auto takes and, if it is no GPU, why.",
	"Then opens each installed model on it, and says in which way its convolutions are computed and how far they are from plain arithmetic." })
final class DeviceCommand implements Callable<Integer> {

	@Spec
	private CommandSpec spec;

	@Option(names = "--install-gpu", description = "Fetch PyTorch's libraries for NVIDIA GPUs, about 3 GB, from their publisher, publish.djl.ai.")
	private boolean installGpu;

	private static final String LINE = "%-11s %s%n";

	@Override
	public Integer call() throws IOException {
		var out = spec.commandLine().getOut();
		if (installGpu) try (var progress = new TerminalProgress("fetching")) {
			out.println("GPU libraries are in " + GpuLibraries.install(progress::update) + "; they are used from now on.");
			return ExitCode.OK;
		}
		Torch.facts().forEach((name, fact) -> out.printf(LINE, name, fact));
		boolean right = true;
		for (var name : Models.installed())
			try (var model = ColorModel.open(Models.folder(name), "auto")) {
				model.arithmetic().forEach(phrase -> out.printf(LINE, name, phrase));
			}
			catch (IOException | IllegalArgumentException e) {
				right = false;
				out.printf(LINE, name, e.getMessage());
			}
		return right ? ExitCode.OK : ExitCode.SOFTWARE;
	}
}
