package io.github.densecolorize.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The most memory that this process has had. */
final class PeakMemory {

	private PeakMemory() {}

	/** MiB, resident; only Linux tells it. */
	static Optional<Double> megabytes() throws IOException {
		var status = Path.of("/proc/self/status");
		if (!Files.isReadable(status)) return Optional.empty();
		return Files.readAllLines(status).stream().filter(line -> line.startsWith("VmHWM:")).map(line -> Double.parseDouble(line.replaceAll(
			"\\D", "")) / 1024).findFirst();
	}
}
