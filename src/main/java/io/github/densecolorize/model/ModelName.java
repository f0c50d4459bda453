package io.github.densecolorize.model;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/** Names of models, which are names of folders: such that every system can have them, and archives carry them from one to another. */
final class ModelName {

	/** Letters of any language and their marks, digits, and what does not mean anything to a shell or a file system. */
	private static final Pattern PLAIN = Pattern.compile("[\\p{L}\\p{M}\\p{N}_][\\p{L}\\p{M}\\p{N}_ .,+()-]*");
	/** What Windows takes for devices, with any ending. */
	private static final Pattern DEVICE = Pattern.compile("(?i)(con|prn|aux|nul|com\\d|lpt\\d)(\\..*)?");
	private static final int MOST_BYTES = 200;

	private ModelName() {}

	/** @return half a sentence on what is wrong with the name; empty if nothing */
	static String fault(String name) {
		if (!PLAIN.matcher(name).matches()) return "must begin with a letter or a digit and hold letters, digits, spaces and _ . , + ( ) - only";
		if (name.endsWith(".") || name.endsWith(" ")) return "must not end in a dot or a space, which Windows drops";
		if (DEVICE.matcher(name).matches()) return "is that of a device on Windows; take another";
		return name.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES ? "is too long; must have at most " + MOST_BYTES + " bytes" : "";
	}

	/**
	 * Looks whether a new model may have this folder.
	 *
	 * @throws IOException if its name is none that every system can have, or that of another model but for case
	 */
	static void check(Path folder) throws IOException {
		var name = String.valueOf(folder.toAbsolutePath().normalize().getFileName());
		var fault = fault(name);
		if (!fault.isEmpty()) throw new IOException("Model name \"" + name.replaceAll("\\p{Cntrl}", "?") + "\" can't be used: it " + fault + ".");
		var parent = folder.toAbsolutePath().normalize().getParent();
		if (!Files.isDirectory(parent) || Files.exists(folder)) return;
		try (var others = Files.newDirectoryStream(parent, Files::isDirectory)) {
			for (var other : others)
				if (key(other.getFileName().toString()).equals(key(name))) throw new IOException("Model name \"" + name +
					"\" differs from that of " + other + " by case only, which not every system can tell; take another.");
		}
	}

	private static String key(String name) {
		return Normalizer.normalize(name, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
	}
}
