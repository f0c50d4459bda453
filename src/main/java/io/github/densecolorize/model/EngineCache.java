package io.github.densecolorize.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

import io.github.densecolorize.files.Trees;

/** The folder to which DJL unpacks the engine's libraries. */
final class EngineCache {

	private EngineCache() {}

	/** Removes what programs left behind that were stopped while they unpacked (160 MB each): DJL's temporary folders that are older than a day. */
	static void sweep(Path cache) {
		var yesterday = Instant.now().minus(Duration.ofDays(1));
		try (var folders = Files.newDirectoryStream(cache, "tmp*")) {
			for (var folder : folders)
				if (Files.isDirectory(folder) && Files.getLastModifiedTime(folder).toInstant().isBefore(yesterday)) Trees.delete(folder);
		}
		catch (IOException e) {
			// The folder is not there yet, or belongs to another user.
		}
	}
}
