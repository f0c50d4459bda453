package io.github.densecolorize.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The largest amount of memory that this process has used so far. */
final class PeakMemory {

	private PeakMemory() {}

	/** MiB of resident memory; known only on Linux. */
	static Optional<Double> megabytes() throws IOException {
		var status = Path.of("/proc/self/status");
		if (!Files.isReadable(status)) return Optional.empty();
		return Files.readAllLines(status).stream().filter(line -> line.startsWith("VmHWM:")).map(line -> Double.parseDouble(line.replaceAll(
			"\\D", "")) / 1024).findFirst();
	}
}
