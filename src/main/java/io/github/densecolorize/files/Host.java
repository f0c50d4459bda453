package io.github.densecolorize.files;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The name of this machine, for people. */
final class Host {

	static final String NAME = name();

	private Host() {}

	/** The network is asked last, as it may take seconds to answer. */
	private static String name() {
		var given = Optional.ofNullable(System.getenv("COMPUTERNAME")).orElse(System.getenv("HOSTNAME"));
		if (given != null && !given.isBlank()) return given;
		try {
			var linux = Path.of("/proc/sys/kernel/hostname");
			return Files.isReadable(linux) ? Files.readString(linux).strip() : InetAddress.getLocalHost().getHostName();
		}
		catch (IOException e) {
			return "another machine";
		}
	}
}
