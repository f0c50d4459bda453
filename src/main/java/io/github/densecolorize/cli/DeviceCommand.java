package io.github.densecolorize.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

import io.github.densecolorize.model.Torch;

/** Says what computes. */
@Command(name = "device", mixinStandardHelpOptions = true, description = "Says which device --device auto takes and, if it is no GPU, why.")
final class DeviceCommand implements Runnable {

	@Spec
	private CommandSpec spec;

	@Override
	public void run() {
		var out = spec.commandLine().getOut();
		Torch.facts().forEach((name, fact) -> out.printf("%-11s %s%n", name, fact));
	}
}
