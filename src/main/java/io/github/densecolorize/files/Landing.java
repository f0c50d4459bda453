package io.github.densecolorize.files;

import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Replaces several files together: all of them or none. What is to be done is first written into a note, so that if the program is stopped, the next
 * one that finds the note can finish the work.
 *
 * @param place folder of all targets
 * @param folder in which the files were made
 * @param made files with their targets
 * @param obsolete files to be removed
 */
record Landing(Path place, Path folder, Map<Path, Path> made, List<Path> obsolete) {

	private static final String NOTE = "landing";

	void write() throws IOException {
		var draft = folder.resolve(NOTE + ".draft");
		try (var channel = FileChannel.open(draft, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
			var out = new DataOutputStream(new BufferedOutputStream(Channels.newOutputStream(channel))))
		{
			out.writeInt(made.size());
			for (var each : made.entrySet()) {
				out.writeUTF(folder.relativize(each.getKey().toAbsolutePath()).toString());
				out.writeUTF(place.relativize(each.getValue().toAbsolutePath()).toString());
			}
			out.writeInt(obsolete.size());
			for (var file : obsolete)
				out.writeUTF(place.relativize(file.toAbsolutePath()).toString());
			out.flush();
			channel.force(true);
		}
		Files.move(draft, folder.resolve(NOTE), StandardCopyOption.ATOMIC_MOVE);
		Workspace.flushNames(folder);
	}

	private static Landing read(Path place, Path folder) throws IOException {
		try (var in = new DataInputStream(Files.newInputStream(folder.resolve(NOTE)))) {
			var made = new LinkedHashMap<Path, Path>();
			for (int left = in.readInt(); left > 0; left--)
				made.put(within(folder, in.readUTF()), within(place, in.readUTF()));
			var obsolete = new ArrayList<Path>();
			for (int left = in.readInt(); left > 0; left--)
				obsolete.add(within(place, in.readUTF()));
			return new Landing(place, folder, made, obsolete);
		}
	}

	/** Files in other folders are never touched, whatever a note says. */
	private static Path within(Path folder, String name) throws IOException {
		var file = folder.resolve(name).normalize();
		if (!file.startsWith(folder) || file.equals(folder)) throw new IOException(folder + " has a note on another folder's file " + name);
		return file;
	}

	/**
	 * Does what the note says is still to be done.
	 *
	 * @return whether there was a note
	 */
	static boolean finish(Path place, Path folder) throws IOException {
		if (!Files.exists(folder.resolve(NOTE))) return false;
		var landing = read(place, folder);
		for (var each : landing.made.entrySet())
			if (Files.exists(each.getKey())) Files.move(each.getKey(), each.getValue(), StandardCopyOption.ATOMIC_MOVE,
				StandardCopyOption.REPLACE_EXISTING);
		for (var file : landing.obsolete)
			Files.deleteIfExists(file);
		for (var target : landing.made.values())
			Workspace.flushNames(target.getParent());
		Files.delete(folder.resolve(NOTE));
		return true;
	}
}
