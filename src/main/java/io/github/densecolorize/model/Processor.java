package io.github.densecolorize.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Optional;

/** Name of the machine's processor, for users. */
final class Processor {

	private static final Path CPUINFO = Path.of("/proc/cpuinfo");

	private Processor() {}

	/** The name, such as "AMD EPYC, family 26, model 2"; on systems other than Linux only what Java knows, such as "aarch64". */
	static String name() {
		try {
			return Files.isReadable(CPUINFO) ? name(Files.readString(CPUINFO)) : System.getenv().getOrDefault("PROCESSOR_IDENTIFIER", System
				.getProperty("os.arch"));
		}
		catch (IOException e) {
			return System.getProperty("os.arch");
		}
	}

	/** @param cpuinfo lines of a key, a colon and a value, of each core */
	static String name(String cpuinfo) {
		var parts = new ArrayList<String>();
		value(cpuinfo, "model name").ifPresent(parts::add);
		value(cpuinfo, "cpu family").ifPresent(family -> parts.add("family " + family));
		value(cpuinfo, "model").ifPresent(model -> parts.add("model " + model));
		return parts.isEmpty() ? System.getProperty("os.arch") : String.join(", ", parts);
	}

	private static Optional<String> value(String cpuinfo, String key) {
		return cpuinfo.lines().map(line -> line.split(":", 2)).filter(pair -> pair.length == 2 && pair[0].strip().equals(key)).map(pair -> pair[1]
			.strip()).findFirst();
	}
}
